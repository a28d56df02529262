"""Entropy, heat and information of the forward process dx = -x dt + sqrt(2) dB in one dimension.

The potential is x^2 / 2 and the bath has k_B T = 1, so the stationary law is N(0, 1) and D = 1.
Entropy production rate I(t) = int p (d ln p/dx + x)^2 dx; system: dS/dt = I - (heat), where the
entropy handed to the bath is -dU/dt, U = <x^2>/2. Then dKL(p || N)/dt = -I: the H-theorem.
See Seifert, Rep. Prog. Phys. 75, 126001 (2012), doi:10.1088/0034-4885/75/12/126001.
"""

import numpy as np

from scripts.diffusion.theory import mixture as theory

POINTS = 3001
PANELS, ORDER = 48, 16


def grid(mixture):
    """Equally spaced points that hold all of the mixture and of N(0, 1), for the trapezoid rule."""
    _, means, variances = mixture
    reach = np.abs(means).max() + 9 * np.sqrt(max(variances.max(), 1.0))
    return np.linspace(-reach, reach, POINTS)


def state(mixture, t):
    """What holds at time t.

    Returns
    -------
    dict of str to float
        ``entropy`` of x, ``kl`` to N(0, 1), ``rate`` of entropy production and
        ``information`` I(x_0; x_t) in nats (infinite at t = 0: the data are known without noise).
    """
    now = theory.noised(mixture, t)
    x = grid(mixture)
    width = x[1] - x[0]
    logs = theory.log_density(x, now)
    p = np.exp(logs)
    entropy = -np.sum(p * logs) * width
    energy = np.sum(p * x**2) * width / 2
    noise = 1 - np.exp(-2 * t)
    return {
        "entropy": entropy,
        "kl": -entropy + energy + np.log(2 * np.pi) / 2,
        "rate": np.sum(p * (theory.score(x, now) + x) ** 2) * width,
        "information": entropy - 0.5 * np.log(2 * np.pi * np.e * noise) if t > 0 else np.inf,
    }


def production(mixture, start, end, panels=PANELS):
    """Integral of the entropy production from ``start`` to ``end``, by Gauss-Legendre panels.

    The panels are even in ln(1 + t / 0.02), because the rate changes fast at first.
    """
    nodes, weights = np.polynomial.legendre.leggauss(ORDER)
    scale = 0.02
    edges = np.linspace(np.log1p(start / scale), np.log1p(end / scale), panels + 1)
    middle, half = (edges[1:] + edges[:-1]) / 2, np.diff(edges) / 2
    u = (middle[:, None] + half[:, None] * nodes).ravel()
    jacobian = scale * np.exp(u)
    rates = np.array([state(mixture, scale * np.expm1(v))["rate"] for v in u])
    return float(np.sum((half[:, None] * weights).ravel() * jacobian * rates))


def transport(mixture, start, end):
    """Squared Wasserstein distance of the laws at two times: the monotone map moves the first one.

    W2^2 = int p_start(x) (x - Q_end(F_start(x)))^2 dx. Above the median the mirror images are used,
    because 1 - F loses its digits there.
    """
    first, last = theory.noised(mixture, start), theory.noised(mixture, end)
    x = grid(mixture)
    p, levels = theory.density(x, first), theory.distribution(x, first)
    used = p > 1e-14
    lower, upper = used & (levels <= 0.5), used & (levels > 0.5)
    moved = x.copy()
    moved[lower] = theory.quantiles(levels[lower], last)
    mirrored, target = ((law[0], -law[1], law[2]) for law in (first, last))
    moved[upper] = -theory.quantiles(theory.distribution(-x[upper], mirrored), target)
    return float(np.sum(p * (moved - x) ** 2) * (x[1] - x[0]))
