r"""The random-walk Metropolis algorithm as an operator: acceptance, memory and first passages.

On a grid of M points x_i of spacing h the transition matrix of the chain is

.. math:: T_{ij} = h\, q(x_j - x_i) \min(1, e^{E_i - E_j}), \quad i \ne j,

with q the Gaussian of the proposal, and what a row lacks stays on the diagonal. It obeys detailed
balance exactly for every h, and its errors fall as h^2.
"""

import numpy as np
from scipy import integrate, linalg, special


def transition_matrix(x, energy, scale):
    """The matrix T, float64[M, M], on an even grid; moves off the grid are rejected."""
    h = x[1] - x[0]
    moves = np.exp(-0.5 * ((x[None, :] - x[:, None]) / scale) ** 2) * h / (scale * np.sqrt(2 * np.pi))
    matrix = moves * np.exp(np.minimum(0.0, energy[:, None] - energy[None, :]))
    np.fill_diagonal(matrix, 0.0)
    np.fill_diagonal(matrix, 1.0 - matrix.sum(axis=1))
    return matrix


def gaussian_acceptance(scale):
    """Share of accepted proposals on a Gaussian of unit width: (2/pi) atan(2/s), float64[...].

    x' - x = s z and x + x' are Gaussian, and a proposal is accepted with 2 P(E' > E) by symmetry
    of the accepted pairs under exchange.
    """
    return 2 / np.pi * np.arctan(2 / np.asarray(scale, float))


def isotropic_acceptance(scale, d):
    """The same in d dimensions: the mean of erfc(s r / sqrt 8) over the length r of d normal numbers.

    Along a move of length s r the Gaussian is one of unit width, and such a move is accepted with
    2 Phi(-s r / 2).
    """
    norm = special.gammaln(d / 2) + (d / 2 - 1) * np.log(2)

    def integrand(r):
        density = np.exp((d - 1) * np.log(r) - r * r / 2 - norm) if r > 0 else float(d == 1) * np.exp(-norm)
        return density * special.erfc(scale * r / np.sqrt(8))

    middle = np.sqrt(d)  # the length is this to about one
    return integrate.quad(integrand, max(0.0, middle - 12), middle + 12, epsabs=1e-12, limit=200)[0]


def limiting_memory(length, d):
    """Autocorrelation time of one of many coefficients with s = length / sqrt(d): d / [l^2 Phi(-l/2)].

    The walk becomes a diffusion of speed 2 l^2 Phi(-l/2) per d steps: Roberts, Gelman and Gilks,
    Ann. Appl. Probab. 7, 110 (1997), doi:10.1214/aoap/1034625254.
    """
    return d / (length**2 * special.ndtr(-length / 2))


def gaussian_memory(scale, points=500, width=6.0):
    """Autocorrelation time tau = 1/2 + sum rho of x on a Gaussian of unit width, in steps.

    With (1 - T) f = x on the grid, tau = <x f> / <x^2> - 1/2. The error of the grid is below 1e-4.
    """
    x = np.linspace(-width, width, points)
    matrix = transition_matrix(x, 0.5 * x**2, scale)
    law = np.exp(-0.5 * x**2)
    law /= law.sum()
    # x is odd, so that the singular constant mode is not excited: fix it by adding the projector.
    solved = linalg.solve(np.eye(points) - matrix + law[None, :], x)
    return float(law @ (x * solved) / (law @ x**2) - 0.5)


def memory_of_a_start(start, scale, spacing=0.1, beyond=8.0):
    """Sum over all steps t >= 1 of the mean of x_t on a Gaussian of unit width, from ``start``.

    With (1 - T) f = x on a grid that reaches past the start, the sum from t = 0 on is f(start).
    """
    x = np.arange(-start - beyond, start + beyond + spacing / 2, spacing)
    matrix = transition_matrix(x, 0.5 * x**2, scale)
    law = np.exp(-0.5 * x**2)
    solved = linalg.solve(np.eye(len(x)) - matrix + law[None, :] / law.sum(), x)
    return float(np.interp(start, x, solved)) - start


def first_passage_steps(energy, start, target, scale, bottom, points=400):
    """Mean steps from ``start`` until the walk stands at ``target`` or beyond.

    Solves (1 - T) steps = 1 on the cells below the target; what goes beyond it is absorbed.

    Parameters
    ----------
    energy : callable
        float64[M] -> float64[M].
    start, target, scale : float
    bottom : float
        Where the grid begins, so low that nobody goes there.
    points : int
        Of the grid; its error falls as 1 / points^2 and is below 1e-4 for 200.

    Returns
    -------
    float
    """
    h = (target - bottom) / points
    x = bottom + h * (np.arange(points) + 0.5)
    matrix = transition_matrix(x, energy(x), scale)
    # Beyond the target: accepted proposals leave. A fine grid over some scales is enough.
    beyond = target + h * (np.arange(int(np.ceil(8 * scale / h))) + 0.5)
    moves = np.exp(-0.5 * ((beyond[None, :] - x[:, None]) / scale) ** 2) * h / (scale * np.sqrt(2 * np.pi))
    leaving = moves * np.exp(np.minimum(0.0, energy(x)[:, None] - energy(beyond)[None, :]))
    # 1 - T, its row sums known exactly: they are what leaves.
    system = -matrix
    np.fill_diagonal(system, 0.0)
    np.fill_diagonal(system, leaving.sum(axis=1) - system.sum(axis=1))
    steps = linalg.solve(system, np.ones(points))
    return float(np.interp(start, x, steps))


def kramers_time(D):
    """Kramers' law for the mean time from -1 to +1 of dx = -V'dt + sqrt(2D) dB in V = x^4/4 - x^2/2.

    2 pi / sqrt(V''(-1) |V''(0)|) e^{(V(0) - V(-1))/D}: the limit of a high barrier.
    Kramers, Physica 7, 284 (1940), doi:10.1016/S0031-8914(40)90098-2.
    """
    return np.pi * np.sqrt(2.0) * np.exp(0.25 / np.asarray(D, float))


def _power_law(energy, power, prior, x):
    """P(x) at a power of the likelihood on an even grid, float64[M]; prior (mean, precision)."""
    exponent = -power * energy(x) - prior[1] * (x - prior[0]) ** 2 / 2
    weights = np.exp(exponent - exponent.max())
    return weights / weights.sum()


def power_energy(energy, power, prior, x):
    """Mean of the energy of the likelihood at a power of it, by a sum over an even grid."""
    return float(_power_law(energy, power, prior, x) @ energy(x))


def swap_share(energy, powers, prior, x):
    """Share of exchanges that are done between two powers in equilibrium.

    The mean of min(1, exp[(beta - beta')(E - E')]) over two independent replicas.
    """
    E = energy(x)
    first, second = (_power_law(energy, power, prior, x) for power in powers)
    ratio = np.exp(np.minimum(0.0, (powers[0] - powers[1]) * (E[:, None] - E[None, :])))
    return float(first @ ratio @ second)
