"""Three lattices at their critical points: Binder parameters and exponents by cluster simulation.

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


def exponent_table(table):
    """Exponents from the largest two sizes of each lattice: y_t of dU4/dK, y_h of <m^2> ~ L^(2 y_h - 4).

    Returns
    -------
    pandas.DataFrame
        Columns ``lattice``, ``L`` (the smaller), ``y_t``, ``y_t_err``, ``y_h``, ``y_h_err``.
    """
    rows = []
    for lattice, group in table.groupby("lattice", sort=False):
        if len(group) < 2:
            continue
        small, large = (row for _, row in group.sort_values("L").iloc[-2:].iterrows())
        octaves = np.log2(large["L"] / small["L"])
        relative = {name: np.hypot(small[f"{name}_err"] / small[name], large[f"{name}_err"] / large[name])
                    for name in ("m2", "slope")}  # fmt: skip
        rows.append(
            {
                "lattice": lattice, "L": int(small["L"]),
                "y_t": np.log2(large["slope"] / small["slope"]) / octaves,
                "y_t_err": relative["slope"] / np.log(2) / octaves,
                "y_h": 2 + 0.5 * np.log2(large["m2"] / small["m2"]) / octaves,
                "y_h_err": 0.5 * relative["m2"] / np.log(2) / octaves,
            }
        )  # fmt: skip
    return pd.DataFrame(rows, columns=["lattice", "L", "y_t", "y_t_err", "y_h", "y_h_err"])


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
        table = pd.DataFrame(rows)
        table["K_err"] = table["lattice"].map({name: error for name, (_, error) in points.items()})
        write(universality=table, exponents=exponent_table(table))
        K = points["square_diagonal"][0]
        lattice = configurations("square_diagonal", K, 64, params.configurations, params.seed)
        write(diagonal={"configurations": lattice, "K": K})
