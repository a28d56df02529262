"""The general Boltzmann machine, every state written down. beta = 1; a coding is the pair of values of a
unit.

Arrays over states have the visible state first, the hidden one second: [2^V, 2^H].
"""

import numpy as np
from scipy.special import logsumexp, xlogy

from scripts.boltzmann.parameters import Machine

BITS = (0.0, 1.0)
SPINS = (-1.0, 1.0)


def states(n, coding=BITS):
    """All states of ``n`` units, float64[2^n, n]; bit i of the number of a state belongs to unit i."""
    bits = (np.arange(2**n)[:, None] >> np.arange(n)) & 1
    return coding[0] + (coding[1] - coding[0]) * bits


def numbers(units):
    """Numbers of states of units 0 and 1, int[n] of [n, V]: the inverse of `states`."""
    return units.astype(int) @ (1 << np.arange(units.shape[1]))


def energies(machine, coding=BITS):
    """E(v, h) of all states by the book's sums, float64[2^V, 2^H]: every pair of U and J counts twice."""
    v, h = states(len(machine.a), coding), states(len(machine.b), coding)
    of_visible = ((v @ machine.U) * v).sum(1) + v @ machine.a
    of_hidden = ((h @ machine.J) * h).sum(1) + h @ machine.b
    return -(v @ machine.W @ h.T) - of_visible[:, None] - of_hidden


def log_partition_function(machine, coding=BITS):
    """ln Z = ln sum_vh exp(-E)."""
    return float(logsumexp(-energies(machine, coding)))


def joint_probabilities(machine, coding=BITS):
    """P(v, h), float64[2^V, 2^H]."""
    minus_e = -energies(machine, coding)
    return np.exp(minus_e - logsumexp(minus_e))


def clamped_free_energies(machine, coding=BITS):
    """F(v) = -ln sum_h exp(-E(v, h)), the free energy of the hidden units in the field of v, float64[2^V]."""
    return -logsumexp(-energies(machine, coding), axis=1)


def posterior(machine, coding=BITS):
    """P(h | v), float64[2^V, 2^H]."""
    minus_e = -energies(machine, coding)
    return np.exp(minus_e - logsumexp(minus_e, axis=1, keepdims=True))


def expectations(weights, coding, n_visible, n_hidden):
    """Means of the statistics that the parameters multiply, d(-E)/d(theta), under weights on all states.

    Parameters
    ----------
    weights : float64[2^V, 2^H]
        Sum one.

    Returns
    -------
    Machine
        <v h>, <v v> and <h h> (each off the diagonal, twice: U_ik and U_ki are one parameter), <v>, <h>.
    """
    v, h = states(n_visible, coding), states(n_hidden, coding)
    of_v, of_h = weights.sum(1), weights.sum(0)
    U, J = 2 * (v.T * of_v) @ v, 2 * (h.T * of_h) @ h
    np.fill_diagonal(U, 0.0)
    np.fill_diagonal(J, 0.0)
    return Machine(v.T @ weights @ h, U, J, of_v @ v, of_h @ h)


def log_likelihood(machine, data, coding=BITS):
    """Mean of ln P(v) = -F(v) - ln Z over a distribution of visible states, float64[2^V]."""
    return float(-data @ clamped_free_energies(machine, coding) - log_partition_function(machine, coding))


def log_likelihood_gradient(machine, data, coding=BITS):
    """Gradient of `log_likelihood`: data minus model, <.>_data - <.>_model; a `Machine`."""
    sizes = len(machine.a), len(machine.b)
    clamped = expectations(data[:, None] * posterior(machine, coding), coding, *sizes)
    free = expectations(joint_probabilities(machine, coding), coding, *sizes)
    return Machine(*(one - other for one, other in zip(clamped, free, strict=True)))


def for_spins(machine):
    """The same distribution for units -1 and 1: x = (1 + s)/2 put into the energy.

    Returns
    -------
    Machine
    constant : float
        E of the units 0 and 1 is E of the spins plus this.
    """
    W, U, J, a, b = machine
    spins = Machine(
        W / 4, U / 4, J / 4, a / 2 + U.sum(1) / 2 + W.sum(1) / 4, b / 2 + J.sum(1) / 2 + W.sum(0) / 4
    )
    constant = -(W.sum() + U.sum() + J.sum()) / 4 - (a.sum() + b.sum()) / 2
    return spins, float(constant)


def variational_free_energy(machine, Q, coding=BITS):
    """F[Q](v) = <E(v, h)>_Q - S[Q] for distributions of the hidden units.

    Parameters
    ----------
    Q : float64[2^V, 2^H]
        One distribution for each visible state.

    Returns
    -------
    float64[2^V]
        At least `clamped_free_energies`, which it meets for the posterior.
    """
    return (Q * energies(machine, coding)).sum(1) + xlogy(Q, Q).sum(1)
