"""Bars and stripes learned to the optimum: ``bars.csv``, ``bars.npz``.

Arrays written, of the largest size with every different image once:

- ``images`` float64[n, V]: what was learned
- ``before``, ``after`` float64[16, V]: samples of the untrained and of the trained machine
- ``probabilities`` float64[m]: of the most likely visible states, falling; ``valid`` bool[m]: which are
images
"""

import numpy as np
import pandas as pd

from scripts.boltzmann.annealing import log_mean_exp
from scripts.boltzmann.kernels import block_gibbs
from scripts.boltzmann.theory import bars
from scripts.boltzmann.theory import machine as states
from scripts.boltzmann.theory import rbm as exact
from scripts.boltzmann.training import maximum_likelihood
from scripts.common.progress import progress
from scripts.common.seeds import generator, words

CHAINS, STEPS = 2000, 1000  # annealed chains that sample a trained machine
RANKED = 200  # states of the figure
PICTURES = 16
PARTS = 20  # of the chains, for the error of a ratio


def learned(seed, sizes, hidden, updates):
    """All sizes, by both conventions of what the data are.

    Parameters
    ----------
    seed : int
    sizes : sequence of int
    hidden, updates : int
        Hidden units, and updates by Adam before L-BFGS.

    Returns
    -------
    table : pandas.DataFrame
    arrays : dict of str to array
    """
    rows, arrays = [], {}
    for size in progress(sizes, "bars and stripes"):
        images = bars.images(size)
        for convention, counts in bars.conventions(size).items():
            label = ("boltzmann/bars", f"size={size}", convention)
            rbm, curve = maximum_likelihood(generator(seed, *label), images, counts, hidden, updates)
            p = exact.probabilities(rbm)
            samples, log_weights = _annealed(seed, rbm, label)
            optimum = bars.largest_log_likelihood(counts)
            rows.append(
                {"size": size, "convention": convention, "images": counts.sum(), "hidden": hidden}
                | {"optimum": optimum, "log_likelihood": curve[-1] * counts.sum()}
                | {"start": curve[0] * counts.sum(), "mass": p[_numbers(images)].sum()}
                | _sampled_mass(samples, log_weights, images)
                | _log_z(rbm, log_weights)
            )
            if convention == "distinct":
                arrays = _shown(seed, rbm, p, images, (samples, log_weights))
    return pd.DataFrame(rows), arrays


def _numbers(v):
    return v.astype(int) @ (1 << np.arange(v.shape[1]))


def _annealed(seed, rbm, label):
    """Visible states of annealed chains and the logarithms of their weights.

    A plain chain would not do: between two images the trained machine has no states worth mentioning.
    """
    n = len(rbm.a)
    v = block_gibbs.packed(generator(seed, *label, "start").random((CHAINS, n)) < 0.5)
    streams = words(seed, *label, n=CHAINS)
    log_weights = block_gibbs.anneal(v, streams, rbm, np.zeros(n), np.linspace(0, 1, STEPS + 1))
    return block_gibbs.unpacked(v, n), log_weights


def _sampled_mass(samples, log_weights, images):
    """Share of the weight that falls on the images, with the error from parts of the chains."""
    weights = np.exp(log_weights - log_weights.max())
    valid = np.isin(_numbers(samples), _numbers(images))
    hit, whole = ((weights * kind).reshape(PARTS, -1).sum(1) for kind in (valid, np.ones(len(valid))))
    share = hit.sum() / whole.sum()
    left = (hit - share * whole) / whole.mean()
    effective = weights.sum() ** 2 / (weights**2).sum()
    return {
        "sampled_mass": share,
        "sampled_mass_err": left.std(ddof=1) / np.sqrt(PARTS),
        "effective_samples": effective,
    }


def _log_z(rbm, log_weights):
    log_z, error = log_mean_exp(log_weights)
    return {
        "log_z_exact": exact.log_partition_function(rbm),
        "log_z": float(log_z + sum(rbm.W.shape) * np.log(2)),
        "log_z_err": float(error),
    }


def _shown(seed, rbm, p, images, annealed):
    rng = generator(seed, "boltzmann/bars", "pictures")
    samples, log_weights = annealed
    weights = np.exp(log_weights - log_weights.max())
    drawn = rng.choice(len(samples), size=PICTURES, p=weights / weights.sum())
    order = np.argsort(p)[::-1][:RANKED]
    return {
        "images": images,
        "before": (rng.random((PICTURES, len(rbm.a))) < 0.5).astype(float),
        "after": samples[drawn],
        "probabilities": p[order],
        "valid": np.isin(order, _numbers(images)),
        "n_states": np.array(len(states.states(len(rbm.a)))),
    }


if __name__ == "__main__":
    from scripts.common.io import job, save_arrays
    from scripts.common.tables import write_table

    with job(snakemake):
        params = snakemake.params
        table, arrays = learned(params.seed, params.sizes, params.hidden, params.updates)
        write_table(snakemake.output.table, table)
        save_arrays(snakemake.output.arrays, **arrays)
