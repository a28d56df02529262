"""Statements that are identities, on random machines, every state written down: ``identities.csv``.

Each row is the largest deviation of the two sides. A row whose name ends in a fault has that fault on purpose
and must not vanish. beta = 1.
"""

import numpy as np
import pandas as pd
from scipy.special import logsumexp, xlogy

from scripts.boltzmann.parameters import Machine, Rbm, as_ising, random_machine
from scripts.boltzmann.theory import machine as exact
from scripts.boltzmann.theory import rbm as restricted
from scripts.boltzmann.theory import tree
from scripts.common import enumeration
from scripts.common.couplings import symmetric_normal
from scripts.common.enumeration import enumerated
from scripts.common.seeds import generator

VISIBLE, HIDDEN = 6, 5
OFF = 1.01  # of the controls: wrong by one per cent
STEP = 1e-5  # of numerical derivatives: their error is about 1e-10
SPINS = 16  # of the machine whose terms are counted
TREE, LARGE_TREE = 12, 1024


def identities(seed):
    """All of them.

    Parameters
    ----------
    seed : int

    Returns
    -------
    pandas.DataFrame
        ``check`` and ``deviation``.
    """
    rng = generator(seed, "boltzmann/identities")
    machine, data = random_machine(rng, VISIBLE, HIDDEN), rng.dirichlet(np.ones(2**VISIBLE))
    parts = _ising, _definition, _codings, _conventions, _free_energies, _likelihood, _restricted, _costs
    found = {}
    for part in parts:
        found |= part(machine, data, rng)
    return pd.DataFrame({"check": found.keys(), "deviation": [float(value) for value in found.values()]})


def _largest(one, other=0.0):
    return np.abs(np.asarray(one) - other).max()


def _ising(machine, data, rng):
    """Visible units only: the Ising model with J = 2 U, since the sum over i and k counts every pair
    twice."""
    J, h = 2 * machine.U, machine.a
    levels = enumeration.energies(J, h)
    probabilities = np.exp(-levels - logsumexp(-levels))
    alone = Machine(np.zeros((VISIBLE, 1)), machine.U, np.zeros((1, 1)), machine.a, np.zeros(1))
    lone = exact.joint_probabilities(alone, exact.SPINS).sum(1)
    off = exact.joint_probabilities(alone._replace(U=OFF * machine.U), exact.SPINS).sum(1)
    return {
        "ising_energy": _largest(exact.energies(alone, exact.SPINS)[:, 0], levels),
        "ising_probability": _largest(lone, probabilities),
        "ising_probability_couplings_off": _largest(off, probabilities),
    }


def _definition(machine, data, rng):
    """P = exp(-E)/Z, and E = -ln P for any P without zeros."""
    levels = exact.energies(machine).ravel()
    log_z = exact.log_partition_function(machine)
    energy = -np.log(data)
    constant = levels + np.log(exact.joint_probabilities(machine)).ravel()
    hot = -2 * levels - logsumexp(-2 * levels)
    lost = logsumexp(-np.delete(levels, levels.argmin()))  # ln Z without the lowest state
    return {
        "normalization": np.exp(-levels - log_z).sum() - 1,
        "normalization_lost_state": np.exp(-levels - lost).sum() - 1,
        "representable": _largest(np.exp(-energy) / np.exp(-energy).sum(), data),
        "representable_energy_off": _largest(np.exp(-OFF * energy) / np.exp(-OFF * energy).sum(), data),
        "energy_spread": np.ptp(constant),
        "energy_constant": _largest(constant, -log_z),
        "energy_constant_lost": _largest(constant),
        "energy_spread_beta": np.ptp(levels + hot),
    }


def _codings(machine, data, rng):
    """Units 0, 1 and -1, 1 give the same probabilities if couplings and biases are mapped, and not
    otherwise."""
    spins, constant = exact.for_spins(machine)
    probabilities = exact.joint_probabilities(machine)
    same = exact.joint_probabilities(spins, exact.SPINS)
    unshifted = exact.joint_probabilities(spins._replace(a=machine.a / 2, b=machine.b / 2), exact.SPINS)
    return {
        "codings": _largest(same, probabilities),
        "codings_energy": _largest(exact.energies(machine), exact.energies(spins, exact.SPINS) + constant),
        "codings_biases_not_shifted": _largest(unshifted, probabilities),
    }


def _conventions(machine, data, rng):
    """The double sum without 1/2 against chapter 1 with it: U is half of the coupling there."""
    s = exact.states(VISIBLE, exact.SPINS)
    coupling = 2 * machine.U
    chapter_one = -0.5 * ((s @ coupling) * s).sum(1)

    def printed(U):
        return -((s @ U) * s).sum(1)

    sure = np.abs(chapter_one) > 1e-6
    return {
        "convention_half": _largest(printed(coupling / 2), chapter_one),
        "convention_same": _largest(printed(coupling), chapter_one),
        "convention_ratio": _largest(printed(coupling)[sure] / chapter_one[sure], 2.0),
    }


