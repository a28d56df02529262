r"""Transfer matrices of narrow strips and small tori with further neighbors, J = k_B = 1.

Rows of L spins are states; between rows a weight exp(sum K s_i s'_j). Square with diagonals: K1 on the four
nearest, K2 on the four diagonal neighbors. Triangular: nearest and one diagonal, equal.

- The critical coupling follows from no knowledge of the universality class: where xi_L / L is equal for
  two widths
  (phenomenological renormalization, Nightingale, Physica A 83, 561 (1976)).
- Moments of M on a torus: Z(h) = Tr [e^{h m} V]^L as a power series in h, so that <M^2> and <M^4> are exact.
"""

import functools

import numpy as np
from scipy.optimize import brentq

LARGEST_EDGE = 10


def rows(L):
    """All rows of L spins, float64[2^L, L]."""
    return 1.0 - 2.0 * ((np.arange(2**L)[:, None] >> np.arange(L)) & 1)


def transfer_matrix(L, across, diagonals):
    """V[s, s'] of one row, the weights within a row split evenly.

    Parameters
    ----------
    L : int
    across : float
        Coupling of nearest neighbors.
    diagonals : pair of float
        Coupling of s_i with s'_{i+1} and with s'_{i-1}.

    Returns
    -------
    float64[2^L, 2^L]
    """
    s = rows(L)
    within = across * (s * np.roll(s, -1, axis=1)).sum(axis=1)
    between = across * s + diagonals[0] * np.roll(s, 1, axis=1) + diagonals[1] * np.roll(s, -1, axis=1)
    exponent = s @ between.T
    return np.exp(exponent + 0.5 * (within[:, None] + within[None, :]))


def couplings(lattice, K):
    """Arguments of `transfer_matrix` for a lattice with one coupling: square, square_diagonal, triangular."""
    return {"square": (K, (0.0, 0.0)), "square_diagonal": (K, (K, K)), "triangular": (K, (K, 0.0))}[lattice]


def gap(L, across, diagonals, iterations=250):
    """ln(lambda_0 / lambda_1) of the strip: the largest eigenvalues, even and odd under a flip of all spins.

    By powers of the matrix. The next eigenvalue of a sector is smaller by e^(-2 pi / L) at the critical
    point, so that 250 steps leave nothing to see up to L = 20.
    """
    half = 2 ** (L - 1)
    V = transfer_matrix(L, across, diagonals)
    V /= V.max()
    same, flipped = V[:half, :half], V[:half, ::-1][:, :half]
    starts = (np.ones(half), rows(L)[:half].sum(axis=1) + 0.1)
    found = []
    for sign, v in zip((1, -1), starts, strict=True):
        matrix = same + sign * flipped
        for _ in range(iterations):
            image = matrix @ v
            size = np.linalg.norm(image)
            v = image / size
        found.append(size)
    return float(np.log(found[0] / found[1]))


def crossing(L, couple, low, high):
    """K where the lengths of the widths L and L + 1 are equally many widths.

    Parameters
    ----------
    L : int
    couple : callable
        K -> arguments (across, diagonals).
    low, high : float
        Between which it lies.

    Returns
    -------
    float
    """
    return brentq(lambda K: L * gap(L, *couple(K)) - (L + 1) * gap(L + 1, *couple(K)), low, high, xtol=1e-13)


def critical_coupling(couple, low, high, widths=(5, 6, 7)):
    """Critical coupling from crossings, extrapolated from three widths.

    The inverse length scales as L^-1 with corrections L^-2 and more, and divided by its slope in K as
    L^(-2 - y_t): the crossings go as K + a L^-3 + b L^-p with the mean width. Lattices differ in p.

    Parameters
    ----------
    couple, low, high
        As in `crossing`.
    widths : sequence of int
        Three.

    Returns
    -------
    value, error : float
        Mean of p = 4 and p = 5, and their difference.

    Raises
    ------
    ValueError
        With other than three widths.
    """
    if len(widths) != 3:
        raise ValueError(f"the extrapolation takes three widths, not {len(widths)}")
    found = [crossing(L, couple, low, high) for L in widths]
    mean = np.array(widths, dtype=float) + 0.5
    limits = [
        float(np.linalg.solve(np.stack([np.ones(3), mean**-3, mean**-p], axis=1), found)[0]) for p in (4, 5)
    ]
    return sum(limits) / 2, abs(limits[0] - limits[1])


def extrapolated(sizes, values):
    """x of values = x + a L^-w through three points; their last value if they do not bend."""
    (a, b, c), L = values, [float(size) for size in sizes]

    def miss(w):
        p = [x**-w for x in L]
        return (a - b) / (p[0] - p[1]) - (b - c) / (p[1] - p[2])

    if miss(0.2) * miss(12.0) > 0:
        return float(c)
    w = brentq(miss, 0.2, 12.0, xtol=1e-12)
    return float(c - (b - c) / (L[1] ** -w - L[2] ** -w) * L[2] ** -w)


@functools.cache
def moments(lattice, L, K):
    """<m^2> and U4 = 1 - <m^4> / (3 <m^2>^2) of the L x L torus, exact.

    Parameters
    ----------
    lattice : str
        As in `couplings`.
    L : int
        From 3 to `LARGEST_EDGE`.
    K : float

    Returns
    -------
    m2, u4 : float

    Raises
    ------
    ValueError
        If L is out of range.
    """
    if not 3 <= L <= LARGEST_EDGE:
        raise ValueError(f"L = {L}: allowed are edges from 3 to {LARGEST_EDGE}")
    V = transfer_matrix(L, *couplings(lattice, K))
    V /= V.max()
    m = rows(L).sum(axis=1)
    factorials = (1, 1, 2, 6, 24)
    series = [(m**k / factorials[k])[:, None] * V for k in range(5)]
    z, second, fourth = _trace_of_power(series, L)[::2]
    return float(2 * second / z / L**4), float(1 - 24 * fourth * z / (3 * (2 * second) ** 2))


def binder(lattice, L, K):
    """U4 of the L x L torus, exact; see `moments`."""
    return moments(lattice, L, K)[1]


def binder_slope(lattice, L, K, step=1e-4):
    """dU4/dK of the L x L torus, by a central difference whose error is of the order of ``step`` squared."""
    return (binder(lattice, L, K + step) - binder(lattice, L, K - step)) / (2 * step)


def _trace_of_power(series, n):
    """Coefficients of the trace of the n-th power of a matrix-valued power series, to fourth order."""
    half = _power(series, n // 2)
    rest = half if n % 2 == 0 else _product(half, series)
    return [sum((half[i] * rest[k - i].T).sum() for i in range(k + 1)) for k in range(5)]


def _power(series, n):
    if n == 1:
        return series
    half = _power(series, n // 2)
    square = _product(half, half)
    square = [part / square[0].max() for part in square]  # only ratios of coefficients matter
    return square if n % 2 == 0 else _product(square, series)


def _product(first, second):
    return [sum(first[i] @ second[k - i] for i in range(k + 1)) for k in range(5)]
