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
        current = _symmetric(shaped(vector, machine))
        model = exact.expectations(exact.joint_probabilities(current), exact.BITS, *sizes)
        slope = Machine(*(m - w for m, w in zip(model, wanted, strict=True)))
        # The entries U_ik and U_ki are varied each for itself: half of the derivative belongs to each.
        return objective(current, Q, data), flat(slope._replace(U=slope.U / 2, J=slope.J / 2))

    bounds = [(-BOX, BOX)] * len(flat(machine))
    found = optimize.minimize(
        value, flat(machine), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": steps}
    )
    return _symmetric(shaped(found.x, machine))


def _symmetric(machine):
    return machine._replace(U=(machine.U + machine.U.T) / 2, J=(machine.J + machine.J.T) / 2)


def descent(machine, data, rounds, keep_log_z=True):
    """G and the machine after every half step, starting before the first E step.

    Returns
    -------
    objectives : float64[2 rounds + 1]
    machines : list of Machine
    """
    Q = np.full((len(data), 2 ** len(machine.b)), 2.0 ** -len(machine.b))
    objectives, machines = [objective(machine, Q, data)], [machine]
    for _ in range(rounds):
        Q = exact.posterior(machine)
        objectives.append(objective(machine, Q, data))
        machines += [machine, m_step(machine, Q, data, keep_log_z)]
        machine = machines[-1]
        objectives.append(objective(machine, Q, data))
    return np.array(objectives), machines
