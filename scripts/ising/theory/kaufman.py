r"""Kaufman's exact solution of the square-lattice Ising model on a finite torus.

J = k_B = 1, E = -sum_<ij> s_i s_j, K = 1/T, zero field. For n x m sites,

    Z = 1/2 (2 sinh 2K)^{nm/2} (Y_1 + Y_2 + Y_3 + Y_4),
    Y_1 = prod_{l odd} 2 cosh(m gamma_l / 2),   Y_2 = prod_{l odd} 2 sinh(m gamma_l / 2),
    Y_3, Y_4 the same over even l,              0 <= l < 2n,
    cosh gamma_l = cosh 2K coth 2K - cos(pi l / n),  gamma_0 = 2K + ln tanh K.

gamma_0 keeps its sign, negative above T_c, and Y_4 changes its sign with it. With s = sinh 2K
the modes are sinh^2(gamma_l / 2) = (s - 1)^2 / (2s) + sin^2(pi l / 2n), in which
nothing cancels. Products are kept as logarithms; derivatives are analytic.

Source: B. Kaufman, Phys. Rev. 76, 1232 (1949), doi:10.1103/PhysRev.76.1232;
A. E. Ferdinand and M. E. Fisher, Phys. Rev. 185, 832 (1969), doi:10.1103/PhysRev.185.832.
"""

import numpy as np

from scripts.ising.theory.checks import edges, temperatures

FROZEN = 6.0  # at K = 6 all excitations, of weight e^(-8K), are below the rounding of the ground states


def log_partition_function(size, T):
    """ln Z of the whole torus.

    Parameters
    ----------
    size : int or (int, int)
        Edge length L of a square, or the two edges n, m; odd or even, each at least 3.
    T : float or array
        Temperatures.

    Returns
    -------
    float or array
        Relative error about 1e-15.

    Raises
    ------
    ValueError
        If T <= 0 or an edge is shorter than 3.
    """
    n, m = edges(size)
    K, excess = _couplings(T)
    log_sum, _, _ = _log_sum(K, n, m)
    return (n * m * (np.log(2 * np.sinh(2 * K)) / 2 + 2 * excess) - np.log(2) + log_sum)[()]


def free_energy(size, T):
    """Free energy per spin, -T ln Z / (nm). Parameters as for `log_partition_function`."""
    n, m = edges(size)
    return -T * log_partition_function(size, T) / (n * m)


def energy(size, T):
    """Energy per spin, -(d ln Z / dK) / (nm).

    Parameters as for `log_partition_function`; absolute error about 1e-15 (3e-14 for L = 512).
    """
    n, m = edges(size)
    K, _ = _couplings(T)
    _, slope, _ = _log_sum(K, n, m)
    return (-1 / np.tanh(2 * K) - slope / (n * m))[()]


def specific_heat(size, T):
    """Specific heat per spin, K^2 (d^2 ln Z / dK^2) / (nm) = K^2 Var(E) / (nm).

    Parameters as for `log_partition_function`. Error about 1e-14 of the larger of c and 1, and 1e-12 at
    T_c for L = 512. Below T = 0.6, where c vanishes like 64 K^2 e^(-8K), only the absolute accuracy is
    left: `density_of_states` keeps the relative one.
    """
    n, m = edges(size)
    K, _ = _couplings(T)
    _, _, curvature = _log_sum(K, n, m)
    return (K**2 * (curvature / (n * m) - 2 / np.sinh(2 * K) ** 2))[()]


def entropy(size, T):
    """Entropy per spin, (ln Z + E/T) / (nm): ln 2 / (nm) at T = 0, ln 2 at infinite T."""
    n, m = edges(size)
    return log_partition_function(size, T) / (n * m) + energy(size, T) / temperatures(T)


def _couplings(T):
    """K = 1/T up to `FROZEN`, and what lies beyond, where only the ground states count."""
    K = 1 / temperatures(T)
    return np.minimum(K, FROZEN), np.maximum(K - FROZEN, 0)


