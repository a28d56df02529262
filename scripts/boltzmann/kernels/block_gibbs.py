r"""Block Gibbs chains and annealed importance sampling of a restricted Boltzmann machine, compiled.

Units are 0 and 1. Between the layers there is nothing but sums of weights, so four units at a time are
looked up: for each of their 16 states a table holds the factors :math:`e^{-\sum_i W_{ij} v_i}` of all
units of the other layer, and the product over the groups is the odds

    r_j = exp(-b_j - sum_i W_ij v_i),    P(h_j = 1 | v) = 1 / (1 + r_j).

A unit is on if u (1 + r_j) < 1. No state costs an exponential, and the products run over whole rows. The
tables are made anew for every temperature, which costs far less than the chains that share them.

Every chain has a stream of its own, a counter through the mixing function of SplitMix64 (Steele, Lea and
Flood, OOPSLA 2014, doi:10.1145/2660193.2660195). `plain` is the twin without tables.
"""

import numpy as np
from numba import njit

GROUP = 4  # units looked up together
STATES = 2**GROUP
LARGEST = 650.0  # of a field: the odds stay representable with room for one more factor
GOLDEN = np.uint64(0x9E3779B97F4A7C15)
FIRST, SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
S30, S27, S31, S11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
UNIT = 2.0**-53
FAST = {"reassoc", "nsz"}  # only the order of sums and products is free


