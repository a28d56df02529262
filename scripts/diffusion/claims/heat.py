"""Entropy, information and the second law: rows 7.1-02, 7.1-05 and 7.3-01."""

import numpy as np

from scripts.common.claims.findings import column, provided, quoted, row_where, where
from scripts.diffusion import laws

TABLE = {"data": "diffusion/tables/thermodynamics.csv", "rule": "diffusion_thermodynamics"}
PATHS = {"data": "diffusion/tables/fluctuations.csv", "rule": "diffusion_thermodynamics"}
ARRAYS = {"data": "diffusion/data/forward.npz", "rule": "diffusion_forward"}
FINE = 800
NEED_CELLS = f"diffusion.forward.cells of {FINE} or more"
MANY = 100000
NEED_MANY = f"diffusion.forward.particles of {MANY} or more"
SHORT = 1.0  # the time over which paths are followed
SOLVED = (("7.1-02", "information"), ("7.3-01", "state"), ("7.3-01", "balance"))  # against the solver


def findings(data):
    """What the rows on entropy and information compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame or dict of arrays
        ``thermodynamics``, ``fluctuations`` and ``forward``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    table, arrays = data["thermodynamics"], data["forward"]
    solved = _against_solver(table, arrays) if len(arrays["x"]) >= FINE else {}
    rows = [(claim, part, solved.get((claim, part)), 0.0, NEED_CELLS) for claim, part in SOLVED]
    return [(TABLE, [*_state(table), *rows]), (PATHS, _paths(data["fluctuations"].set_index("path"), arrays))]


def lost(arrays, start, end):
    """Loss of Kullback-Leibler divergence of the mixture between two times, by the solver."""
    at = [np.argmin(np.abs(laws.HEAT_TIMES - t)) for t in (start, end)]
    kl = arrays["solver_kl"][0]
    return float(kl[at[0]] - kl[at[1]])


def rises(table, column):
    """Largest rise of a column from one time to the next, over all laws."""
    return max(np.diff(rows[column].dropna()).max() for _, rows in table.groupby("law"))


def changed(table, law, column):
    """Last minus first value of a column."""
    rows = table[table["law"] == law][column]
    return rows.iloc[-1] - rows.iloc[0]


def _against_solver(table, arrays):
    """Largest deviations of what the theory says from the solver's densities, over all laws and times."""
    stacked = {
        name: np.stack([rows[name].to_numpy() for _, rows in table.groupby("law", sort=False)])
        for name in ("entropy", "kl", "information", "production")
    }
    kl, entropy = arrays["solver_kl"], arrays["solver_entropy"]
    blurred = np.log(2 * np.pi * np.e * -np.expm1(-2 * laws.HEAT_TIMES[1:])) / 2  # entropy of the noise
    off = {
        ("7.1-02", "information"): stacked["information"][:, 1:] - entropy[:, 1:] + blurred,
        ("7.3-01", "state"): np.stack([stacked["kl"] - kl, stacked["entropy"] - entropy]),
        ("7.3-01", "balance"): stacked["production"] - (kl[:, :1] - kl),
    }  # fmt: skip
    return {name: np.abs(each).max() for name, each in off.items()}


def _state(table):
    last, late = where(table, t=table["t"].max()), table[table["t"] > 0]
    return [
        ("7.1-02", "information_falls", rises(table, "information"), 0.0),
        ("7.1-02", "information_gone", last["information"].abs().max(), 0.0),
        ("7.1-02", "shannon", -changed(table, "narrow", "entropy"), 0.0),
        ("7.3-01", "rate_positive", table["rate"].min(), 0.0),
        ("7.3-01", "rate", _rate_off(table), 0.0),
        ("7.3-01", "kl_falls", rises(table, "kl"), 0.0),
        ("7.3-01", "speed_limit", (late["limit"] / late["production"]).max(), 1.0),
        ("7.3-01", "transport", _transport_off(late), 0.0),
        ("7.3-01", "entropy_of_x", changed(table, "broad", "entropy"), 0.0),
    ]


def _gaussian(law, t):
    """Mean and variance of a law of one Gaussian at time t."""
    _, (mean,), (variance,) = laws.heated(None)[law]
    return np.exp(-t) * mean, 1 + (variance - 1) * np.exp(-2 * t)


def _rate_off(table):
    """Largest relative deviation of the rate of Gaussians, m^2 + (1 - v)^2 / v, while it is large."""
    worst = 0.0
    for law in ("broad", "narrow"):
        rows = where(table, law=law)
        rows = rows[rows["t"] <= SHORT]
        mean, variance = _gaussian(law, rows["t"])
        exact = mean**2 + (1 - variance) ** 2 / variance
        worst = max(worst, np.abs(rows["rate"] / exact - 1).max())
    return worst


def _transport_off(table):
    """Largest relative deviation of W2^2 of Gaussians, of means and widths the squared differences."""
    worst = 0.0
    for law in ("broad", "narrow"):
        rows = where(table, law=law)
        now, start = _gaussian(law, rows["t"]), _gaussian(law, 0.0)
        exact = (now[0] - start[0]) ** 2 + (np.sqrt(now[1]) - np.sqrt(start[1])) ** 2
        worst = max(worst, np.abs(rows["limit"] * rows["t"] / exact - 1).max())
    return worst


def _paths(paths, arrays):
    def measured(path, name="mean"):
        return column(paths.loc[path], name, n_effective="paths")

    exact = lost(arrays, 0.0, SHORT)
    faulty = [("7.3-01", "less_heat", measured("forward_off"), exact)]
    return [
        ("7.3-01", "paths", measured("forward"), exact),
        *provided(paths.loc["forward_off", "paths"] >= MANY, NEED_MANY, faulty),
        ("7.1-05", "apparent", measured("reverse_apparent"), 0.0),
        ("7.1-05", "reverse_total", measured("reverse"), exact),
        ("7.1-05", "late", measured("reverse_late"), 0.0),
        ("7.1-05", "fluctuation_theorem", measured("reverse", "exponential"), 1.0),
    ]


def numbers(data):
    """What the chapter quotes of entropy."""
    table, paths = data["thermodynamics"], data["fluctuations"].set_index("path")
    small = row_where(table, law="mixture", t=table[table["t"] > 0]["t"].min())
    state = {
        "production": where(table, law="mixture")["production"].iloc[-1],
        "broad_change": changed(table, "broad", "entropy"),
    }
    means = {path: column(paths.loc[path], "mean") for path in ("reverse", "reverse_apparent")}
    return (
        quoted("diffusion.heat", TABLE, "nat", **state)
        | quoted("diffusion.heat", TABLE, tightness=100 * small["limit"] / small["production"])
        | quoted("diffusion.heat", ARRAYS, "nat", exact=lost(data["forward"], 0.0, SHORT))
        | quoted("diffusion.heat", PATHS, "nat", **means)
        | quoted("diffusion.heat", PATHS, exponential=column(paths.loc["reverse"], "exponential"))
    )
