r"""Exact density of states g(E) of the square-lattice Ising model on a torus, in integers.

J = 1, E = -sum_<ij> s_i s_j = -2N + 4j. With x = e^(-2K), Z = e^(2NK) P(x), where

    P(x) = sum_j g_j x^(2j) = 1/2 [P_aa + P_ap + P_pa + P_pp],
    P_bc(x)^2 = prod_{k in b, l in c} [(1 + x^2)^2 - 2x (1 - x^2)(cos k + cos l)],

over periodic (p, k = 2 pi r / n) and antiperiodic (a, k = 2 pi (r + 1/2) / n) momenta. Momenta come in pairs
(k, l), (-k, -l), which takes the root of the product; the unpaired ones are squares by
themselves, of 1 - 2x - x^2 at (0, 0), 1 + 2x - x^2 at (pi, pi) and 1 + x^2 at (0, pi) and (pi, 0). The
first of them keeps its sign, negative above T_c.

P has integer coefficients, so no floating point is needed: in a prime field that
holds the roots of unity the cosines are exact, P is evaluated at roots of unity and transformed
back, and the Chinese remainder theorem joins enough primes to hold 2^N.

Sources: the four Pfaffians of B. M. McCoy and T. T. Wu, The Two-Dimensional Ising Model
(Harvard University Press, 1973), chapter IV; exact g(E) first by P. D. Beale, Phys. Rev. Lett. 76, 78 (1996),
doi:10.1103/PhysRevLett.76.78.
"""

import functools
import math
from collections import Counter

import numpy as np

from scripts.ising.theory.checks import edges, integer, temperatures

LARGEST_EDGE = 32


def density_of_states(size):
    """Number of states g(E) of every energy level.

    Parameters
    ----------
    size : int or (int, int)
        Edge length L, or the edges n, m; odd or even, 3..32. L = 16 takes 0.1 s, L = 32 takes 2 s.

    Returns
    -------
    energies : int64[N + 1]
        E = -2N, -2N + 4, ..., 2N.
    counts : tuple of int, N + 1 of them
        Exact; their sum is 2^N.

    Raises
    ------
    ValueError
        If an edge is not within 3..32.
    """
    n, m = edges(size)
    integer("size", max(n, m), 3, LARGEST_EDGE)
    return 4 * np.arange(n * m + 1) - 2 * n * m, _counts(n, m)


