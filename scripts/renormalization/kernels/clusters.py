r"""Swendsen-Wang on lattices of any neighbors: square, square with diagonals, triangular.

J = k_B = 1, E = -sum over bonds of s s', K = 1/T, L x L torus. Bonds between equal spins are open with
1 - e^{-2K}. The sums over clusters give improved estimators (Wolff, Nucl. Phys. B 300, 501 (1988)):

    <M^2> = <sum n^2>,   <M^4> = <3 (sum n^2)^2 - 2 sum n^4>.
"""

import math

import numpy as np
from numba import njit

from scripts.common.lattice.streams import load, next_word, store, stream
from scripts.common.lattice.trees import find, unite

BONDS = {
    "square": ((1, 0), (0, 1)),
    "square_diagonal": ((1, 0), (0, 1), (1, 1), (-1, 1)),
    "triangular": ((1, 0), (0, 1), (1, -1)),
}
"""Half of the neighbors (x, y) of a site; the third direction of the triangular rhombus is a diagonal."""


def chain(lattice, L, K, seed, *labels):
    """One chain, from the ordered state.

    Parameters
    ----------
    lattice : str
        Key of `BONDS`.
    L : int
    K : float
        Coupling, > 0.
    seed, *labels
        Of `scripts.common.lattice.streams.stream`.

    Returns
    -------
    spins : int8[L * L]
        +-1, changed by each run.
    run : callable
        Number of sweeps n -> float64[n, 4]: sum n^2 and 3 (sum n^2)^2 - 2 sum n^4 over the clusters, per
        site (to the powers 2 and 4); then the products of the spins on the bonds, their sum per bond; and m.
        Each call goes on where the one before ended.
    """
    spins, random = np.ones(L * L, dtype=np.int8), stream(seed, *labels)
    others = neighbors(L, BONDS[lattice])
    work = np.empty(L * L, dtype=np.int32), np.empty(L * L, dtype=np.int64)
    # the threshold of 53-bit uniform numbers
    threshold = np.uint64(int(-math.expm1(-2 * K) * 2.0**53))

    def run(n_sweeps):
        out = np.empty((n_sweeps, 4))
        _sweeps(spins, random, others, threshold, work, out)
        return out

    return spins, run


def neighbors(L, bonds):
    """Sites at the other end of the bonds of each site, int32[L * L, len(bonds)]."""
    y, x = np.divmod(np.arange(L * L), L)
    return np.stack([(y + dy) % L * L + (x + dx) % L for dx, dy in bonds], axis=1).astype(np.int32)


@njit(cache=True)
def _sweeps(spins, random, others, threshold, work, out):
    parent, size = work
    n, n_bonds = others.shape
    stream = load(random)
    for t in range(len(out)):
        for i in range(n):
            parent[i] = i
        together, up = 0, 0
        for i in range(n):
            s = spins[i]
            up += s
            for k in range(n_bonds):
                j = others[i, k]
                if s == spins[j]:
                    together += 1
                    word, stream = next_word(stream)
                    if (word >> np.uint64(11)) < threshold:
                        unite(parent, i, j)
        out[t, 2] = 2.0 * together / (n * n_bonds) - 1.0
        out[t, 3] = up / n
        out[t, 0], out[t, 1], stream = _flip(spins, parent, size, stream)
    store(random, stream)


@njit(cache=True)
def _flip(spins, parent, size, stream):
    """Flip each cluster by a coin; returns the sums of the improved estimators and the stream."""
    n = spins.size
    size[:] = 0
    for i in range(n):
        parent[i] = find(parent, i)
        size[parent[i]] += 1
    second, fourth = 0.0, 0.0
    for i in range(n):
        if size[i]:
            share = size[i] / n
            second += share**2
            fourth += share**4
            word, stream = next_word(stream)
            size[i] = 1 if word >> np.uint64(63) else -1
    for i in range(n):
        spins[i] *= size[parent[i]]
    return second, 3 * second**2 - 2 * fourth, stream