def _free_energies(machine, data, rng):
    """The free energy of the hidden units: F = <E> - S, the minimum of F[Q] over Q."""
    free, P = exact.clamped_free_energies(machine), exact.posterior(machine)
    energy = (P * exact.energies(machine)).sum(1)
    Q = rng.dirichlet(np.ones(2**HIDDEN), size=2**VISIBLE)
    divergence = (xlogy(Q, Q) - Q * np.log(P)).sum(1)
    excess = exact.variational_free_energy(machine, Q) - free
    return {
        "clamped": _largest(free, energy + xlogy(P, P).sum(1)),
        "clamped_entropy_lost": _largest(free, energy),
        "minimum_over_q": _largest(exact.variational_free_energy(machine, P), free),
        "excess_is_divergence": _largest(excess, divergence),
        "least_excess": excess.min(),
        "minimum_over_q_missed": excess.max(),
    }


def _likelihood(machine, data, rng):
    """ln P(D) = - sum F - N ln Z, and its gradient."""
    drawn = rng.choice(2**VISIBLE, size=20)
    free = exact.clamped_free_energies(machine)[drawn].sum()
    log_p = np.log(exact.joint_probabilities(machine).sum(1))[drawn].sum()
    gradient = exact.log_likelihood_gradient(machine, data)
    positive = exact.expectations(data[:, None] * exact.posterior(machine), exact.BITS, VISIBLE, HIDDEN)
    slopes, log_z = _slopes(machine, data), exact.log_partition_function(machine)

    def deviation(found):
        return max(_largest(getattr(found, name)[place], slope) for (name, place), slope in slopes)

    return {
        "likelihood": (-free - 20 * log_z - log_p) / 20,
        "likelihood_one_log_z": (-free - log_z - log_p) / 20,
        "gradient": deviation(gradient),
        "gradient_no_model": deviation(positive),
    }


def _slopes(machine, data):
    """Numerical derivatives of the likelihood by every parameter; a pair of U or J is one parameter."""
    found = []
    for name, part in machine._asdict().items():
        for place in zip(*np.nonzero(np.ones(part.shape)), strict=True):
            if name in "UJ" and place[0] >= place[1]:
                continue
            ends = []
            for sign in (1, -1):
                changed = part.copy()
                changed[place] += sign * STEP
                if name in "UJ":
                    changed[place[::-1]] += sign * STEP
                ends.append(exact.log_likelihood(machine._replace(**{name: changed}), data))
            found.append(((name, place), (ends[0] - ends[1]) / (2 * STEP)))
    return found


def _restricted(machine, data, rng):
    """Without U and J the sum over hidden units is a product; a coupling among them spoils it."""
    rbm, v = Rbm(machine.W, machine.a, machine.b), exact.states(VISIBLE)
    none = machine._replace(U=np.zeros((VISIBLE, VISIBLE)), J=np.zeros((HIDDEN, HIDDEN)))
    coupled = none._replace(J=machine.J)
    closed = restricted.free_energy(rbm, v)
    J, h, constant = as_ising(rbm)
    log_z = restricted.log_partition_function(rbm)
    return {
        "closed_form": _largest(closed, exact.clamped_free_energies(none)),
        "closed_form_hidden_coupled": _largest(closed, exact.clamped_free_energies(coupled)),
        "smaller_layer": log_z - restricted.log_partition_function(restricted.turned(rbm)),
        "as_spins": log_z - enumerated(J, h).log_z - constant,
    }


def _costs(machine, data, rng):
    """Bits per unit that number the different terms of a sum: one in general, next to none on a tree."""
    J, h = symmetric_normal(rng, SPINS) / np.sqrt(SPINS), rng.normal(size=SPINS)
    terms = len(np.unique(enumeration.energies(J, h)))
    parents = np.array([rng.integers(i) for i in range(1, LARGE_TREE)])
    couplings, fields = rng.normal(size=LARGE_TREE - 1), rng.normal(size=LARGE_TREE)
    small = parents[: TREE - 1], couplings[: TREE - 1], fields[:TREE]
    by_states = enumerated(tree.coupling_matrix(*small[:2]), small[2]).log_z
    operations = tree.log_partition_function(parents, couplings, fields)[1]
    return {
        "bits_general": np.log2(terms) / SPINS - 1,
        "tree_sum": tree.log_partition_function(*small)[0] - by_states,
        "bits_tree": np.log2(operations) / LARGE_TREE - 1,
    }


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(identities(params.seed))