def _modes(K, n):
    """gamma_l and its first two derivatives in K, for l = 0..n; gamma_{2n-l} = gamma_l.

    From sinh(gamma) gamma' = (s + 1/s)' and its derivative; the mode l = 0, where
    sinh(gamma) may vanish, has gamma' = 2 + 2/s in closed form.
    """
    K = K[..., None]
    s, c = np.sinh(2 * K), np.cosh(2 * K)
    zero = (s - 1) / np.sqrt(2 * s)  # sinh(gamma_0 / 2), signed
    square = zero**2 + np.sin(np.pi / (2 * n) * np.arange(1, n + 1)) ** 2
    sinh = 2 * np.sqrt(square) * np.sqrt(1 + square)
    first = 2 * c * (s - 1) * (s + 1) / s**2 / sinh
    curvature = 4 * (s - 1) * (s + 1) / s + 8 * (c / s) ** 2 / s
    second = (curvature - (1 + 2 * square) * first**2) / sinh
    gamma = 2 * np.arcsinh(np.concatenate([zero, np.sqrt(square)], axis=-1))
    first = np.concatenate([2 + 2 / s, first], axis=-1)
    return gamma, first, np.concatenate([-4 * c / s**2, second], axis=-1)


def _log_product(x, weight, sign):
    """ln prod (e^x + sign e^-x)^weight over the last axis, and its derivatives.

    ``x`` holds the values, all positive, and their two derivatives.
    """
    x, first, second = x
    q = np.exp(-2 * x)
    ratio = (1 - sign * q) / (1 + sign * q)  # tanh or coth
    bend = sign * 4 * q / (1 + sign * q) ** 2  # sech^2 or -csch^2
    terms = x + np.log1p(sign * q), first * ratio, second * ratio + first**2 * bend
    return [term @ weight for term in terms]


def _log_sum(K, n, m):
    """ln(Y_1 + Y_2 + Y_3 + Y_4) and its first two derivatives in K.

    Each Y is f exp(p), where f holds the mode l = 0, the only one that may vanish. The
    derivatives are taken relative to a common reference (those of Y_1): it is the
    differences, of order L, that are squared and not the energies, of order L^2.
    """
    x = [m / 2 * mode for mode in _modes(K, n)]
    weight = np.full(n + 1, 2.0)
    weight[[0, n]] = 1
    odd, even = slice(1, None, 2), slice(2, None, 2)
    products = [
        _log_product([part[..., modes] for part in x], weight[modes], sign)
        for modes in (odd, even)
        for sign in (1, -1)
    ]
    one = (np.ones_like(K), np.zeros_like(K), np.zeros_like(K))
    factors = [one, one, *_zero_mode(*(part[..., 0] for part in x))]
    for product in products[2:]:
        product[0] = product[0] + np.abs(x[0][..., 0])
    top = np.max([product[0] for product in products], axis=0)
    _, slope, bend = products[0]
    sums = np.zeros((3, *K.shape))
    for (f, f1, f2), (p, p1, p2) in zip(factors, products, strict=True):
        a, b = p1 - slope, p2 - bend
        sums += np.exp(p - top) * np.array([f, f1 + f * a, f2 + 2 * f1 * a + f * (a * a + b)])
    total, first, second = sums
    return top + np.log(total), slope + first / total, bend + second / total - (first / total) ** 2


def _zero_mode(x, first, second):
    """2 cosh x and 2 sinh x with their derivatives in K, all divided by e^|x|."""
    q = np.exp(-2 * np.abs(x))
    cosh, sinh = 1 + q, np.sign(x) * -np.expm1(-2 * np.abs(x))
    return (
        (cosh, sinh * first, cosh * first**2 + sinh * second),
        (sinh, cosh * first, sinh * first**2 + cosh * second),
    )
