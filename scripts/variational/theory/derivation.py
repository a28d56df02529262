r"""The two derivations of the book, expression by expression, in numbers.

Each function returns the value of every expression between two equality signs, so that a line that
does not follow shows up as a number that differs. The expressions are those of sections 4.2 and 4.3.
"""

import numpy as np


def elbo_lines(Q, log_joint):
    """The seven expressions that lead from D(Q||P(Z|X)) to -ELBO + ln P(X).

    Parameters
    ----------
    Q, log_joint : ndarray, float64[..., n]
        A distribution without zeros, and ln P(X, Z).

    Returns
    -------
    ndarray, float64[7, ...]
    """
    joint = np.exp(log_joint)
    evidence = joint.sum(-1, keepdims=True)
    log_evidence, log_q = np.log(evidence)[..., 0], np.log(Q)
    normal = Q.sum(-1)
    return np.stack([
        (Q * np.log(Q / (joint / evidence))).sum(-1),
        (Q * (log_q - np.log(joint / evidence))).sum(-1),
        (Q * (log_q - log_joint + np.log(evidence))).sum(-1),
        (Q * log_q).sum(-1) - (Q * log_joint).sum(-1) + (Q * np.log(evidence)).sum(-1),
        (Q * log_q).sum(-1) - (Q * log_joint).sum(-1) + log_evidence * normal,
        -(Q * np.log(joint / Q)).sum(-1) + log_evidence,
        -((Q * log_joint).sum(-1) - (Q * log_q).sum(-1)) + log_evidence,
    ])  # fmt: skip


def free_energy_lines(Q, E, beta, boltzmann=1.0, *, printed=False, log_z_factor=1.0):
    """The eight expressions that lead from D(Q||P) to beta (F[Q] - F).

    Parameters
    ----------
    Q, E : ndarray, float64[n]
        A distribution without zeros, and the energies.
    beta : float
        1/(k_B T).
    boltzmann : float
        k_B, in units of energy per temperature; S = -k_B <ln Q> as the book defines it.
    printed : bool
        As in the book: ln Z with the wrong sign in the third to the sixth expression, and the seventh
        without the k_B of beta k_B T = 1.
    log_z_factor : float
        Of ln Z in the third to the seventh expression, to plant a fault.

    Returns
    -------
    ndarray, float64[8]
    """
    weights, T, k = np.exp(-beta * E), 1 / (boltzmann * beta), 1.0 if printed else boltzmann
    Z = weights.sum()
    log_q, mean, entropy = np.log(Q), Q @ E, -boltzmann * (Q @ np.log(Q))
    log_z = log_z_factor * np.log(Z)
    slip = -log_z if printed else log_z
    return np.array([
        Q @ np.log(Q / (weights / Z)),
        Q @ (log_q - np.log(weights / Z)),
        Q @ (log_q + beta * E + slip),
        Q @ log_q + beta * (Q @ E) + slip * Q.sum(),
        Q @ log_q + beta * mean + slip,
        -beta * T * entropy + beta * mean + slip,
        beta * (mean - T * entropy) + beta * (k * T * log_z),
        beta * ((mean - T * entropy) - (-boltzmann * T * np.log(Z))),
    ])  # fmt: skip
