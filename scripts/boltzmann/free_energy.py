"""The free energy of the data and the likelihood: with ln Z, and with ln Z left out.

``sculpting.csv``: a machine learns 3 x 3 bars and stripes by gradient ascent of the exact likelihood,
and once more by gradient descent of F(D) alone. ``em.csv``: expectation maximization on a general
machine as the descent of one free energy, and the same without ln Z.
"""

import numpy as np
import pandas as pd
from scipy.special import entr, rel_entr

from scripts.boltzmann.kernels import learning
from scripts.boltzmann.parameters import random_machine
from scripts.boltzmann.theory import bars, em, naive
from scripts.boltzmann.theory import machine as general
from scripts.boltzmann.theory import rbm as exact
from scripts.common.seeds import generator

SIZE, HIDDEN = 3, 8
RATE = 0.3
VISIBLE, UNITS = 5, 3  # of the general machine


def sculpting(seed, updates):
    """Energies of data and of all other states while the machine learns, by both rules.

    Parameters
    ----------
    seed : int
    updates : int

    Returns
    -------
    pandas.DataFrame
        ``rule`` (likelihood, free_energy), ``update``, ``free_energy`` (mean F of the images), ``log_z``,
        ``log_likelihood`` and ``energy_rest``, the mean of -ln P = F + ln Z over all other states. Both once
        more at the end of the first rule from all joint states, ``naive_likelihood`` and ``naive_rest``.
    """
    images = bars.images(SIZE)
    v = general.states(SIZE**2)
    is_image = np.isin(np.arange(len(v)), general.numbers(images))
    weights, rows = np.full(len(images), 1 / len(images)), []
    for rule in ("likelihood", "free_energy"):
        rbm = learning.initial(generator(seed, "boltzmann/free_energy"), np.full(SIZE**2, 0.5), HIDDEN, 0.1)
        for update in range(updates + 1):
            model, log_z = exact.model_expectations(rbm)
            f = exact.free_energy(rbm, v)
            mean, rest = f[is_image].mean(), f[~is_image].mean()
            rows.append((rule, update, mean, log_z, -mean - log_z, rest + log_z, np.nan, np.nan))
            if rule == "likelihood" and update == updates:
                rows[-1] = (*rows[-1][:-2], *_naive(rbm, is_image))
            push = exact.data_expectations(rbm, images, weights)
            if rule == "likelihood":
                push = learning.difference(push, model)
            rbm = learning.moved(rbm, push, RATE)
    names = ["rule", "update", "free_energy", "log_z", "log_likelihood", "energy_rest", "naive_likelihood"]
    return pd.DataFrame(rows, columns=[*names, "naive_rest"])


def _naive(rbm, is_image):
    """Mean of ln P over the images and of -ln P over all others, from a sum over all joint states."""
    log_p = np.log(naive.visible_probabilities(naive.restricted(rbm)))
    return log_p[is_image].mean(), -log_p[~is_image].mean()


def expectation_maximization(seed, rounds):
    """The free energy G[Q, theta] and the loss -<ln P> after every half step, with and without ln Z.

    Parameters
    ----------
    seed : int
    rounds : int

    Returns
    -------
    pandas.DataFrame
        ``rule`` (with_log_z, without_log_z), ``half_step`` (odd ones are E steps), ``objective``; by naive
        sums
        ``loss`` and ``divergence``, the Kullback-Leibler one of the data and the machine; ``entropy`` of the
        data.
    """
    rng = generator(seed, "boltzmann/free_energy", "em")
    start, data = random_machine(rng, VISIBLE, UNITS), rng.dirichlet(np.full(2**VISIBLE, 0.3))
    tables = []
    for rule, keep in (("with_log_z", True), ("without_log_z", False)):
        objectives, machines = em.descent(start, data, rounds, keep_log_z=keep)
        columns = {"half_step": range(len(machines)), "objective": objectives}
        columns["loss"] = [-naive.log_likelihood(each, data) for each in machines]
        columns["divergence"] = [rel_entr(data, naive.visible_probabilities(each)).sum() for each in machines]
        tables.append(pd.DataFrame({"rule": rule} | columns))
    return pd.concat(tables, ignore_index=True).assign(entropy=entr(data).sum())


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(sculpting=sculpting(params.seed, params.updates))
        write(em=expectation_maximization(params.seed, params.rounds))
