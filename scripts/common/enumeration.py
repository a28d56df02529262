r"""Sums over all 2^n states of a pairwise model, exact to rounding.

k_B = 1, E(s) = -1/2 sum_ij J_ij s_i s_j - sum_i h_i s_i with s_i = +-1, J symmetric, J_ii = 0. Units
x_i = 0, 1 with E = -1/2 x'Wx - b'x are the same model: J = W/4, h = b/2 + sum_j W_ij/4.

`enumerated` is the fast road, `plain` its twin and what is used where Boltzmann weights leave the range
of floating-point numbers. In the fast one the spins are split. The last ``LOW`` of them have 512 states,
whose weights stand in one array; the others are the levels of a binary tree that is walked in depth,
and a step down multiplies the array by

    exp{beta s_k (h_k + sum_low J_ki s_i) + beta s_k sum_above J_kj s_j},

the first part from a table, the second one number per node. So no state costs an exponential, a leaf
costs a few multiplications on full vectors, and no weight comes from more than n factors. On the way up
the sums of both subtrees give, with their difference, every <s_i> and <s_i s_j>.
"""

import math
from typing import NamedTuple

import numpy as np
from numba import njit

LOW = 9  # 512 states: the arrays of the lowest levels stay in the first cache
RANGE = 600.0  # exp(-600) is still a normal number
CHUNK = 2**14  # states at a time in the plain twin
LARGEST = 30  # spins: beyond, nobody waits


class Enumeration(NamedTuple):
    """What all states together say.

    Parameters
    ----------
    log_z : float
        ln sum_s exp(-beta E(s)).
    magnetization : ndarray, float64[n]
        <s_i>.
    correlation : ndarray, float64[n, n]
        <s_i s_j>, one on the diagonal.
    energy : float
        <E>.
    """

    log_z: float
    magnetization: np.ndarray
    correlation: np.ndarray
    energy: float


def spins(states, n):
    """Spins of numbered states: bit i set means s_i = +1.

    Parameters
    ----------
    states : ndarray, int64[k]
    n : int

    Returns
    -------
    ndarray, float64[k, n]
    """
    return 2.0 * ((np.asarray(states)[:, None] >> np.arange(n)) & 1) - 1.0


def energies(J, h):
    """Energies of all states in the order of `spins`, float64[2^n]; for n up to about 20.

    Parameters
    ----------
    J : ndarray, float64[n, n]
    h : ndarray, float64[n]

    Raises
    ------
    ValueError
        If the couplings are not symmetric with zero diagonal, or do not fit the fields.
    """
    J, h = _model(J, h)
    n = len(h)
    found = np.empty(2**n)
    for start in range(0, 2**n, CHUNK):
        s = spins(np.arange(start, min(start + CHUNK, 2**n)), n)
        found[start : start + len(s)] = -((s @ J) * s).sum(1) / 2 - s @ h
    return found


def enumerated(J, h, beta=1.0):
    """Sum over all states.

    Parameters
    ----------
    J : ndarray, float64[n, n]
        Couplings, symmetric, with zero diagonal.
    h : ndarray, float64[n]
        Fields.
    beta : float
        Inverse temperature, at least 0.

    Returns
    -------
    Enumeration

    Raises
    ------
    ValueError
        If the couplings are not symmetric with zero diagonal, do not fit the fields, or if there are
        more than 30 spins.
    """
    J, h = _model(J, h)
    n = len(h)
    span = 2 * beta * (np.abs(np.triu(J)).sum() + np.abs(h).sum())  # no weight is smaller than exp(-span)
    if n < 3 or span > RANGE:
        return plain(J, h, beta)
    high = n - min(LOW, n - 1)
    low = spins(np.arange(2 ** (n - high)), n - high)
    inner = beta * (((low @ J[high:, high:]) * low).sum(1) / 2 + low @ h[high:])
    outer = beta * (h[:high, None] + J[:high, high:] @ low.T)
    bound = inner + np.abs(outer).sum(0)
    tables = np.exp(np.stack([-outer, outer], axis=1) - np.abs(outer)[:, None])  # each at most one
    pairs = np.ascontiguousarray(beta * np.tril(J[:high, :high]))
    total, difference, above = _summed(np.exp(bound - bound.max()), tables, pairs)
    z = total.sum()
    m = np.concatenate([difference.sum(1), low.T @ total]) / z
    C = np.eye(n)
    C[:high, :high] += (above + above.T) / z
    C[:high, high:] = difference @ low / z
    C[high:, :high] = C[:high, high:].T
    C[high:, high:] = (low.T * total) @ low / z
    np.fill_diagonal(C, 1.0)
    log_z = float(np.log(z) + bound.max() + np.abs(pairs).sum())
    return Enumeration(log_z, m, C, float(-(J * C).sum() / 2 - h @ m))


