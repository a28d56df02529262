"""The evidence as a partition function: row 9.1-02."""

import numpy as np

from scripts.bayes.claims.shared import deviation
from scripts.common.claims.findings import Found, column, quoted, row_where, where

EVIDENCE = {"data": "bayes/tables/evidence.csv", "rule": "bayes_evidence"}
INTEGRATION = {"data": "bayes/tables/integration.csv", "rule": "bayes_evidence"}
FLAT = {"data": "bayes/tables/flat.csv", "rule": "bayes_evidence"}
CLAMPED = {"data": "bayes/tables/clamped.csv", "rule": "bayes_evidence"}
REJECTION = {"data": "bayes/tables/rejection.csv", "rule": "bayes_evidence"}
METHODS = ("annealing", "integration", "nested")
OFF = 0.01  # of the last weight of the quadrature, the fault of a control
FEWEST = 30  # kept proposals whose share has a Gaussian error
NEED_KEPT = "more proposals in bayes.evidence.proposals, or a smaller degree"


def findings(data):
    """What row 9.1-02 compares.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``evidence``, ``integration``, ``flat``, ``clamped`` and ``rejection``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    table, kept = data["evidence"], data["rejection"].sort_values("parameters").iloc[0]
    largest = where(table, parameters=table["parameters"].max()).set_index("method")
    values = {
        name: column(row, "value")._replace(degrees_of_freedom=row["degrees_of_freedom"])
        for name, row in largest.iterrows()
    }
    z = (table["value"] - table["expected"]) / table["value_err"]
    together = deviation(z, table["degrees_of_freedom"], len(z))  # the runs of nested sampling are few
    share = None
    if kept["kept"] >= FEWEST:
        error = kept["share_err"] / kept["expected"]
        share = Found(np.log(kept["share"]), error, None, kept["kept"])
    found = [
        *(("9.1-02", name, values[name], largest.loc[name, "expected"]) for name in METHODS),
        ("9.1-02", "together", together, 0.0),
    ]
    return [
        (EVIDENCE, found),
        (INTEGRATION, _integration(data["integration"], table)),
        (FLAT, [("9.1-02", "flat", (data["flat"]["value"] - data["flat"]["expected"]).abs().max(), 0.0)]),
        (CLAMPED, _clamped(data["clamped"])),
        (REJECTION, [("9.1-02", "rejection", share, np.log(kept["expected"]), NEED_KEPT)]),
    ]


def _integration(curves, table):
    """Mean energies against exact ones; the quadrature itself, on exact energies, and with a faulty edge."""
    z = (curves["energy"] - curves["expected"]) / curves["energy_err"]
    apart, off = [], []
    for parameters, rows in curves.groupby("parameters"):
        row = row_where(table, method="integration", parameters=parameters)
        if row is not None:
            terms = rows["weight"] * rows["expected"]
            apart.append(abs(-terms.sum() - row["expected"]))
            off.append(abs(-terms.sum() - OFF * terms.iloc[-1] - row["expected"]))
    return [
        ("9.1-02", "energies", deviation(z, curves["walkers"] - 1, curves["walkers"].sum()), 0.0),
        ("9.1-02", "quadrature", max(apart), 0.0),
        ("9.1-02", "edge_off", np.median(off), 0.0),
    ]


def _clamped(table):
    """ln of the sum over hidden units against ln P(D): less ln Z, without it, and with weights off."""
    exact = table["log_probability"]
    apart = (table["log_clamped"] - table["log_z"] - exact).abs()
    off = (table["clamped_off"] - table["log_z"] - exact).abs()
    return [
        ("9.1-02", "clamped", apart.max(), 0.0),
        ("9.1-02", "unnormalized", (table["log_clamped"] - exact).abs().median(), 0.0),
        ("9.1-02", "weights_off", off.median(), 0.0),
    ]


def numbers(data):
    """What the chapter quotes of evidences."""
    table, rejection = data["evidence"], data["rejection"].sort_values("parameters")
    best, first, largest = table.loc[table["expected"].idxmax()], rejection.iloc[0], rejection.iloc[-1]
    at_best = {name: row_where(table, method=name, parameters=best["parameters"]) for name in METHODS}
    found = {name: column(row, "value") for name, row in at_best.items()}
    share = column(first, "share") if first["kept"] >= FEWEST else None
    rejected = {"largest": largest["parameters"], "waiting": -np.log10(largest["expected"])}
    return (
        quoted("bayes.evidence", EVIDENCE, best_degree=best["parameters"] - 1)
        | quoted("bayes.evidence", EVIDENCE, "nat", best=best["expected"], **found)
        | quoted("bayes.evidence", REJECTION, **rejected)
        | quoted("bayes.evidence", REJECTION, "", NEED_KEPT, first_share=share)
    )
