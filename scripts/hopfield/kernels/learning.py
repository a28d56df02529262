"""Beyond Hebb: pseudo-inverse couplings, dense associative memories, attention.

Patterns are int8[K, N] of +1 and -1 throughout.
"""

import numpy as np
from numba import njit
from scipy import linalg, special

from scripts.common.io import InputError


def pseudo_inverse(patterns):
    """Projector onto the patterns, the couplings in which every pattern is its own field.

    Parameters
    ----------
    patterns : int8[K, N]
        Linearly independent.

    Returns
    -------
    float64[N, N]
        W = X^T (X X^T)^-1 X with its diagonal: W xi = xi exactly. Personnaz, Guyon and
        Dreyfus, J. Phys. Lett. 46, L359 (1985).

    Raises
    ------
    InputError
        If a pattern is a combination of others, as all are when K > N.
    """
    values = patterns.astype(np.float64)
    gram = values @ values.T
    if np.linalg.matrix_rank(gram) < len(gram):
        raise InputError(
            f"pseudo-inverse rule: {len(patterns)} patterns of {patterns.shape[1]} units are linearly "
            f"dependent; allowed: independent patterns, at most one for each unit"
        )
    return values.T @ linalg.solve(gram, values, assume_a="pos")


def without_diagonal(couplings):
    """A copy with W_ii = 0: what asynchronous dynamics needs for wide basins."""
    copy = np.array(couplings, np.float64)
    np.fill_diagonal(copy, 0.0)
    return copy


@njit(cache=True, forceinline=True)
def _power(x, n):
    """x^n for a small whole n, by products: the library's power takes ten times as long."""
    result = x
    for _ in range(n - 1):
        result *= x
    return result


@njit(cache=True)
def _power_sweeps(rows, spins, overlaps, power, n_sweeps):
    """Sweeps of E = -sum_mu F(M_mu), F(x) = x^power or, for power 0, exp(x): until nothing turns."""
    n_units = len(spins)
    for sweep in range(n_sweeps):
        changed = False
        largest = 0.0
        for i in range(n_units):
            gain = 0.0
            if power == 0:
                largest = np.max(overlaps)
            for mu in range(rows.shape[1]):
                with_up = overlaps[mu] - rows[i, mu] * (spins[i] - 1.0)
                with_down = overlaps[mu] - rows[i, mu] * (spins[i] + 1.0)
                if power == 0:
                    gain += np.exp(with_up - largest) - np.exp(with_down - largest)
                else:
                    gain += _power(with_up, power) - _power(with_down, power)
            if gain * spins[i] < 0:
                spins[i] = -spins[i]
                changed = True
                for mu in range(rows.shape[1]):
                    overlaps[mu] += 2.0 * rows[i, mu] * spins[i]
        if not changed:
            return sweep + 1
    return n_sweeps


def dense_memory(patterns, spins, power, n_sweeps=100):
    """Descend E = -sum_mu F(xi^mu . s) unit by unit to a fixed point.

    Parameters
    ----------
    patterns : int8[K, N]
    spins : int8[N]
    power : int
        F(x) = x^power; 0 stands for F(x) = exp(x). Krotov and Hopfield (2016); Demircigil et
        al., J. Stat. Phys. 168, 288 (2017).
    n_sweeps : int
        At most.

    Returns
    -------
    spins : int8[N]
    sweeps : int
    """
    spins = np.array(spins, np.int8)
    overlaps = patterns.astype(np.float64) @ spins
    rows = np.ascontiguousarray(patterns.T.astype(np.float64))
    sweeps = _power_sweeps(rows, spins, overlaps, power, n_sweeps)
    return spins, sweeps


def attention(patterns, state, beta, n_steps=5):
    """The update of modern Hopfield networks: X^T softmax(beta X state), steps in turn.

    Ramsauer et al., ICLR (2021): one step is attention with the patterns as keys and values.

    Parameters
    ----------
    patterns : int8[K, N]
    state : float64[N]
    beta : float
        Inverse temperature; the products are counted per square root of N, X state / N^(1/2), as in a
        transformer.

    Returns
    -------
    float64[N]
    """
    values = patterns.astype(np.float64)
    for _ in range(n_steps):
        weights = special.softmax(beta * (values @ state) / values.shape[1] ** 0.5)
        state = values.T @ weights
    return state
