"""Retrieval with bit planes against a matrix W and BLAS, in one run; and the largest networks, alone.

Both descend from the same pattern to a fixed point, unit by unit, and must end in the same state. The
matrix form is what one would write with a library: float32 couplings, one dot product of BLAS for each
visit; making the matrix is not counted.
"""

import multiprocessing
import resource
import time
from pathlib import Path

import numpy as np
import pandas as pd
from numba import njit

from scripts.hopfield.kernels import matrix, packed
from scripts.hopfield.kernels.patterns import random_patterns, unpacked

LOAD, SEED = 0.138, 1
REPEATS = 5
MEBIBYTE = 2**20


@njit(cache=True)
def _blas_descent(couplings, spins):
    """Sweeps until no unit turns: one BLAS dot product for each visit."""
    changed = True
    while changed:
        changed = False
        for i in range(len(spins)):
            if np.dot(couplings[i], spins) * spins[i] < 0:
                spins[i] = -spins[i]
                changed = True


def _packed_call(patterns):
    net = packed.network(patterns)
    state = packed.state(net, packed.condensed_spins(net))
    begun = time.perf_counter()
    state, _ = packed.descend(net, state)
    used = sum(array.nbytes for array in (*net, *state)) / MEBIBYTE
    return time.perf_counter() - begun, used, state.spins


def _setup_call(patterns):
    """Seconds from patterns to a state ready to run: overlaps and planes."""
    begun = time.perf_counter()
    net = packed.network(patterns)
    packed.state(net, packed.condensed_spins(net))
    return time.perf_counter() - begun


def table(size=10_000):
    """Seconds and memory of both forms: a data frame of form, N, seconds, MiB and the two ratios."""
    patterns = random_patterns(size, round(LOAD * size), SEED, "benchmarks/hopfield", f"N={size}")
    _packed_call(patterns)
    values = unpacked(patterns)
    couplings = matrix.hebb(values).astype(np.float32)
    start = values[0].astype(np.float32)
    _blas_descent(couplings[:10, :10].copy(), start[:10].copy())
    fast, slow, setup = [], [], []
    for _ in range(REPEATS):  # in turns, so that a slow spell of the machine meets both
        seconds, used, end = _packed_call(patterns)
        fast.append(seconds)
        setup.append(_setup_call(patterns))
        spins = start.copy()
        begun = time.perf_counter()
        _blas_descent(couplings, spins)
        slow.append(time.perf_counter() - begun)
        assert (spins == end).all(), "the two forms end in different states"
    rows = [
        {"form": "matrix, BLAS", "N": size, "seconds": min(slow), "MiB": couplings.nbytes / MEBIBYTE},
        {"form": "bit planes", "N": size, "seconds": min(fast), "MiB": used},
        {"form": "bit planes, with counting", "N": size, "seconds": min(fast) + min(setup), "MiB": used},
    ]
    frame = pd.DataFrame(rows)
    frame["faster"] = frame["seconds"][0] / frame["seconds"]
    frame["smaller"] = frame["MiB"][0] / frame["MiB"]
    return frame


def large_table(sizes=(200_000, 400_000)):
    """Generation and retrieval of large networks, each in a process of its own, so that memory is its own."""
    context = multiprocessing.get_context("spawn")
    rows = []
    for size in sizes:
        with context.Pool(1) as pool:
            rows.append(pool.apply(_large, (size,)))
    return pd.DataFrame(rows)


def _peak():
    """Largest resident memory of this process in MiB; the kernel's own count starts at that of the parent."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    found = [int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")]
    return found[0] if found else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _large(size):
    _packed_call(random_patterns(100, 10, SEED, "benchmarks/warm"))
    times = [time.perf_counter()]
    patterns = random_patterns(size, round(LOAD * size), SEED, "benchmarks/hopfield", f"N={size}")
    times.append(time.perf_counter())
    net = packed.network(patterns)
    state = packed.state(net, packed.condensed_spins(net))
    times.append(time.perf_counter())
    state, record = packed.descend(net, state)
    times.append(time.perf_counter())
    parts = dict(zip(("generation", "counting", "descent"), np.diff(times).tolist(), strict=True))
    ends = {"seconds": times[-1] - times[0], "peak_MiB": _peak(), "sweeps": len(record)}
    return {"N": size, **parts, **ends, "overlap": state.overlaps[0] / size}
