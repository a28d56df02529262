"""Everything exact: recursions, fixed points, the 4x4 torus blocked, the critical surface."""

import math

import numpy as np
import pandas as pd
from scipy import optimize

from scripts.common.columns import pairs
from scripts.common.seeds import generator
from scripts.common.statistics import jackknife
from scripts.renormalization.kernels import clusters, rules
from scripts.renormalization.linearized import GROUPS
from scripts.renormalization.theory import blocks, recursions, square, strips

INFORMATION_T = (1.0, 1.5, 1.8, 2.0, 2.1, 2.2, "Tc", 2.35, 2.5, 3.0, 4.0, 6.0, 10.0, math.inf)
LINE = (-0.06, -0.03, 0.0, 0.04, 0.08, 0.12, 0.16, 0.20, 0.24)  # K2 along the critical surface
SAMPLE_SPACING = 3


def chain_table(number, seed):
    """One exact decimation of rings in a field.

    Returns
    -------
    pandas.DataFrame
        Columns ``K``, ``h``, ``n``, ``log_z``, ``log_z_after`` (the same from the blocked ring),
        ``tanh_difference`` (tanh K' - tanh^2 K without the field), ``log_z_off``, ``tanh_off``: with K' 1 %
        off; and ``fall``, K' - K without the field.
    """
    rng, rows = generator(seed, "renormalization/chain"), []
    for _ in range(number):
        K, h, n = rng.uniform(0.05, 2.0), rng.uniform(-1.5, 1.5), 2 * int(rng.integers(4, 30))
        after, field, constant = recursions.decimated(K, h)
        free = recursions.decimated(K, 0.0)[0]
        rest = n // 2 * constant
        rows.append(
            {
                "K": K, "h": h, "n": n,
                "log_z": recursions.chain_log_z(K, h, n),
                "log_z_after": recursions.chain_log_z(after, field, n // 2) + rest,
                "log_z_off": recursions.chain_log_z(1.01 * after, field, n // 2) + rest,
                "tanh_difference": math.tanh(free) - math.tanh(K) ** 2,
                "tanh_off": math.tanh(1.01 * free) - math.tanh(K) ** 2,
                "fall": free - K,
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def fixed_point_table():
    """Fixed points of the recursions, and the same couplings on another road.

    Returns
    -------
    pandas.DataFrame
        Columns ``scheme``, ``K``, ``y_t``, ``y_h``, ``K_closed`` (closed form or root of a polynomial),
        ``y_t_numerical`` (growth of a small distance in one step), ``K_off``, with the coupling in the
        recursion 1 % off.
    """
    # tanh K = tanh^2 2K is a cubic in tanh K
    cubic = float(np.roots([1, 1, 3, -1])[-1].real)
    schemes = (
        ("migdal_kadanoff", recursions.migdal_kadanoff_point(), recursions.migdal_kadanoff, 2.0,
         math.atanh(cubic)),
        ("infinitesimal", recursions.infinitesimal_point(), None, math.nan, 0.5 * math.log1p(math.sqrt(2))),
        ("niemeijer_van_leeuwen", recursions.niemeijer_van_leeuwen_point(), recursions.niemeijer_van_leeuwen,
         math.sqrt(3), 0.25 * math.log(1 + 2 * math.sqrt(2))),
    )  # fmt: skip
    rows = []
    for name, point, step, b, closed in schemes:
        growth = recursions.log_slope(step, point.K) / math.log(b) if step else math.nan
        rows.append((name, point.K, point.y_t, point.y_h, closed, growth))
    table = pd.DataFrame(rows, columns=["scheme", "K", "y_t", "y_h", "K_closed", "y_t_numerical"])
    off = optimize.brentq(lambda K: recursions.migdal_kadanoff(1.01 * K) - K, 1e-3, 1.0, xtol=1e-15)
    return table.assign(K_off=np.where(table["scheme"] == "migdal_kadanoff", off, np.nan))


def orbit_table():
    """Orbits of the recursions.

    Returns
    -------
    pandas.DataFrame
        Columns ``scheme`` (chain, migdal_kadanoff), ``start``, ``step``, ``K``. Starts of Migdal-Kadanoff are
        K* (1 + distance).
    """
    point = recursions.migdal_kadanoff_point().K
    distances = (-1e-1, -1e-2, -1e-4, -1e-6, 1e-6, 1e-4, 1e-2, 1e-1)
    schemes = (
        ("chain", lambda K: recursions.decimated(K, 0.0)[0], (0.3, 0.8, 1.5)),
        ("migdal_kadanoff", recursions.migdal_kadanoff, [point * (1 + d) for d in distances]),
    )
    rows = [
        (name, start, k, K)
        for name, step, starts in schemes
        for start in starts
        for k, K in enumerate(recursions.orbit(step, start, 40))
    ]
    return pd.DataFrame(rows, columns=["scheme", "start", "step", "K"])


def information_table(p):
    """Entropy of the 4x4 torus and what 2x2 block spins keep of it, by rule and temperature, in nats."""
    rows = []
    for T in (square.critical_temperature() if T == "Tc" else T for T in INFORMATION_T):
        for rule in blocks.RULES:
            entropy, kept = blocks.information(T, rule, p)
            rows.append({"rule": rule, "T": T, "entropy": entropy, "kept": kept, "share": kept / entropy})
    return pd.DataFrame(rows)


def coupling_table(p):
    """Exact couplings of the 2x2 torus at T_c, by rule that keeps the symmetry of up and down."""
    T = square.critical_temperature()
    symmetric = ("majority", "corner", "kadanoff", "decimation")
    rows = [(rule, p, *blocks.effective_couplings(T, rule, p)) for rule in symmetric]
    return pd.DataFrame(rows, columns=["rule", "p", "k_nearest", "k_diagonal", "k_plaquette"])


def sampled_table(number, seed):
    """Products of block spins of the 4x4 torus at T_c: sampled against all states."""
    T = square.critical_temperature()
    spins, run = clusters.chain("square", 4, 1 / T, seed, "renormalization/sampled")
    found = np.empty((number, 4, 4), dtype=np.int8)
    for place in found:
        run(SAMPLE_SPACING)
        place[:] = spins.reshape(4, 4)
    coins = generator(seed, "renormalization/sampled coins")
    coarse = rules.by_probability(found, rules.majority_rule(), coins)
    distribution, _ = blocks.blocked(T, "majority")
    states = 2.0 * ((np.arange(16)[:, None] >> np.arange(4)) & 1) - 1
    rows = []
    for name, places in (("nearest", ((0, 1), (2, 3), (0, 2), (1, 3))), ("diagonal", ((0, 3), (1, 2)))):
        flat = coarse.reshape(-1, 4).astype(float)
        values = np.mean([flat[:, i] * flat[:, j] for i, j in places], axis=0)
        groups = values[: number // GROUPS * GROUPS].reshape(GROUPS, -1).mean(axis=1)
        sampled = jackknife(groups[:, None], lambda m: m[..., 0])
        exact = np.mean([distribution @ (states[:, i] * states[:, j]) for i, j in places])
        rows.append({"quantity": name} | pairs(sampled=sampled) | {"exact": exact})
    return pd.DataFrame(rows)


def line_table():
    """Critical coupling K1 of the square lattice against the coupling K2 of diagonals, from strips."""
    rows = []
    for diagonal in LINE:
        found = strips.critical_coupling(lambda x, d=diagonal: (x, (d, d)), 0.02, 0.75, (4, 5, 6))
        rows.append({"k_diagonal": diagonal} | pairs(k_nearest=found))
    return pd.DataFrame(rows)


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(chain=chain_table(200, params.seed), fixed_points=fixed_point_table(), orbits=orbit_table())
        write(information=information_table(params.kadanoff), block_couplings=coupling_table(params.kadanoff))
        write(sampled=sampled_table(params.number, params.seed))
        write(critical_line=line_table())
