"""The evidence as a partition function: row 9.1-02."""

import numpy as np

from scripts.bayes.claims.shared import chi_square_deviate
from scripts.common.claims.findings import column, quoted, row_where, where

EVIDENCE = {"data": "bayes/tables/evidence.csv", "rule": "bayes_evidence"}
REJECTION = {"data": "bayes/tables/rejection.csv", "rule": "bayes_evidence"}
METHODS = ("annealing", "integration", "nested")
FEWEST = 30  # kept proposals whose share has a Gaussian error
NEED_KEPT = "more proposals in bayes.evidence.proposals, or a smaller degree"


def findings(data):
    """What row 9.1-02 compares.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``evidence`` and ``rejection``.

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
    together = chi_square_deviate(z, table["degrees_of_freedom"])  # the runs of nested sampling are few
    share = np.log(max(kept["share"], 1e-300)), kept["share_err"] / kept["expected"]
    share = share if kept["kept"] >= FEWEST else None
    found = [
        *(("9.1-02", name, values[name], largest.loc[name, "expected"]) for name in METHODS),
        ("9.1-02", "together", together, 0.0),
        ("9.1-02", "model_z", values["annealing"], data["rejection"]["normalization"].iloc[0]),
    ]
    return [
        (EVIDENCE, found),
        (REJECTION, [("9.1-02", "rejection", share, np.log(kept["expected"]), NEED_KEPT)]),
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
