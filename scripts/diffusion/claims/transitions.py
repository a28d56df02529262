"""Falling onto training data: parts of row 7.3-07; and what is quoted of the choice of a class."""

from scripts.common.claims.findings import column, quoted, row_where, scaled, where
from scripts.common.statistics import weighted_mean
from scripts.diffusion.theory import collapse

SPECIATION = {"data": "diffusion/tables/speciation.csv", "rule": "diffusion_transitions"}
COLLAPSE = {"data": "diffusion/tables/collapse.csv", "rule": "diffusion_transitions"}
MEMORY = {"data": "diffusion/tables/memory.csv", "rule": "diffusion_transitions"}
FEW_COPIES = 0.01
DIMENSION, RATIO = 16, 0.35  # of the data whose participation is quoted, and ln(n) / d


def findings(data):
    """What collapse and memory are compared with.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``speciation``, ``collapse`` and ``memory``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    low, high = (participation(data["collapse"], factor) for factor in (0.25, 3.0))
    copied, distance = (
        {
            score: column(row, name, n_effective="points")
            for score, row in data["memory"].set_index("score").iterrows()
        }
        for name in ("copied", "distance")
    )
    copies = [
        ("7.3-07", "memorized", copied["training_points"], FEW_COPIES),
        ("7.3-07", "not_memorized", copied["truth"], copied["fresh_data"][:2]),
        ("7.3-07", "as_far", distance["truth"], distance["fresh_data"][:2]),
    ]
    return [
        (COLLAPSE, [("7.3-07", "own_data", low, 0.5), ("7.3-07", "many_data", high, 0.5)]),
        (MEMORY, copies),
    ]


def agreement(table):
    """Agreement of clones at e^{-t}|m| = 1 over all dimensions, with its error, and its exact value."""
    rows = where(table, offset=0.0)
    return weighted_mean(rows["agreement"], rows["agreement_err"])[:2], rows["exact"].iloc[0]


def participation(table, factor):
    """Participation at a multiple of the collapse time, in `DIMENSION` dimensions."""
    return column(row_where(table, d=DIMENSION, at=factor), "value", n_effective="starts")


def numbers(data):
    """What the chapter quotes of the two times."""
    together, exact = agreement(data["speciation"])
    dimensions = where(data["speciation"], offset=0.0)["d"]
    sizes = {"smallest": dimensions.min(), "largest": dimensions.max()}
    shares = {
        name: participation(data["collapse"], factor) for name, factor in (("low", 0.25), ("high", 3.0))
    }
    memory = data["memory"].set_index("score")
    copied = {
        f"{name}_copied": scaled(column(memory.loc[name], "copied"), 100)
        for name in ("truth", "training_points")
    }
    return (
        quoted("diffusion.speciation", SPECIATION, agreement=together, exact=exact, **sizes)
        | quoted("diffusion.collapse", COLLAPSE, time=float(collapse.collapse_time(RATIO)), **shares)
        | quoted("diffusion.memory", MEMORY, "%", **copied)
    )
