"""The forward process: rows 7.0-01, 7.1-01 and 7.2-01 to 7.2-06."""

import numpy as np

from scripts.common.claims.findings import column, provided, quoted, row_where, where
from scripts.common.statistics import weighted_mean

ARRAYS = {"data": "diffusion/data/forward.npz", "rule": "diffusion_forward"}
DENSITIES = {"data": "diffusion/tables/densities.csv", "rule": "diffusion_forward"}
CHAIN = {"data": "diffusion/tables/chain.csv", "rule": "diffusion_forward"}
RELAXATION = {"data": "diffusion/tables/relaxation.csv", "rule": "diffusion_forward"}
HEAT = {"data": "diffusion/tables/thermodynamics.csv", "rule": "diffusion_thermodynamics"}
FINE = 800
NEED_CELLS = f"diffusion.forward.cells of {FINE} or more"
NEED_RATES = "more diffusion.forward.particles: the moments are lost in their noise"
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
        (ARRAYS, [*_currents(arrays["current"]), *_moves(arrays), *_drift(arrays["drift"])]),
        (HEAT, [("7.1-01", "kl_left", left, 0.0)]),
        (RELAXATION, [*_reached(data["relaxation"]), *_rates(data["relaxation"])]),
        (CHAIN, _chain(data["chain"])),
        (DENSITIES, _solver(data["densities"], arrays)),
    ]


def _currents(current):
    stationary, start = current
    return [("7.0-01", "no_current", stationary, 0.0), ("7.0-01", "current_of_data", start, 0.0)]


def _reached(table):
    laws = table.drop_duplicates("law")
    together = laws["deviate_late"].sum() / np.sqrt(len(laws))
    return [
        ("7.1-01", "noise_reached", (together, 1.0), 0.0),
        ("7.1-01", "too_early", (laws["deviate_early"].max(), 1.0), 0.0),
    ]


def rate(table, order):
    """Decay rate of one Hermite moment over all starts where it is seen, with its error; or None."""
    rows = table[(table["order"] == order) & table["rate"].notna()]
    return weighted_mean(rows["rate"], rows["rate_err"])[:2] if len(rows) else None


def _rates(table):
    first, second = rate(table, 1), rate(table, 2)
    return [
        ("7.2-06", "first_rate", first, 1.0, NEED_RATES),
        ("7.2-06", "second_rate", second, 2.0, NEED_RATES),
        ("7.2-06", "rate_off", first, 1.2, NEED_RATES),
    ]


def _chain(table):
    coarse, fine = table.loc[table["beta"].idxmax()], table.nsmallest(2, "beta")
    left = (1 - fine["beta"]) ** (fine["steps"] / 2)
    off = np.abs(left - np.exp(-fine["beta"] * fine["steps"] / 2)).to_numpy()
    order = np.log(off[1] / off[0]) / np.log(fine["beta"].iloc[1] / fine["beta"].iloc[0])
    variance, mean = column(coarse, "variance"), column(coarse, "mean")
    return [
        ("7.2-01", "variance", variance, coarse["variance_exact"]),
        ("7.2-01", "mean", mean, coarse["mean_exact"]),
        ("7.2-01", "limit", variance, coarse["variance_limit"]),
        ("7.2-02", "coarse", mean, coarse["mean_limit"]),
        ("7.2-02", "order", order, 1.0),
    ]


def _drift(drift):
    slope, error, exact, far, far_error = drift
    return [
        ("7.2-03", "slope", (slope, error), exact),
        ("7.2-03", "slope_off", (slope, error), 1.3 * exact),
        ("7.2-03", "far", (far, far_error), 0.0),
    ]


def _moves(arrays):
    """Moments 0 and 1, mean and variance, of all steps, of the drift alone, and of the noise alone."""
    moments, errors, exact = (arrays[f"switched{part}"] for part in ("", "_err", "_exact"))
    found = {place: (moments[place], errors[place]) for place in np.ndindex(moments.shape)}
    return [
        ("7.2-02", "langevin_variance", found[0, 1], exact[0, 1]),
        ("7.2-05", "drift_moves", found[1, 0], exact[1, 0]),
        ("7.2-05", "diffusion_stays", found[2, 0], exact[2, 0]),
        ("7.2-05", "diffusion_widens", found[2, 1], exact[2, 1]),
        ("7.2-05", "drift_widens", found[1, 1], exact[2, 1]),
    ]


def _worst(table):
    """Largest distance of the solver from the exact density, by resolution; and the order of convergence."""
    worst = where(table, method="solver").groupby("resolution")["distance"].max()
    return worst, np.log(worst.iloc[-2] / worst.iloc[-1]) / np.log(2)


def _solver(table, arrays):
    worst, order = _worst(table)
    off = np.abs(arrays["rates"] - np.arange(len(arrays["rates"]))).max()
    of_fine = [
        ("7.2-04", "solver", worst.iloc[-1], 0.0),
        ("7.2-04", "order", order, 2.0),
        ("7.2-04", "without_half", float(arrays["without_half"]), 0.0),
        ("7.2-06", "spectrum", off, 0.0),
    ]
    particles = row_where(table, method="langevin", t=AT)
    return [
        *provided(worst.index.max() >= FINE, NEED_CELLS, of_fine),
        ("7.2-04", "mass", where(table, method="solver")["expected"].max(), 0.0),
        ("7.2-04", "particles", column(particles, "distance", per="expected"), 1.0),
    ]


def numbers(data):
    """What the chapter quotes of the forward process."""
    table, drift, chain = data["densities"], data["forward"]["drift"], data["chain"]
    worst, order = _worst(table)
    coarse, particles = chain.loc[chain["beta"].idxmax()], row_where(table, method="langevin")["resolution"]
    densities = {"particles": particles, "cells": worst.index.max(), "error": worst.iloc[-1], "order": order}
    steps = {
        "coarse_beta": coarse["beta"],
        "coarse_variance": column(coarse, "variance"),
        "coarse_recursion": coarse["variance_exact"],
        "coarse_limit": coarse["variance_limit"],
    }
    return (
        quoted("diffusion.forward", DENSITIES, **densities)
        | quoted("diffusion.forward", ARRAYS, "β/2", slope=tuple(drift[:2]))
        | quoted("diffusion.forward", CHAIN, **steps)
        | quoted("diffusion.forward", RELAXATION, "", NEED_RATES, rate=rate(data["relaxation"], 1))
    )
