r"""Markov chains by their matrices: T[x, y] is the probability to go from x to y.

Stationary law :math:`\pi T = \pi`. For a function f of the state, with the fundamental matrix
:math:`Z = (1 - T + 1\pi)^{-1}` (Kemeny and Snell, Finite Markov Chains, 1960), the mean of N
steps has asymptotically the covariance

.. math:: N\,\mathrm{Cov} = D Z + (D Z)^{\mathsf T} - D - \pi^{\mathsf T}\pi, \qquad D = \mathrm{diag}(\pi),

which is also true without detailed balance.
"""

import numpy as np


def acceptance(rule, ratio):
    """Acceptance probabilities that satisfy A(r) / A(1/r) = r.

    Parameters
    ----------
    rule : {"metropolis", "barker"}
        min(1, r), Hastings (1970); r / (1 + r), Barker, Aust. J. Phys. 18, 119 (1965).
    ratio : float64[...]
        r = P(y) g(x|y) / (P(x) g(y|x)).
    """
    return np.minimum(1.0, ratio) if rule == "metropolis" else ratio / (1 + ratio)


def transition_matrix(law, proposal, rule):
    """T = g A off the diagonal; what is rejected stays.

    Parameters
    ----------
    law : float64[n]
    proposal : float64[n, n]
        g(y|x) as [x, y]; pairs of which only one direction can be proposed are never accepted.
    rule : str
        Of `acceptance`.

    Returns
    -------
    float64[n, n]
    """
    flow = law[:, None] * proposal
    both = (flow > 0) & (flow.T > 0)
    ratio = np.divide(flow.T, flow, out=np.zeros_like(flow), where=both)
    return with_rest(np.where(both, proposal * acceptance(rule, ratio), 0.0))


def with_rest(moves):
    """The matrix whose diagonal makes each row sum to one."""
    matrix = moves - np.diag(np.diag(moves))
    return matrix + np.diag(1 - matrix.sum(axis=1))


def door_proposal(neighbors):
    """One of the doors at random; a room without doors proposes itself. bool[n, n] -> float64[n, n]."""
    n_doors = neighbors.sum(axis=1)
    return np.where(n_doors[:, None] > 0, neighbors / np.maximum(n_doors, 1)[:, None], np.eye(len(neighbors)))


def suwa_todo(weights):
    """Chain that fills the rejected weight of one state into the next: stationary, without detailed balance.

    Suwa and Todo, Phys. Rev. Lett. 105, 120603 (2010), doi:10.1103/PhysRevLett.105.120603.

    Parameters
    ----------
    weights : float64[n]
        Normalized or not, in any order.

    Returns
    -------
    float64[n, n]
    """
    order = np.argsort(-weights, kind="stable")
    w = weights[order] / weights.sum()
    cumulative = np.cumsum(w)
    before = np.roll(cumulative, 1)  # S_{j-1}, and S_n in place of S_0
    overlap = cumulative[:, None] - before[None, :] + w[0]
    flow = np.minimum(np.minimum(overlap, w[:, None] + w[None, :] - overlap), np.minimum.outer(w, w))
    matrix = np.empty((len(w), len(w)))
    matrix[np.ix_(order, order)] = np.maximum(flow, 0) / w[:, None]
    return matrix


def currents(law, matrix):
    """Net flow of probability from x to y, pi_x T_xy - pi_y T_yx, float64[n, n]; zero in detailed balance."""
    flow = law[:, None] * matrix
    return flow - flow.T


def second_eigenvalue(matrix):
    """The largest modulus among the eigenvalues but the one."""
    values = np.linalg.eigvals(matrix)
    rest = np.delete(values, np.argmin(np.abs(values - 1)))
    return float(np.abs(rest).max())


def total_variation(law, laws):
    """Half the sum of absolute differences, float64[...] for laws[..., n]."""
    return np.abs(laws - law).sum(axis=-1) / 2


def laws_in_time(matrix, start, times):
    """Laws of a chain that starts in one state, float64[K, n] for K rising times."""
    law, now, found = np.eye(len(matrix))[start], 0, []
    for time in times:
        law = law @ np.linalg.matrix_power(matrix, int(time) - now)
        now = int(time)
        found.append(law)
    return np.array(found)


def decay_rate(matrix, law, start, n_steps):
    """Factor by which the distance to the law shrinks in a step, from propagation alone.

    The difference to the law is carried along and rescaled, so nothing cancels; what rounding
    adds along the law, which does not decay, is taken out. Two steps are taken together in
    case the leading eigenvalue is negative.
    """
    difference = start - law
    square = matrix @ matrix
    for _ in range(n_steps):
        difference = difference @ square
        difference -= difference.sum() * law
        size = np.abs(difference).sum()
        difference /= size
    return float(np.sqrt(size))


def share_covariance(law, matrix):
    """N times the covariance of the shares of N steps spent in the states, N to infinity, float64[n, n]."""
    flow = law[:, None] * np.linalg.inv(np.eye(len(law)) - matrix + law)
    return flow + flow.T - np.diag(law) - np.outer(law, law)


def autocorrelation_time(law, matrix, f):
    """tau = 1/2 + sum_t rho(t) of a function of the state, in steps.

    Parameters
    ----------
    law : float64[n]
    matrix : float64[n, n]
    f : float64[n]
    """
    deviation = f - law @ f
    return float(f @ share_covariance(law, matrix) @ f / (2 * (law @ deviation**2)))


def mean_variance(law, matrix, f, n_steps):
    """Exact variance of the mean of f over n steps in equilibrium; for chains in detailed balance.

    By the spectrum, rho(t) = sum_k w_k lambda_k^t; Var = (sigma^2 / n) (1 + 2 sum_t (1 - t / n) rho(t)).

    Parameters
    ----------
    f : float64[n_states]
    n_steps : float64[...]
    """
    root = np.sqrt(law)
    values, vectors = np.linalg.eigh(root[:, None] * matrix / root)
    weights = (vectors.T @ (root * (f - law @ f))) ** 2
    values, weights = values[:-1], weights[:-1]  # without the law itself
    n = np.asarray(n_steps, float)[..., None]
    sums = values / (1 - values) - values * (1 - values**n) / (n * (1 - values) ** 2)
    return ((1 + 2 * sums) @ weights) / n[..., 0]


def current_covariance(law, matrix, edges):
    """N times the covariance of the net counts through doors over N steps, N to infinity.

    The chain of pairs (x, y) is a Markov chain too; a net count is a sum of its function
    [pair = (a, b)] - [pair = (b, a)].

    Parameters
    ----------
    edges : int64[E, 2]

    Returns
    -------
    float64[E, E]
    """
    n = len(law)
    pairs = np.argwhere(matrix > 0)
    pair_law = law[pairs[:, 0]] * matrix[pairs[:, 0], pairs[:, 1]]
    follows = pairs[:, 1][:, None] == pairs[:, 0][None, :]
    pair_matrix = np.where(follows, matrix[pairs[:, 0], pairs[:, 1]][None, :], 0.0)
    place = np.full((n, n), -1)
    place[pairs[:, 0], pairs[:, 1]] = np.arange(len(pairs))
    signs = np.zeros((len(edges), len(pairs)))
    for k, (a, b) in enumerate(edges):
        for (x, y), sign in (((a, b), 1.0), ((b, a), -1.0)):
            if place[x, y] >= 0:  # a chain may go one way only
                signs[k, place[x, y]] = sign
    return signs @ share_covariance(pair_law, pair_matrix) @ signs.T
