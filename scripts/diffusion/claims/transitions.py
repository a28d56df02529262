"""Choosing a class, falling onto training data: parts of row 7.3-07."""

import numpy as np

from scripts.common.claims.findings import column, quoted, row_where, scaled, where
from scripts.common.statistics import weighted_mean

SPECIATION = {"data": "diffusion/tables/speciation.csv", "rule": "diffusion_transitions"}
COLLAPSE = {"data": "diffusion/tables/collapse.csv", "rule": "diffusion_transitions"}
MEMORY = {"data": "diffusion/tables/memory.csv", "rule": "diffusion_transitions"}
FEW_COPIES = 0.01


def findings(data):
    """What speciation, collapse and memory are compared with.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``speciation``, ``collapse`` and ``memory``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    together, exact = agreement(data["speciation"])
    table, copied = data["collapse"], data["memory"].set_index("score")["copied"]
    times = where(table, what="time")
    low, high = (column(participation(table, factor), "value") for factor in (0.25, 3.0))
    collapse = [
        ("7.3-07", "collapse", np.abs(times["value"] - times["by_entropy"]).max(), 0.0),
        ("7.3-07", "own_data", low, 0.5),
        ("7.3-07", "many_data", high, 0.5),
    ]
    copies = [
        ("7.3-07", "memorized", copied["training_points"], FEW_COPIES),
        ("7.3-07", "not_memorized", copied["truth"], FEW_COPIES),
    ]
    return [(SPECIATION, [("7.3-07", "speciation", together, exact)]), (COLLAPSE, collapse), (MEMORY, copies)]


def agreement(table):
    """Agreement of clones at e^{-t}|m| = 1 over all dimensions, with its error, and its exact value."""
    rows = where(table, offset=0.0)
    return weighted_mean(rows["agreement"], rows["agreement_err"])[:2], rows["exact"].iloc[0]


def participation(table, factor):
    """Row of the participation at a multiple of the collapse time."""
    return row_where(table, what="participation", at=factor)


def numbers(data):
    """What the chapter quotes of the two times."""
    together, exact = agreement(data["speciation"])
    dimensions = where(data["speciation"], offset=0.0)["d"]
    sizes = {"smallest": dimensions.min(), "largest": dimensions.max()}
    low, high = (participation(data["collapse"], factor) for factor in (0.25, 3.0))
    shares = {"low": column(low, "value"), "high": column(high, "value")}
    memory = data["memory"].set_index("score")
    copied = {f"{name}_copied": scaled(column(row, "copied"), 100) for name, row in memory.iterrows()}
    distances = {f"{name}_distance": column(row, "distance") for name, row in memory.iterrows()}
    return (
        quoted("diffusion.speciation", SPECIATION, agreement=together, exact=exact, **sizes)
        | quoted("diffusion.collapse", COLLAPSE, time=low["by_entropy"], **shares)
        | quoted("diffusion.memory", MEMORY, "%", **copied)
        | quoted("diffusion.memory", MEMORY, **distances)
    )
