"""Choosing a class, falling onto training data: parts of row 7.3-07."""

import numpy as np

from scripts.common.claims.records import record, sourced
from scripts.common.numbers import number
from scripts.common.statistics import weighted_mean

SPECIATION = {"data": "diffusion/tables/speciation.csv", "rule": "diffusion_transitions"}
COLLAPSE = {"data": "diffusion/tables/collapse.csv", "rule": "diffusion_transitions"}
MEMORY = {"data": "diffusion/tables/memory.csv", "rule": "diffusion_transitions"}
FEW_COPIES = 0.01


def records(checks, data):
    """Records of speciation, collapse and memory.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame
        ``speciation``, ``collapse`` and ``memory``.

    Returns
    -------
    list of dict
    """
    together, exact = agreement(data["speciation"])
    table, memory = data["collapse"], data["memory"].set_index("score")
    times = table[table["what"] == "time"]
    off = np.abs(times["value"] - times["by_entropy"]).max()
    low, high = (participation(table, factor) for factor in (0.25, 3.0))
    copies = {"memorized": "training_points", "not_memorized": "truth"}
    return (
        sourced(
            [record(checks["7.3-07", "speciation"], together.value, exact, error=together.err)], **SPECIATION
        )
        + sourced(
            [
                record(checks["7.3-07", "collapse"], off, 0.0),
                record(checks["7.3-07", "own_data"], low["value"], 0.5, error=low["value_err"]),
                record(checks["7.3-07", "many_data"], high["value"], 0.5, error=high["value_err"]),
            ],
            **COLLAPSE,
        )
        + sourced(
            [
                record(checks["7.3-07", part], memory.loc[name, "copied"], FEW_COPIES)
                for part, name in copies.items()
            ],
            **MEMORY,
        )
    )


def agreement(table):
    """Agreement of clones at e^{-t}|m| = 1 over all dimensions, and its exact value."""
    rows = table[table["offset"] == 0.0]
    return weighted_mean(rows["agreement"], rows["agreement_err"]), rows["exact"].iloc[0]


def participation(table, factor):
    """Row of the participation at a multiple of the collapse time."""
    rows = table[(table["what"] == "participation") & (table["at"] == factor)]
    return rows.iloc[0]


def numbers(data):
    """What the chapter quotes of the two times."""
    together, exact = agreement(data["speciation"])
    memory = data["memory"].set_index("score")
    rows = data["speciation"][data["speciation"]["offset"] == 0.0]
    values = {
        "diffusion.speciation.agreement": number(together.value, together.err, "", **SPECIATION),
        "diffusion.speciation.exact": number(exact, None, "", **SPECIATION),
        "diffusion.speciation.smallest": number(rows["d"].min(), None, "", **SPECIATION),
        "diffusion.speciation.largest": number(rows["d"].max(), None, "", **SPECIATION),
    }
    for key, factor in (("low", 0.25), ("high", 3.0)):
        row = participation(data["collapse"], factor)
        values[f"diffusion.collapse.{key}"] = number(row["value"], row["value_err"], "", **COLLAPSE)
    values["diffusion.collapse.time"] = number(
        participation(data["collapse"], 0.25)["by_entropy"], None, "", **COLLAPSE
    )
    for name, row in memory.iterrows():
        values[f"diffusion.memory.{name}_copied"] = number(
            100 * row["copied"], 100 * row["copied_err"], "%", **MEMORY
        )
        values[f"diffusion.memory.{name}_distance"] = number(
            row["distance"], row["distance_err"], "", **MEMORY
        )
    return values
