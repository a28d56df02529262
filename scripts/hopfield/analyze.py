"""From runs to tables: ``retrieval.csv``, ``transition.csv``, ``capacity.csv``, ``phase_diagram.csv``."""

import contextlib

import numpy as np
import pandas as pd
from scipy import optimize, special

from scripts.common.columns import pairs
from scripts.common.fits import FitError, linear_fit
from scripts.common.statistics import replica_mean
from scripts.hopfield.basins import mean_of_sets, summary
from scripts.hopfield.samples import RETRIEVED
from scripts.hopfield.theory import temperature

BLOCKS = 20  # of the jackknife, or as many as there are sets
LEAST_SIZES = 3  # in an extrapolation
LARGE = 20  # sizes from the largest over this on enter the extrapolation
SMALLEST = 1000  # below, a network has no transition to speak of
FORMS = {"inverse_root": -0.5, "inverse": -1.0}
DEFINITIONS = ("half_kept", "jump")


def retrieval_table(runs, thermal):
    """Rows of ``retrieval.csv``: one per size, load and temperature.

    Parameters
    ----------
    runs : list of dict of arrays
        What ``retrieve.py`` wrote, one for each size.
    thermal : dict of arrays
        What ``thermal.py`` wrote.
    """
    rows = []
    for run in runs:
        for j, load in enumerate(run["loads"]):
            rows.append(_row(int(run["size"]), load, 0.0, run["overlaps"][:, j], run["energies"][:, j]))
    for j, (load, T) in enumerate(thermal["points"]):
        overlaps, energies = thermal["overlaps"][:, j], thermal["energies"][:, j]
        rows.append(_row(int(thermal["size"]), load, T, overlaps, energies))
    return pd.DataFrame(rows)


def _row(size, load, T, overlaps, energies):
    """One line; no error is smaller than that of a single turned unit in all sets together."""
    found = summary(overlaps)
    found["overlap_err"] = max(np.nan_to_num(found["overlap_err"]), 2 / (size * len(overlaps)))
    head = {"N": size, "alpha": load, "T": T}
    return head | found | pairs(energy=mean_of_sets(energies))


def transition_table(runs):
    """Rows of ``transition.csv``: share that kept the pattern and mean overlap, across the transition."""
    rows = []
    for run in runs:
        for j, load in enumerate(run["transition_loads"]):
            overlaps = run["transition_overlaps"][:, j]
            rows.append({"N": int(run["size"]), "alpha": load} | summary(overlaps))
    return pd.DataFrame(rows)


def thresholds(loads, overlaps):
    """Loads of half the runs kept, and of the jump of the mean overlap.

    Parameters
    ----------
    loads : float64[n]
    overlaps : float64[R, n]

    Returns
    -------
    float64[2]
        In the order of `DEFINITIONS`; nan where a fit does not converge or ends far outside the loads.
    """
    kept, mean = (overlaps > RETRIEVED).mean(axis=0), overlaps.mean(axis=0)
    center = np.interp(0.5, kept[::-1], loads[::-1])
    width = np.ptp(loads) / 6
    return np.array([
        _center(lambda a, c, w: special.ndtr((c - a) / w), loads, kept, [center, width]),
        _center(
            lambda a, c, w, low, high: low + (high - low) * special.ndtr((c - a) / w),
            loads, mean, [center, width, mean[-1], mean[0]],
        ),
    ])  # fmt: skip


def _center(model, loads, values, guess):
    lower, upper = [-np.inf] * len(guess), [np.inf] * len(guess)
    lower[0], upper[0] = loads[0] - np.ptp(loads), loads[-1] + np.ptp(loads)
    lower[1], upper[1] = np.ptp(loads) / 100, np.ptp(loads) * 3
    lower[2:], upper[2:] = [-0.1] * len(guess[2:]), [1.0] * len(guess[2:])
    start = np.clip(guess, np.array(lower) + 1e-12, np.array(upper) - 1e-12)
    try:
        found, _ = optimize.curve_fit(model, loads, values, start, bounds=(lower, upper))
    except (RuntimeError, ValueError):
        return np.nan
    return found[0] if loads[0] <= found[0] <= loads[-1] else np.nan


