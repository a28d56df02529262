"""Three lattices at their critical points by cluster simulation, and their small tori, exactly.

Also written: ``configurations`` int8[n, L, L] of the square lattice with diagonals at its critical
point, to start another renormalization flow. Row i is from bin i mod 64 of the run.
"""

from functools import partial

import numpy as np
import pandas as pd

from scripts.common.points import named_pairs
from scripts.common.progress import progress
from scripts.common.statistics import bin_means, jackknife
from scripts.renormalization.kernels import clusters
from scripts.renormalization.linearized import GROUPS
from scripts.renormalization.theory import square, strips

BRACKETS = {"square_diagonal": (0.17, 0.22)}
WIDTHS = (6, 7, 8)
TORI = (4, 5, 6, 7, 8)
OFF = 1.01  # a triangular lattice, as a control, with this factor on its critical coupling
OFF_SWEEPS = 16000
SPACING = 8  # sweeps between configurations; Swendsen-Wang forgets within four at L = 64


def critical_couplings():
    """Critical K of each lattice: exact where it is known, else from strips (value, error)."""
    found = {"square": (1 / square.critical_temperature(), 0.0), "triangular": (square.TRIANGULAR_K, 0.0)}
    for lattice, (low, high) in BRACKETS.items():
        found[lattice] = strips.critical_coupling(partial(strips.couplings, lattice), low, high, WIDTHS)
    return found


def measured(lattice, K, L, n_sweeps, seed):
    """Run one lattice at K.

    Returns
    -------
    dict
        ``u4``, ``m2`` (<m^2>), ``slope`` (dU4/dK), each with its error from 64 successive bins.
    """
    _, run = clusters.chain(lattice, L, K, seed, "renormalization/universality", lattice, f"L={L}")
    run(max(200, n_sweeps // 20))
    second, fourth, products, m = run(n_sweeps).T
    m2, m4, bonds = m**2, m**4, products * len(clusters.BONDS[lattice]) * L * L
    columns = np.stack([second, fourth, m2, m4, bonds, m2 * bonds, m4 * bonds], axis=1)
    blocks = bin_means(columns, n_sweeps // GROUPS)[-GROUPS:]
    estimate = jackknife(blocks, _observables)
    return {"lattice": lattice, "L": L, "K": K} | named_pairs(("u4", "m2", "slope"), estimate)


def _observables(means):
    improved2, improved4, m2, m4, e, m2e, m4e = np.moveaxis(means, -1, 0)
    u4 = 1 - improved4 / (3 * improved2**2)
    d2, d4 = m2e - m2 * e, m4e - m4 * e  # derivatives in K
    slope = -(d4 / m2**2 - 2 * m4 * d2 / m2**3) / 3
    return np.stack([u4, improved2, slope], axis=-1)


def torus_table(points):
    """Exact moments of small tori at the critical points, and limits of the Binder parameter (L = 0).

    Parameters
    ----------
    points : dict of str to (float, float)
        Critical couplings, of `critical_couplings`.

    Returns
    -------
    pandas.DataFrame
        Columns ``lattice``, ``L``, ``u4``, ``u4_err``, and ``m2`` <m^2>, ``slope`` dU4/dK, at both ends.
    """
    rows = []
    for lattice, (K, error) in points.items():
        found = [strips.moments(lattice, L, K) for L in TORI]
        slopes = {L: strips.binder_slope(lattice, L, K) for L in (TORI[0], TORI[-1])}
        for L, (m2, u4) in zip(TORI, found, strict=True):
            slope = slopes.get(L, np.nan)
            rows.append((lattice, L, u4, 0.0 if error == 0.0 else abs(slope) * error, m2, slope))
        if error == 0.0:
            values = [u4 for _, u4 in found]
            limit, before = (strips.extrapolated(TORI[k : k + 3], values[k : k + 3]) for k in (2, 1))
            rows.append((lattice, 0, limit, abs(limit - before), np.nan, np.nan))
    return pd.DataFrame(rows, columns=["lattice", "L", "u4", "u4_err", "m2", "slope"])


def configurations(lattice, K, L, number, seed):
    """Configurations int8[number, L, L]; row i from bin i mod 64, so that groups are successive stretches."""
    label = ("renormalization/universality", lattice, f"L={L}", "configurations")
    spins, run = clusters.chain(lattice, L, K, seed, *label)
    run(200)
    found = np.empty((GROUPS, number // GROUPS, L, L), dtype=np.int8)
    for group in found:
        for place in group:
            run(SPACING)
            place[:] = spins.reshape(L, L)
    return found.transpose(1, 0, 2, 3).reshape(number, L, L)


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        points = critical_couplings()
        runs = [(lattice, K, L) for lattice, (K, _) in points.items() for L in params.sizes]
        rows = [measured(*run, params.sweeps, params.seed) for run in progress(runs, "lattices")]
        sweeps, largest = min(params.sweeps, OFF_SWEEPS), min(max(params.sizes), 32)
        off = measured("triangular", OFF * points["triangular"][0], largest, sweeps, params.seed)
        table = pd.DataFrame([*rows, off | {"lattice": "triangular_off"}])
        table["K_err"] = table["lattice"].map({name: error for name, (_, error) in points.items()}).fillna(0)
        write(universality=table, binder=torus_table(points))
        K = points["square_diagonal"][0]
        lattice = configurations("square_diagonal", K, 64, params.configurations, params.seed)
        write(diagonal={"configurations": lattice, "K": K})
