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
    """|m| of each configuration, in units of its root mean square."""
    m = np.abs(blocking.interactions(words)[:, len(blocking.EVEN)]).astype(float)
    return m / np.sqrt((m**2).mean())


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
    """Distances between the distributions of |m|/rms of blocked lattices and of native ones.

    Returns
    -------
    pandas.DataFrame
        Columns ``T``, ``kind`` (blocked: 2L after one step against L; native: 4L against L, or 2L), ``L``,
        ``other``, ``distance``, ``distance_err``, ``low``, ``high`` (95 % of the bootstrap).
    """
    rows = []
    for (L, T), levels in chains.items():
        if (2 * L, T) in chains:
            rows.append(_compared("blocked", T, L, 2 * L, (levels[0], chains[2 * L, T][1]), seed))
        far = max([k for k in (2 * L, 4 * L) if (k, T) in chains], default=None)
        if far:
            rows.append(_compared("native", T, L, far, (levels[0], chains[far, T][0]), seed))
    columns = ["T", "kind", "L", "other", "distance", "distance_err", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def _compared(kind, T, L, other, pair, seed):
    first, second = (magnetizations(words) for words in pair)
    rng = generator(seed, "renormalization/bootstrap", kind, f"L={L}", f"T={T}")
    drawn = [
        distance(rng.choice(first, len(first)), rng.choice(second, len(second))) for _ in range(RESAMPLES)
    ]
    low, high = np.quantile(drawn, (0.025, 0.975))
    return {
        "T": T, "kind": kind, "L": L, "other": other, "distance": distance(first, second),
        "distance_err": np.std(drawn, ddof=1), "low": low, "high": high,
    }  # fmt: skip


def _decay(spins, r):
    """Length of the correlation of row sums at distance ``r``, by groups: columns C(r-1), C(r), C(r+1)."""
    found = np.zeros((len(spins), 3))
    for axis in (1, 2):
        sums = spins.sum(axis=axis, dtype=np.int64).astype(float)
        for k, shift in enumerate((r - 1, r, r + 1)):
            found[:, k] += (sums * np.roll(sums, -shift, axis=1)).mean(axis=1)
    return grouped(found)


def _length(means):
    """From the curvature of a decay ~ cosh; not a number where noise has none."""
    ratio = (means[..., 0] + means[..., 2]) / (2 * means[..., 1])
    return 1 / np.arccosh(np.where(ratio > 1, ratio, np.nan))


def _octave(later, earlier):
    """log2 of a ratio; not a number where noise has made it negative."""
    ratio = later / earlier
    return np.log2(np.where(ratio > 0, ratio, np.nan))


def correlation_table(chains):
    """Correlation lengths above T_c before and after a step, and half-lattice correlations of all levels
    at T_c.

    Returns
    -------
    pandas.DataFrame
        Columns ``quantity``, ``L``, ``T``, ``level``, ``value``, ``value_err``. Quantities: ``length``
        (in sites of the level), ``length_ratio`` (after one majority step over before), ``stride_one``
        (after a convolution of stride one, over before), ``half`` (G at half the lattice), ``decay``
        (log2 of G over that of the level before: eta at a fixed point).
    """
    rows = []
    hot = max((float(T) for _, T in chains), default=0.0)
    for (L, T), levels in chains.items():
        if float(T) == hot and hot > 1.05 * TC:
            rows += [{"L": L, "T": T} | row for row in _lengths(levels)]
        rows += [{"L": L, "T": T} | row for row in _halves(levels)]
    return pd.DataFrame(rows, columns=["quantity", "L", "T", "level", "value", "value_err"])


def _row(quantity, level, means, function):
    return {"quantity": quantity, "level": level} | pairs(value=jackknife(means, function))


def _lengths(levels):
    """At distances of six sites, which are three of the blocks."""
    fine, coarse = (unpacked(words) for words in levels[:2])
    parts = [_decay(fine, 6), _decay(coarse, 3), _decay(rules.convolution(fine, 1), 6)]
    joined = np.concatenate(parts, axis=1)
    lengths = [lambda m, k=k: _length(m[..., 3 * k : 3 * k + 3]) for k in range(3)]
    rows = [_row("length", k, joined, lengths[k]) for k in (0, 1)]
    rows.append(_row("length_ratio", 1, joined, lambda m: lengths[1](m) / lengths[0](m)))
    rows.append(_row("stride_one", 1, joined, lambda m: lengths[2](m) / lengths[0](m)))
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
        write(distances=distance_table(chains, params.seed), correlations=correlation_table(chains))
        write(pooling=pooling_table(chains, params.number, params.seed))
        write(identities=identity_table(chains, params.seed))
        write(zoom=zoom_arrays(ensembles, params.zoom, params.seed))
        shapes = {
            f"{name}_{T}": magnetizations(words)
            for (L, T), levels in chains.items()
            for name, words in ((f"native_{L}", levels[0]), (f"blocked_{L}", levels[1]))
        }
        write(shapes=shapes)
