"""Statements that are identities, on random machines, every state written down: ``identities.csv``.

Each row is the largest deviation of the two sides. A row whose name ends in a fault has that fault on purpose
and must not vanish. beta = 1.
"""

import numpy as np
import pandas as pd
from scipy.special import logsumexp, rel_entr

from scripts.boltzmann.parameters import Machine, Rbm, as_ising, random_machine, random_rbm
from scripts.boltzmann.theory import elimination, naive, tree
from scripts.boltzmann.theory import machine as exact
from scripts.boltzmann.theory import rbm as restricted
from scripts.common import enumeration
from scripts.common.couplings import symmetric_normal
from scripts.common.enumeration import enumerated
from scripts.common.seeds import generator

VISIBLE, HIDDEN = 6, 5
OFF = 1.01  # of the controls: wrong by one per cent
SHORT = 0.97  # of the control of the gradient: share of the model's mean that it keeps
STEP = 1e-5  # of numerical derivatives: their error is about 1e-10
SPINS, UNITS = 16, 12  # all coupled to all: spins of a machine, hidden units of another one
WIDE, NARROW = 40, 9  # visible and hidden units of a restricted machine
MOST, TREE, LARGE_TREE = 18, 12, 1024


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
    levels, weights = exact.energies(machine), naive.weights(machine)
    log_z = naive.log_partition_function(machine)
    energy = -np.log(data)
    constant = levels + np.log(weights) - log_z
    hot = -2 * levels - logsumexp(-2 * levels)
    lost = np.log(weights.sum() - weights.max())  # ln Z without the lowest state
    return {
        "normalization": np.exp(-levels - log_z).sum() - 1,
        "normalization_lost_state": np.exp(-levels - lost).sum() - 1,
        "representable": _largest(np.exp(-energy) / np.exp(-energy).sum(), data),
        "representable_energy_off": _largest(np.exp(-OFF * energy) / np.exp(-OFF * energy).sum(), data),
        "energy_spread": np.ptp(constant),
        "energy_constant": _largest(constant, -exact.log_partition_function(machine)),
        "energy_constant_lost": _largest(constant),
        "energy_spread_beta": np.ptp(levels + hot),
    }


def _codings(machine, data, rng):
    """Units 0, 1 and -1, 1 give the same probabilities if couplings and biases are mapped, and not
    otherwise."""
    spins, constant = exact.for_spins(machine)
    weights = naive.weights(machine)
    same = exact.joint_probabilities(spins, exact.SPINS)
    short = {bias: getattr(spins, bias) / OFF + getattr(machine, bias) / 2 * (1 - 1 / OFF) for bias in "ab"}
    shifted = exact.joint_probabilities(spins._replace(**short), exact.SPINS)
    return {
        "codings": _largest(same, weights / weights.sum()),
        "codings_energy": _largest(-np.log(weights), exact.energies(spins, exact.SPINS) + constant),
        "codings_biases_off": _largest(shifted, weights / weights.sum()),
    }


def _conventions(machine, data, rng):
    """The double sum without 1/2 against chapter 1 with it: U is half of the coupling there."""
    coupling, nothing = 2 * machine.U, np.zeros(VISIBLE)
    chapter_one = enumeration.energies(coupling, nothing)

    def printed(U):
        alone = Machine(np.zeros((VISIBLE, 1)), U, np.zeros((1, 1)), nothing, np.zeros(1))
        return exact.energies(alone, exact.SPINS)[:, 0]

    sure = np.abs(chapter_one) > 1e-6
    return {
        "convention_half": _largest(printed(coupling / 2), chapter_one),
        "convention_same": _largest(printed(coupling), chapter_one),
        "convention_ratio": _largest(printed(coupling)[sure] / chapter_one[sure], 2.0),
    }


def _free_energies(machine, data, rng):
    """The free energy of the hidden units: F = <E> - S, the minimum of F[Q] over Q."""
    weights, free = naive.weights(machine), exact.clamped_free_energies(machine)
    energy, entropy = naive.clamped_energy_and_entropy(machine)
    P, summed = weights / weights.sum(1, keepdims=True), -np.log(weights.sum(1))
    Q = rng.dirichlet(np.ones(2**HIDDEN), size=2**VISIBLE)
    excess = exact.variational_free_energy(machine, Q) - summed
    near = (1 - 1 / OFF) / 2**HIDDEN + P / OFF  # one per cent of it spread over all states
    return {
        "clamped": _largest(free, energy - entropy),
        "clamped_entropy_off": _largest(free, energy - entropy / OFF),
        "minimum_over_q": _largest(exact.variational_free_energy(machine, exact.posterior(machine)), summed),
        "minimum_over_q_off": _largest(exact.variational_free_energy(machine, near), summed),
        "excess_is_divergence": _largest(excess, rel_entr(Q, P).sum(1)),
        "minimum_over_q_missed": excess.max(),
    }


