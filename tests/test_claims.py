"""The registry: every statement once, in both languages, and able to reach a verdict."""

import copy
from pathlib import Path

import pytest
import yaml

from scripts.common.chapters import CHAPTERS, chapters, written
from scripts.common.claims.registry import registered_checks, registry, registry_file
from scripts.common.io import InputError
from tests.common.claims_examples import check

FILES = sorted(CHAPTERS.glob("*/claims.yaml"))
ROWS = registry(FILES)
BOOK = [row for row in ROWS if row["source"] != "lecture"]
CHECKED = [row for row in ROWS if row["checks"]]


def identifier(value):
    return value.parent.name if isinstance(value, Path) else value["id"]


def test_every_statement_of_the_book_stands_in_the_registry_once():
    sources = [row["source"] for row in BOOK]
    assert len({row["id"] for row in BOOK}) == len(BOOK) == 186
    assert (sources.count("book"), sources.count("implied") + sources.count("added")) == (178, 8)


def test_rows_stand_in_the_order_of_the_book():
    assert ROWS[: len(BOOK)] == BOOK
    assert [BOOK[0]["id"], BOOK[-1]["id"]] == ["0-01", "9.2-05"]
    assert [row["id"] for row in BOOK if row["section"] == "1.2"] == [f"1.2-{k:02d}" for k in range(1, 11)]


@pytest.mark.parametrize("row", ROWS, ids=identifier)
def test_a_row_speaks_both_languages_and_names_its_place(row):
    assert row["source"] == "lecture" or row["id"].startswith(f"{row['section']}-")
    assert not any("\u3040" <= c <= "\u9fff" for c in row["statement_en"])
    assert row["statement_en"][0].isupper()
    assert row["statement_en"].endswith(".")
    assert row["statement_ja"].endswith("。")
    assert len(row["statement_ja"]) > 10


