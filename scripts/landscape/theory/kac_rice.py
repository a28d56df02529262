r"""How many critical points the spherical p-spin model has on average, exactly at every size N.

The Kac-Rice formula turns the mean number of critical points of index k into an average over one
random matrix (Auffinger, Ben Arous and Cerny, Comm. Pure Appl. Math. 66, 165 (2013),
doi:10.1002/cpa.21422): with lambda_0 <= ... <= lambda_{N-1} the eigenvalues of an N x N matrix of the
Gaussian orthogonal ensemble, <M_ij^2> = (1 + delta_ij) / (2 N),

    <number of index k> = 2 sqrt(2/p) (p-1)^(N/2) < exp(-N (p-2)/(2p) lambda_k^2) >,

and such a point has the energy per spin e = |e_th| lambda_k / sqrt(2), e_th = -sqrt(2 (p-1) / p). So
k given e is the number of eigenvalues below one that lies at lambda. The sum over k needs the density
of eigenvalues, and k = 0 the law of the smallest one. Both are exact: with x = sqrt(N) lambda and the
oscillator functions phi_j, all N eigenvalues lie above s with the probability Pf A(s) / Pf A(-inf),

    A_ij(s) = integral over x, y > s of sign(y - x) phi_i(x) phi_j(y),

bordered by the integrals of phi_i if N is odd (de Bruijn, J. Indian Math. Soc. 19, 133 (1955)).
"""

import numpy as np

CELLS = 1500  # of the integrals over x


def threshold(p):
    """Energy per spin e_th = -sqrt(2 (p - 1) / p), under which almost all critical points are minima."""
    return -np.sqrt(2 * (p - 1) / p)


def oscillators(n, x):
    """The first n orthonormal functions H_j(x) exp(-x^2/2), float64[n, len(x)], by their recursion."""
    found = np.empty((n, len(x)))
    found[0] = np.pi**-0.25 * np.exp(-(x**2) / 2)
    if n > 1:
        found[1] = np.sqrt(2) * x * found[0]
    for j in range(2, n):
        found[j] = np.sqrt(2 / j) * x * found[j - 1] - np.sqrt((j - 1) / j) * found[j - 2]
    return found


def _from_right(cells):
    """Integrals over all cells to the right of each point: float64[..., n + 1] of float64[..., n]."""
    found = np.zeros((*cells.shape[:-1], cells.shape[-1] + 1))
    found[..., :-1] = np.cumsum(cells[..., ::-1], axis=-1)[..., ::-1]
    return found


def _simpson(left, middle, right, width):
    return (left + 4 * middle + right) * width / 6


def _functions(n):
    """Points x float64[m] from right of all eigenvalues to left of them, phi and its integrals from x on."""
    reach = np.sqrt(2 * n) + 7
    x = np.linspace(-reach, reach, 2 * CELLS + 1)
    phi = oscillators(n, x)
    halfway = oscillators(n, (x[1:] + x[:-1]) / 2)
    return x, phi, _from_right(_simpson(phi[:, :-1], halfway, phi[:, 1:], x[1] - x[0]))


def _pairings(n):
    """x float64[m] and the matrices A(x), bordered to even size, float64[m, k, k]."""
    x, phi, tails = _functions(n)
    product = phi[:, None, :] * tails[None, :, :]
    cells = _simpson(product[..., :-2:2], product[..., 1::2], product[..., 2::2], x[2] - x[0])
    halves = _from_right(cells)  # of phi_i(x) phi_j(y) over y > x
    pairings, edge = halves - halves.transpose(1, 0, 2), tails[:, ::2]
    if n % 2:
        pairings = np.pad(pairings, ((0, 1), (0, 1), (0, 0)))
        pairings[:n, n], pairings[n, :n] = edge, -edge
    return x[::2], np.ascontiguousarray(pairings.transpose(2, 0, 1))


def smallest_above(n):
    """Points x float64[m] and the probability float64[m] that all n eigenvalues sqrt(n) lambda exceed x."""
    x, pairings = _pairings(n)
    logarithm = np.linalg.slogdet(pairings)[1]
    return x, np.exp((logarithm - logarithm[0]) / 2)


def density(n):
    """Points x float64[m] and the density of all n eigenvalues sqrt(n) lambda there, whose integral is n.

    Mehta, Random Matrices, 3rd ed. (2004), section 7.2: the sum of the squared functions, and a
    second term with the integral of the next one.
    """
    x, phi, tails = _functions(n + 1)
    total = (phi[:n] ** 2).sum(axis=0)
    half_signed = tails[n, 0] / 2 - tails[n]  # integral of sign(x - t) phi_n(t) / 2
    total += np.sqrt(n / 2) * phi[n - 1] * half_signed
    if n % 2:
        total += phi[n - 1] / tails[n - 1, 0]
    return x, total


def prefactor(n, p=3):
    """2 sqrt(2/p) (p - 1)^(n/2)."""
    return 2 * np.sqrt(2 / p) * (p - 1) ** (n / 2)


def _integral(values, x):
    return _simpson(values[:-2:2], values[1::2], values[2::2], x[2] - x[0]).sum()


def mean_number(n, p=3):
    """Mean number of critical points of all indices on the sphere of n dimensions."""
    x, level = density(n)
    return prefactor(n, p) * _integral(level * np.exp(-(p - 2) / (2 * p) * x**2), x)


def mean_minima(n, p=3):
    """Mean number of minima: an integral by parts over the law of the smallest eigenvalue."""
    x, above = smallest_above(n)
    rate = (p - 2) / (2 * p)
    falling = -2 * rate * x * np.exp(-rate * x**2)  # derivative of the weight
    return prefactor(n, p) * (np.exp(-rate * x[0] ** 2) + _integral(falling * above, x))


def complexity_gap(p=3):
    """Limit of ln(minima / all critical points) / N: -(p - 2) / p, the exponent at lambda_0 = -sqrt(2)."""
    return -(p - 2) / p


def known_corrections(n):
    r"""What ln(minima / all) has beside a term in n and a constant, to vanishing terms, for p = 3.

    The smallest eigenvalue is pushed into the spectrum, lambda_0 = -sqrt(2) + s / (sqrt(2) n^(2/3)), against
    the far tail of its law (Baik, Buckingham and DiFranco, Commun. Math. Phys. 280, 463 (2008),
    doi:10.1007/s00220-008-0433-5), ln F(-s) = -s^3/24 - s^(3/2) / (3 sqrt(2)) - ln(s)/16. The weight
    gains n sqrt(2) delta / 3 with delta = lambda_0 + sqrt(2); the maximum lies at delta = 2 / sqrt(3 n).
    The logarithm collects 1/4 from the integral about it, -1/96 from the tail, -1/2 from all points.
    """
    n = np.asarray(n, float)
    pushed = np.sqrt(2) * 2 / np.sqrt(3) * n ** (1 / 6)
    gain = 4 * np.sqrt(2) / (9 * np.sqrt(3)) * np.sqrt(n)
    return gain - pushed**1.5 / (3 * np.sqrt(2)) - (1 / 2 - 1 / 4 + 1 / 96) * np.log(n)


def extrapolated_slope(sizes, log_shares):
    """Limit of ln(minima / all) / N from exact values: least squares in N, 1, N^-1/4, N^-1/2."""
    n = np.asarray(sizes, float)
    design = np.stack([n, np.ones_like(n), n**-0.25, n**-0.5], axis=1)
    return float(np.linalg.lstsq(design, np.asarray(log_shares) - known_corrections(n), rcond=None)[0][0])
