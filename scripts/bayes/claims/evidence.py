"""The evidence as a partition function: row 9.1-02."""

import numpy as np

from scripts.bayes.claims.shared import record_if
from scripts.common.claims.judgment import normal_equivalent
from scripts.common.claims.records import record, sourced
from scripts.common.numbers import number, unmeasured_number
from scripts.common.statistics.counts import deviate

EVIDENCE = {"data": "bayes/tables/evidence.csv", "rule": "bayes_evidence"}
REJECTION = {"data": "bayes/tables/rejection.csv", "rule": "bayes_evidence"}
METHODS = ("annealing", "integration", "nested")
FEWEST = 30  # kept proposals whose share has a Gaussian error
NEED_KEPT = "more proposals in bayes.evidence.proposals, or a smaller degree"


def records(checks, data):
    """Records of row 9.1-02.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame
        ``evidence`` and ``rejection``.

    Returns
    -------
    list of dict
    """
    table, kept = data["evidence"], data["rejection"].sort_values("parameters").iloc[0]
    largest = table[table["parameters"] == table["parameters"].max()].set_index("method")
    found = [
        record(
            checks["9.1-02", name], largest.loc[name, "value"], largest.loc[name, "expected"],
            error=largest.loc[name, "value_err"], degrees_of_freedom=largest.loc[name, "degrees_of_freedom"],
        )
        for name in METHODS
    ]  # fmt: skip
    found.append(record(checks["9.1-02", "together"], together(table), 0.0))
    normalization = data["rejection"]["normalization"].iloc[0]
    own = largest.loc["annealing"]
    found.append(
        record(
            checks["9.1-02", "model_z"], own["value"], normalization, error=own["value_err"],
            degrees_of_freedom=own["degrees_of_freedom"],
        )
    )  # fmt: skip
    share = record_if(
        kept["kept"] >= FEWEST, NEED_KEPT, checks["9.1-02", "rejection"],
        measured=np.log(max(kept["share"], 1e-300)), reference=np.log(kept["expected"]),
        error=kept["share_err"] / kept["expected"],
    )  # fmt: skip
    return sourced(found, **EVIDENCE) + sourced([share], **REJECTION)


def together(table):
    """Chi-square of all evidences as a normal deviate; the runs of nested sampling are few."""
    z = (table["value"] - table["expected"]) / table["value_err"]
    normal = [normal_equivalent(*each) for each in zip(z, table["degrees_of_freedom"], strict=True)]
    return deviate(sum(value**2 for value in normal), len(normal))


def numbers(data):
    """What the chapter quotes of evidences."""
    table, rejection = data["evidence"], data["rejection"].sort_values("parameters")
    best = table.loc[table["expected"].idxmax()]
    largest = rejection.iloc[-1]
    first = rejection.iloc[0]
    values = {
        "bayes.evidence.best_degree": number(best["parameters"] - 1, None, "", **EVIDENCE),
        "bayes.evidence.best": number(best["expected"], None, "nat", **EVIDENCE),
        "bayes.evidence.largest": number(largest["parameters"], None, "", **REJECTION),
        "bayes.evidence.waiting": number(-np.log10(largest["expected"]), None, "", **REJECTION),
        "bayes.evidence.first_share": (
            number(first["share"], first["share_err"], "", **REJECTION)
            if first["kept"] >= FEWEST
            else unmeasured_number("", NEED_KEPT)
        ),
    }
    for name in METHODS:
        row = table[(table["method"] == name) & (table["parameters"] == best["parameters"])].iloc[0]
        values[f"bayes.evidence.{name}"] = number(row["value"], row["value_err"], "nat", **EVIDENCE)
    return values