def _likelihood(machine, data, rng):
    """ln P(D) = - sum F - N ln Z, and its gradient."""
    drawn = rng.choice(2**VISIBLE, size=20)
    free, log_z = exact.clamped_free_energies(machine)[drawn].mean(), exact.log_partition_function(machine)
    log_p = np.log(naive.visible_probabilities(machine))[drawn].mean()
    gradient = exact.log_likelihood_gradient(machine, data)
    model = exact.expectations(exact.joint_probabilities(machine), exact.BITS, VISIBLE, HIDDEN)
    short = Machine(*(slope + (1 - SHORT) * part for slope, part in zip(gradient, model, strict=True)))
    slopes = _slopes(machine, data)

    def deviation(found):
        return max(_largest(getattr(found, name)[place], slope) for (name, place), slope in slopes)

    return {
        "likelihood": -free - log_z - log_p,
        "likelihood_log_z_off": -free - OFF * log_z - log_p,
        "gradient": deviation(gradient),
        "gradient_short": deviation(short),
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
                ends.append(naive.log_likelihood(machine._replace(**{name: changed}), data))
            found.append(((name, place), (ends[0] - ends[1]) / (2 * STEP)))
    return found


def _restricted(machine, data, rng):
    """Without U and J the sum over hidden units is a product; a weak coupling among them spoils it."""
    rbm = Rbm(machine.W, machine.a, machine.b)
    none, closed = naive.restricted(rbm), restricted.free_energy(rbm, exact.states(VISIBLE))
    coupled = none._replace(J=(OFF - 1) * machine.J)
    J, h, constant = as_ising(rbm)
    return {
        "closed_form": _largest(closed, -np.log(naive.weights(none).sum(1))),
        "closed_form_hidden_coupled": _largest(closed, -np.log(naive.weights(coupled).sum(1))),
        "as_spins": restricted.log_partition_function(rbm) - enumerated(J, h).log_z - constant,
    }


def _costs(machine, data, rng):
    """Terms of a sum that is done spin by spin: twice as many for each spin, or a few more."""
    J, h = symmetric_normal(rng, MOST) / np.sqrt(MOST), rng.normal(size=MOST)
    wide, narrow = (as_ising(random_rbm(rng, n, NARROW))[:2] for n in (WIDE, WIDE - 1))
    some = elimination.log_partition_function(J[:UNITS, :UNITS], h[:UNITS])[0]
    return {
        "elimination_sum": some - enumerated(J[:UNITS, :UNITS], h[:UNITS]).log_z,
        "elimination_terms": _bits(J, h) - (MOST + 1),
        "growth_general": _growth(J, h, SPINS) - 1,
        "growth_restricted": _bits(*wide) - _bits(*narrow) - 1,
        "growth_hidden_coupled": _growth(J, h, UNITS) - 1,
        "growth_hidden_free": _growth(0 * J, h, UNITS) - 1,
    } | _tree(rng)


def _bits(J, h):
    return np.log2(elimination.log_partition_function(J, h)[1])


def _growth(J, h, n):
    """Bits that the last of n spins adds to the number of terms."""
    return _bits(J[:n, :n], h[:n]) - _bits(J[: n - 1, : n - 1], h[: n - 1])


def _tree(rng):
    """Messages on a random tree against the sum over all states, and against the sum spin by spin."""
    parents = np.array([rng.integers(i) for i in range(1, LARGE_TREE)])
    couplings, fields = rng.normal(size=LARGE_TREE - 1), rng.normal(size=LARGE_TREE)
    small = parents[: TREE - 1], couplings[: TREE - 1], fields[:TREE]
    by_states = enumerated(tree.coupling_matrix(*small[:2]), small[2]).log_z
    stronger = couplings[: TREE - 1].copy()
    stronger[0] *= OFF
    matrix = tree.coupling_matrix(parents, couplings)
    return {
        "tree_sum": tree.log_partition_function(*small)[0] - by_states,
        "tree_sum_off": tree.log_partition_function(small[0], stronger, small[2])[0] - by_states,
        "tree_terms": elimination.log_partition_function(matrix, fields)[1] - tree_terms(LARGE_TREE),
    }


def tree_terms(n):
    """Weights that messages on a tree of n spins add up: four for each bond, two at the root."""
    return 4 * (n - 1) + 2


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(identities(params.seed))
