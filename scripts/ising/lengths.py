"""Correlation functions and lengths, and how they depend on the size.

Tables: ``correlation.csv``, ``correlation_lengths.csv``, ``correlation_exponents.csv``.

Errors come from the 64 replicas by jackknife. J = k_B = 1, h = 0; lengths in lattice steps.
"""

import math

import numpy as np
import pandas as pd
from scipy import linalg, optimize

from scripts.common.columns import pairs
from scripts.common.fits import FitError, linear_fit, power_law
from scripts.common.statistics import jackknife

CRITICAL = "2.269185314213022"
SPACIOUS = 5.0  # lattice in lengths from which the exponential length is fitted: e^-5 comes round the torus
LEAST = 0.3  # shortest length, in lattice steps, that a decay between neighboring rows can show
WINDOW = 0.5, 2.0  # of separations, in lengths: three particles, at e^(-3 r / xi), are few
PAIR_WINDOW = 0.5, 5.0  # the same below T_c
PAIR_LEAST = 3.0  # length below which the scaling limit is off by more than one per cent
LOG_LENGTHS = -1.2, 3.5  # where the logarithm of the length is searched
# xi_2nd / L at T_c exceeds its limit by 2.5 % at L = 8 and, like L^(-7/4), 0.2 % at 32.
SMALLEST_FOR_LENGTH = 32
LENGTHS = ["second_moment", "exponential", "neighbor", "diagonal", "half"]
EXPONENTS = ["quantity", "T", "value", "value_err", "chi2", "degrees_of_freedom", "p_value", "smallest_size"]


def functions(runs):
    """G(r) of all sizes and temperatures.

    Parameters
    ----------
    runs : list of dict of arrays
        What ``correlation.py`` wrote.

    Returns
    -------
    pandas.DataFrame
        Columns L, T, direction (axis or diagonal), r, correlation, correlation_err; along the
        diagonal r counts steps of length sqrt 2.
    """
    tables = []
    for run in runs:
        for i, T in enumerate(run["temperatures"].tolist()):
            for direction in ("axis", "diagonal"):
                mean = jackknife(run[direction][i], lambda means: means)
                place = {"L": int(run["size"]), "T": T, "direction": direction}
                place["r"] = np.arange(len(mean.value))
                tables.append(pd.DataFrame(place | pairs(correlation=mean)))
    return pd.concat(tables, ignore_index=True)


def lengths(runs):
    """Correlation lengths, and the correlations that claims ask for.

    Returns
    -------
    pandas.DataFrame
        One row per (L, T): second_moment (empty below T_c), exponential (empty where the lattice is not
        `SPACIOUS`), neighbor G(1, 0), diagonal G(1, 1), half G(L/2, 0), each with its ``_err``.
    """
    rows = []
    for run in runs:
        for i, T in enumerate(run["temperatures"].tolist()):
            found = {
                "neighbor": jackknife(run["axis"][i][:, 1:2], lambda means: means[..., 0]),
                "diagonal": jackknife(run["diagonal"][i][:, 1:2], lambda means: means[..., 0]),
                "half": jackknife(run["axis"][i][:, -1:], lambda means: means[..., 0]),
            }
            found |= _below(run["rows"][i]) if float(T) < float(CRITICAL) else _above(run["rows"][i])
            columns = pairs(**{name: found.get(name, (math.nan, math.nan)) for name in LENGTHS})
            rows.append({"L": int(run["size"]), "T": T} | columns)
    return pd.DataFrame(rows)


