"""Chains against enumeration on machines of twelve units: ``counts.csv``. beta = 1.

Every chain gives one sample, far from its start, so that the samples are independent. Their states are
counted and compared by chi-square; and the energy, whose mean turns with beta as -Var(E), tells which
temperature the sampler really has.
"""

import numpy as np
import pandas as pd
from scipy.special import logsumexp

from scripts.boltzmann.kernels import block_gibbs, heat_bath
from scripts.boltzmann.parameters import Rbm, as_ising, random_machine, random_rbm
from scripts.boltzmann.theory import machine as exact
from scripts.common import enumeration
from scripts.common.columns import pairs
from scripts.common.seeds import generator, words

VISIBLE, HIDDEN = 7, 5
WEIGHT, BIAS = 0.9, 0.5  # of the restricted machine: strong enough to feel a change of beta
SWEEPS = 60  # the second eigenvalue of such machines is below 0.7
MUTANT = 1.07  # inverse temperature of the samplers that must be found out
LEAST = 5.0  # expected counts of a cell; rarer ones are thrown together


def counts(seed, chains):
    """Both samplers, each at the right inverse temperature and at a wrong one.

    Parameters
    ----------
    seed : int
    chains : int

    Returns
    -------
    pandas.DataFrame
        One row for each sampler and temperature: ``chi2`` of the visible states with its degrees of freedom,
        and ``beta`` from the mean energy.
    """
    rows = [
        {"sampler": name, "beta_set": beta} | judge(seed, chains, beta)
        for name, judge in (("heat_bath", _general), ("block", _restricted))
        for beta in (1.0, MUTANT)
    ]
    return pd.DataFrame(rows)


def _general(seed, chains, beta):
    """One unit after the other, with all kinds of couplings."""
    machine = random_machine(generator(seed, "boltzmann/sampling", "general"), VISIBLE, HIDDEN)
    spins, _ = exact.for_spins(machine)
    J = np.block([[2 * spins.U, spins.W], [spins.W.T, 2 * spins.J]])
    h = np.concatenate([spins.a, spins.b])
    streams = words(seed, "boltzmann/sampling", "heat bath", f"beta={beta}", n=chains)
    s = heat_bath.random_spins(streams, VISIBLE + HIDDEN)
    heat_bath.sweeps(s, streams, J, h, SWEEPS, beta)
    levels = enumeration.energies(J, h)
    return _compared(levels, exact.numbers(s > 0))


def _restricted(seed, chains, beta):
    """Layer by layer."""
    rbm = random_rbm(generator(seed, "boltzmann/sampling", "restricted"), VISIBLE, HIDDEN, WEIGHT, BIAS)
    label = ("boltzmann/sampling", "block", f"beta={beta}")
    start = generator(seed, *label, "start").random((chains, VISIBLE)) < 0.5
    v = block_gibbs.packed(start)
    colder = Rbm(*(beta * part for part in rbm))
    h = block_gibbs.gibbs(v, words(seed, *label, n=chains), colder, SWEEPS)
    units = np.hstack([block_gibbs.unpacked(v, VISIBLE), block_gibbs.unpacked(h, HIDDEN)])
    J, h, _ = as_ising(rbm)
    return _compared(enumeration.energies(J, h), exact.numbers(units))


def _compared(levels, states):
    """Chi-square of the visible states, and the temperature that the states have.

    The estimate of beta is one step of Newton's method for the likelihood: the score d ln P / d beta is
    <E> - E, its variance Var(E).
    """
    p = np.exp(-levels - logsumexp(-levels))
    score = p @ levels - levels
    information = p @ score**2
    visible = np.bincount(states % 2**VISIBLE, minlength=2**VISIBLE)
    chi2, freedom = chi_square(visible, p.reshape(-1, 2**VISIBLE).sum(0))
    beta = 1 + score[states].mean() / information, 1 / np.sqrt(len(states) * information)
    return {"chains": len(states), "chi2": chi2, "degrees_of_freedom": freedom} | pairs(beta=beta)


def chi_square(seen, p):
    """Chi-square of counts against probabilities, rare cells thrown together, and its degrees of freedom."""
    expected = seen.sum() * p
    rare = expected < LEAST
    if rare.any():
        seen = np.append(seen[~rare], seen[rare].sum())
        expected = np.append(expected[~rare], expected[rare].sum())
    kept = expected > 0
    return float(((seen - expected)[kept] ** 2 / expected[kept]).sum()), int(kept.sum() - 1)


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(counts(params.seed, params.chains))