def test_no_two_rows_say_the_same():
    for language in ("statement_en", "statement_ja"):
        assert len({row[language] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", CHECKED, ids=identifier)
def test_a_row_is_never_settled_by_observations_alone(row):
    roles = {found["role"] for found in row["checks"]}
    if row["expectation"] in ("holds", "holds_if", "refuted_as_printed"):
        assert roles - {"observation", "control"}
    if row["expectation"] == "holds_if":
        assert {"condition_inside", "condition_outside"} <= roles
    if row["expectation"] == "refuted_as_printed":
        assert "correction" in roles


@pytest.mark.parametrize("row", CHECKED, ids=identifier)
def test_a_row_has_something_that_must_be_rejected(row):
    assert {"control", "condition_outside"} & {found["role"] for found in row["checks"]}


@pytest.mark.parametrize("row", CHECKED, ids=identifier)
def test_a_row_shared_by_experiments_says_what_each_contributes(row):
    assert {found["experiment"] for found in row["checks"]} <= set(row["experiments"])
    if len(row["experiments"]) > 1:
        assert set(row["contributions"]) == {found["experiment"] for found in row["checks"]}


@pytest.mark.parametrize("path", [CHAPTERS / name / "claims.yaml" for name in written()], ids=identifier)
def test_a_resolution_only_gets_finer_with_the_scale(path):
    quick, default = registered_checks(path, "quick"), registered_checks(path, "default")
    assert registered_checks(path, "tiny") == quick
    assert registered_checks(path, "full") == default
    for key, found in default.items():
        assert found["resolution"] is None or found["resolution"] <= quick[key]["resolution"]


def test_a_row_stands_with_a_chapter_that_it_names_a_written_one_if_there_is_one():
    for path in FILES:
        for row in registry_file(path)["claims"]:
            homes = [name for name in row["experiments"] if name in written()] or row["experiments"]
            assert path.parent.name in homes, row["id"]


def test_rows_of_planned_chapters_have_no_checks():
    planned = set(chapters()) - set(written())
    assert not [row["id"] for row in ROWS for found in row["checks"] if found["experiment"] in planned]


def test_an_unknown_scale_is_refused():
    with pytest.raises(InputError, match="'huge' is none of tiny, quick, default, full"):
        registered_checks(CHAPTERS / "ising" / "claims.yaml", "huge")


ROW = {
    "id": "1.1-01",
    "section": "1.1",
    "source": "book",
    "statement_en": "Phases exist.",
    "statement_ja": "相がある。",
    "nature": "empirical",
    "keywords_ja": "相転移",
    "expectation": "holds",
    "experiments": ["ising"],
}
IDENTITY = {"kind": "identity", "resolution": None, "tolerance": 1e-9}
FAULT = {"en": "one percent hotter", "ja": "一パーセント高温", "size": 0.01}
CHECK = {name: value for name, value in check().items() if name not in ("claim", "experiment")}
CHECK["resolution"] = {"quick": 0.1, "default": 0.01}


def made(folder, *rows, name="ising", **content):
    """A file of the registry, with deep copies of the rows."""
    path = folder / name / "claims.yaml"
    path.parent.mkdir(exist_ok=True)
    content = {"claims": copy.deepcopy(list(rows))} | content
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return path


def row(*checks, **changes):
    return ROW | ({"checks": list(checks)} if checks else {}) | changes


def test_the_example_itself_is_sound(tmp_path):
    path = made(tmp_path, row(CHECK))
    assert registry([path])[0]["checks"][0]["experiment"] == "ising"
    assert registered_checks(path, "quick")["1.1-01", "energy"]["resolution"] == 0.1


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"role": "hope"}, "'hope' is not one of"),
        ({"kind": "guess"}, "'guess' is not one of"),
        ({"resolution": None}, "None is not of type 'object'"),
        ({"resolution": {"quick": 0.1}}, "'default' is a required property"),
        ({"resolution": {"quick": 0.0, "default": 0.1}}, "is less than or equal to the minimum"),
        ({"resolution": {"quick": "1e-3", "default": 0.1}}, "'1e-3' is not of type 'number'"),
        ({"text_ja": "Energy."}, "does not match"),
        ({"kind": "identity"}, "'tolerance' is a required property|is not of type 'null'"),
        ({"kind": "identity", "tolerance": 1.0}, "is not of type 'null'"),
        ({"tolerance": 1.0}, "False schema does not allow|should not be valid"),
        ({"kind": "trend"}, "'direction' is a required property"),
        (
            {"kind": "trend", "direction": "above", "role": "control", "fault": FAULT},
            "'control' is not one of",
        ),
        ({"role": "correction"}, "'corrects' is a required property"),
        ({"systematic": {"from": "ising.cut"}}, "'reason' is a required property"),
        ({"systematic": {"value": 0.1, "reason": "cut"}}, "'from' is a required|'value' was unexpected"),
        ({"shows_ja": "Phases."}, "does not match"),
        ({"reference_by": "Ising.Theory"}, "does not match"),
        ({"resampled": "guesses"}, "'guesses' is not one of"),
        ({"kind": "published"}, "'citation' is a required property"),
        ({"role": "control"}, "'fault' is a required property"),
        ({"role": "control", "fault": FAULT | {"size": 3.0}}, "3.0 is greater than the maximum of 0.25"),
        ({"fault": FAULT}, "False schema does not allow|should not be valid"),
        ({"verdict": "holds"}, "Additional properties are not allowed"),
    ],
)
def test_a_check_that_breaks_the_schema_is_refused_in_one_line(tmp_path, changes, fault):
    with pytest.raises(InputError, match=fault) as error:
        registry_file(made(tmp_path, row(CHECK | changes)))
    assert "claim 1.1-01" in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("key", ["shows_en", "shows_ja", "measured_by", "reference_by", "resampled"])
def test_a_check_that_settles_says_what_and_by_which_roads(tmp_path, key):
    silent = {name: value for name, value in CHECK.items() if name != key}
    with pytest.raises(InputError, match=f"'{key}' is a required property"):
        registry_file(made(tmp_path, row(silent)))
    registry_file(made(tmp_path, row(silent | {"role": "observation"})))


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"id": "1.1-1"}, "does not match"),
        ({"section": 1.1}, "is not of type 'string'"),
        ({"statement_ja": "Phases exist."}, "does not match"),
        ({"expectation": "failed"}, "is not one of"),
        ({"experiments": ["isling"]}, "'isling' is not one of"),
        ({"experiments": []}, "non-empty|too short"),
        ({"contributes_en": "This."}, "'contributes_ja' is a dependency"),
        ({"inherits": ["1-01"], "checks": [CHECK]}, "should not be valid under"),
        ({"nature": "true"}, "'true' is not one of"),
    ],
)
def test_a_row_that_breaks_the_schema_is_refused(tmp_path, changes, fault):
    with pytest.raises(InputError, match=fault):
        registry_file(made(tmp_path, row(**changes)))


