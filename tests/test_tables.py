"""The schemas of tables: what they declare is what the rules write, in words that a reader finds complete.

That the columns are those of the files is seen where files are, in `test_workflow`.
"""

import re

import pytest

from scripts.common.chapters import CHAPTERS, ROOT, read_yaml
from scripts.common.tables import declared_columns

SCHEMAS = {path.parent.name: read_yaml(path) for path in sorted(CHAPTERS.glob("*/tables.yaml"))}
INTERFACE = read_yaml(ROOT / "workflow/report/interface.yaml")
OUTPUTS = re.compile(r"^    output:\n((?: {8}.*\n)+)", flags=re.MULTILINE)
TABLE = re.compile(r"<results>/(\w+)/tables/(\w+)\.csv")
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
COLUMNS = [
    pytest.param(column, id=f"{experiment}.{table}.{name}")
    for experiment, tables in SCHEMAS.items()
    for table, declared in tables.items()
    for name, column in declared["columns"].items()
]


WORD = re.compile(r"\b(?!nat\b|kT\b)[a-z]{3,}")


def is_bilingual(words):
    """Whether words stand there in English, without Japanese characters, and in Japanese, with some."""
    return (
        bool(words["en"].strip()) and not JAPANESE.search(words["en"]) and bool(JAPANESE.search(words["ja"]))
    )


def test_every_table_that_a_rule_writes_is_declared_and_no_other():
    rules = [path.read_text(encoding="utf-8") for path in CHAPTERS.rglob("*.smk")]
    written = {table for rule in rules for output in OUTPUTS.findall(rule) for table in TABLE.findall(output)}
    assert written == {(experiment, table) for experiment, tables in SCHEMAS.items() for table in tables}


@pytest.mark.parametrize("column", COLUMNS)
def test_a_column_has_a_unit_and_a_meaning_in_both_languages(column):
    assert set(column) - {"err", "axis", "error_en", "error_ja"} == {"unit", "en", "ja"}
    assert ("error_en" in column) == ("error_ja" in column) <= ("err" in column)
    assert column.get("axis", True) is True
    assert isinstance(column["unit"], str)
    assert column.get("err", True) is True
    assert is_bilingual(column)
    assert not WORD.search(column["unit"]) or f"unit_{column['unit']}" in INTERFACE


@pytest.mark.parametrize("experiment", SCHEMAS)
def test_a_table_says_what_it_is_about_and_names_no_column_twice(experiment):
    for table, declared in SCHEMAS[experiment].items():
        columns = declared_columns(f"results/{experiment}/tables/{table}.csv")
        assert set(declared) == {"about", "columns"}, table
        assert set(declared["about"]) == {"en", "ja"}, f"{table}: a comma outside quotes cuts a text"
        assert is_bilingual(declared["about"]), table
        assert columns, table
        assert len(columns) == len(set(columns)), table
