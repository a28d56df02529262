"""Monte-Carlo renormalization: exponents per level, other rules, and the flow of the couplings."""

import itertools
from functools import partial

import numpy as np
import pandas as pd

from scripts.common.columns import pairs
from scripts.common.io import InputError, load_arrays
from scripts.common.lattice.rows import unpacked
from scripts.common.points import named_pairs
from scripts.common.seeds import generator
from scripts.common.statistics import jackknife
from scripts.renormalization.kernels import blocking, couplings, rules
from scripts.renormalization.kernels.words import packed, stored
from scripts.renormalization.linearized import exponents, group_products, grouped

CRITICAL = "2.269185314213022"
SMALLEST = 8  # edge of the last blocks: interactions reach over two sites
N_EVEN, N_ODD = len(blocking.EVEN), len(blocking.ODD)
EVEN, ODD = list(range(N_EVEN)), list(range(N_EVEN, N_EVEN + N_ODD))
RULE_EVEN = 4  # interactions of the comparison of rules
RULE_EDGE = 16  # of the blocks at which rules are compared
LEAST = 128  # configurations of an ensemble that is measured; fewer are for pictures
OFF = 1.01  # what the control counts the magnetization of blocks too large
FLOW_EDGE = 64  # of lattices whose couplings are followed


def chain(words, rng, smallest=SMALLEST):
    """A configuration at all levels of the majority rule, the original first.

    Parameters
    ----------
    words : uint64[n, L, W]
    rng : numpy.random.Generator
        For ties.
    smallest : int
        Edge of the last level.

    Returns
    -------
    list of uint64[n, L / 2^k, W']
    """
    levels = [words]
    while levels[-1].shape[1] > smallest:
        levels.append(blocking.majority(levels[-1], blocking.coins(rng, levels[-1])))
    return levels


def exponent_rows(size, levels):
    """Exponents of each step of a chain.

    Parameters
    ----------
    size : int
    levels : list of uint64[n, L, W]
        Of `chain`.

    Returns
    -------
    list of dict
        ``L``, ``level`` (of the finer of both), ``n_even``, ``n_odd``, ``y_t``, ``y_h`` with errors, and
        ``y_h_off`` with error, the same with the magnetization of the blocks counted 1 % too large.
    """
    sums, rows = [blocking.interactions(words) for words in levels], []
    for level, (before, after) in enumerate(itertools.pairwise(sums)):
        y_t, y_h = step_exponents(before, after)
        wrong = after * np.where(np.arange(after.shape[1]) == N_EVEN, OFF, 1.0)
        off = step_exponents(before, wrong)[1]
        for n in range(N_EVEN):
            odd = min(n, N_ODD - 1)
            row = {"L": size, "level": level, "n_even": n + 1, "n_odd": odd + 1}
            row |= pairs(y_t=(y_t.value[n], y_t.err[n]), y_h=(y_h.value[odd], y_h.err[odd]))
            rows.append(row | pairs(y_h_off=(off.value[odd], off.err[odd])))
    return rows


def step_exponents(before, after, n_even=N_EVEN):
    """y_t and y_h of one step, each for the first 1, 2, ... interactions: two `Estimate`.

    Parameters
    ----------
    before, after : int64[n, k]
        Interactions of configurations and of their blocks.
    n_even : int
        How many even ones are used.
    """
    means = group_products(before, after)
    return [jackknife(means, partial(exponents, chosen=chosen)) for chosen in (EVEN[:n_even], ODD)]


def fitted(spins):
    """Couplings of configurations: `Estimate` of K1, K2, K4.

    Parameters
    ----------
    spins : int8[n, L, L]
    """
    return jackknife(grouped(couplings.neighborhoods(spins)), couplings.fitted)


def flow_rows(system, temperature, levels):
    """Couplings of every level of a chain, as rows of ``flow.csv``."""
    rows = []
    for level, words in enumerate(levels):
        place = {"system": system, "T": temperature, "L": levels[0].shape[1], "level": level}
        columns = named_pairs(couplings.NAMES, fitted(unpacked(words)))
        rows.append(place | {"edge": words.shape[1]} | columns)
    return rows


def blockers(p, rng):
    """The rules that are compared, by name: functions from spins to block spins."""
    return {
        "majority": lambda s: rules.by_probability(s, rules.majority_rule(), rng),
        "corner": rules.corner,
        "kadanoff": lambda s: rules.by_probability(s, rules.kadanoff_rule(p), rng),
        "decimation": rules.decimation,
    }


