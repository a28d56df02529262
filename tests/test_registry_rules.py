"""What each check of the registry states about itself, so that it tests what its sentence says."""

import pytest

from scripts.common.chapters import CHAPTERS, chapters, read_yaml, written
from scripts.common.claims.registry import registry
from scripts.common.claims.roads import shared_roads
from scripts.common.claims.verdicts import is_measured

ROWS = registry(CHAPTERS.glob("*/claims.yaml"))
CHECKS = [check for row in ROWS for check in row["checks"]]
SETTLE = ("statement", "correction", "condition_inside", "condition_outside")
REFERENCES = CHAPTERS.parent / "report" / "references.yaml"


def of(chapter):
    return [check for check in CHECKS if check["experiment"] == chapter]


def name(check):
    return f"{check['claim']}/{check['part']}"


@pytest.mark.parametrize("chapter", written())
def test_what_settles_a_sentence_says_which_part_of_it(chapter):
    silent = [name(check) for check in of(chapter) if check["role"] in SETTLE and "shows_en" not in check]
    assert not silent
    assert all(("shows_en" in check) == ("shows_ja" in check) for check in of(chapter))


@pytest.mark.parametrize("chapter", written())
def test_a_control_says_what_it_plants(chapter):
    assert not [name(check) for check in of(chapter) if (check["role"] == "control") != ("fault" in check)]


@pytest.mark.parametrize("chapter", written())
def test_two_roads_lead_to_each_number(chapter):
    judged = [check for check in of(chapter) if check["role"] != "observation"]
    assert not [name(check) for check in judged if not {"measured_by", "reference_by"} <= set(check)]
    inputs = chapters()[chapter].get("inputs", {})
    shared = {name(check): shared_roads(check, inputs) for check in judged}
    assert not {check: fault for check, fault in shared.items() if fault}


@pytest.mark.parametrize("chapter", written())
def test_an_error_says_what_is_resampled(chapter):
    with_error = [
        check
        for check in of(chapter)
        if check["role"] != "observation" and check["kind"] != "identity" and "tolerance" not in check
    ]
    assert not [name(check) for check in with_error if "resampled" not in check]


@pytest.mark.parametrize("chapter", written())
def test_a_systematic_error_has_a_source(chapter):
    assert not [name(check) for check in of(chapter) if "value" in check.get("systematic", {})]


@pytest.mark.parametrize("chapter", written())
def test_literature_is_cited_by_key(chapter):
    cited = {key for check in of(chapter) for key in check.get("citation", [])}
    known = set(read_yaml(REFERENCES)) if REFERENCES.exists() else set()
    assert cited <= known
    assert not [
        name(check) for check in of(chapter) if check["kind"] == "published" and "citation" not in check
    ]


@pytest.mark.parametrize("row", [row for row in ROWS if row["checks"]], ids=lambda row: row["id"])
def test_a_sentence_is_mathematical_or_empirical(row):
    assert "nature" in row
    if row["nature"] == "empirical" and row["expectation"] in ("holds", "holds_if"):
        assert any(is_measured(check) for check in row["checks"])


ROADS = {"kind": "exact", "measured_by": "ising.kernels.wolff", "reference_by": "ising.theory.kaufman"}


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"reference_by": "ising.theory.missing"}, "is no module"),
        ({"measured_by": "formula"}, "is no module"),
        ({"reference_by": "literature"}, "needs a citation"),
        ({"reference_by": "comparison", "kind": "identity"}, "no comparison"),
        ({"reference_by": "ising.kernels.wolff"}, "one road: one imports the other"),
        (
            {"measured_by": "ising.theory.critical_torus", "reference_by": "ising.theory.published"},
            "both use",
        ),
    ],
)
def test_roads_that_are_one_are_refused(changes, fault):
    assert fault in shared_roads(ROADS | changes, ())


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"reference_by": "formula"},
        {"reference_by": "scipy.special"},
        {"reference_by": "comparison"},
        {"reference_by": "literature", "citation": ["Onsager1944"]},
    ],
)
def test_independent_roads_are_let_through(changes):
    assert shared_roads(ROADS | changes, ()) is None


def test_what_both_roads_may_start_from_is_listed():
    one_start = ROADS | {"measured_by": "ising.theory.bethe"}
    assert "both use ising.theory.checks" in shared_roads(one_start, ())
    assert shared_roads(one_start, ["ising.theory.checks"]) is None
