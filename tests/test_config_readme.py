"""config/README.md: its tables are those of the schemas, one complete row per key."""

import pytest
import yaml

from scripts.common.chapters import written
from workflow.config_readme import (
    COLUMNS,
    README,
    allowed,
    as_yaml,
    kind,
    leaves,
    meaning,
    readme,
    shown,
    table,
)
from workflow.configuration import schema

SIZES = {
    "description": "a list of even sizes, integers from 4 to 64, each once; three from 40 on give a slope",
    "type": "array",
    "minItems": 1,
    "uniqueItems": True,
    "items": {"type": "integer", "minimum": 4, "maximum": 64, "multipleOf": 2},
}
TEXT = {"description": "a temperature T > 0 in quotes", "type": "string", "exclusiveMinimum": 0}
BLOCK = {
    "description": "a mapping with sizes and T, for a test",
    "type": "object",
    "properties": {"sizes": SIZES, "T": TEXT | {"unit": "J/k_B"}},
}


def test_the_tables_are_those_of_the_schemas():
    text = README.read_text(encoding="utf-8")
    assert readme(text) == text, "run python -m workflow.config_readme"


def test_every_key_has_a_row_of_all_cells_with_a_type_and_a_meaning():
    lines = README.read_text(encoding="utf-8").splitlines()
    rows = [line[2:-2].split(" | ") for line in lines if line.startswith("| `")]
    assert {len(cells) for cells in rows} == {len(COLUMNS)}
    assert len(rows) == len(leaves(schema())) - len(written())  # a chapter has a table, no row
    for cells in rows:
        row = dict(zip(COLUMNS, cells, strict=True))
        assert row["meaning"], row
        assert row["default"] or row["type"] == "mapping", row


def test_a_row_says_everything_once():
    default, quick = {"a": {"sizes": [4, 8], "T": "2.0"}}, {"a": {"sizes": [4], "T": "2.0"}}
    assert table({"properties": {"a": BLOCK}}, default, quick) == (
        "| key | type | unit | allowed | default | quick | meaning |\n"
        "| --- | --- | --- | --- | --- | --- | --- |\n"
        "| `a` | mapping |  |  |  |  | for a test |\n"
        "| `a.sizes` | list of integers |  | from 4 to 64, a multiple of 2, each once | `[4, 8]` | `[4]` "
        "| even sizes; three from 40 on give a slope |\n"
        '| `a.T` | number in quotes | J/k_B | above 0 | `"2.0"` |  | a temperature T > 0 in quotes |\n'
    )


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ({"type": "integer", "minimum": 1.0e-12}, ("integer", "from 1.0e-12")),
        ({"type": "number", "minimum": 0.02, "exclusiveMaximum": 10}, ("number", "from 0.02 to below 10")),
        ({"enum": [39, 79]}, ("integer", "39, 79")),
        ({"type": "array", "items": {"enum": ["a", "b"]}}, ("list of words", "a, b, may be empty")),
        (
            {"type": "array", "minItems": 1, "maxItems": 3, "items": TEXT},
            ("list of numbers in quotes", "1 to 3 values, above 0"),
        ),
        ({"type": "string", "pattern": "x"}, ("text", "")),
        ({"type": "boolean"}, ("true or false", "")),
    ],
)
def test_type_and_bounds_in_words(block, words):
    assert (kind(block), allowed(block)) == words


@pytest.mark.parametrize(
    ("description", "limits", "left"),
    [
        ("updates of a run, an integer from 50, a multiple of 50", {"minimum": 50}, "updates of a run"),
        ("how many, a multiple of 64 from 128 on", {"minimum": 128}, "how many"),
        ("a load P/N from 0.001 to 1", {"minimum": 0.001, "maximum": 1}, "a load P/N"),
        ("passes, an integer from 1; judged from 1000", {"minimum": 1}, "passes; judged from 1000"),
        ("judged from 1000, from 10 or 1.5", {"minimum": 1}, "judged from 1000, from 10 or 1.5"),
        ("a mean, a number from -6 to 6", {"minimum": -6, "maximum": 6}, "a mean"),
    ],
)
def test_a_meaning_leaves_out_what_type_and_bounds_say_and_nothing_else(description, limits, left):
    assert meaning({"description": description} | limits) == left


def test_long_lists_show_their_ends_and_short_ones_all_values():
    assert shown([1, 2, 3, 4, 5]) == "`[1, 2, 3, 4, 5]`"
    assert shown(["0.1", "0.2", "0.3", "0.4", "0.5", "0.6"]) == '`["0.1", "0.2", ..., "0.6"]` (6 values)'


@pytest.mark.parametrize(
    "value", ["", "2.30", "ring", 1e-10, 3.0, True, ["0.05", "x"], [-2.0, 1.5], "a long text " * 30]
)
def test_a_shown_value_is_read_back_as_it_was(value):
    assert yaml.safe_load(as_yaml(value)) == value
