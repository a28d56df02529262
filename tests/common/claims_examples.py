"""Small checks and records for the tests of the claims engine, and records of what groups find."""

from scripts.common.claims.findings import compared
from scripts.common.claims.records import record, sourced

CHECK = {
    "claim": "1.1-01",
    "experiment": "ising",
    "part": "energy",
    "role": "statement",
    "kind": "exact",
    "reference_source": "Kaufman",
    "resolution": 0.1,
    "figure": None,
    "text_en": "Energy.",
    "text_ja": "エネルギー。",
    "shows_en": "Phases exist.",
    "shows_ja": "相がある。",
    "measured_by": "ising.kernels.wolff",
    "reference_by": "ising.theory.kaufman",
    "resampled": "chains",
}


def check(**changes):
    """A check of the registry at one scale: exact statement, resolution 0.1."""
    needs_tolerance = changes.get("kind") == "identity"
    return CHECK | ({"resolution": None, "tolerance": 0.01} if needs_tolerance else {}) | changes


def measured(deviation=0.0, numbers=None, **changes):
    """A record that lies ``deviation`` standard errors (of 0.05) above its reference.

    For an identity: ``deviation`` tolerances above.
    """
    wanted = check(**changes)
    if wanted["kind"] == "identity":
        made = record(wanted, 1.0 + deviation * wanted["tolerance"], 1.0)
    else:
        numbers = {"error": 0.05, "reference": 1.0, "n_effective": 1000.0} | (numbers or {})
        made = record(wanted, 1.0 + deviation * numbers["error"], **numbers)
    return sourced([made], data="ising/tables/thermodynamics.csv", rule="ising_claims")[0]


def by_part(checks, rows):
    """Records of some rows of a group's findings, by part; without their source."""
    return {part: compared(checks[claim, part], *rest) for claim, part, *rest in rows}


def registry_row(*checks, **changes):
    """A row of the registry with some checks."""
    row = {
        "id": "1.1-01",
        "section": "1.1",
        "source": "book",
        "statement_en": "Phases exist.",
        "statement_ja": "相がある。",
        "nature": "empirical",
        "keywords_ja": "相転移",
        "expectation": "holds",
        "experiments": ["ising"],
        "contributions": {},
        "checks": list(checks),
    }
    return row | changes
