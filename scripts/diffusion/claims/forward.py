"""The forward process: rows 7.0-01, 7.1-01 and 7.2-01 to 7.2-06."""

import numpy as np

from scripts.common.claims.findings import Found, column, provided, quoted, row_where, where
from scripts.common.fits import polynomial
from scripts.common.statistics import weighted_mean

ARRAYS = {"data": "diffusion/data/forward.npz", "rule": "diffusion_forward"}
DENSITIES = {"data": "diffusion/tables/densities.csv", "rule": "diffusion_forward"}
CHAIN = {"data": "diffusion/tables/chain.csv", "rule": "diffusion_forward"}
RELAXATION = {"data": "diffusion/tables/relaxation.csv", "rule": "diffusion_forward"}
HEAT = {"data": "diffusion/tables/thermodynamics.csv", "rule": "diffusion_thermodynamics"}
FINE = 800
NEED_CELLS = f"diffusion.forward.cells of {FINE} or more"
NEED_RATES = "more diffusion.forward.particles: the moments are lost in their noise"
MANY = 100000
NEED_MANY = f"diffusion.forward.particles of {MANY} or more"
BLOCKS = 100  # of the particles of each start, behind the error of a rate
AT = 0.5  # the time at which particles are compared


def findings(data):
    """What the rows of the forward process compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame or dict of arrays
        ``forward``, ``densities``, ``chain``, ``relaxation`` and ``thermodynamics``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    arrays, heat = data["forward"], data["thermodynamics"]
    left = where(heat, t=heat["t"].max())["kl"].abs().max()
    return [
        (ARRAYS, [*_currents(arrays), *_moves(arrays), *_drift(arrays), *_rates(data["relaxation"], arrays)]),
        (HEAT, [("7.1-01", "kl_left", left, 0.0)]),
        (RELAXATION, _reached(data["relaxation"])),
        (CHAIN, _chain(data["chain"])),
        (DENSITIES, _solver(data["densities"], arrays)),
    ]


def _found(value, error, arrays):
    return Found(value, error, n_effective=float(arrays["particles"]))


def _currents(arrays):
    stationary, wider, start = arrays["current"]
    of_fine = [("7.0-01", "current_of_data", start, float(arrays["current_exact"]))]
    return [
        ("7.0-01", "no_current", stationary, 0.0),
        ("7.0-01", "wider", wider, 0.0),
        *provided(len(arrays["x"]) >= FINE, NEED_CELLS, of_fine),
    ]


def _reached(table):
    laws = table.drop_duplicates("law")
    size = laws["particles"].sum()
    late, off = (
        Found(laws[f"deviate_{name}"].sum() / np.sqrt(len(laws)), 1.0, n_effective=size)
        for name in ("late", "off")
    )
    many = laws["particles"].min() >= MANY
    return [
        ("7.1-01", "noise_reached", late, 0.0),
        *provided(many, NEED_MANY, [("7.1-01", "stronger_noise", off, 0.0)]),
    ]


def rate(table, order):
    """Decay rate of one Hermite moment over all starts where it is seen, with its error; or None."""
    rows = table[(table["order"] == order) & table["rate"].notna()]
    if rows.empty:
        return None
    return Found(*weighted_mean(rows["rate"], rows["rate_err"])[:2], n_effective=BLOCKS * len(rows))


def _rates(table, arrays):
    names = {1: "first_rate", 2: "second_rate", 3: "third_rate"}
    off, error = arrays["rate_off"]
    enough = np.isfinite(off) and arrays["particles"] >= MANY
    faulty = Found(off, error, n_effective=BLOCKS) if enough else None
    return [
        *(("7.2-06", name, rate(table, order), float(order), NEED_RATES) for order, name in names.items()),
        ("7.2-06", "stronger_pull", faulty, 1.0, NEED_MANY),
    ]


def extrapolated(table, name):
    """Mean or variance of the chains of constant beta, carried on to beta = 0 by a parabola."""
    rows = where(table, chain="constant")
    fit = polynomial(rows["beta"], rows[name], rows[f"{name}_err"], degree=2)
    return Found(*fit["c0"][:2], n_effective=rows["particles"].sum()), rows[f"{name}_limit"].iloc[0]


def _chain(table):
    rising, shifted, noisy = (row_where(table, chain=name) for name in ("rising", "shifted", "noisy"))

    def against(row, name, to="exact"):
        return column(row, name, n_effective="particles"), row[f"{name}_{to}"]

    faulty = [
        ("7.2-01", "shifted", *against(shifted, "variance")),
        ("7.2-02", "noisy", *against(noisy, "variance")),
    ]
    return [
        ("7.2-01", "variance", *against(rising, "variance")),
        ("7.2-01", "mean", *against(rising, "mean")),
        ("7.2-02", "limit_variance", *extrapolated(table, "variance")),
        ("7.2-02", "limit_mean", *extrapolated(table, "mean")),
        *provided(table["particles"].min() >= MANY, NEED_MANY, faulty),
    ]


def _drift(arrays):
    slope, error, exact, far, far_error = arrays["drift"]
    faulty = [("7.2-03", "weaker_pull", _found(*arrays["drift_off"], arrays), exact)]
    return [
        ("7.2-03", "slope", _found(slope, error, arrays), exact),
        ("7.2-03", "far", _found(far, far_error, arrays), 0.0),
        *provided(arrays["particles"] >= MANY, NEED_MANY, faulty),
    ]


def _moves(arrays):
    """Moments 0 and 1, mean and variance, of all terms, the drift alone, the noise alone, and its fault."""
    moments, errors, exact = (arrays[f"switched{part}"] for part in ("", "_err", "_exact"))
    places = {
        ("7.2-02", "langevin_mean"): (0, 0),
        ("7.2-02", "langevin_variance"): (0, 1),
        ("7.2-05", "drift_moves"): (1, 0),
        ("7.2-05", "drift_narrows"): (1, 1),
        ("7.2-05", "diffusion_stays"): (2, 0),
        ("7.2-05", "diffusion_widens"): (2, 1),
        ("7.2-05", "stronger_noise"): (3, 1),
    }
    rows = [(*name, _found(moments[at], errors[at], arrays), exact[at]) for name, at in places.items()]
    return [*rows[:-1], *provided(arrays["particles"] >= MANY, NEED_MANY, rows[-1:])]


def _worst(table):
    """Largest distance of the solver from the exact density, by cells; and the order of convergence."""
    worst = table.groupby("cells")["distance"].max()
    return worst, np.log(worst.iloc[-2] / worst.iloc[-1]) / np.log(2)


def _solver(table, arrays):
    worst, order = _worst(table)
    off = np.abs(arrays["rates"] - np.arange(len(arrays["rates"]))).max()
    of_fine = [
        ("7.2-04", "solver", worst.iloc[-1], 0.0),
        ("7.2-04", "order", order, 2.0),
        ("7.2-04", "stronger_diffusion", float(arrays["diffusion_off"]), 0.0),
        ("7.2-06", "spectrum", off, 0.0),
    ]
    deviate = arrays["deviates"][np.argmin(np.abs(arrays["times"] - AT))]
    return [
        *provided(worst.index.max() >= FINE, NEED_CELLS, of_fine),
        ("7.2-04", "mass", table["mass"].max(), 0.0),
        ("7.2-04", "particles", _found(deviate, 1.0, arrays), 0.0),
    ]


def numbers(data):
    """What the chapter quotes of the forward process."""
    arrays, chain = data["forward"], data["chain"]
    worst, order = _worst(data["densities"])
    coarse = chain.loc[chain["beta"].idxmax()]
    densities = {"cells": worst.index.max(), "error": worst.iloc[-1], "order": order}
    steps = {
        "coarse_beta": coarse["beta"],
        "coarse_variance": column(coarse, "variance"),
        "coarse_recursion": coarse["variance_exact"],
        "coarse_limit": coarse["variance_limit"],
        "extrapolated": extrapolated(chain, "variance")[0],
    }
    return (
        quoted("diffusion.forward", DENSITIES, **densities)
        | quoted("diffusion.forward", ARRAYS, particles=arrays["particles"])
        | quoted("diffusion.forward", ARRAYS, "β/2", slope=tuple(arrays["drift"][:2]))
        | quoted("diffusion.forward", CHAIN, **steps)
        | quoted("diffusion.forward", RELAXATION, "", NEED_RATES, rate=rate(data["relaxation"], 1))
    )
