"""All critical points of small glasses: ``counts.csv``, ``exact_counts.csv``, ``indices.csv``."""

import numpy as np
import pandas as pd

from scripts.common.columns import pairs
from scripts.common.seeds import generator
from scripts.common.statistics import jackknife, replica_mean
from scripts.landscape.kernels import exhaust, pspin
from scripts.landscape.theory import kac_rice, semicircle

HITS, LIMIT = 4, 1_000_000  # a search ends when every point was reached so often, or after so many starts
EARLY = 1.25  # starts to a critical point of the search that gives up early, whose count must be too low
MORE = 4  # searches, each longer, that try to mend a Morse sum
LADDER = tuple(range(16, 49, 4))  # sizes from which the slope for many spins is extrapolated
MATRICES = 20000


def instance_counts(n, rng):
    """Critical points of one instance by index, int64[n]; the Morse sum; the number by a short search."""
    tensor = pspin.couplings(n, rng)
    few, _ = exhaust.critical_points(tensor, LIMIT, round(EARLY * kac_rice.mean_number(n)), rng)
    for attempt in range(MORE):
        points, _ = exhaust.critical_points(tensor, HITS * 2**attempt, LIMIT, rng)
        _, _, hessian = pspin.Sphere(tensor).derivatives(points)
        below = (pspin.tangent_spectrum(hessian, points) < 0).sum(axis=1)
        numbers = np.bincount(below, minlength=n) + np.bincount(n - 1 - below, minlength=n)
        morse = int(numbers[::2].sum() - numbers[1::2].sum())
        if morse == 1 + (-1) ** (n - 1):
            break
    return numbers, morse, 2 * len(few)


def enumerated(n, instances, seed):
    """All instances of a size: numbers int64[instances, n], Morse sums, numbers of short searches."""
    rngs = (generator(seed, "landscape/counts", f"N={n}", f"instance={k}") for k in range(instances))
    numbers, morse, few = zip(*(instance_counts(n, rng) for rng in rngs), strict=True)
    return np.array(numbers), np.array(morse), np.array(few)


def size_row(n, counts):
    """One row of ``counts.csv``."""
    numbers, morse, few = counts
    minima, points = numbers[:, 0], numbers.sum(axis=1)
    share = jackknife(np.stack([minima, points], axis=1), lambda m: np.log(m[..., 0] / m[..., 1]))
    exact_all, exact_minima = kac_rice.mean_number(n), kac_rice.mean_minima(n)
    return (
        {"size": n, "instances": len(numbers)}
        | pairs(points=replica_mean(points))
        | {"points_exact": exact_all}
        | pairs(minima=replica_mean(minima))
        | {"minima_exact": exact_minima}
        | pairs(log_share=share)
        | pairs(short_search=replica_mean(few))
        | {"morse_failures": int((morse != 1 + (-1) ** (n - 1)).sum())}
    )


def index_table(n, numbers, seed):
    """Critical points of each instance by index, and their mean by random matrices.

    Returns
    -------
    pandas.DataFrame
        Columns ``size``, ``instance``, ``index``, ``points``, ``expected`` with error.
    """
    matrices = semicircle.gaussian_orthogonal(n, MATRICES, generator(seed, "landscape/indices", f"N={n}"))
    expected = replica_mean(kac_rice.prefactor(n) * np.exp(-n * matrices**2 / 6))
    instance, index = np.indices(numbers.shape)
    columns = {"size": n, "instance": instance.ravel(), "index": index.ravel(), "points": numbers.ravel()}
    repeated = [np.tile(part, len(numbers)) for part in expected[:2]]
    return pd.DataFrame(columns | pairs(expected=repeated))


def exact_counts(sizes):
    """Exact means of all sizes: columns ``size``, ``points``, ``minima``."""
    rows = [(n, kac_rice.mean_number(n), kac_rice.mean_minima(n)) for n in sizes]
    return pd.DataFrame(rows, columns=["size", "points", "minima"])


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        counts = {n: enumerated(n, params.counts["instances"], params.seed) for n in params.counts["sizes"]}
        write(counts=pd.DataFrame([size_row(n, found) for n, found in counts.items()]))
        write(indices=index_table(max(counts), counts[max(counts)][0], params.seed))
        write(exact=exact_counts(sorted({*range(2, 13), *LADDER})))
