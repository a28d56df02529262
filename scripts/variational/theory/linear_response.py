r"""Correlations from theories that have none: the response of the magnetization to a field.

C_ij = <s_i s_j> - <s_i><s_j> = d m_i / d(beta h_j), exact for the true m. Differentiating the equations of
mean field and of TAP instead gives

    C^{-1}_ij = delta_ij/(1 - m_i^2) - beta J_ij                                             (mean field),
    C^{-1}_ij = delta_ij [1/(1 - m_i^2) + beta^2 sum_k J_ik^2 (1 - m_k^2)]
                - beta J_ij - 2 beta^2 J_ij^2 m_i m_j                                        (TAP).

Source: H. J. Kappen and F. B. Rodriguez, Neural Comput. 10, 1137 (1998), doi:10.1162/089976698300017386.
"""

import numpy as np


def mean_field_correlation(J, beta, m):
    """C of mean field, float64[n, n], from its magnetizations."""
    return np.linalg.inv(np.diag(1 / _loose(m)) - beta * J)


def tap_correlation(J, beta, m):
    """C of TAP, float64[n, n], from its magnetizations."""
    loose = _loose(m)
    diagonal = 1 / loose + beta**2 * np.square(J) @ loose
    return np.linalg.inv(np.diag(diagonal) - beta * J - 2 * beta**2 * np.square(J) * np.outer(m, m))


def _loose(m):
    """1 - m^2, above zero where a cold spin's mean rounds to one."""
    return np.maximum(1 - m**2, 1e-30)
