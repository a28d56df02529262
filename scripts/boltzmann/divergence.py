"""Contrastive divergence: its exact bias, the sampled one, and where learning by it ends.

``contrastive.csv``: size of the bias after k steps, its ratio to the one before, and the same bias from
chains, projected on the exact direction. ``rules.csv``: exact likelihood of a machine that learns bars
and stripes by rules that differ in the model's expectations only.
"""

import numpy as np
import pandas as pd

from scripts.boltzmann.kernels import block_gibbs, learning
from scripts.boltzmann.parameters import flat, random_rbm
from scripts.boltzmann.theory import bars, naive
from scripts.boltzmann.theory import block_gibbs as spectrum
from scripts.boltzmann.theory import machine as every
from scripts.boltzmann.theory import rbm as exact
from scripts.common.columns import pairs
from scripts.common.progress import progress
from scripts.common.seeds import generator, words
from scripts.common.statistics import replica_mean

VISIBLE, HIDDEN, IMAGES = 14, 9, 30
LARGEST = 60  # steps of the exact chain: beyond, the slowest mode is alone to seven digits
EQUILIBRATION = 60  # steps of persistent chains at fixed parameters: what is left of the start is 1e-25
BATCHES = 500  # of the chains: more than there are statistics, for their covariance
SHORT = 0.999  # of the control: share of the statistics that a faulty rule takes
SIZE, UNITS, CHAINS = 3, 8, 100  # bars and stripes, hidden units and chains of the machines that learn
RATE, EVERY = 0.3, 50
RULES = {"exact": 0, "independent": 0, "persistent": 1, "cd10": 10, "cd1": 1}


def contrastive(seed, steps, chains):
    """Exact and sampled bias of CD-k for random data and a random machine.

    Parameters
    ----------
    seed : int
    steps : sequence of int
        Values of k to sample; the exact chain is followed to k = 60.
    chains : int
        Chains of each sampled value.

    Returns
    -------
    table : pandas.DataFrame
        ``k`` (0 for the persistent chains at fixed parameters), ``bias``, ``ratio``, ``eigenvalue``;
        ``sampled``, and of the persistent chains what `_compared` has.
    """
    rbm = random_rbm(generator(seed, "boltzmann/divergence", "machine"), VISIBLE, HIDDEN)
    data = (generator(seed, "boltzmann/divergence", "data").random((IMAGES, VISIBLE)) < 0.5).astype(float)
    kernel = spectrum.hidden_kernel(rbm)
    biases = spectrum.bias(rbm, kernel, data, np.full(IMAGES, 1 / IMAGES), range(1, LARGEST + 1))
    sizes = np.linalg.norm(biases, axis=1)
    table = pd.DataFrame({"k": range(1, LARGEST + 1), "bias": sizes})
    table["ratio"] = table["bias"] / table["bias"].shift()
    table["eigenvalue"] = naive.second_eigenvalue(rbm)
    sampled = _sampled(seed, rbm, data, steps, chains, biases / sizes[:, None])
    return table.merge(sampled, on="k", how="outer").sort_values("k", ignore_index=True)


def _sampled(seed, rbm, data, steps, chains, directions):
    """Model expectations from chains less the exact ones along the direction of the exact bias."""
    model, rows = flat(exact.model_expectations(rbm)[0]), []
    for k in (0, *steps):
        label = ("boltzmann/divergence", "chains", f"k={k}")
        start = data[generator(seed, *label, "start").integers(IMAGES, size=chains)]
        v, streams = block_gibbs.packed(start), words(seed, *label, n=chains)
        parts = zip(*(np.array_split(each, BATCHES) for each in (v, streams)), strict=True)
        found = [flat(learning.negative_statistics(rbm, *part, k or EQUILIBRATION)) for part in parts]
        row = {"k": k, "chains": chains}
        row |= pairs(sampled=replica_mean((np.array(found) - model) @ directions[max(k, 1) - 1]))
        rows.append(row if k else row | _compared(np.array(found), model))
    return pd.DataFrame(rows)


