"""What blocking does to observables: matching, shapes of distributions, correlations, pooling."""

import numpy as np
import pandas as pd

from scripts.common.columns import pairs
from scripts.common.fits import FitError, crossings, polynomial
from scripts.common.lattice.rows import unpacked
from scripts.common.seeds import generator
from scripts.common.statistics import jackknife
from scripts.renormalization.kernels import blocking, rules
from scripts.renormalization.linearized import grouped, mean
from scripts.renormalization.mcrg import CRITICAL, LEAST, SMALLEST, chain, read_ensembles

TC = float(CRITICAL)
WINDOW = 0.02  # of T / T_c around one, where curves are polynomials of second degree
RESAMPLES = 200


def blocked(ensembles, seed):
    """Chains of all ensembles that are measured, by (L, T)."""
    return {
        (L, T): chain(words, generator(seed, "renormalization/scale", f"L={L}", f"T={T}"))
        for (L, T), words in sorted(ensembles.items())
        if len(words) >= LEAST
    }


def matching_table(chains):
    """Nearest-neighbor products of blocks, all of one edge, from lattices of several sizes.

    Returns
    -------
    pandas.DataFrame
        Columns ``L``, ``T``, ``level``, ``edge``, ``product``, ``product_err``: mean of s s' over the bonds.
    """
    rows = []
    for (L, T), levels in chains.items():
        for level, words in enumerate(levels):
            edge = words.shape[1]
            product = mean(blocking.interactions(words)[:, 0] / (2 * edge**2))
            rows.append({"L": L, "T": T, "level": level, "edge": edge} | pairs(product=product))
    return pd.DataFrame(rows)