def rule_rows(spins, p, seed):
    """Exponents and couplings of the comparison of rules, at the last two steps, whose blocks have one edge.

    Parameters
    ----------
    spins : int8[n, L, L]
        At T_c, L >= 32.
    p : float
        Parameter of Kadanoff's rule.
    seed : int

    Returns
    -------
    list of dict
        ``rule``, ``L``, ``edge``, exponents, K1 and K2 with errors, and ``difference``: K1 less that of the
        majority rule on the same configurations.
    """
    rows, first = [], {}
    steps = max(2, int(np.log2(spins.shape[1] // RULE_EDGE)))
    for name, block in blockers(p, generator(seed, "renormalization/rules")).items():
        levels = [spins]
        for _ in range(steps):
            levels.append(block(levels[-1]))
        sums = [blocking.interactions(packed(level)) for level in levels[-3:]]
        for level, pair in zip(levels[-2:], itertools.pairwise(sums), strict=True):
            y_t, y_h = step_exponents(*pair, RULE_EVEN)
            edge, counts = level.shape[1], grouped(couplings.neighborhoods(level))
            row = {"rule": name, "L": spins.shape[1], "edge": edge}
            row |= pairs(y_t=(y_t.value[-1], y_t.err[-1]), y_h=(y_h.value[-1], y_h.err[-1]))
            found = jackknife(counts, lambda means: couplings.fitted(means)[..., :2])
            both = np.concatenate([counts, first.setdefault(edge, counts)], axis=1)
            row |= named_pairs(couplings.NAMES[:2], found)
            rows.append(row | pairs(difference=jackknife(both, _difference)))
    return rows


def _difference(counts):
    """K1 of the first half of the columns less that of the second."""
    ours, theirs = np.split(counts, 2, axis=-1)
    return couplings.fitted(ours)[..., 0] - couplings.fitted(theirs)[..., 0]


def read_ensembles(paths):
    """Configurations by size and temperature.

    Returns
    -------
    dict of (int, str) to uint64[n, L, W]
    """
    found = {}
    for path in paths:
        arrays = load_arrays(path)
        size = int(arrays["size"])
        for name in arrays["temperatures"]:
            found[size, str(name)] = stored(arrays[f"configurations_{name}"], size)
    return found


def tables(ensembles, diagonal, sizes, p, seed):
    """``mcrg.csv``, ``flow.csv`` and ``rules.csv``.

    Parameters
    ----------
    ensembles : dict of (int, str) to uint64[n, L, W]
    diagonal : int8[n, L, L]
        Configurations of the square lattice with diagonals, at its critical point.
    sizes : sequence of int
        Lattices whose exponents are wanted, at T_c.
    p : float
        Parameter of Kadanoff's rule.
    seed : int

    Returns
    -------
    tuple of pandas.DataFrame

    Raises
    ------
    InputError
        If a size has no configurations at T_c.
    """
    exponent_table, flow = [], []
    flow_edge = min(FLOW_EDGE, max(size for size, _ in ensembles))
    for (size, temperature), words in sorted(ensembles.items()):
        rng = generator(seed, "renormalization/mcrg", f"L={size}", f"T={temperature}")
        levels = chain(words, rng)
        if temperature == CRITICAL and size in sizes:
            exponent_table += exponent_rows(size, levels)
        if size >= flow_edge and len(words) >= LEAST:
            flow += flow_rows("square", temperature, levels)
    rng = generator(seed, "renormalization/mcrg", "diagonal")
    flow += flow_rows("square_diagonal", "critical", chain(packed(diagonal), rng))
    missing = [size for size in sizes if (size, CRITICAL) not in ensembles]
    if missing:
        raise InputError(f"renormalization.mcrg.sizes: no configurations of L = {missing[0]} at T_c")
    spins = unpacked(ensembles[max(sizes), CRITICAL])
    return pd.DataFrame(exponent_table), pd.DataFrame(flow), pd.DataFrame(rule_rows(spins, p, seed))


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        lattice = load_arrays(snakemake.input.diagonal, "configurations")["configurations"]
        ensembles = read_ensembles(snakemake.input.ensembles)
        made = tables(ensembles, lattice, params.sizes, params.kadanoff, params.seed)
        write(**dict(zip(("mcrg", "flow", "rules"), made, strict=True)))
