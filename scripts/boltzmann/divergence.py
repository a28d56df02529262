"""Contrastive divergence: its exact bias, the sampled one, and where learning by it ends.

``contrastive.csv``: size of the bias after k steps, its ratio to the one before, and the same bias from
chains, projected on the exact direction. ``rules.csv``: exact likelihood of a machine that learns bars
and stripes by four rules, which differ in the model's expectations only.
"""

import numpy as np
import pandas as pd

from scripts.boltzmann.kernels import block_gibbs, learning
from scripts.boltzmann.parameters import flat, random_rbm, shaped
from scripts.boltzmann.theory import bars
from scripts.boltzmann.theory import block_gibbs as spectrum
from scripts.boltzmann.theory import rbm as exact
from scripts.common.columns import pairs
from scripts.common.progress import progress
from scripts.common.seeds import generator, words
from scripts.common.statistics import replica_mean

VISIBLE, HIDDEN, IMAGES = 14, 9, 30
LARGEST = 60  # steps of the exact chain: beyond, the slowest mode is alone to seven digits
EQUILIBRATION = 300  # steps of persistent chains at fixed parameters
SIZE, UNITS, CHAINS = 3, 8, 100  # bars and stripes, hidden units and chains of the machines that learn
RATE, EVERY = 0.3, 50
RULES = {"exact": 0, "persistent": 1, "cd10": 10, "cd1": 1}


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
        ``k`` (0 for the persistent chains at fixed parameters), ``bias``, ``ratio``, ``sampled``,
        ``eigenvalue``.
    """
    rbm = random_rbm(generator(seed, "boltzmann/divergence", "machine"), VISIBLE, HIDDEN)
    data = (generator(seed, "boltzmann/divergence", "data").random((IMAGES, VISIBLE)) < 0.5).astype(float)
    kernel = spectrum.hidden_kernel(rbm)
    biases = spectrum.bias(rbm, kernel, data, np.full(IMAGES, 1 / IMAGES), range(1, LARGEST + 1))
    sizes = np.linalg.norm(biases, axis=1)
    table = pd.DataFrame({"k": range(1, LARGEST + 1), "bias": sizes})
    table["ratio"] = table["bias"] / table["bias"].shift()
    table["eigenvalue"] = spectrum.second_eigenvalue(rbm, kernel)
    sampled = _sampled(seed, rbm, data, steps, chains, biases / sizes[:, None])
    return table.merge(sampled, on="k", how="outer").sort_values("k", ignore_index=True)


def _sampled(seed, rbm, data, steps, chains, directions):
    """Model expectations from chains less the exact ones along the direction of the exact bias."""
    model, _ = exact.model_expectations(rbm)
    rows = []
    for k in (0, *steps):
        label = ("boltzmann/divergence", "chains", f"k={k}")
        start = data[generator(seed, *label, "start").integers(IMAGES, size=chains)]
        v = block_gibbs.packed(start)
        block_gibbs.gibbs(v, words(seed, *label, n=chains), rbm, k or EQUILIBRATION)
        along = shaped(directions[max(k, 1) - 1], rbm)
        each = _projected(rbm, block_gibbs.unpacked(v, VISIBLE), along) - flat(model) @ flat(along)
        rows.append({"k": k} | pairs(sampled=replica_mean(each)))
    return pd.DataFrame(rows)


def _projected(rbm, v, along):
    """Statistics <v h>, <v>, <h> of every chain, along one direction, float64[R]."""
    h = 1 / (1 + np.exp(-(rbm.b + v @ rbm.W)))
    return ((v @ along.W) * h).sum(1) + v @ along.a + h @ along.b


def rules(seed, updates, runs):
    """Exact log-likelihood per image while a machine learns 3 x 3 bars and stripes.

    Parameters
    ----------
    seed : int
    updates, runs : int

    Returns
    -------
    pandas.DataFrame
        ``rule``, ``update``, ``log_likelihood`` (mean over the runs), its ``gain`` over the exact gradient
        (from the same starts), their errors, and the ``optimum``.
    """
    images = bars.images(SIZE)
    marks = range(0, updates + 1, EVERY)
    optimum = bars.largest_log_likelihood(np.ones(len(images), int)) / len(images)
    tables, curves = [], {}
    for rule in progress(RULES, "learning rules"):  # the exact one comes first
        curves[rule] = np.array([_learned(seed, rule, run, images, updates) for run in range(runs)])
        gain = replica_mean(curves[rule] - curves["exact"])
        found = pairs(log_likelihood=replica_mean(curves[rule]), gain=gain)
        tables.append(pd.DataFrame({"rule": rule, "update": marks} | found))
    return pd.concat(tables, ignore_index=True).assign(runs=runs, optimum=optimum)


def _learned(seed, rule, run, images, updates):
    label, n = ("boltzmann/divergence", "rules", f"run={run}"), len(images)
    rng = generator(seed, *label)
    rbm = learning.initial(rng, np.full(SIZE**2, 0.5), UNITS, scale=0.1)
    streams = words(seed, *label, rule, n=CHAINS)
    chains = block_gibbs.packed(rng.random((CHAINS, SIZE**2)) < 0.5)
    data = block_gibbs.packed(images[np.arange(CHAINS) % n])
    weights, found = np.full(n, 1 / n), []
    for update in range(updates + 1):
        if update % EVERY == 0:
            found.append(exact.log_likelihood(rbm, images, weights))
        if rule == "exact":
            model, _ = exact.model_expectations(rbm)
        else:
            visible = chains if rule == "persistent" else data.copy()
            model = learning.negative_statistics(rbm, visible, streams, RULES[rule])
        positive = learning.mean_statistics(rbm, images)
        rbm = learning.moved(rbm, learning.difference(positive, model), RATE)
    return found


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(contrastive=contrastive(params.seed, params.steps, params.chains))
        write(rules=rules(params.seed, params.updates, params.runs))
