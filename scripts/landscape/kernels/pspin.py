r"""The spherical 3-spin model: a random energy on the sphere, and all its derivatives at once.

H(sigma) is Gaussian on |sigma|^2 = N with the covariance <H(sigma) H(sigma')> = (N / 2) q^3, where q is
the overlap sigma.sigma' / N (Crisanti and Sommers, Z. Phys. B 87, 341 (1992), doi:10.1007/BF01309287).
With u = sigma / sqrt(N) on the unit sphere and the symmetric part of a tensor of independent normal
numbers, S = -6 sym(G) / sqrt(2 N), the energy per spin is

    e(u) = S(u, u, u) / 6,   gradient  g = S(u, u, .) / 2 - 3 e u,
    Hessian on the sphere  P [S(u, ., .) - 3 e] P,   P = 1 - u u'.

The matrix S(u, ., .) costs N^3 multiplications and gives all three. It is symmetric, so only its
pairs i <= j are computed: one matrix product of all pairs with a batch of points, which runs at the
speed of the machine's multipliers where one point alone would wait for memory.
"""

import itertools

import numpy as np


def couplings(n, rng):
    """The symmetric tensor S of one instance, float64[n, n, n]."""
    raw = rng.standard_normal((n, n, n))
    return -sum(raw.transpose(order) for order in itertools.permutations(range(3))) / np.sqrt(2 * n)


class Sphere:
    """One instance as a landscape for `critical.minimize_gradient`.

    Parameters
    ----------
    tensor : float64[N, N, N]
        From `couplings`.
    """

    def __init__(self, tensor):
        n = len(tensor)
        self.rows, self.columns = np.triu_indices(n)
        self.pairs = np.ascontiguousarray(tensor[self.rows, self.columns])
        self.one = np.eye(n)

    def _contracted(self, u):
        flat = u @ self.pairs.T
        matrix = np.empty((len(u), u.shape[1], u.shape[1]))
        matrix[:, self.rows, self.columns] = flat
        matrix[:, self.columns, self.rows] = flat
        return matrix

    def slope(self, u):
        """Energy per spin float64[B] and gradient on the sphere float64[B, N] at u float64[B, N]."""
        force = np.matmul(self._contracted(u), u[:, :, None])[:, :, 0] / 2
        energy = (force * u).sum(axis=1) / 3
        return energy, force - 3 * energy[:, None] * u

    def derivatives(self, u):
        """Energy per spin, gradient and Hessian on the sphere (its eigenvector u has the eigenvalue 0)."""
        matrix = self._contracted(u)
        force = np.matmul(matrix, u[:, :, None])[:, :, 0]
        energy = (force * u).sum(axis=1) / 6
        outer = u[:, :, None] * u[:, None, :]
        mixed = u[:, :, None] * force[:, None, :]
        shift = 3 * energy[:, None, None]
        hessian = matrix - mixed - mixed.transpose(0, 2, 1) + 2 * shift * outer - shift * (self.one - outer)
        return energy, force / 2 - 3 * energy[:, None] * u, hessian

    def moved(self, u, step):
        """The points u + step, back on the sphere."""
        there = u + step
        return there / np.linalg.norm(there, axis=1, keepdims=True)


def tangent_spectrum(hessian, u):
    """Eigenvalues float64[B, N - 1] of Hessians on the sphere, in rising order, without the one along u."""
    scale = 4 * np.abs(hessian).sum(axis=2).max(axis=1)  # above all of them
    lifted = hessian + scale[:, None, None] * u[:, :, None] * u[:, None, :]
    return np.linalg.eigvalsh(lifted)[:, :-1]
