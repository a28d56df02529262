"""Continuous or first order: ``energies.csv``, ``valleys.csv``, ``phases.csv``.

Energies per site: of the Ising model E = -sum_<ij> s_i s_j, of the Potts model E = -sum_<ij> delta(s_i, s_j).
Errors come from independent runs, or from blocks of a long one, by jackknife.
"""

import math

import numpy as np
import pandas as pd
from scipy import optimize

from scripts.common.columns import pairs
from scripts.common.statistics import jackknife
from scripts.ising.lengths import second_moment_length
from scripts.ising.potts import BORDER

N_BINS = 45  # of a histogram, over the range below
RANGES = {"ising": (-2.0, -0.8), "potts": (-1.95, -0.6)}
TINY = 1e-300  # in place of a logarithm of zero
LARGEST_TILT = 40.0  # changes of N beta within which the heights are made equal


def ordered(means):
    """Energy per site of the ordered phase, from counts and sums of both phases: float64[..., 4]."""
    return means[..., 2] / means[..., 0]


def disordered(means):
    """Energy per site of the disordered phase, as for `ordered`."""
    return means[..., 3] / means[..., 1]


def latent_heat(means):
    """Difference of the two."""
    return disordered(means) - ordered(means)


PHASES = {function.__name__: function for function in (ordered, disordered, latent_heat)}


def bin_energies(model, size):
    """Energies per site of the entries of a histogram of ``histograms.py``, float64[n]."""
    n = size**2
    return -np.arange(2 * n + 1) / n if model == "potts" else (-2 * n + 4 * np.arange(n + 1)) / n


def densities(visits, energies, span, tilt=0.0):
    """Density of the energy in wide bins.

    Parameters
    ----------
    visits : float64[..., n]
    energies : float64[n]
        Per site.
    span : tuple of float
        Lowest and highest energy that the bins cover.
    tilt : float
        The visits are weighted with e^(-tilt energy), as at another beta: tilt = N (beta' - beta).

    Returns
    -------
    float64[..., N_BINS]
        Integrates to one, if all visits lie in the span.
    """
    edges = np.linspace(*span, N_BINS + 1)
    place = np.digitize(energies, edges) - 1
    counts = np.bincount(place[(place >= 0) & (place < N_BINS)], minlength=N_BINS)
    weighted = np.asarray(visits) * np.exp(-tilt * (energies - np.mean(span)))
    sums = np.stack([weighted[..., place == k].sum(axis=-1) for k in range(N_BINS)], axis=-1)
    possible = counts * np.median(np.abs(np.diff(energies)))  # width of the bin in steps of the energy
    return sums / weighted.sum(axis=-1, keepdims=True) / np.maximum(possible, 1e-300)


def equal_tilt(visits, energies, span):
    """The tilt at which the peaks on both sides of the border are equally high.

    Raises
    ------
    ValueError
        If no small change of beta makes them so.
    """

    def difference(tilt):
        ordered, disordered = _peaks(densities(visits, energies, span, tilt), span)
        return ordered[0] - disordered[0]

    return optimize.brentq(difference, -LARGEST_TILT, LARGEST_TILT, xtol=1e-4)


def leveled(visits, energies, span):
    """Densities, float64[..., N_BINS], each tilted to equally high peaks if some tilt makes them so."""
    return np.apply_along_axis(_leveled, -1, visits, energies, span)


def _leveled(visits, energies, span):
    try:
        tilt = equal_tilt(visits, energies, span)
    except ValueError:
        tilt = 0.0
    return densities(visits, energies, span, tilt)


def valley_depth(visits, energies, span):
    """ln(peak / valley) of histograms with two peaks, made equally high.

    Parameters
    ----------
    visits : float64[..., n]
    energies : float64[n]
    span : tuple of float

    Returns
    -------
    float64[...]
        nan where the valley was never visited, or where the peaks cannot be made equal.
    """
    return np.apply_along_axis(_depth, -1, visits, energies, span)


def _depth(visits, energies, span):
    try:
        density = densities(visits, energies, span, equal_tilt(visits, energies, span))
    except ValueError:
        return math.nan
    (height, first), (_, last) = _peaks(density, span)
    valley = density[first : last + 1].min()
    return height - math.log(valley) if valley > 0 else math.nan


def _peaks(density, span):
    """Logarithm of the height, and place, of the highest bin on either side of the border."""
    border = round((BORDER - span[0]) / (span[1] - span[0]) * N_BINS)
    first, last = int(density[:border].argmax()), border + int(density[border:].argmax())
    return tuple((math.log(max(density[k], TINY)), k) for k in (first, last))


def energies(histograms):
    """Energy histograms as densities.

    Parameters
    ----------
    histograms : dict of arrays
        What ``histograms.py`` wrote.

    Returns
    -------
    pandas.DataFrame
        Columns model, L, energy (middle of the bin), density, density_err. Those of the Potts model
        are reweighted to equally high peaks.
    """
    tables = []
    for model, span in RANGES.items():
        for size in histograms[f"{model}_sizes"].tolist():
            visits, places = histograms[f"{model}_L{size}"], bin_energies(model, size)
            shape = leveled if model == "potts" else densities
            found = jackknife(visits, lambda means: shape(means, places, span))  # noqa: B023
            edges = np.linspace(*span, N_BINS + 1)
            place = {"model": model, "L": size, "energy": (edges[1:] + edges[:-1]) / 2}
            tables.append(pd.DataFrame(place | pairs(density=found)))
    return pd.concat(tables, ignore_index=True)


def valleys(histograms):
    """Depth of the valley between the peaks of the Potts model: L, depth, depth_err, blocks."""
    rows = []
    for size in histograms["potts_sizes"].tolist():
        visits, places = histograms[f"potts_L{size}"], bin_energies("potts", size)
        found = jackknife(visits, lambda means: valley_depth(means, places, RANGES["potts"]))  # noqa: B023
        if np.isfinite(found.value) and found.err > 0:
            rows.append({"L": size} | pairs(depth=found) | {"blocks": len(visits)})
    return pd.DataFrame(rows, columns=["L", "depth", "depth_err", "blocks"])


def phases(arrays):
    """Energies of both phases of the Potts model at T_t, and the correlation length of the disordered one.

    Parameters
    ----------
    arrays : dict of arrays
        What ``potts.py`` wrote.

    Returns
    -------
    pandas.DataFrame
        One row per L: ordered, disordered (energies per site), latent_heat, length (second
        moment), each with its ``_err``; ``runs``, the fewest chains that were in one of the phases.
        Sizes where fewer than two chains were in a phase are left out.
    """
    rows = []
    for size in arrays["sizes"].tolist():
        counts, energies = arrays[f"counts_L{size}"], arrays[f"energies_L{size}"]
        runs = int((counts > 0).sum(axis=1).min())
        if runs < 2:
            continue
        sums = np.concatenate([counts, energies]).T
        estimates = {name: jackknife(sums, function) for name, function in PHASES.items()}
        estimates["length"] = jackknife(arrays[f"rows_L{size}"], second_moment_length)
        rows.append({"L": size, "runs": runs} | pairs(**estimates))
    columns = [f"{name}{end}" for name in (*PHASES, "length") for end in ("", "_err")]
    return pd.DataFrame(rows, columns=["L", "runs", *columns])


if __name__ == "__main__":
    from scripts.common.io import load_arrays
    from scripts.common.step import step

    with step(snakemake) as (_, write):
        histograms = load_arrays(snakemake.input.histograms)
        write(energies=energies(histograms), valleys=valleys(histograms))
        write(phases=phases(load_arrays(snakemake.input.phases)))
