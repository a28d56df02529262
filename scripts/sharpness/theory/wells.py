r"""Two valleys by quadrature: Boltzmann's weights, mean first-passage times, Kramers' law (k_B = 1,
mobility 1).

V(x) = (x^2 - 1)^2 / 4 to the left of the pass at x = 0; to the right 1/4 + h [(u^2 - 1)^2 - 1] / 4,
u = x/w.

Mean time from a to b with a reflecting end at minus infinity:

    t = (1/D) int_a^b dy e^{V(y)/D} int_{-inf}^y dz e^{-V(z)/D}

(Gardiner, Handbook of Stochastic Methods, section 5.2.7).
"""

import numpy as np

FAR = 8.0  # widths beyond which nothing is left: V/D > 900 for D <= 1
ORDER = 40  # Gauss-Legendre points of one piece
PIECES = 200


def potential(x, width=1.0, depth=1.0):
    """V(x), zero on the floor of the sharp valley."""
    x = np.asarray(x, float)
    u = np.where(x > 0, x / width, x)
    side = np.where(x > 0, depth, 1.0)
    return 0.25 + side * ((u**2 - 1) ** 2 - 1) / 4


def _nodes(start, end):
    """Composite Gauss-Legendre points and weights: float64[PIECES, ORDER] each."""
    x, weights = np.polynomial.legendre.leggauss(ORDER)
    edges = np.linspace(start, end, PIECES + 1)
    half = np.diff(edges)[:, None] / 2
    return (edges[:-1, None] + edges[1:, None]) / 2 + half * x, half * weights


def weights(D, width=1.0, depth=1.0):
    """Integrals of e^{-V/D} over the sharp and the flat valley, (float, float)."""
    found = []
    for start, end in ((-FAR, 0.0), (0.0, FAR * width)):
        x, w = _nodes(start, end)
        found.append(float((w * np.exp(-potential(x, width, depth) / D)).sum()))
    return tuple(found)


def flat_share(D, width=1.0, depth=1.0):
    """Probability of the flat valley; w / (1 + w) at any temperature if both are equally deep."""
    sharp, flat = weights(D, width, depth)
    return flat / (sharp + flat)


def passage_time(D, start=-1.0, end=1.0, width=1.0, depth=1.0):
    """Mean first-passage time from ``start`` < 0 to ``end`` > 0, by two nested quadratures."""
    total, below = 0.0, 0.0
    for low, high in ((-FAR, start), (start, 0.0), (0.0, end)):
        y, outer = _nodes(low, high)
        edges = np.linspace(low, high, PIECES + 1)
        whole = (outer * np.exp(-potential(y, width, depth) / D)).sum(axis=1)
        floor = below + np.concatenate([[0.0], np.cumsum(whole)])
        if low >= start:
            inner = floor[:-1, None] + _to_node(edges[:-1], y, D, width, depth)
            total += (outer * np.exp(potential(y, width, depth) / D) * inner).sum()
        below = floor[-1]
    return float(total / D)


def _to_node(edges, y, D, width, depth):
    """Integrals of e^{-V/D} from the left edge of a piece to its points, float64[PIECES, ORDER]."""
    x, w = np.polynomial.legendre.leggauss(ORDER)
    half = (y - edges[:, None]) / 2
    z = edges[:, None, None] + half[:, :, None] * (1 + x)
    return half * (np.exp(-potential(z, width, depth) / D) @ w)


def kramers_time(D):
    """Kramers' law between equal valleys: 2 pi e^{(1/4)/D} / sqrt(V''(-1) |V''(0)|), curvatures 2 and -1."""
    return float(2 * np.pi / np.sqrt(2.0) * np.exp(0.25 / D))
