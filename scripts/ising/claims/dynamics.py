"""Critical slowing down: row 5.1-12."""

import numpy as np

from scripts.common.claims.findings import Found, column, less, quoted, row_where, where
from scripts.common.statistics.counts import deviate
from scripts.ising.claims.points import CRITICAL, together
from scripts.ising.dynamics import PARTS
from scripts.ising.theory import kaufman

TABLE = {"data": "ising/tables/dynamic_exponents.csv", "rule": "ising_slowing"}
TIMES = {"data": "ising/tables/dynamics.csv", "rule": "ising_slowing"}
ENERGIES = {"data": "ising/tables/dynamic_energies.csv", "rule": "ising_slowing"}
LINEAR = 1.0  # growth like the edge; local moves take twice this power and more
LITERATURE = 2.1667, 0.0005  # Nightingale and Bloete, Phys. Rev. B 62, 1089 (2000)
NEED = "at least two of ising.dynamics.sizes"
NEED_FITS = "at least three of ising.dynamics.sizes"
NEED_BOTH = "sizes that ising.sizes and ising.dynamics.sizes share"
NAMES = ("metropolis", "swendsen_wang", "wolff")


def findings(data):
    """What row 5.1-12 compares.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``dynamic_exponents``, ``dynamics``, ``dynamic_energies`` and ``thermodynamics``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    local, *_ = exponents(data["dynamic_exponents"], "abs_magnetization").values()
    slow, cluster, wolff = exponents(data["dynamic_exponents"], "energy").values()
    found = [
        ("5.1-12", "metropolis", local, LITERATURE, NEED),
        ("5.1-12", "swendsen_wang", cluster, LINEAR, NEED),
        ("5.1-12", "wolff", wolff, LINEAR, NEED),
        ("5.1-12", "cure", less(slow, cluster), 0.0, NEED),
        ("5.1-12", "powers", _fits(data["dynamic_exponents"]), 0.0, NEED_FITS),
    ]
    times = [
        ("5.1-12", "gain", _gain(data["dynamics"]), 0.0, NEED),
        ("5.1-12", "same_times", _same_times(data["dynamics"], data["thermodynamics"]), 0.0, NEED_BOTH),
    ]
    return [(TABLE, found), (TIMES, times), (ENERGIES, _energies(data["dynamic_energies"]))]


def exponents(table, quantity):
    """z of |m| or of the energy for every dynamics, None where there is none."""
    rows = {name: row_where(table, quantity=quantity, dynamics=name) for name in NAMES}
    found = {name: column(row, "z") for name, row in rows.items()}
    return {name: each and each._replace(n_effective=PARTS) for name, each in found.items()}


def _fits(table):
    """Chi-square of the powers of L for the energy, all dynamics together, as a normal deviate."""
    rows = where(table, quantity="energy")
    chi2, freedom = rows["chi2"].sum(), rows["degrees_of_freedom"].sum()
    return Found(deviate(chi2, freedom), 1.0, n_effective=freedom) if freedom else None


def _gain(table):
    """Logarithm of what the ratio of local to cluster times of |m| grows by, smallest to largest size."""
    if table["L"].nunique() < 2:
        return None
    value = square = 0.0
    for sign, size in ((1, table["L"].max()), (-1, table["L"].min())):
        for way, name in ((1, "metropolis"), (-1, "swendsen_wang")):
            tau = column(row_where(table, L=size, dynamics=name), "tau_abs_magnetization")
            value, square = value + sign * way * np.log(tau.value), square + (tau.error / tau.value) ** 2
    return Found(value, np.sqrt(square), n_effective=PARTS)


def _same_times(table, other):
    """Times of Metropolis at T_c from two sets of runs, both quantities, at all sizes that they share."""
    local = where(table, dynamics="metropolis").set_index("L")
    rows = other[np.isclose(other["T"].astype(float), float(CRITICAL))].set_index("L")
    shared = local.index.intersection(rows.index)
    names, sides = ("tau_energy", "tau_abs_magnetization"), (local.loc[shared], rows.loc[shared])
    (one, error), (two, error_two) = (
        [np.concatenate([side[f"{name}{end}"] for name in names]) for end in ("", "_err")] for side in sides
    )
    found = together(one, np.hypot(error, error_two), two, PARTS)
    return found and found._replace(n_effective=PARTS)


def _energies(table):
    """Energies of the same runs against Kaufman; the control is a Swendsen-Wang run, a little hotter."""
    critical = table["T"] < float(CRITICAL) + 1e-9
    found = []
    for name in NAMES:
        rows = where(table[critical], dynamics=name)
        exact = [kaufman.energy(int(L), float(CRITICAL)) for L in rows["L"]]
        all_sizes = together(rows["energy"], rows["energy_err"], exact, PARTS)
        found.append(("5.1-12", f"energies_{name}", all_sizes._replace(n_effective=len(rows) * PARTS), 0.0))
    off = row_where(table[~critical], dynamics="swendsen_wang")
    exact = float(kaufman.energy(int(off["L"]), float(CRITICAL)))
    return [*found, ("5.1-12", "temperature_off", column(off, "energy", replicas="parts"), exact)]


def numbers(data):
    """What the chapter quotes: exponents, and autocorrelation times on the largest lattice."""
    table, size = data["dynamics"], data["dynamics"]["L"].max()
    rows = {name: row_where(table, L=size, dynamics=name) for name in NAMES}
    taus = {f"tau_{name}": column(row, "tau_abs_magnetization") for name, row in rows.items()}
    gain = taus["tau_metropolis"].value / taus["tau_swendsen_wang"].value
    slopes = {}
    for ending, quantity in (("", "abs_magnetization"), ("_energy", "energy")):
        found = exponents(data["dynamic_exponents"], quantity)
        slopes |= {f"z_{name}{ending}": z for name, z in found.items()}
    return (
        quoted("ising.dynamics", TIMES, largest_size=size, speedup=gain)
        | quoted("ising.dynamics", TIMES, "sweeps", **taus)
        | quoted("ising.dynamics", TABLE, "", NEED, **slopes)
    )
