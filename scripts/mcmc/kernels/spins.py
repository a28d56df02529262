"""Single spin flips on a small torus, every state counted; and rejection sampling of the same law.

J = k_B = 1, E = -sum_<ij> s_i s_j, three rows, periodic. A state is the integer whose bit i is
spin i = 3 c + r of row r and column c, 1 for up.
"""

import numpy as np
from numba import njit

ROWS = 3
RULES = ("metropolis", "heat_bath", "strict")


def neighbor_bits(n_columns):
    """The four neighbors of every spin, int64[3 n_columns, 4]; at least three columns."""
    r, c = np.meshgrid(np.arange(ROWS), np.arange(n_columns), indexing="ij")
    around = [(r + 1, c), (r - 1, c), (r, c + 1), (r, c - 1)]
    table = np.empty((ROWS * n_columns, 4), np.int64)
    for k, (row, column) in enumerate(around):
        table[(ROWS * c + r).ravel(), k] = (ROWS * (column % n_columns) + row % ROWS).ravel()
    return table


def flip_probabilities(rule, temperature):
    """Probability of a flip, float64[2, 5]: by the spin (0 down, 1 up) and its number of up neighbors.

    Parameters
    ----------
    rule : {"metropolis", "heat_bath", "strict"}
        min(1, e^{-dE/T}); 1 / (1 + e^{dE/T}), which for a spin of two values is Barker's rule too;
        and the book's box to the letter, which has no case dE = 0 and so stays where it is.
    temperature : float
    """
    cost = 2 * np.array([-1, 1])[:, None] * np.arange(-4, 5, 2)  # dE of a flip
    if rule == "heat_bath":
        return 1 / (1 + np.exp(cost / temperature))
    accepted = np.exp(-np.maximum(cost, 0) / temperature)
    return np.where(cost == 0, 0.0, accepted) if rule == "strict" else accepted


@njit(cache=True)
def _flip(state, site, chance, neighbors, flips, moves):
    up = 0
    for k in range(4):
        up += (state >> neighbors[site, k]) & 1
    spin = (state >> site) & 1
    accepted = chance < flips[spin, up]
    moves[spin, up, 0] += 1
    if not accepted:
        return state
    moves[spin, up, 1] += 1
    return state ^ (1 << site)


@njit(cache=True)
def _run(counts, moves, neighbors, flips, spacing, sequential, rng):
    n_spins, state = len(neighbors), 0
    for k in range(counts[-1] + 1):  # the first sample only equilibrates, ten times as long
        for t in range(spacing * (10 if k == 0 else 1)):
            chance = rng.random()
            site = t % n_spins
            if not sequential:  # one random number for both: its fraction is as even as the whole
                site = int(chance * n_spins)
                chance = chance * n_spins - site
            state = _flip(state, site, chance, neighbors, flips, moves)
        if k > 0:
            counts[state] += 1


def state_counts(rule, temperature, n_columns, plan, rng, sequential=False):
    """How often a chain is found in each state, and what became of its moves.

    Parameters
    ----------
    rule, temperature
        Of `flip_probabilities`.
    n_columns : int
    plan : (int, int)
        Samples, and flips tried from one sample to the next. For sequential updates whole
        sweeps are tried.
    rng : numpy.random.Generator
    sequential : bool
        Go through the spins in order instead of at random.

    Returns
    -------
    counts : int64[2^n]
    moves : int64[2, 5, 2]
        Flips tried and done, by spin and number of up neighbors.
    """
    neighbors = neighbor_bits(n_columns)
    n_spins, (n_samples, spacing) = len(neighbors), plan
    spacing = -(-spacing // n_spins) * n_spins
    counts, moves = np.zeros(2**n_spins + 1, np.int64), np.zeros((2, 5, 2), np.int64)
    counts[-1] = n_samples
    _run(counts, moves, neighbors, flip_probabilities(rule, temperature), spacing, sequential, rng)
    return counts[:-1], moves


@njit(cache=True)
def _reject(counts, n_proposals, n_columns, weights, rng):
    n_spins, accepted, mask = ROWS * n_columns, 0, (1 << (ROWS * n_columns)) - 1
    for _ in range(n_proposals):
        state = int(rng.random() * (mask + 1))
        right = ((state << ROWS) | (state >> (n_spins - ROWS))) & mask
        up = 0
        for c in range(n_columns):  # within a column each spin once: 0-1, 1-2, 2-0
            column = (state >> (ROWS * c)) & 7
            up |= (((column << 1) | (column >> 2)) & 7) << (ROWS * c)
        unlike = 0
        bits = (state ^ right) | ((state ^ up) << n_spins)
        while bits:
            bits &= bits - 1
            unlike += 1
        if rng.random() < weights[unlike]:
            accepted += 1
            if len(counts):
                counts[state] += 1
    return accepted


def rejection(temperature, n_columns, n_proposals, rng, counted=False):
    """Rejection sampling: propose a state evenly, keep it with probability e^{-(E - E_0)/T}, E_0 = -2 n.

    Needs no Z, only the energy of the ground state.

    Parameters
    ----------
    temperature : float
    n_columns : int
        Up to 10.
    n_proposals : int
    rng : numpy.random.Generator
    counted : bool
        Whether to count the states.

    Returns
    -------
    accepted : int
    counts : int64[2^n]
        Empty if not ``counted``.
    """
    n_spins = ROWS * n_columns
    counts = np.zeros(2**n_spins if counted else 0, np.int64)
    weights = np.exp(-2 * np.arange(2 * n_spins + 1) / temperature)  # by unlike pairs of neighbors
    return _reject(counts, n_proposals, n_columns, weights, rng), counts
