r"""The Ising model on an infinitely long cylinder, by the leading eigenvector of its transfer matrix.

J = k_B = 1, E = -sum_<ij> s_i s_j - h sum_i s_i, K = 1/T; periodic around the width n. The symmetric transfer
matrix V = D^(1/2) W D^(1/2), with D the weights within a row and W = (e^K, e^-K; e^-K, e^K) on every
site, is applied site by site, n 2^n operations, inside Lanczos' method. With a field, or away
from T_c, results approach the infinite lattice exponentially in n / xi.

Source: H. A. Kramers and G. H. Wannier, Phys. Rev. 60, 252 (1941), doi:10.1103/PhysRev.60.252.
"""

import numpy as np
from scipy.sparse.linalg import LinearOperator, eigsh

from scripts.ising.theory.checks import integer, temperatures

LARGEST_WIDTH = 20
SLOWEST_DECAY = 0.75  # of the difference from one width to the next


def free_energy(width, T, h=0.0):
    """Free energy per spin, -T ln(lambda_0) / n.

    Parameters
    ----------
    width : int
        3..20; with one BLAS thread 14 takes 0.03 s, 16 takes 0.1 s, 20 some seconds.
    T : float
        Temperature.
    h : float
        Field.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If T <= 0 or the width is not within 3..20.
    """
    value, _ = _leading(width, T, h)
    return float(-T * np.log(value) / width - 2 - abs(h))


def magnetization(width, T, h):
    """Magnetization per spin, <v_0| m |v_0>; parameters as for `free_energy`."""
    _, vector = _leading(width, T, h)
    return float(vector**2 @ _row_magnetization(width)) / width


def infinite_magnetization(T, h, widths=(12, 14, 16)):
    """Magnetization per spin of the infinite lattice in a field, extrapolated in the width.

    The finite width enters like e^(-n/xi), so three widths in equal steps give the limit
    (Aitken's rule). On the critical isotherm h/T = 0.05 and 0.10: 0.862552 and 0.899227.

    Parameters
    ----------
    T : float
        Temperature.
    h : float
        Field, not 0: at h = 0 every finite width has m = 0.
    widths : (int, int, int)
        In equal steps.

    Returns
    -------
    value, error : float
        The error is the distance from the largest width to the limit.

    Raises
    ------
    ValueError
        If T <= 0, h = 0, a width is not within 3..20, or the widths do not reach beyond the
        correlation length, so that the differences hardly fall (h too small).
    """
    if h == 0:
        raise ValueError("h: must not be 0; take the spontaneous magnetization there")
    first, second, third = (magnetization(width, T, h) for width in widths)
    gain, before = third - second, second - first
    if abs(gain) > max(SLOWEST_DECAY * abs(before), 1e-12):
        raise ValueError(
            f"h: too small for width {widths[-1]}; the last two widths give {second} and {third}"
        )
    tail = gain**2 / (before - gain) if gain else 0.0
    return third + tail, abs(tail)


def _row_magnetization(width):
    down = np.array([bin(row).count("1") for row in range(2**width)])
    return width - 2 * down


def _leading(width, T, h):
    """The largest eigenvalue of V, relative to the weight of the ground state, and its vector."""
    width = integer("width", width, 3, LARGEST_WIDTH)
    K, B = 1 / float(temperatures(T)), float(h) / float(T)
    row = np.arange(2**width)
    turned = (row >> 1) | ((row & 1) << (width - 1))
    magnetization_of = _row_magnetization(width)
    walls = (width - _row_magnetization(width)[row ^ turned]) // 2
    half = np.exp(-K * walls + (B * magnetization_of - abs(B) * width) / 2)
    mixed = np.exp(-2 * K)

    def apply(v):
        v = half * v.ravel()
        for site in range(width):
            pair = v.reshape(2**site, 2, -1)
            v = pair + mixed * pair[:, ::-1]
        return half * v.ravel()

    operator = LinearOperator((len(row), len(row)), matvec=apply, dtype=float)
    start = half * (width + 1.0 + magnetization_of)  # has a part in the even and in the odd states
    values, vectors = eigsh(operator, k=1, v0=start, tol=0)
    return values[0], vectors[:, 0]
