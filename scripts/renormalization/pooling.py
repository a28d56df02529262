"""Rules of pooling on configurations, and pictures of all block levels."""

import numpy as np
import pandas as pd

from scripts.common.columns import pairs
from scripts.common.lattice.rows import packed, unpacked
from scripts.common.seeds import generator
from scripts.common.statistics import jackknife
from scripts.renormalization.kernels import blocking, rules
from scripts.renormalization.linearized import grouped, mean
from scripts.renormalization.mcrg import CRITICAL, chain


def pooling_table(chains, number, seed):
    """Mean spin after one and two steps of several rules, and the share of ties, against temperature.

    Configurations have random signs, so that symmetry demands a mean of zero.

    Returns
    -------
    pandas.DataFrame
        Columns ``T`` (inf for random spins), ``rule``, ``step``, ``mean``, ``mean_err``, ``ties``,
        ``ties_err``, ``phases`` with error, the mean of configurations that were up on the whole less that of
        those that were down, and ``blocks``: how many block spins were counted.
    """
    size = max((L for L, _ in chains if L <= 64), default=None)
    named = {T: unpacked(levels[0]) for (L, T), levels in chains.items() if size == L}
    rng = generator(seed, "renormalization/random")
    edge = size or 64
    named["inf"] = (2 * rng.integers(0, 2, (number, edge, edge), dtype=np.int8) - 1).astype(np.int8)
    rows = []
    for T, spins in named.items():
        for rule, block in _poolers(generator(seed, "renormalization/pooling", f"T={T}")).items():
            level, up = spins, spins.sum(axis=(1, 2), dtype=np.int64)
            for step in (1, 2):
                ties = mean((rules.block_sums(level) == 0).mean(axis=(1, 2)))
                level = block(level)
                means = level.mean(axis=(1, 2))
                columns = pairs(mean=mean(means), ties=ties, phases=phase_difference(means, up))
                rows.append({"T": T, "rule": rule, "step": step} | columns | {"blocks": level.size})
    return pd.DataFrame(rows)


def phase_difference(means, up):
    """Mean over configurations with up > 0 less that over up < 0, with its error; both float64[n]."""
    signs = np.stack([up > 0, up < 0], axis=1).astype(float)
    columns = grouped(np.concatenate([signs, signs * means[:, None]], axis=1))
    return jackknife(columns, lambda m: m[..., 2] / m[..., 0] - m[..., 3] / m[..., 1])


def _poolers(rng):
    return {
        "average": lambda s: rules.average_pooling_and_sign(s, rng),
        "always_up": rules.always_up,
        "maximum": rules.max_pooling,
    }


def identity_table(chains, seed, number=256):
    """Shares of block spins that differ between two roads.

    Returns
    -------
    pandas.DataFrame
        Columns ``comparison``, ``share``: ``pooling`` (average pooling and sign against the majority on
        bits, the same coins), ``ties_up`` and ``maximum`` (those rules against the majority),
        ``position`` (max pooling of lattices whose spins were shuffled within each block).
    """
    (L, T), levels = max(chains.items(), key=lambda item: item[0][0] == 64 and item[0][1] == CRITICAL)
    words = levels[0][:number]
    spins = unpacked(words)
    rng = generator(seed, "renormalization/identity", f"L={L}", f"T={T}")
    bits = rules.coin_bits(rng, (len(spins), L // 2, L // 2))
    coins = np.zeros((len(spins), L // 2, L), dtype=np.int8)
    coins[:, :, ::2] = bits
    major = unpacked(blocking.majority(words, packed(coins)))
    rng = generator(seed, "renormalization/identity", f"L={L}", f"T={T}")  # the same coins again
    blocks = spins.reshape(len(spins), L // 2, 2, L // 2, 2).transpose(0, 1, 3, 2, 4).reshape(-1, 4)
    shuffled = rng.permuted(blocks, axis=1).reshape(len(spins), L // 2, L // 2, 2, 2).transpose(0, 1, 3, 2, 4)
    rng = generator(seed, "renormalization/identity", f"L={L}", f"T={T}")
    pooled = rules.max_pooling(spins)
    shares = {
        "pooling": (rules.average_pooling_and_sign(spins, rng) != major).mean(),
        "ties_up": (rules.always_up(spins) != major).mean(),
        "maximum": (pooled != major).mean(),
        "position": (rules.max_pooling(shuffled.reshape(spins.shape)) != pooled).mean(),
    }
    return pd.DataFrame({"comparison": list(shares), "share": list(shares.values())})


def _quartile(words):
    """The configuration at the lower quartile of |m|, so that both signs can be seen: words of one."""
    m = np.abs(blocking.interactions(words)[:, len(blocking.EVEN)])
    k = int(np.argsort(m, kind="stable")[len(m) // 4])
    return words[k : k + 1]


def zoom_arrays(ensembles, temperatures, seed):
    """One configuration at each temperature with all its levels, from the largest lattice that has them.

    Returns
    -------
    dict of str to array
        ``temperatures`` str[n], ``levels`` int, and ``level_<k>`` int8[n, L / 2^k, L / 2^k].
    """
    L = max(size for size, T in ensembles if T in temperatures)
    have = [T for T in temperatures if (L, T) in ensembles]
    found = {"temperatures": np.array(have), "size": L}
    for i, T in enumerate(have):
        rng = generator(seed, "renormalization/zoom", f"L={L}", f"T={T}")
        levels = [unpacked(words)[0] for words in chain(_quartile(ensembles[L, T]), rng)]
        if T != CRITICAL and levels[0].mean() < 0:
            levels = [-level for level in levels]
        for k, level in enumerate(levels):
            found.setdefault(f"level_{k}", np.empty((len(have), *level.shape), dtype=np.int8))[i] = level
    return found | {"levels": len([key for key in found if key.startswith("level_")])}
