"""Critical slowing down: row 5.1-12."""

from functools import partial

import numpy as np

from scripts.common.claims.records import record, sourced, unmeasured
from scripts.common.numbers import number, unmeasured_number

TABLE = {"data": "ising/tables/dynamic_exponents.csv", "rule": "ising_slowing"}
TIMES = {"data": "ising/tables/dynamics.csv", "rule": "ising_slowing"}
BOUND = 0.45
LITERATURE = 2.172, 0.006  # Grassberger, Physica A 214, 547 (1995)
NEED = "at least two of ising.dynamics.sizes"
NAMES = ("metropolis", "swendsen_wang", "wolff")


def records(checks, data):
    """Records of row 5.1-12.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame
        ``dynamic_exponents``.

    Returns
    -------
    list of dict
    """
    z = exponents(data["dynamic_exponents"])
    local, cluster = z.get("metropolis"), z.get("swendsen_wang")
    both = (local[0] - cluster[0], np.hypot(local[1], cluster[1])) if local and cluster else None
    value, error = LITERATURE
    found = [
        ("metropolis", local, partial(record, reference=value, reference_error=error)),
        ("swendsen_wang", cluster, partial(record, reference=BOUND)),
        ("wolff", z.get("wolff"), partial(record, reference=BOUND)),
        ("cure", both, partial(record, reference=0.0)),
        ("local_as_cluster", local, partial(record, reference=BOUND)),
    ]
    return sourced([_settled(checks["5.1-12", part], *rest) for part, *rest in found], **TABLE)


def _settled(check, measured, compared):
    if measured is None:
        return unmeasured(check, NEED)
    return compared(check, measured=measured[0], error=measured[1])


def exponents(table):
    """(z, error) of |m| for every dynamics that has one."""
    rows = table[table["quantity"] == "abs_magnetization"]
    return {row.dynamics: (row.z, row.z_err) for row in rows.itertuples()}


def numbers(data):
    """What the chapter quotes: exponents, and autocorrelation times on the largest lattice."""
    z, values = exponents(data["dynamic_exponents"]), {}
    table = data["dynamics"]
    largest = table[table["L"] == table["L"].max()].set_index("dynamics")
    values["ising.dynamics.largest_size"] = number(float(table["L"].max()), None, "", **TIMES)
    for name in NAMES:
        values[f"ising.dynamics.z_{name}"] = (
            number(*z[name], "", **TABLE) if name in z else unmeasured_number("", NEED)
        )
        row = largest.loc[name]
        values[f"ising.dynamics.tau_{name}"] = number(
            row["tau_abs_magnetization"], row["tau_abs_magnetization_err"], "sweeps", **TIMES
        )
    gain = largest.loc["metropolis"] / largest.loc["swendsen_wang"]
    values["ising.dynamics.speedup"] = number(gain["tau_abs_magnetization"], None, "", **TIMES)
    return values