def second_moment_length(rows):
    """Second-moment correlation length sqrt(chi/F - 1) / (2 sin(pi/L)).

    Parameters
    ----------
    rows : float64[..., L/2 + 1]
        Correlation at zero momentum between rows at distance r; the other half of the torus mirrors it.

    Returns
    -------
    float64[...]
        chi and F are its Fourier sums at k = 0 and k = 2 pi / L (F. Cooper, B. Freedman and D. Preston,
        Nucl. Phys. B 210, 210 (1982), doi:10.1016/0550-3213(82)90240-1).
    """
    size = 2 * (np.shape(rows)[-1] - 1)
    weight = np.full(size // 2 + 1, 2.0)
    weight[[0, -1]] = 1.0
    wave = np.cos(2 * np.pi * np.arange(size // 2 + 1) / size)
    ratio = (rows @ weight) / (rows @ (weight * wave))
    return np.sqrt(np.maximum(ratio - 1, 0)) / (2 * np.sin(np.pi / size))


def exponential_length(rows, first, last):
    """Correlation length of a single exponential on a ring, C(r) = A cosh((L/2 - r) / xi).

    Parameters
    ----------
    rows : float64[..., L/2 + 1]
    first, last : int
        Separations used, 1 <= first <= last < L/2.

    Returns
    -------
    float64[...]
        From cosh(1/xi) = sum [C(r - 1) + C(r + 1)] / sum 2 C(r), exact for any choice of separations.
    """
    around = rows[..., first - 1 : last] + rows[..., first + 1 : last + 2]
    ratio = around.sum(axis=-1) / (2 * rows[..., first : last + 1].sum(axis=-1))
    return 1 / np.arccosh(np.maximum(ratio, 1 + 1e-12))


def pair_length(rows):
    """Correlation length below T_c, where the lightest excitation is a pair.

    Parameters
    ----------
    rows : float64[..., L/2 + 1]

    Returns
    -------
    float64[...]
        From a fit of B + A f(r / xi) with f(x) = int_0^inf dt tanh^2(t) e^(-x cosh t) / cosh t, the
        two-particle part in the scaling limit: it falls like x^(-3/2) e^(-x), so that a plain
        exponential would not do. B takes up the square of the magnetization.
    """
    return np.apply_along_axis(_pair_length, -1, rows)


def _pair_length(row):
    """One fit; the window follows the length."""
    length, half = 1.0, len(row) - 1
    for _ in range(4):
        first, last = max(1, math.ceil(PAIR_WINDOW[0] * length)), math.ceil(PAIR_WINDOW[1] * length) + 3
        r = np.arange(first, min(last, half) + 1)
        arguments = r, row[r], 2 * half
        found = optimize.minimize_scalar(_misfit, bounds=LOG_LENGTHS, args=arguments, method="bounded")
        length = math.exp(found.x)
    return length


def _misfit(log_length, r, values, size):
    """Squared residuals of the best A and B at one length, each relative to the decay expected there."""
    length = math.exp(log_length)
    shape = pair_decay(r / length) + pair_decay((size - r) / length)
    weight = 1 / np.sqrt(shape / shape[0])
    design = np.stack([np.ones(len(r)), shape / shape[0]], axis=1)
    solution, *_ = linalg.lstsq(design * weight[:, None], values * weight)
    return float(np.sum((values - design @ solution) ** 2 * weight**2))


def pair_decay(x):
    """f(x) of `pair_length`, float64[...]."""
    t = np.linspace(0, 6, 241)
    weight = np.tanh(t) ** 2 / np.cosh(t) * (t[1] - t[0])
    return np.exp(-np.multiply.outer(x, np.cosh(t))) @ weight


def _above(rows):
    """Lengths at and above T_c."""
    found = {"second_moment": jackknife(rows, second_moment_length)}
    window = _window(rows.mean(axis=0))
    if window:
        found["exponential"] = jackknife(rows, lambda means: exponential_length(means, *window))
    return found


def _window(row):
    """Separations from half a length to two, or None if the lattice is not `SPACIOUS`."""
    half, first, last = len(row) - 1, 1, 2
    for _ in range(8):
        length = float(exponential_length(row, first, last))
        first, last = max(1, math.ceil(WINDOW[0] * length)), math.ceil(WINDOW[1] * length)
        if not LEAST < length < 2 * half / SPACIOUS or last >= half:
            return None
    return first, last


def _below(rows):
    """Length below T_c, if the lattice has room for it."""
    found = jackknife(rows, pair_length)
    size = 2 * (rows.shape[1] - 1)
    return {"exponential": found} if PAIR_LEAST < found.value < size / SPACIOUS else {}


def exponents(table):
    """How the correlations of the sizes depend on L, at T_c and next to it.

    Parameters
    ----------
    table : pandas.DataFrame
        Of `lengths`.

    Returns
    -------
    pandas.DataFrame
        Columns `EXPONENTS`. Quantities: eta from G(L/2) ~ L^-eta, length_slope from xi_2nd ~ L^slope,
        diagonal_limit and neighbor_limit from a + b/L. Those that two sizes do not allow are left out.
    """
    rows = []
    for T, group in table.groupby("T", sort=False):
        laws = [("eta", "half", -1), ("length_slope", "second_moment", 1)]
        kept = {"eta": group, "length_slope": _large(group)}
        rows += [_fitted(name, T, kept[name], column, _power, sign) for name, column, sign in laws]
        if T == CRITICAL:
            limits = [("diagonal_limit", "diagonal"), ("neighbor_limit", "neighbor")]
            rows += [_fitted(name, T, group, column, _limit, 1) for name, column in limits]
    return pd.DataFrame([row for row in rows if row], columns=EXPONENTS)


def _large(group):
    """The sizes where xi_2nd / L is near its limit, if there are two of them, else all."""
    large = group[group["L"] >= SMALLEST_FOR_LENGTH]
    return large if len(large) > 1 else group


def _power(size, y, err):
    return power_law(size, y, err), "exponent"


def _limit(size, y, err):
    """a + b/L: the energy operator, of dimension 1, comes first; the next term is L^-3."""
    return linear_fit(np.stack([np.ones(len(size)), 1 / size], axis=1), y, err, ["limit", "slope"]), "limit"


def _fitted(name, T, group, column, law, sign):
    """A row of the table, or None if there are too few sizes."""
    size, y, err = group[["L", column, f"{column}_err"]].dropna().to_numpy(float).T
    if len(size) < 2:
        return None
    try:
        fit, parameter = law(size, y, err)
    except FitError:
        return None
    found = {"quantity": name, "T": T, "value": sign * fit[parameter].value, "value_err": fit[parameter].err}
    return found | fit.judgment() | {"smallest_size": int(size.min())}


if __name__ == "__main__":
    from scripts.common.io import load_arrays
    from scripts.common.step import step

    with step(snakemake) as (_, write):
        runs = [load_arrays(path) for path in snakemake.input]
        table = lengths(runs)
        write(functions=functions(runs), lengths=table, exponents=exponents(table))
