r"""The two derivations of the book, expression by expression, in numbers.

Each function returns the value of every expression between two equality signs, so that a line that
does not follow shows up as a number that differs. The expressions are those of sections 4.2 and 4.3;
``sign`` = -1 is the second one as printed, where ln(e^{-beta E}/Z) loses the sign of ln Z.
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


def free_energy_lines(Q, E, beta, sign=1):
    """The eight expressions that lead from D(Q||P) to beta (F[Q] - F).

    Parameters
    ----------
    Q, E : ndarray, float64[n]
        A distribution without zeros, and the energies.
    beta : float
    sign : {1, -1}
        Of ln Z in the third to the sixth expression: -1 as printed.

    Returns
    -------
    ndarray, float64[8]
    """
    weights, T = np.exp(-beta * E), 1 / beta
    Z = weights.sum()
    log_z, log_q, mean, entropy = np.log(Z), np.log(Q), Q @ E, -(Q @ np.log(Q))
    return np.array([
        Q @ np.log(Q / (weights / Z)),
        Q @ (log_q - np.log(weights / Z)),
        Q @ (log_q + beta * E + sign * log_z),
        Q @ log_q + beta * (Q @ E) + sign * log_z * Q.sum(),
        Q @ log_q + beta * mean + sign * log_z,
        -beta * T * entropy + beta * mean + sign * log_z,
        beta * (mean - T * entropy) + beta * (T * log_z),
        beta * ((mean - T * entropy) - (-T * log_z)),
    ])  # fmt: skip