@functools.lru_cache(maxsize=16)
def _counts(n, m):
    """The coefficients g_j of P by remainders modulo primes p = 1 mod the number of points."""
    common = 2 * n * m // math.gcd(n, m)
    n_points = common * (2 * n * m // common + 1)  # more than the degree 2N of P
    counts, modulus = [0] * (n * m + 1), 1
    primes = _primes(n_points)
    while modulus <= 2 ** (n * m):
        p = next(primes)
        residues = _coefficients(n, m, n_points, p)
        inverse = pow(modulus, -1, p)
        lift = [(r - c) * inverse % p for r, c in zip(residues, counts, strict=True)]
        counts = [c + modulus * step for c, step in zip(counts, lift, strict=True)]
        modulus *= p
    return tuple(counts)


def _primes(divisor):
    """Primes p = 1 mod ``divisor`` below 2^31, downward: twice a product of two residues fits 63 bits."""
    for p in range((2**31 - 2) // divisor * divisor + 1, divisor, -divisor):
        if all(p % q for q in range(2, math.isqrt(p) + 1)):
            yield p


def _root_of_unity(order, p):
    """An element of exactly this order modulo p."""
    factors = [q for q in range(2, order + 1) if order % q == 0 and all(q % r for r in range(2, q))]
    for base in range(2, p):
        root = pow(base, (p - 1) // order, p)
        if all(pow(root, order // q, p) != 1 for q in factors):
            return root
    raise ArithmeticError(f"no root of unity of order {order} modulo {p}")


def _powers(root, count, p):
    """root^0 .. root^(count - 1) modulo p."""
    powers = [1]
    for _ in range(count - 1):
        powers.append(powers[-1] * root % p)
    return np.array(powers, dtype=np.int64)


def _coefficients(n, m, n_points, p):
    """g_j modulo p: P at all powers of a root of unity, then the inverse Fourier transform."""
    x = _powers(_root_of_unity(n_points, p), n_points, p)
    boundaries = [(b, c) for b in (0, 1) for c in (0, 1)]
    values = sum(_pfaffian((n, m), boundary, x, p) for boundary in boundaries) % p
    scale = pow(2 * n_points, -1, p)
    index = np.arange(n_points)
    sums = [int((values * x[-2 * j * index % n_points] % p).sum()) for j in range(n * m + 1)]
    return [total * scale % p for total in sums]


def _pfaffian(shape, boundary, x, p):
    """P_bc modulo p at all points x, for periodic (0) or antiperiodic (1) momenta.

    Momenta are counted in units of pi / n and pi / m: even numbers are periodic, odd ones not.
    """
    n, m = shape
    square = x * x % p
    even_part = (1 + square) * (1 + square) % p
    odd_part = 2 * (x * (1 - square) % p)
    cos_k, cos_l = _cosines(x, n, p), _cosines(x, m, p)
    value = np.ones_like(x)
    for (k, l), times in _momenta(shape, boundary).items():  # noqa: E741, the momentum's usual name
        if times:
            factor = (even_part - odd_part * ((cos_k[k] + cos_l[l]) % p)) % p
            for _ in range(times):
                value = value * factor % p
        else:
            value = value * (_unpaired(k, l, x, square) % p) % p
    return value


def _momenta(shape, boundary):
    """The momenta of one sign of each pair, and how often each factor occurs: k and -k have the same.

    A momentum that is its own partner counts 0 times: the root of its factor has a form of its own.
    """
    n, m = shape
    found = Counter()
    for k in range(boundary[0], 2 * n, 2):
        for l in range(boundary[1], 2 * m, 2):  # noqa: E741, the momentum's usual name
            partner = (-k % (2 * n), -l % (2 * m))
            if partner >= (k, l):
                found[min(k, partner[0]), min(l, partner[1])] += partner != (k, l)
    return found


def _cosines(x, n, p):
    """cos(pi r / n) modulo p for r = 0..2n-1; ``x`` holds all powers of the root of unity."""
    step = len(x) // (2 * n)
    half = pow(2, -1, p)
    return [(int(x[r * step]) + int(x[-r * step])) * half % p for r in range(2 * n)]


def _unpaired(k, l, x, square):  # noqa: E741
    """The root of the factor of a momentum that is its own partner: each of k, l is 0 or pi."""
    if (k == 0) != (l == 0):
        return 1 + square
    return 1 - 2 * x - square if k == 0 else 1 + 2 * x - square


def _canonical(size, T):
    """ln(e^(-2NK) Z), and mean and variance of the level j = (E + 2N)/4; all terms are positive."""
    energies, counts = density_of_states(size)
    level = np.arange(len(energies), dtype=float)
    log_counts = np.array([math.log(count) if count else -np.inf for count in counts])
    exponents = log_counts - 4 / temperatures(T)[..., None] * level
    top = exponents.max(axis=-1, keepdims=True)
    weights = np.exp(exponents - top)
    total = weights.sum(axis=-1, keepdims=True)
    mean = (weights * level).sum(axis=-1, keepdims=True) / total
    variance = (weights * (level - mean) ** 2).sum(axis=-1, keepdims=True) / total
    return [np.squeeze(part, axis=-1) for part in (top + np.log(total), mean, variance)]


def log_partition_function(size, T):
    """ln Z of the whole torus; relative error 1e-15.

    Parameters
    ----------
    size : int or (int, int)
        As for `density_of_states`.
    T : float or array

    Returns
    -------
    float or array

    Raises
    ------
    ValueError
        If T <= 0 or an edge is not within 3..32.
    """
    n, m = edges(size)
    return (_canonical(size, T)[0] + 2 * n * m / temperatures(T))[()]


def energy(size, T):
    """Energy per spin. Parameters as for `log_partition_function`."""
    n, m = edges(size)
    return (4 * _canonical(size, T)[1] / (n * m) - 2)[()]


def specific_heat(size, T):
    """Specific heat per spin, K^2 Var(E) / N, with relative error 1e-13 at every T.

    Parameters as for `log_partition_function`.
    """
    n, m = edges(size)
    return (16 * _canonical(size, T)[2] / (temperatures(T) ** 2 * n * m))[()]


def entropy(size, T):
    """Canonical entropy per spin, (ln Z + E/T) / N; ln 2 / N at T = 0."""
    n, m = edges(size)
    log_sum, mean, _ = _canonical(size, T)
    return ((log_sum + 4 * mean / temperatures(T)) / (n * m))[()]