def _compared(found, model):
    """All statistics that a rule of learning takes from chains against the exact ones, at once.

    Parameters
    ----------
    found : float64[BATCHES, n]
    model : float64[n]

    Returns
    -------
    dict
        Hotelling's ``t2`` for n ``statistics`` and so many ``batches``; ``t2_short`` is that of statistics
        one per mille short.
    """
    mean, inverse = found.mean(axis=0), np.linalg.inv(np.cov(found, rowvar=False) / len(found))
    left, short = mean - model, SHORT * mean - model
    sizes = {"statistics": len(model), "batches": len(found)}
    return {"t2": left @ inverse @ left, "t2_short": short @ inverse @ short} | sizes


def rules(seed, updates, runs):
    """Exact log-likelihood per image while a machine learns 3 x 3 bars and stripes.

    Parameters
    ----------
    seed : int
    updates, runs : int

    Returns
    -------
    pandas.DataFrame
        ``rule``, ``update``, ``log_likelihood`` (mean over the runs) with its error and that of its
        difference to the exact gradient from the same starts, ``paired_err``; ``depth``, how far the images
        lie below all other states in F, and ``rest``, the mean F of those others, with their errors;
        ``runs``,
        ``optimum``.
    """
    images = bars.images(SIZE)
    marks = range(0, updates + 1, EVERY)
    optimum = bars.largest_log_likelihood(np.ones(len(images), int)) / len(images)
    tables, curves = [], {}
    for rule in progress(RULES, "learning rules"):  # the exact one comes first
        curves[rule] = np.array([_learned(seed, rule, run, images, updates) for run in range(runs)])
        names = ("log_likelihood", "depth", "rest")
        found = pairs(**{name: replica_mean(curves[rule][..., i]) for i, name in enumerate(names)})
        found["paired_err"] = replica_mean((curves[rule] - curves["exact"])[..., 0]).err
        tables.append(pd.DataFrame({"rule": rule, "update": marks} | found))
    return pd.concat(tables, ignore_index=True).assign(runs=runs, optimum=optimum)


def _learned(seed, rule, run, images, updates):
    """What `_judged` says at every mark of one run: float64[marks, 3]."""
    label = ("boltzmann/divergence", "rules", f"run={run}")
    rng, draws = generator(seed, *label), generator(seed, *label, "independent")
    rbm = learning.initial(rng, np.full(SIZE**2, 0.5), UNITS, scale=0.1)
    streams = words(seed, *label, rule, n=CHAINS)
    chains = block_gibbs.packed(rng.random((CHAINS, SIZE**2)) < 0.5)
    data, found = block_gibbs.packed(images[np.arange(CHAINS) % len(images)]), []
    for update in range(updates + 1):
        if update % EVERY == 0:
            found.append(_judged(rbm, images))
        if rule == "exact":
            model, _ = exact.model_expectations(rbm)
        elif rule == "independent":  # as noisy as chains, but in equilibrium
            drawn = draws.choice(2**SIZE**2, size=CHAINS, p=exact.probabilities(rbm))
            model = learning.mean_statistics(rbm, every.states(SIZE**2)[drawn])
        else:
            visible = chains if rule == "persistent" else data.copy()
            model = learning.negative_statistics(rbm, visible, streams, RULES[rule])
        positive = learning.mean_statistics(rbm, images)
        rbm = learning.moved(rbm, learning.difference(positive, model), RATE)
    return found


def _judged(rbm, images):
    """Exact log-likelihood per image; F of all other states less that of the images; F of all others."""
    f = exact.free_energy(rbm, every.states(SIZE**2))
    is_image = np.isin(np.arange(len(f)), every.numbers(images))
    rest, data = f[~is_image].mean(), f[is_image].mean()
    return -data - exact.log_partition_function(rbm), rest - data, rest


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(contrastive=contrastive(params.seed, params.steps, params.chains))
        write(rules=rules(params.seed, params.updates, params.runs))
