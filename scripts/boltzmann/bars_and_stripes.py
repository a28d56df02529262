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
from scripts.boltzmann.parameters import Rbm
from scripts.boltzmann.theory import bars
from scripts.boltzmann.theory import machine as states
from scripts.boltzmann.theory import rbm as exact
from scripts.boltzmann.training import maximum_likelihood
from scripts.common.columns import pairs
from scripts.common.progress import progress
from scripts.common.seeds import generator, words

CHAINS, STEPS = 2000, 1000  # annealed chains that sample a trained machine
RANKED = 200  # states of the figure
PICTURES = 16
PARTS = 40  # of the chains, for the error of a ratio
# A trained machine has next to no states but the images. With all its parameters at this share it has.
SOFT = 0.3
SOFT_CHAINS, SOFT_STEPS = 6000, 300
OFF = 0.95  # of the control: parameters that the chains take too small


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
    dict
        ``table``, and ``arrays`` as in the module's docstring.
    """
    rows, arrays = [], {}
    for size in progress(sizes, "bars and stripes"):
        images = bars.images(size)
        for convention, counts in bars.conventions(size).items():
            label = ("boltzmann/bars", f"size={size}", convention)
            rbm, curve = maximum_likelihood(generator(seed, *label), images, counts, hidden, updates)
            p = exact.probabilities(rbm)
            samples, log_weights = _annealed(seed, rbm, label, CHAINS, STEPS)
            weights, (log_z, error) = np.exp(log_weights - log_weights.max()), log_mean_exp(log_weights)
            rows.append(
                {"size": size, "convention": convention, "images": counts.sum(), "hidden": hidden}
                | {"optimum": bars.largest_log_likelihood(counts), "log_likelihood": curve[-1] * counts.sum()}
                | {"mass": p[states.numbers(images)].sum(), "parts": PARTS, "chains": CHAINS}
                | _soft(seed, rbm, images, label)
                | {"log_z_exact": exact.log_partition_function(rbm)}
                | pairs(log_z=(log_z + sum(rbm.W.shape) * np.log(2), error))
            )
            if convention == "distinct":
                arrays = _shown(seed, p, images, samples, weights)
    return {"table": pd.DataFrame(rows), "arrays": arrays}


def _soft(seed, rbm, images, label):
    """The share of images among the states of a softer machine, exactly, from chains, and from wrong ones."""
    soft, found = Rbm(*(SOFT * part for part in rbm)), {}
    for name, factor in (("sampled_mass", 1.0), ("sampled_mass_off", OFF)):
        machine = Rbm(*(factor * part for part in soft))
        samples, log_weights = _annealed(seed, machine, (*label, name), SOFT_CHAINS, SOFT_STEPS)
        found[name] = _sampled_mass(samples, np.exp(log_weights - log_weights.max()), images)
    return {"soft_mass": exact.probabilities(soft)[states.numbers(images)].sum()} | pairs(**found)


def _annealed(seed, rbm, label, chains, steps):
    """Visible states of annealed chains and the logarithms of their weights.

    A plain chain would not do: between two images the trained machine has no states worth mentioning.
    """
    n = len(rbm.a)
    v = block_gibbs.packed(generator(seed, *label, "start").random((chains, n)) < 0.5)
    streams = words(seed, *label, n=chains)
    log_weights = block_gibbs.anneal(v, streams, rbm, np.zeros(n), np.linspace(0, 1, steps + 1))
    return block_gibbs.unpacked(v, n), log_weights


def _sampled_mass(samples, weights, images):
    """Share of the weight that falls on the images, with the error from parts of the chains."""
    valid = np.isin(states.numbers(samples), states.numbers(images))
    hit, whole = ((weights * kind).reshape(PARTS, -1).sum(1) for kind in (valid, np.ones(len(valid))))
    share = hit.sum() / whole.sum()
    left = (hit - share * whole) / whole.mean()
    return share, left.std(ddof=1) / np.sqrt(PARTS)


def _shown(seed, p, images, samples, weights):
    rng = generator(seed, "boltzmann/bars", "pictures")
    drawn = rng.choice(len(samples), size=PICTURES, p=weights / weights.sum())
    order = np.argsort(p)[::-1][:RANKED]
    return {
        "images": images,
        "before": (rng.random((PICTURES, images.shape[1])) < 0.5).astype(float),
        "after": samples[drawn],
        "probabilities": p[order],
        "valid": np.isin(order, states.numbers(images)),
        "n_states": np.array(len(p)),
    }


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(**learned(params.seed, params.sizes, params.hidden, params.updates))
