"""Metropolis sweeps of 64 replicas at once. J = k_B = 1, E = -sum_<ij> s_i s_j - h sum_i s_i.

A sweep updates the even color, then the odd one. Everything that changes stands in two arrays, the
lattice and the random state, so a run of a + b sweeps is a run of a followed by one of b, bit for bit.
"""

import numpy as np
from numba import njit

from scripts.common.bits import stream
from scripts.common.bits.native import call
from scripts.common.bits.pool import remake_address, remake_pool
from scripts.common.bits.target import aes_lanes
from scripts.ising.kernels.multispin import portable
from scripts.ising.kernels.multispin.layout import LANES, REPLICAS, fill_halo, first_word, row_stride
from scripts.ising.kernels.multispin.measurement import scratch, totals
from scripts.ising.kernels.multispin.rates import metropolis_rates
from scripts.ising.kernels.multispin.update import half_sweep_address

POOL_LIFE = 1 << 15  # vectors updated with one tail pool: remaking it costs 1 to 2 % of the time


@njit(cache=True, forceinline=True)
def _half_sweep_by_address(words, state, size, color, masks, addresses):
    start, flips, fields = masks
    if state[stream.COUNTDOWN] == 0:
        call(addresses[1], (state, start, flips), ())
    stride = row_stride(size)
    own, other = first_word(size, color), first_word(size, 1 - color)
    geometry = (size, (stride - LANES) // LANES, stride, size // 2)
    call(addresses[0], (words, state, flips, fields), (own, other, *geometry, color))


@njit(cache=True, forceinline=True)
def _half_sweep_by_table(words, state, size, color, masks, addresses):
    start, flips, fields = masks
    if state[stream.COUNTDOWN] == 0:
        remake_pool(state, start, flips)
    portable.half_sweep(words, state, size, color, flips, fields)
    fill_halo(words, size, color)


_half_sweep = _half_sweep_by_address if aes_lanes() else _half_sweep_by_table


@njit(cache=True, forceinline=True)
def _sweep(words, state, size, masks, addresses):
    life = max(1, POOL_LIFE // (size * ((row_stride(size) - LANES) // LANES)))
    for color in range(2):
        _half_sweep(words, state, size, color, masks, addresses)
        countdown = state[stream.COUNTDOWN]
        state[stream.COUNTDOWN] = np.uint64(life - 1) if countdown == 0 else countdown - np.uint64(1)


@njit(cache=True)
def _run(lattice, state, masks, addresses, n_sweeps, energy, magnetization):
    size, words = lattice
    memory = scratch()
    every = n_sweeps // len(energy) if len(energy) else 0
    for sweep in range(n_sweeps):
        _sweep(words, state, size, masks, addresses)
        if every and (sweep + 1) % every == 0:
            k = (sweep + 1) // every - 1
            totals(words, size, energy[k], magnetization[k], memory)


def simulate(lattice, state, temperature, field=0.0, n_sweeps=1, measure_every=1, n_bits=16):
    """Advance a lattice and its random state, in place, and measure on the way.

    Parameters
    ----------
    lattice : Lattice
    state : ndarray, uint64
        Of `random_state`.
    temperature, field : float or array_like, float[64]
        T > 0 and h: of all replicas, or one for each.
    n_sweeps : int
        Attempted updates per spin.
    measure_every : int
        Measure after every so many sweeps, which divides ``n_sweeps``; 0 never measures.
    n_bits : int
        Fresh random bits per decision: 16, or 12 or 8 for speed (`metropolis_rates`).

    Returns
    -------
    energy, magnetization : ndarray, int32[n, 64]
        -sum_<ij> s_i s_j, without the term of the field, and sum_i s_i of every replica.

    Raises
    ------
    ValueError
        On a temperature, field, count or state that is not allowed.
    """
    rates = metropolis_rates(temperature, field, n_bits)
    n_measured = _checked_counts(state, n_sweeps, measure_every)
    if state[stream.DIGEST] != np.uint64(rates.digest):
        state[stream.DIGEST], state[stream.COUNTDOWN] = rates.digest, 0
    fields = np.array([rates.against, rates.beyond_2, rates.beyond_4], np.uint64)
    vectors = (row_stride(lattice.size) - LANES) // LANES
    addresses = half_sweep_address(rates, vectors), remake_address(len(rates.start))
    energy, magnetization = np.empty((2, n_measured, REPLICAS), np.int32)
    masks = rates.start, rates.flips, fields
    _run(tuple(lattice), state, masks, addresses, n_sweeps, energy, magnetization)
    return energy, magnetization


def _checked_counts(state, n_sweeps, measure_every):
    """How many measurements there will be."""
    for name, value in (("n_sweeps", n_sweeps), ("measure_every", measure_every)):
        if int(value) != value or value < 0:
            raise ValueError(f"{name} = {value}: allowed are integers from 0")
    if measure_every and n_sweeps % measure_every:
        raise ValueError(f"n_sweeps = {n_sweeps} is no multiple of measure_every = {measure_every}")
    if state.dtype != np.uint64 or len(state) != stream.SIZE:
        raise ValueError("the random state must come from random_state")
    return n_sweeps // measure_every if measure_every else 0
