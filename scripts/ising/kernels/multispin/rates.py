"""Metropolis acceptance as classes of bit masks. J = k_B = 1, E = -sum_<ij> s_i s_j - h sum_i s_i.

With n of the four neighbors differing from s, flipping s costs dE = 2 (4 - 2 n + h s). Without a field
a flip is free at n >= 2 and needs a random mask in two classes, n = 0 and n = 1. With
one, let a = [s is along h]; then exactly five of the ten cases (n, a) cost energy:
(0, 1), (1, 1), (2, 1), and one of each pair (1, 0) | (3, 1) and (0, 0) | (4, 1), whichever
|h| < 2 and |h| < 4 say: the cases of a pair undo each other.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from scripts.common.bits.bernoulli import chain_words
from scripts.common.seeds import words

REPLICAS = 64
ALLOWED_BITS = tuple(range(4, 29, 4))


class Rates(NamedTuple):
    """Acceptance of the 64 bits of a word.

    Attributes
    ----------
    n_bits : int
        Fresh random bits per decision.
    start, flips : ndarray, uint64[classes], uint64[TAIL + n_bits, classes]
        Of `scripts.common.bits.bernoulli.chain_words`.
    against, beyond_2, beyond_4 : int
        Words: where h < 0, |h| >= 2, |h| >= 4.
    uniform : bool
        Whether all bits share one temperature and field.
    digest : int
        Names the thresholds, so that a changed one remakes the pool of a stream.
    """

    n_bits: int
    start: np.ndarray
    flips: np.ndarray
    against: int
    beyond_2: int
    beyond_4: int
    uniform: bool
    digest: int


def metropolis_rates(temperature, field=0.0, n_bits=16):
    """Rates at one (T, h), or at 64 of them, one for each bit.

    One (T, h) is compiled into a kernel of its own: 0.05 s, then the fastest. The thresholds of 64 are data:
    a run that changes them all the time (annealing, hysteresis) passes 64, if need be equal ones.

    Parameters
    ----------
    temperature, field : float or array_like, float[64]
        T > 0 and h.
    n_bits : int
        Fresh bits per decision, a multiple of 4 up to 28. The marginal probability is right to
        2^-(32 + n_bits) for any of them; fewer are faster and share tail bits more often.

    Raises
    ------
    ValueError
        If a temperature is not positive and finite, a field not finite, or ``n_bits`` not allowed.
    """
    # np.asarray and the checks cost as much as some sweeps of a small lattice
    if isinstance(temperature, float) and isinstance(field, float):
        return _uniform_rates(temperature, field, n_bits)
    return _checked_rates(temperature, field, n_bits)


@lru_cache(maxsize=256)
def _uniform_rates(temperature, field, n_bits):
    return _checked_rates(temperature, field, n_bits)


def _checked_rates(temperature, field, n_bits):
    T, h = (np.atleast_1d(np.asarray(x, float)) for x in (temperature, field))
    for values in (T, h):
        if values.shape not in ((1,), (REPLICAS,)):
            raise ValueError(f"one temperature and field or 64 of them, not {values.shape}")
    if not (np.isfinite(T) & (T > 0)).all():
        raise ValueError(
            f"T = {T[~(np.isfinite(T) & (T > 0))][0]}: a temperature must be positive and finite"
        )
    if not np.isfinite(h).all():
        raise ValueError("a field must be finite")
    if n_bits not in ALLOWED_BITS:
        raise ValueError(f"n_bits = {n_bits}: allowed are {', '.join(map(str, ALLOWED_BITS))}")
    return _rates(tuple(T), tuple(h), int(n_bits))


@lru_cache(maxsize=256)
def _rates(temperatures, fields, n_bits):
    uniform = len(temperatures) == len(fields) == 1
    T, h = (np.broadcast_to(x, REPLICAS) for x in (temperatures, fields))
    start, flips = chain_words(np.exp(-energy_costs(h) / T), n_bits)
    masks = [sum(1 << b for b in range(REPLICAS) if where[b]) for where in (h < 0, abs(h) >= 2, abs(h) >= 4)]
    label = f"{temperatures} {fields} {n_bits}"
    digest = int(words(0, "ising/multispin/rates", label, n=1)[0])
    return Rates(n_bits, start, flips, *masks, uniform, digest)


def energy_costs(field):
    """dE of the open classes: float[2, n] without any field (n = 0, 1), float[5, n] with one."""
    if not np.any(field):
        return np.array([8.0, 4.0])[:, None] + np.abs(field)
    h = np.abs(field)
    return 2 * np.array([4 + h, 2 + h, h, np.abs(2 - h), np.abs(4 - h)])