def n_groups(n):
    """Groups of four that ``n`` units fill."""
    return -(-n // GROUP)


def packed(units):
    """Units 0 and 1, [R, n], in groups of four: uint8[R, ceil(n / 4)]."""
    units = np.asarray(units, dtype=np.uint8)
    whole = np.zeros((len(units), GROUP * n_groups(units.shape[1])), np.uint8)
    whole[:, : units.shape[1]] = units
    groups = whole.reshape(len(units), -1, GROUP) @ (1 << np.arange(GROUP, dtype=np.uint8))
    return np.ascontiguousarray(groups)


def unpacked(groups, n):
    """The inverse of `packed`: float64[R, n]."""
    bits = (groups[:, :, None] >> np.arange(GROUP, dtype=np.uint8)) & 1
    return bits.reshape(len(groups), -1)[:, :n].astype(float)


def refuse_large(W, a, b):
    """Refuse weights whose odds could leave the range of floating-point numbers.

    Raises
    ------
    ValueError
        If the largest possible field exceeds 650.
    """
    size = np.abs(W)
    largest = max((size.sum(0) + np.abs(b)).max(), (size.sum(1) + np.abs(a)).max())
    if not largest <= LARGEST:
        raise ValueError(f"a field of {largest:.4g} is too large for the tables of odds; at most {LARGEST:g}")


def gibbs(visible, streams, rbm, steps):
    """Advance chains by ``steps`` block updates h, v at beta = 1.

    Parameters
    ----------
    visible : uint8[R, ceil(V / 4)]
        Of `packed`; changed in place.
    streams : uint64[R]
        One counter per chain; changed in place.
    rbm : Rbm
    steps : int

    Returns
    -------
    uint8[R, ceil(H / 4)]
        The hidden units that the last visible ones were drawn from.

    Raises
    ------
    ValueError
        If the weights are too large for the tables, see `refuse_large`.
    """
    W, a, b = (np.ascontiguousarray(part, dtype=float) for part in rbm)
    refuse_large(W, a, b)
    hidden = np.zeros((len(visible), n_groups(len(b))), np.uint8)
    _gibbs(visible, hidden, streams, W, a, b, steps)
    return hidden


def anneal(visible, streams, rbm, base, betas):
    r"""Logarithms of the annealed importance weights, ``-W`` of Jarzynski's equality.

    The path is E_beta = beta E + (1 - beta) E_0 with E_0 = - base . v (Neal, Stat. Comput. 11, 125 (2001),
    doi:10.1023/A:1008923215028; for RBMs Salakhutdinov and Murray, ICML 2008); h is summed out:

    .. math:: \ln w = \sum_k F_{\beta_k}(v_k) - F_{\beta_{k+1}}(v_k) .

    Parameters
    ----------
    visible : uint8[R, ceil(V / 4)]
        Drawn from the machine at ``betas[0]``; changed in place.
    streams : uint64[R]
        One counter per chain; changed in place.
    rbm : Rbm
    base : float64[V]
        Visible biases of the machine without couplings.
    betas : float64[K]
        From 0 to 1, or back for the reverse process.

    Returns
    -------
    float64[R]
        The mean of their exponentials estimates Z(betas[-1]) / Z(betas[0]).
    """
    W, a, b = (np.ascontiguousarray(part, dtype=float) for part in rbm)
    refuse_large(W, np.maximum(np.abs(a), np.abs(base)), b)
    log_weights = np.zeros(len(visible))
    hidden = np.zeros((len(visible), n_groups(len(b))), np.uint8)
    model = (W, a, b, np.asarray(base, dtype=float))
    _anneal(visible, hidden, streams, model, np.asarray(betas, dtype=float), log_weights)
    return log_weights


@njit(cache=True)
def _fill(table, constant, W, fields, beta):
    """Tables of odds at one temperature: products of exp(-beta W) over the units that are on."""
    n, m = W.shape
    for j in range(m):
        constant[j] = np.exp(-fields[j])
    for g in range(table.shape[0]):
        for j in range(m):
            table[g, 0, j] = 1.0
        for k in range(GROUP):
            i = GROUP * g + k
            if i >= n:
                break
            for j in range(m):
                table[g, 1 << k, j] = np.exp(-beta * W[i, j])
            for state in range(1, 1 << k):
                for j in range(m):
                    table[g, (1 << k) + state, j] = table[g, 1 << k, j] * table[g, state, j]


@njit(cache=True)
def _odds(out, units, c, table, constant):
    """Odds of a layer from the units of chain ``c`` in the other; no slices, each would cost as much as
    a row."""
    for j in range(len(out)):
        out[j] = constant[j]
    for g in range(units.shape[1]):
        state = units[c, g]
        for j in range(len(out)):
            out[j] *= table[g, state, j]


@njit(cache=True)
def uniform(counter):
    """The number in [0, 1) that a counter stands for."""
    x = (counter ^ (counter >> S30)) * FIRST
    x = (x ^ (x >> S27)) * SECOND
    return ((x ^ (x >> S31)) >> S11) * UNIT


@njit(cache=True)
def _draw(units, c, odds, counter):
    """Units of chain ``c`` from their odds; returns the advanced counter."""
    for g in range(units.shape[1]):
        state = 0
        for k in range(GROUP):
            j = GROUP * g + k
            if j >= len(odds):
                break
            counter += GOLDEN
            state |= (uniform(counter) * (1.0 + odds[j]) < 1.0) << k
        units[c, g] = state
    return counter


@njit(cache=True)
def _gibbs(visible, hidden, streams, W, a, b, steps):
    n, m = W.shape
    down, up = np.empty((visible.shape[1], STATES, m)), np.empty((hidden.shape[1], STATES, n))
    below, above = np.empty(m), np.empty(n)
    _fill(down, below, W, b, 1.0)
    _fill(up, above, np.ascontiguousarray(W.T), a, 1.0)
    of_hidden, of_visible = np.empty(m), np.empty(n)
    for c in range(len(visible)):
        counter = streams[c]
        for _ in range(steps):
            _odds(of_hidden, visible, c, down, below)
            counter = _draw(hidden, c, of_hidden, counter)
            _odds(of_visible, hidden, c, up, above)
            counter = _draw(visible, c, of_visible, counter)
        streams[c] = counter


@njit(cache=True, fastmath=FAST)
def _log_ratio(new, old):
    """ln prod (1 + new) / (1 + old): every factor is close to one, so that the product cannot overflow."""
    product = 1.0
    for j in range(len(new)):
        product *= (1.0 + new[j]) / (1.0 + old[j])
    return np.log(product)


@njit(cache=True)
def _sums(terms, groups):
    """Sum of the terms of the units that are on, for every state of every group."""
    table = np.zeros((groups, STATES))
    for i in range(len(terms)):
        for state in range(STATES):
            table[i // GROUP, state] += terms[i] * ((state >> (i % GROUP)) & 1)
    return table


@njit(cache=True)
def _anneal(visible, hidden, streams, model, betas, log_weights):
    """Temperatures outside, chains inside: the tables are made once for all chains."""
    W, a, b, base = model
    n, m = W.shape
    turned = np.ascontiguousarray(W.T)
    shape = (visible.shape[1], STATES, m)
    before, from_before, after, from_after = np.empty(shape), np.empty(m), np.empty(shape), np.empty(m)
    up, above = np.empty((hidden.shape[1], STATES, n)), np.empty(n)
    old, new, of_visible = np.empty(m), np.empty(m), np.empty(n)
    slopes, constant = _sums(a - base + W.sum(1), visible.shape[1]), b.sum()
    _fill(after, from_after, W, betas[0] * b, betas[0])
    for k in range(1, len(betas)):
        before, after, from_before, from_after = after, before, from_after, from_before
        _fill(after, from_after, W, betas[k] * b, betas[k])
        _fill(up, above, turned, (1.0 - betas[k]) * base + betas[k] * a, betas[k])
        for c in range(len(visible)):
            _odds(old, visible, c, before, from_before)
            _odds(new, visible, c, after, from_after)
            linear = constant
            for g in range(visible.shape[1]):
                linear += slopes[g, visible[c, g]]
            log_weights[c] += (betas[k] - betas[k - 1]) * linear + _log_ratio(new, old)
            counter = _draw(hidden, c, new, streams[c])
            _odds(of_visible, hidden, c, up, above)
            streams[c] = _draw(visible, c, of_visible, counter)
