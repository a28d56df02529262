"""The forward process: rows 7.0-01, 7.1-01 and 7.2-01 to 7.2-06."""

import numpy as np

from scripts.common.claims.records import record, sourced, unmeasured
from scripts.common.numbers import number, unmeasured_number
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


def records(checks, data):
    """Records of the rows of the forward process.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame or dict of arrays
        ``forward``, ``densities``, ``chain``, ``relaxation`` and ``thermodynamics``.

    Returns
    -------
    list of dict
    """
    arrays = data["forward"]
    return (
        sourced(
            _currents(checks, arrays) + _moves(checks, arrays) + _drift(checks, arrays["drift"]), **ARRAYS
        )
        + sourced([_left(checks, data["thermodynamics"])], **HEAT)
        + sourced(_reached(checks, data["relaxation"]) + _rates(checks, data["relaxation"]), **RELAXATION)
        + sourced(_chain(checks, data["chain"]), **CHAIN)
        + sourced(_solver(checks, data["densities"], arrays), **DENSITIES)
    )


def _currents(checks, arrays):
    stationary, start = arrays["current"]
    return [
        record(checks["7.0-01", "no_current"], stationary, 0.0),
        record(checks["7.0-01", "current_of_data"], start, 0.0),
    ]


def _left(checks, table):
    last = table[table["t"] == table["t"].max()]
    return record(checks["7.1-01", "kl_left"], last["kl"].abs().max(), 0.0)


def _reached(checks, table):
    laws = table.drop_duplicates("law")
    together = laws["deviate_late"].sum() / np.sqrt(len(laws))
    return [
        record(checks["7.1-01", "noise_reached"], together, 0.0, error=1.0),
        record(checks["7.1-01", "too_early"], laws["deviate_early"].max(), 0.0, error=1.0),
    ]


def rate(table, order):
    """Decay rate of one Hermite moment over all starts where it is seen, or None."""
    rows = table[(table["order"] == order) & table["rate"].notna()]
    return weighted_mean(rows["rate"], rows["rate_err"]) if len(rows) else None


def _rates(checks, table):
    found = []
    for part, order, reference in (("first_rate", 1, 1.0), ("second_rate", 2, 2.0), ("rate_off", 1, 1.2)):
        check, mean = checks["7.2-06", part], rate(table, order)
        found.append(
            unmeasured(check, NEED_RATES)
            if mean is None
            else record(check, mean.value, reference, error=mean.err)
        )
    return found


def _chain(checks, table):
    coarse = table.loc[table["beta"].idxmax()]
    fine = table.nsmallest(2, "beta")
    left = (1 - fine["beta"]) ** (fine["steps"] / 2)
    off = np.abs(left - np.exp(-fine["beta"] * fine["steps"] / 2)).to_numpy()
    order = np.log(off[1] / off[0]) / np.log(fine["beta"].iloc[1] / fine["beta"].iloc[0])

    def check(claim, part, name, reference):
        return record(checks[claim, part], coarse[name], coarse[reference], error=coarse[f"{name}_err"])

    return [
        check("7.2-01", "variance", "variance", "variance_exact"),
        check("7.2-01", "mean", "mean", "mean_exact"),
        check("7.2-01", "limit", "variance", "variance_limit"),
        check("7.2-02", "coarse", "mean", "mean_limit"),
        record(checks["7.2-02", "order"], order, 1.0),
    ]


def _drift(checks, drift):
    slope, error, exact, far, far_error = drift
    return [
        record(checks["7.2-03", "slope"], slope, exact, error=error),
        record(checks["7.2-03", "slope_off"], slope, 1.3 * exact, error=error),
        record(checks["7.2-03", "far"], far, 0.0, error=far_error),
    ]


def _moves(checks, arrays):
    found, errors, exact = (arrays[f"switched{part}"] for part in ("", "_err", "_exact"))

    def check(claim, part, case, moment, reference=None):
        where = case, moment
        aim = exact[where] if reference is None else reference
        return record(checks[claim, part], found[where], aim, error=errors[where])

    return [
        check("7.2-02", "langevin_variance", 0, 1),
        check("7.2-05", "drift_moves", 1, 0),
        check("7.2-05", "diffusion_stays", 2, 0),
        check("7.2-05", "diffusion_widens", 2, 1),
        check("7.2-05", "drift_widens", 1, 1, exact[2, 1]),
    ]


def _solver(checks, table, arrays):
    solver = table[table["method"] == "solver"]
    worst = solver.groupby("resolution")["distance"].max()
    fine = worst.index.max()
    particles = table[(table["method"] == "langevin") & (table["t"] == AT)].iloc[0]
    own = {
        "solver": (worst[fine], 0.0),
        "order": (np.log(worst.iloc[-2] / worst.iloc[-1]) / np.log(2), 2.0),
        "without_half": (float(arrays["without_half"]), 0.0),
    }
    settled = [
        unmeasured(checks["7.2-04", part], NEED_CELLS)
        if fine < FINE
        else record(checks["7.2-04", part], *pair)
        for part, pair in own.items()
    ]
    spectrum = checks["7.2-06", "spectrum"]
    off = np.abs(arrays["rates"] - np.arange(len(arrays["rates"]))).max()
    return [
        *settled,
        unmeasured(spectrum, NEED_CELLS) if fine < FINE else record(spectrum, off, 0.0),
        record(checks["7.2-04", "mass"], solver["expected"].max(), 0.0),
        record(
            checks["7.2-04", "particles"],
            particles["distance"] / particles["expected"],
            1.0,
            error=particles["distance_err"] / particles["expected"],
        ),
    ]


def numbers(data):
    """What the chapter quotes of the forward process."""
    table, drift = data["densities"], data["forward"]["drift"]
    solver = table[table["method"] == "solver"].groupby("resolution")["distance"].max()
    coarse = data["chain"].loc[data["chain"]["beta"].idxmax()]
    first = rate(data["relaxation"], 1)
    particles = int(table.loc[table["method"] == "langevin", "resolution"].iloc[0])
    return {
        "diffusion.forward.particles": number(particles, None, "", **DENSITIES),
        "diffusion.forward.cells": number(solver.index.max(), None, "", **DENSITIES),
        "diffusion.forward.error": number(solver.iloc[-1], None, "", **DENSITIES),
        "diffusion.forward.order": number(
            np.log(solver.iloc[-2] / solver.iloc[-1]) / np.log(2), None, "", **DENSITIES
        ),
        "diffusion.forward.slope": number(drift[0], drift[1], "β/2", **ARRAYS),
        "diffusion.forward.coarse_beta": number(coarse["beta"], None, "", **CHAIN),
        "diffusion.forward.coarse_variance": number(coarse["variance"], coarse["variance_err"], "", **CHAIN),
        "diffusion.forward.coarse_recursion": number(coarse["variance_exact"], None, "", **CHAIN),
        "diffusion.forward.coarse_limit": number(coarse["variance_limit"], None, "", **CHAIN),
        "diffusion.forward.rate": (
            number(first.value, first.err, "", **RELAXATION) if first else unmeasured_number("", NEED_RATES)
        ),
    }
