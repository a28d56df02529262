"""Zero-temperature runs of one network size from a stored pattern, at given loads and across the transition.

Arrays written, for n loads, n_t loads at the transition and R pattern sets:

- ``size``; ``loads`` float64[n], ``transition_loads`` float64[n_t]: P / N as run, P rounded
- ``overlaps`` float64[R, n], ``energies`` float64[R, n] (per unit)
- ``transition_overlaps`` float64[R, n_t]

All loads of a set use its first P patterns, so that sets are independent and loads of one set are not.
"""

import numpy as np

from scripts.common.progress import progress
from scripts.hopfield.kernels.patterns import random_patterns
from scripts.hopfield.samples import RETRIEVED, pattern_count, recalled, sample_sizes

PILOTS = 5
LOWEST, HIGHEST, SPREAD = 0.10, 0.15, 2.5  # patterns are lost from LOWEST to HIGHEST + SPREAD N^-1/2
WIDTH = 0.5  # of the transition, in units of N^-1/2: about the spread from set to set, found in trials
OFFSETS = np.arange(-3, 4) * 0.8  # loads at the transition, in widths from the pilots' median


def retrieve(size, loads, samples, seed):
    """All runs of one size.

    Parameters
    ----------
    size : int
    loads : sequence of float
    samples : int
        See `samples.sample_sizes`.
    seed : int

    Returns
    -------
    dict of str to array
        See the module's docstring.
    """
    counts = [pattern_count(load, size) for load in loads]
    center = np.median([_lost_at(size, k, seed) for k in range(PILOTS)])
    edge = [max(1, round(center * size + x * WIDTH * np.sqrt(size))) for x in OFFSETS]
    runs = []
    for k in progress(range(sample_sizes(samples, size)), f"N = {size}"):
        patterns = random_patterns(size, max(counts + edge), seed, "hopfield/retrieve", f"N={size}", f"{k}")
        runs.append([_run(patterns, count) for count in counts + edge])
    overlap, energy = np.moveaxis(np.array(runs, float), -1, 0)
    n = len(counts)
    return {
        "size": size,
        "loads": np.array(counts) / size,
        "transition_loads": np.array(edge) / size,
        "overlaps": overlap[:, :n],
        "energies": energy[:, :n],
        "transition_overlaps": overlap[:, n:],
    }


def _run(patterns, count):
    """Final overlap, energy per unit."""
    _, end, record = recalled(patterns, count)
    return end.overlaps[0] / patterns.n_units, record[-1, 1] / patterns.n_units**2


def _lost_at(size, k, seed):
    """Load at which one set of patterns loses its first, by bisection to a third of the width."""
    low, high = LOWEST, HIGHEST + SPREAD / np.sqrt(size)
    patterns = random_patterns(size, round(high * size), seed, "hopfield/pilot", f"N={size}", f"{k}")
    while high - low > WIDTH / np.sqrt(size) / 3:
        middle = (low + high) / 2
        _, end, _ = recalled(patterns, pattern_count(middle, size), least=RETRIEVED)
        kept = end.overlaps[0] > RETRIEVED * size
        low, high = (middle, high) if kept else (low, middle)
    return (low + high) / 2


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(retrieve(int(snakemake.wildcards.N), params.loads, params.samples, params.seed))
