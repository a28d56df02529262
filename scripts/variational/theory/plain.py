r"""Mean field, TAP and Bethe once more, the plain way: many instances at once, sums over all states.

For small systems only. Every formula is another one than that of the kernels:

- mean field: -beta F[Q] is <-beta E> + entropy of the product distribution, summed over all states;
- TAP: the expansion in the couplings at fixed means (Plefka), whose second order is half the variance of
  beta/2 s'Js under that distribution, less what single spins explain;
- Bethe: messages as odds; energies and entropies of the beliefs of spins and pairs;
- correlations: the derivative of the equations, by differences, solved for d m/d(beta h).

Source: T. Plefka, J. Phys. A 15, 1971 (1982), doi:10.1088/0305-4470/15/6/035; J. S. Yedidia,
W. T. Freeman and Y. Weiss, IEEE Trans. Inf. Theory 51, 2282 (2005), doi:10.1109/TIT.2005.850085.
"""

from functools import cache

import numpy as np
from scipy.special import logsumexp, xlogy

KEPT = 0.5  # of the old means in each step
STEPS, STILL = 3000, 1e-14
STEP = 1e-6  # of the differences


@cache
def states(n):
    """All states of n spins, float64[2^n, n]."""
    return 1.0 - 2.0 * (np.indices((2,) * n).reshape(n, -1).T)


def exact(J, h, beta):
    """ln Z, <s_i> and the connected <s_i s_j> of one instance, by all states in one array."""
    s = states(len(h))
    exponent = beta * (((s @ J) * s).sum(1) / 2 + s @ h)
    log_z = logsumexp(exponent)
    P = np.exp(exponent - log_z)
    m = P @ s
    return float(log_z), m, (s.T * P) @ s - np.outer(m, m)


def mean_field_map(J, h, beta, m):
    """Right-hand side of the equations of mean field; all arguments may hold many instances."""
    return np.tanh(beta * (h + (J @ m[..., None])[..., 0]))


def tap_map(J, h, beta, m):
    """The same of TAP: every spin's own influence on its neighbors is taken off their means."""
    own = beta * (J**2 @ (1 - m**2)[..., None])[..., 0]
    return np.tanh(beta * (h + (J @ m[..., None])[..., 0] - own * m))


def means(equations, J, h, beta):
    """Solutions by damped iteration of all spins at once, float64[k, n], from those without couplings."""
    m = np.tanh(beta * h)
    for _ in range(STEPS):
        new = equations(J, h, beta, m)
        moved = np.abs(new - m).max()
        m = KEPT * m + (1 - KEPT) * new
        if moved <= STILL:
            break
    return m


def response(equations, J, h, beta, m):
    """d m_i/d(beta h_j) along the solutions, float64[k, n, n]."""
    n = h.shape[-1]
    by_mean, by_field = np.empty((2, len(h), n, n))
    for j in range(n):
        shift = STEP * np.eye(n)[j]
        up, down = (equations(J, h, beta, m + sign * shift) for sign in (1, -1))
        by_mean[:, :, j] = (up - down) / (2 * STEP)
        up, down = (equations(J, h + sign * shift / beta, beta, m) for sign in (1, -1))
        by_field[:, :, j] = (up - down) / (2 * STEP)
    return np.linalg.solve(np.eye(n) - by_mean, by_field)


def expanded(J, h, beta, m, order):
    """Estimate of ln Z of one instance from its means, to first (mean field) or second order (TAP)."""
    s = states(len(m))
    Q = ((1 + s * m) / 2).prod(1)
    value = beta * (Q @ (((s @ J) * s).sum(1) / 2 + s @ h)) - xlogy(Q, Q).sum()
    if order == 1:
        return float(value)
    pairs = beta * ((s @ J) * s).sum(1) / 2
    loose, off = 1 - m**2, s - m
    explained = (Q * (pairs - Q @ pairs)) @ off  # covariance with each spin
    left = Q @ (pairs - Q @ pairs) ** 2 - (explained**2 / loose).sum()
    return float(value + left / 2)


def bethe(J, h, beta):
    """ln Z and <s_i> of many instances by belief propagation, float64[k] and float64[k, n]; all J but J_ii.

    Messages are probabilities of up, p_ij from i to j.
    """
    k, n = h.shape
    p, diagonal = np.full((k, n, n), 0.5), np.eye(n, dtype=bool)
    like, unlike = np.exp(beta * J), np.exp(-beta * J)
    for _ in range(STEPS):
        odds = np.where(diagonal, 1.0, p / (1 - p))
        without = np.exp(2 * beta * h)[:, :, None] * odds.prod(1)[:, :, None] / np.moveaxis(odds, 1, 2)
        up = without / (1 + without)  # of i without j
        new = (like * up + unlike * (1 - up)) / (like + unlike)
        moved = np.abs(new - p).max()
        p = new
        if moved <= STILL:
            break
    belief = np.exp(2 * beta * h) * np.where(diagonal, 1.0, p / (1 - p)).prod(1)
    belief = belief / (1 + belief)
    return _bethe_free_energy(J, h, beta, up, belief), 2 * belief - 1


def _bethe_free_energy(J, h, beta, up, belief):
    """-beta F of Bethe: energies and entropies of pairs, and what spins are counted too often."""
    back = np.moveaxis(up, 1, 2)
    four = [
        (np.exp(beta * J * x * y) * (up if x > 0 else 1 - up) * (back if y > 0 else 1 - back), x * y)
        for x in (1, -1)
        for y in (1, -1)
    ]
    total = sum(weight for weight, _ in four)
    pairs = sum(beta * J * sign * w / total - xlogy(w / total, w / total) for w, sign in four)
    pairs = np.triu(pairs, 1).sum((1, 2))
    single = -xlogy(belief, belief) - xlogy(1 - belief, 1 - belief)
    neighbors = h.shape[1] - 1
    return pairs + (beta * h * (2 * belief - 1) - (neighbors - 1) * single).sum(1)