def transition_table(matching):
    """Temperatures at which 2L blocked once more looks like L.

    Returns
    -------
    pandas.DataFrame
        Columns ``L``, ``level`` (of the smaller lattice), ``T``, ``T_err``, ``points``: temperatures used.
    """
    rows = []
    near = matching[(matching["T"].astype(float) / TC - 1).abs() < WINDOW]
    sizes = sorted(near["L"].unique())
    for L in sizes:
        for level in range(1, int(np.log2(L // SMALLEST)) + 1):
            pair = [
                near.query(f"L == {size} and level == {k}") for size, k in ((L, level), (2 * L, level + 1))
            ]
            common = set(pair[0]["T"]) & set(pair[1]["T"])
            if len(common) < 3:
                continue
            pair = [table[table["T"].isin(common)] for table in pair]
            rows.append(_crossing(L, level, pair))
    rows = [row for row in rows if row is not None]
    return pd.DataFrame(rows, columns=["L", "level", "T", "T_err", "points"])


def _crossing(L, level, pair):
    curves = [
        polynomial(t["T"].astype(float), t["product"], t["product_err"], degree=min(2, len(t) - 1), center=TC)
        for t in pair
    ]
    temperatures = pair[0]["T"].astype(float)
    try:
        found = crossings(curves, center=TC, low=temperatures.min(), high=temperatures.max())
    except FitError:
        return None  # too noisy to cross: left to the settling step
    return {"L": L, "level": level, "T": found.x[0], "T_err": found.x_err[0], "points": len(temperatures)}


def magnetizations(words):
    """|m| of each configuration, per site or block, not rescaled: blocking alone must keep it."""
    return np.abs(blocking.interactions(words)[:, len(blocking.EVEN)]) / words.shape[1] ** 2


def distance(first, second):
    """Kolmogorov-Smirnov distance, the largest difference of two distribution functions.

    Parameters
    ----------
    first, second : float64[n]

    Returns
    -------
    float
    """
    first, second = np.sort(first), np.sort(second)
    places = np.concatenate([first, second])
    ranks = [np.searchsorted(x, places, side="right") / len(x) for x in (first, second)]
    return float(np.abs(ranks[0] - ranks[1]).max())


def distance_table(chains, seed):
    """Distances between the distributions of |m| of two lattices, one twice as large.

    Returns
    -------
    pandas.DataFrame
        Columns ``T``, ``kind`` (blocked: L after one step, 2L after two; native: neither blocked), ``L``,
        ``distance``, ``distance_err`` from the bootstrap, ``samples``, configurations of the smaller
        ensemble.
    """
    rows = []
    for (L, T), levels in chains.items():
        if (2 * L, T) in chains:
            for kind, level in (("blocked", 1), ("native", 0)):
                pair = levels[level], chains[2 * L, T][2 * level]
                rows.append(_compared(kind, T, L, pair, seed))
    return pd.DataFrame(rows, columns=["T", "kind", "L", "distance", "distance_err", "samples"])


def _compared(kind, T, L, pair, seed):
    first, second = (magnetizations(words) for words in pair)
    rng = generator(seed, "renormalization/bootstrap", kind, f"L={L}", f"T={T}")
    drawn = [
        distance(rng.choice(first, len(first)), rng.choice(second, len(second))) for _ in range(RESAMPLES)
    ]
    return {
        "T": T, "kind": kind, "L": L, "distance": distance(first, second),
        "distance_err": np.std(drawn, ddof=1), "samples": min(len(first), len(second)),
    }  # fmt: skip


def _decay(spins, r):
    """Products of row sums at distance ``r``, by groups: C(r-1), C(r), C(r+1) and the mean row sum."""
    found = np.zeros((len(spins), 4))
    for axis in (1, 2):
        sums = spins.sum(axis=axis, dtype=np.int64).astype(float)
        for k, shift in enumerate((r - 1, r, r + 1)):
            found[:, k] += (sums * np.roll(sums, -shift, axis=1)).mean(axis=1) / 2
        found[:, 3] += sums.mean(axis=1) / 2
    return grouped(found)


def _length(means):
    """From the curvature of a decay ~ cosh, without the square of the mean; nan where noise has none."""
    before, here, after = np.moveaxis(means[..., :3] - means[..., 3:] ** 2, -1, 0)
    ratio = (before + after) / (2 * here)
    return 1 / np.arccosh(np.where(ratio > 1, ratio, np.nan))


def _octave(later, earlier):
    """log2 of a ratio; not a number where noise has made it negative."""
    ratio = later / earlier
    return np.log2(np.where(ratio > 0, ratio, np.nan))


def correlation_table(chains, seed):
    """Correlation lengths above T_c before and after a step, and half-lattice correlations of all levels
    at T_c.

    Returns
    -------
    pandas.DataFrame
        Columns ``quantity``, ``L``, ``T``, ``level``, ``value``, ``value_err``. Quantities: ``length``
        (in sites of the level), ``length_ratio`` (after one majority step over before), ``stride_one``
        and ``ties_up`` (after a convolution of stride one, ties by a coin or up, over before), ``half`` (G at
        half the lattice), ``decay`` (log2 of G over that of the level before: eta at a fixed point).
    """
    rows = []
    hot = max((float(T) for _, T in chains), default=0.0)
    for (L, T), levels in chains.items():
        if float(T) == hot and hot > 1.05 * TC:
            rng = generator(seed, "renormalization/convolution", f"L={L}", f"T={T}")
            rows += [{"L": L, "T": T} | row for row in _lengths(levels, rng)]
        rows += [{"L": L, "T": T} | row for row in _halves(levels)]
    return pd.DataFrame(rows, columns=["quantity", "L", "T", "level", "value", "value_err"])


def _row(quantity, level, means, function):
    return {"quantity": quantity, "level": level} | pairs(value=jackknife(means, function))


def _lengths(levels, rng):
    """At distances of six sites, which are three of the blocks."""
    fine, coarse = (unpacked(words) for words in levels[:2])
    parts = [_decay(fine, 6), _decay(coarse, 3)]
    parts += [_decay(rules.convolution(fine, 1, coins), 6) for coins in (rng, None)]
    joined = np.concatenate(parts, axis=1)
    lengths = [lambda m, k=k: _length(m[..., 4 * k : 4 * k + 4]) for k in range(4)]
    rows = [_row("length", k, joined, lengths[k]) for k in (0, 1)]
    for k, name in enumerate(("length_ratio", "stride_one", "ties_up"), 1):
        rows.append(_row(name, 1, joined, lambda m, k=k: lengths[k](m) / lengths[0](m)))
    return rows


def _halves(levels):
    products = []
    for words in levels:
        spins = unpacked(words)
        half = spins.shape[1] // 2
        moved = [(spins * np.roll(spins, half, axis=axis)).mean(axis=(1, 2)) for axis in (1, 2)]
        products.append(0.5 * (moved[0] + moved[1]))
    means = grouped(np.stack(products, axis=1))
    n = len(levels)
    halves = [_row("half", k, means, lambda m, k=k: m[..., k]) for k in range(n)]
    octaves = [lambda m, k=k: _octave(m[..., k], m[..., k - 1]) for k in range(1, n)]
    return halves + [_row("decay", k, means, octave) for k, octave in enumerate(octaves, 1)]


if __name__ == "__main__":
    from scripts.common.step import step
    from scripts.renormalization.pooling import identity_table, pooling_table, zoom_arrays

    with step(snakemake) as (params, write):
        ensembles = read_ensembles(snakemake.input)
        chains = blocked(ensembles, params.seed)
        matching = matching_table(chains)
        write(matching=matching, transition=transition_table(matching))
        write(
            distances=distance_table(chains, params.seed), correlations=correlation_table(chains, params.seed)
        )
        write(pooling=pooling_table(chains, params.number, params.seed))
        write(identities=identity_table(chains, params.seed))
        write(zoom=zoom_arrays(ensembles, params.zoom, params.seed))
        shapes = {
            f"{name}_{T}": magnetizations(words)
            for (L, T), levels in chains.items()
            for name, words in ((f"{L}_{k}", level) for k, level in enumerate(levels[:3]))
        }
        write(shapes=shapes)