LECTURE = {"source": "lecture", "lecture": 3}


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({}, "'lecture' is a required property|'section' is a required property"),
        (LECTURE | {"id": "v2-1"}, "does not match"),
        (LECTURE | {"id": "V2-ot-01"}, "does not match"),
        ({"section": "1.1", "lecture": 3}, "False schema does not allow|does not match"),
        (LECTURE | {"id": "1.1-01"}, "does not match"),
        (LECTURE | {"id": "v2-ot-01", "section": "1.1"}, "False schema does not allow"),
        (LECTURE | {"id": "v2-ot-01", "erratum": {}}, "False schema does not allow"),
        ({"section": "1.1", "id": "v2-ot-01", "source": "added"}, "does not match"),
    ],
)
def test_a_statement_names_its_section_or_its_lecture(tmp_path, changes, fault):
    without = {name: value for name, value in ROW.items() if name != "section"}
    assert registry([made(tmp_path, without | LECTURE | {"id": "v2-ot-01"})])[0]["lecture"] == 3
    with pytest.raises(InputError, match=fault):
        registry_file(made(tmp_path, without | changes))


def test_a_statement_may_be_added_to_a_lecture(tmp_path):
    without = {name: value for name, value in ROW.items() if name != "section"}
    added = without | {"id": "v2-ot-02", "source": "added", "lecture": 3}
    assert registry([made(tmp_path, added)])[0]["source"] == "added"


def test_checks_of_a_chapter_without_rules_are_refused(tmp_path):
    planned = row(CHECK, experiments=["features"])
    with pytest.raises(InputError, match=r"claim 1\.1-01 has checks, and its chapter no rules"):
        registry([made(tmp_path, planned, name="features")])


def test_statements_of_lectures_stand_behind_those_of_the_book_chapter_by_chapter(tmp_path):
    without = {name: value for name, value in ROW.items() if name != "section"} | LECTURE
    first = made(tmp_path, without | {"id": "v2-zz-02"}, without | {"id": "v2-zz-01"}, row())
    second = made(tmp_path, without | {"id": "v2-aa-01", "experiments": ["maxent"]}, name="maxent")
    third = made(tmp_path, without | {"id": "v2-bb-01", "experiments": ["hopfield"]}, name="hopfield")
    ids = [found["id"] for found in registry([first, second, third])]
    assert ids == ["1.1-01", "v2-bb-01", "v2-aa-01", "v2-zz-01", "v2-zz-02"]


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([row(), row()], "claim 1.1-01 stands in the registry twice"),
        ([row(CHECK, CHECK)], "claim 1.1-01: a part occurs twice"),
        ([row(inherits=["1-01"])], "inherits from 1-01, which is no claim"),
        ([row(CHECK | {"role": "observation"})], "not settled by observations and controls alone"),
        (
            [row(CHECK | {"role": "control", "fault": FAULT}, expectation="holds_if")],
            "not settled by observations and controls",
        ),
        ([row(CHECK | IDENTITY)], "an empirical sentence needs a measured check with an error"),
        ([row(CHECK | {"role": "condition_outside"})], "condition_outside needs a condition_inside"),
        ([row(CHECK | {"role": "correction", "corrects": "printed"})], "names no part that it corrects"),
    ],
)
def test_rows_that_cannot_reach_a_verdict_are_refused(tmp_path, rows, fault):
    with pytest.raises(InputError, match=fault):
        registry([made(tmp_path, *rows)])


def test_a_row_expected_open_may_be_observed_only(tmp_path):
    assert registry([made(tmp_path, row(CHECK | {"role": "observation"}, expectation="open"))])


def test_another_experiment_adds_its_checks_to_a_row(tmp_path):
    added = {"id": "1.1-01", "contributes_en": "Levels.", "contributes_ja": "準位。", "checks": [CHECK]}
    ising = made(tmp_path, row(CHECK, experiments=["ising", "maxent"]))
    maxent = made(tmp_path, name="maxent", contributions=[added])
    found = registry([maxent, ising])[0]
    assert [each["experiment"] for each in found["checks"]] == ["ising", "maxent"]
    assert found["contributions"]["maxent"] == {"en": "Levels.", "ja": "準位。"}
    assert list(registered_checks(maxent, "quick")) == [("1.1-01", "energy")]
    with pytest.raises(InputError, match=r"names claim 1\.1-01, which no file has"):
        registry([maxent])


def test_a_file_that_is_no_yaml_is_refused_in_one_line(tmp_path):
    path = made(tmp_path)
    path.write_text("claims: [\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"claims\.yaml:2: not valid YAML") as error:
        registry([path])
    assert "\n" not in str(error.value)
