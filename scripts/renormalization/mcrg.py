"""Monte-Carlo renormalization: exponents per level, other rules, and the flow of the couplings."""

import itertools

import numpy as np
import pandas as pd

from scripts.common.io import InputError, load_arrays
from scripts.common.lattice.rows import unpacked
from scripts.common.seeds import generator
from scripts.renormalization.kernels import blocking, couplings, rules
from scripts.renormalization.kernels.words import packed, stored
from scripts.renormalization.linearized import exponents, group_products, grouped, jackknifed

CRITICAL = "2.269185314213022"
SMALLEST = 8  # edge of the last blocks: interactions reach over two sites
N_EVEN, N_ODD = len(blocking.EVEN), len(blocking.ODD)
EVEN, ODD = list(range(N_EVEN)), list(range(N_EVEN, N_EVEN + N_ODD))
RULE_EVEN = 4  # interactions of the comparison of rules
RULE_EDGE = 16  # of the blocks at which rules are compared
LEAST = 128  # configurations of an ensemble that is measured; fewer are for pictures
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
        ``y_t_systematic``, ``y_h_systematic``: the larger of the changes by the last interaction and by
        the last level, zero where there is none to compare with.
    """
    sums = [blocking.interactions(words) for words in levels]
    rows, last = [], None
    for level, (before, after) in enumerate(itertools.pairwise(sums)):
        means = group_products(before, after)
        k = before.shape[1]
        even, _ = jackknifed(means, lambda m, k=k: exponents(m, k, EVEN))
        odd, _ = jackknifed(means, lambda m, k=k: exponents(m, k, ODD))
        y_t, y_h = even.value, odd.value
        changes = [abs(y[-1] - y[-2]) for y in (y_t, y_h)]
        if last is not None:
            changes = [max(c, abs(y[-1] - x)) for c, y, x in zip(changes, (y_t, y_h), last, strict=True)]
        last = y_t[-1], y_h[-1]
        rows += [
            {
                "L": size, "level": level, "n_even": n + 1, "n_odd": min(n + 1, N_ODD),
                "y_t": y_t[n], "y_t_err": even.err[n],
                "y_h": y_h[min(n, N_ODD - 1)], "y_h_err": odd.err[min(n, N_ODD - 1)],
                "y_t_systematic": changes[0], "y_h_systematic": changes[1],
            }
            for n in range(N_EVEN)
        ]  # fmt: skip
    return rows


def fitted(spins):
    """Couplings of configurations: `Estimate` of K1, K2, K4.

    Parameters
    ----------
    spins : int8[n, L, L]
    """
    estimate, _ = jackknifed(grouped(couplings.neighborhoods(spins)), couplings.fitted)
    return estimate


def flow_rows(system, temperature, levels):
    """Couplings of every level of a chain, as rows of ``flow.csv``."""
    rows = []
    for level, words in enumerate(levels):
        estimate = fitted(unpacked(words))
        place = {"system": system, "T": temperature, "L": levels[0].shape[1], "level": level}
        rows.append(place | {"edge": words.shape[1]} | _couplings(estimate))
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
    """Exponents and couplings of the comparison of rules, at the last step that leaves blocks of one edge.

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
        ``rule``, ``L``, ``edge``, exponents and couplings with errors, and ``difference``: K1 less that
        of the majority rule on the same configurations.
    """
    rows, first = [], None
    steps = max(2, int(np.log2(spins.shape[1] // RULE_EDGE)))
    for name, block in blockers(p, generator(seed, "renormalization/rules")).items():
        before, after = None, spins
        for _ in range(steps):
            before, after = after, block(after)
        sums = [blocking.interactions(packed(level)) for level in (before, after)]
        means, k = group_products(*sums), N_EVEN + N_ODD
        even, _ = jackknifed(means, lambda m, k=k: exponents(m, k, EVEN[:RULE_EVEN]))
        odd, _ = jackknifed(means, lambda m, k=k: exponents(m, k, ODD))
        counts = grouped(couplings.neighborhoods(after))
        first = counts if first is None else first
        row = {"rule": name, "L": spins.shape[1], "edge": after.shape[1]}
        row |= {"y_t": even.value[-1], "y_t_err": even.err[-1], "y_h": odd.value[-1], "y_h_err": odd.err[-1]}
        row |= _couplings(jackknifed(counts, couplings.fitted)[0])
        pair, _ = jackknifed(np.concatenate([counts, first], axis=1), _difference)
        rows.append(row | {"difference": pair.value, "difference_err": pair.err})
    return rows


def _difference(counts):
    """K1 of the first half of the columns less that of the second."""
    ours, theirs = np.split(counts, 2, axis=-1)
    return couplings.fitted(ours)[..., 0] - couplings.fitted(theirs)[..., 0]


def _couplings(estimate):
    pairs = zip(couplings.NAMES, estimate.value, estimate.err, strict=True)
    return {key: x for name, value, err in pairs for key, x in ((name, value), (f"{name}_err", err))}


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
    from scripts.common.io import job
    from scripts.common.tables import write_table

    with job(snakemake):
        params, output = snakemake.params, snakemake.output
        lattice = load_arrays(snakemake.input.diagonal, "configurations")["configurations"]
        made = tables(
            read_ensembles(snakemake.input.ensembles), lattice, params.sizes, params.kadanoff, params.seed
        )
        for path, table in zip((output.mcrg, output.flow, output.rules), made, strict=True):
            write_table(path, table)
