"""Two roads to each number of the registry, and works that are listed; its schema has the other rules."""

import pytest

from scripts.common.chapters import CHAPTERS, read_yaml, written
from scripts.common.claims.registry import registered_checks
from scripts.common.claims.roads import shared_roads
from scripts.common.io import InputError

REFERENCES = CHAPTERS.parent / "report" / "references.yaml"


@pytest.mark.parametrize("chapter", written())
def test_two_roads_lead_to_each_number(chapter):
    assert registered_checks(CHAPTERS / chapter / "claims.yaml", "quick")


@pytest.mark.parametrize("chapter", written())
def test_literature_is_cited_by_key(chapter):
    checks = registered_checks(CHAPTERS / chapter / "claims.yaml", "quick").values()
    assert {key for check in checks for key in check.get("citation", [])} <= set(read_yaml(REFERENCES))


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


def test_the_engine_refuses_a_check_whose_roads_are_one(tmp_path):
    path = tmp_path / "ising" / "claims.yaml"
    path.parent.mkdir()
    text = (CHAPTERS / "ising" / "claims.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("reference_by: ising.theory.kaufman", "reference_by: ising.kernels.wolff"))
    with pytest.raises(
        InputError, match=r"check [0-9.]+-\d\d/\w+: ising\S+ and ising.kernels.wolff (are|both)"
    ):
        registered_checks(path, "quick")
