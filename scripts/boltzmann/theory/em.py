"""Expectation maximization as the descent of one free energy (Neal and Hinton 1998). All states, beta = 1.

    G[Q, theta] = sum_v p(v) F[Q](v) + ln Z(theta) = -<ln P(v)>_data + <KL(Q || P(h|v))>_data .

The E step minimizes it over Q at fixed energy: this is what physics does. The M step minimizes it over theta
at fixed Q: this is learning. For machines of the exponential family the second is a convex problem.
"""

import numpy as np
from scipy import optimize

from scripts.boltzmann.parameters import Machine, flat, shaped
from scripts.boltzmann.theory import machine as exact

RATE = 0.2  # of the descent without ln Z: five such steps leave the valley from any start tried
STEPS = 3  # iterations of one minimization over theta: any descent will do, and few show the staircase
BOX = 30.0  # parameters beyond do not change a probability any more


def objective(machine, Q, data):
    """G[Q, theta]."""
    clamped = data @ exact.variational_free_energy(machine, Q)
    return float(clamped + exact.log_partition_function(machine))


def m_step(machine, Q, data, keep_log_z=True, steps=STEPS):
    """Minimize G over theta at fixed Q.

    Parameters
    ----------
    machine : Machine
        Where the search starts.
    Q : float64[2^V, 2^H]
    data : float64[2^V]
        Distribution of the visible states.
    keep_log_z : bool
        False takes one step of gradient descent in <E> alone, which has no minimum.
    steps : int

    Returns
    -------
    Machine
    """
    sizes = len(machine.a), len(machine.b)
    wanted = exact.expectations(data[:, None] * Q, exact.BITS, *sizes)

    if not keep_log_z:
        return Machine(*(old + RATE * push for old, push in zip(machine, wanted, strict=True)))

    def value(vector):
        current = shaped(vector, machine)
        current = Machine(current.W, _symmetric(current.U), _symmetric(current.J), current.a, current.b)
        model = exact.expectations(exact.joint_probabilities(current), exact.BITS, *sizes)
        gradient = flat(Machine(*(m - w for m, w in zip(model, wanted, strict=True))))
        return objective(current, Q, data), _halved(gradient, machine)

    bounds = [(-BOX, BOX)] * len(flat(machine))
    found = optimize.minimize(
        value, flat(machine), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": steps}
    )
    best = shaped(found.x, machine)
    return Machine(best.W, _symmetric(best.U), _symmetric(best.J), best.a, best.b)


def _symmetric(matrix):
    return (matrix + matrix.T) / 2


def _halved(gradient, like):
    """The entries U_ik and U_ki are varied each for itself: half of the derivative belongs to each."""
    parts = shaped(gradient, like)
    return flat(Machine(parts.W, parts.U / 2, parts.J / 2, parts.a, parts.b))


def descent(machine, data, rounds, keep_log_z=True):
    """G and -<ln P> after every half step, starting before the first E step.

    Returns
    -------
    objectives, losses : float64[2 rounds + 1]
    machine : Machine
    """
    Q = np.full((len(data), 2 ** len(machine.b)), 2.0 ** -len(machine.b))
    objectives, losses = [objective(machine, Q, data)], [-exact.log_likelihood(machine, data)]
    for _ in range(rounds):
        Q = exact.posterior(machine)
        objectives.append(objective(machine, Q, data))
        losses.append(losses[-1])
        machine = m_step(machine, Q, data, keep_log_z)
        objectives.append(objective(machine, Q, data))
        losses.append(-exact.log_likelihood(machine, data))
    return np.array(objectives), np.array(losses), machine