def plain(J, h, beta=1.0):
    """The same by NumPy, all states in turn; the largest weight is divided out, so that any beta will do."""
    J, h = _model(J, h)
    n = len(h)
    top, z, m, C = -np.inf, 0.0, np.zeros(n), np.zeros((n, n))
    for start in range(0, 2**n, CHUNK):
        s = spins(np.arange(start, min(start + CHUNK, 2**n)), n)
        x = beta * (((s @ J) * s).sum(1) / 2 + s @ h)
        new = max(top, x.max())
        scale, w = np.exp(top - new), np.exp(x - new)
        z, m, C = scale * z + w.sum(), scale * m + w @ s, scale * C + (s.T * w) @ s
        top = new
    m, C = m / z, C / z
    return Enumeration(float(np.log(z) + top), m, C, float(-(J * C).sum() / 2 - h @ m))


def _model(J, h):
    J, h = np.asarray(J, dtype=float), np.asarray(h, dtype=float)
    if h.ndim != 1 or J.shape != (len(h), len(h)) or not 1 <= len(h) <= LARGEST:
        raise ValueError(f"J {J.shape} and h {h.shape}: allowed are (n, n) and (n,) with 1 <= n <= {LARGEST}")
    if not np.array_equal(J, J.T) or np.any(np.diag(J)):
        raise ValueError("J must be symmetric with zero diagonal")
    return J, h


def _summed(root, tables, pairs):
    """Walk the tree.

    Parameters
    ----------
    root : float64[k]
        Weights of the states of the low spins.
    tables : float64[n, 2, k]
        Factors of a high spin that is down, up.
    pairs : float64[n, n]
        beta J among the high spins, below the diagonal.

    Returns
    -------
    total : float64[k]
        Sum of the weights over the high spins.
    difference : float64[n, k]
        The same with the factor s_i of one high spin.
    above : float64[n, n]
        Sum over everything of s_i s_j of two high spins, i > j.
    """
    n, k = len(tables), len(root)
    weight, sums = np.empty((n, k)), np.zeros((n, 2, k))  # sums of both subtrees, by level
    difference, above = np.zeros((n, k)), np.zeros((n, n))
    weight[0] = root
    _walk(weight, tables, pairs, np.abs(pairs).sum(1), sums, difference, above)
    return sums[0].sum(0), difference, above


@njit(cache=True, error_model="numpy")
def _walk(weight, tables, pairs, norm, sums, difference, above):
    """All leaves from left to right: down where spins have turned, up where both subtrees are done."""
    n, k = weight.shape
    s, part = np.ones(n), np.empty(k // 2)
    for leaf in range(2 ** (n - 1)):
        turned = 1  # the highest level whose spin is another than at the leaf before
        if leaf:
            turned = n - 1
            while (leaf >> (n - 1 - turned)) & 1 == 0:
                turned -= 1
        for level in range(turned, n):
            side = (leaf >> (n - 1 - level)) & 1
            s[level - 1] = 2.0 * side - 1.0
            g = _pair_factor(pairs, norm, s, level - 1)
            for i in range(k):
                weight[level, i] = weight[level - 1, i] * tables[level - 1, side, i] * g
        for side in range(2):  # the last spin, both ways
            s[n - 1] = 2.0 * side - 1.0
            g = _pair_factor(pairs, norm, s, n - 1)
            for i in range(k):
                sums[n - 1, side, i] = weight[n - 1, i] * tables[n - 1, side, i] * g
        _climb(leaf, sums, difference, above, s, part)


@njit(cache=True, error_model="numpy")
def _climb(leaf, sums, difference, above, s, part):
    """Add up both subtrees of every node that is done with this leaf."""
    n, k = difference.shape
    for level in range(n - 1, -1, -1):
        half = k // 2
        for i in range(half):
            low = sums[level, 1, i] - sums[level, 0, i]
            high = sums[level, 1, half + i] - sums[level, 0, half + i]
            difference[level, i] += low
            difference[level, half + i] += high
            part[i] = low + high
        while half > 1:  # the sum of all parts by halves: full vectors, and the same bits everywhere
            half //= 2
            for i in range(half):
                part[i] += part[half + i]
        delta = part[0]
        for j in range(level):
            above[level, j] += s[j] * delta
        if level == 0:
            return
        side = (leaf >> (n - 1 - level)) & 1
        for i in range(k):
            sums[level - 1, side, i] = sums[level, 0, i] + sums[level, 1, i]
        if side == 0:
            return


@njit(cache=True)
def _pair_factor(pairs, norm, s, level):
    """exp of the energy of one high spin with those above it, at most one."""
    x = -norm[level]
    for j in range(level):
        x += pairs[level, j] * s[level] * s[j]
    return math.exp(x)