def threshold_table(runs):
    """Both thresholds of all sizes, rows of ``thresholds.csv``.

    The load at which one set of patterns is lost scatters as N^(-1/2), so that all sizes together tell
    how much: a jackknife over the few sets of a large network alone would be a guess.
    """
    found = [_threshold(run) for run in runs]
    values, errors = (np.array([each[k] for each in found]) for k in (0, 1))
    sizes, sets = (np.array([each[k] for each in found], float)[:, None] for k in (2, 3))
    known = np.isfinite(values) & np.isfinite(errors)
    scatter = np.where(known, sets**2 * sizes * errors**2, 0.0).sum(axis=0)
    scatter /= np.maximum((known * sets).sum(axis=0), 1)
    rows = [
        {"N": int(size), "definition": name, "alpha": values[i, j]}
        | {"alpha_err": np.sqrt(scatter[j] / (size * n)), "n_samples": int(n)}
        for i, (size, n) in enumerate(zip(sizes[:, 0], sets[:, 0], strict=True))
        for j, name in enumerate(DEFINITIONS)
        if known[i, j]
    ]
    return pd.DataFrame(rows, columns=["N", "definition", "alpha", "alpha_err", "n_samples"])


def _threshold(run):
    """Thresholds of one size, errors by a jackknife over blocks of pattern sets, size, number of sets."""
    loads, overlaps = run["transition_loads"], run["transition_overlaps"]
    blocks = np.array_split(np.arange(len(overlaps)), min(BLOCKS, len(overlaps)))
    left_out = np.array([thresholds(loads, np.delete(overlaps, block, axis=0)) for block in blocks])
    n = len(blocks)
    errors = np.sqrt((n - 1) / n * ((left_out - left_out.mean(axis=0)) ** 2).sum(axis=0))
    return thresholds(loads, overlaps), errors, int(run["size"]), len(overlaps)


def extrapolations(table):
    """The limit N to infinity by both definitions and both forms, rows of ``capacity.csv``.

    Parameters
    ----------
    table : pandas.DataFrame
        N, definition, alpha, alpha_err.
    """
    rows = []
    for definition in DEFINITIONS:
        found = table[(table["definition"] == definition) & (table["N"] >= SMALLEST)]
        found = found[found["N"] >= found["N"].max() / LARGE]
        for form, power in FORMS.items():
            design = np.vander(found["N"].to_numpy(float) ** power, 2, increasing=True)
            if len(found) < LEAST_SIZES:
                continue
            with contextlib.suppress(FitError):
                fit = linear_fit(design, found["alpha"], found["alpha_err"], ["alpha_c", "slope"])
                row = {"definition": definition, "form": form, "n_sizes": len(found)}
                rows.append(row | pairs(**{name: fit[name] for name in fit.names}))
    columns = ["definition", "form", "n_sizes", "alpha_c", "alpha_c_err", "slope", "slope_err"]
    return pd.DataFrame(rows, columns=columns)


def phase_diagram(thermal):
    """Rows of ``phase_diagram.csv``: simulated overlap and that of theory, 0 without a retrieval state."""
    rows = []
    for i, T in enumerate(thermal["map_temperatures"]):
        for j, load in enumerate(thermal["map_loads"]):
            column = thermal["map_overlaps"][:, i, j]
            solution = temperature.retrieval(load, T)
            row = {"N": int(thermal["map_size"]), "alpha": load, "T": T}
            row |= pairs(overlap=mean_of_sets(column))
            rows.append(row | {"overlap_theory": solution.m if solution else 0.0})
    return pd.DataFrame(rows)


def thermal_checks(thermal):
    """Energy and overlap of two replicas above T_g, persistence below it, rows of ``thermal.csv``."""
    values = {
        "high_energy": (float(thermal["high_temperature"]), thermal["high_energies"]),
        "persistence": (float(thermal["frozen_temperature"]), thermal["persistence"]),
        "replicas": (float(thermal["melted_temperature"]), thermal["replicas"]),
    }
    rows = [
        {"quantity": name, "T": T} | pairs(value=replica_mean(x)) | {"n_samples": len(x)}
        for name, (T, x) in values.items()
    ]
    return pd.DataFrame(rows)


if __name__ == "__main__":
    from scripts.common.io import load_arrays
    from scripts.common.step import step

    with step(snakemake) as (_, write):
        runs = [load_arrays(path) for path in snakemake.input.runs]
        thermal = load_arrays(snakemake.input.thermal)
        write(retrieval=retrieval_table(runs, thermal), transition=transition_table(runs))
        table = threshold_table(runs)
        write(thresholds=table, capacity=extrapolations(table))
        write(phase_diagram=phase_diagram(thermal), thermal=thermal_checks(thermal))
