r"""Index and Hessian of critical points of the spherical p-spin model, for many spins and for few.

At a critical point of energy per spin e the Hessian is a random matrix with the semicircle of radius
r = sqrt(2 p (p - 1)) around -p e, if the energy is normalized as in `kernels.pspin` (Kurchan and Laloux, J.
Phys. A 29, 1929 (1996), doi:10.1088/0305-4470/29/9/009; Cavagna, Giardina and Parisi, Phys. Rev. B 57, 11251
(1998), doi:10.1103/PhysRevB.57.11251). Its share below zero is

    k(x) = 1/2 - (x sqrt(1 - x^2) + arcsin x) / pi,  x = e / e_th, for |x| <= 1.

For finite N the conditional law is known too: k given e is the number of eigenvalues of a Gaussian
orthogonal matrix of size N below one of them that lies at sqrt(2) e / |e_th| (`kac_rice`).
"""

import numpy as np

from scripts.landscape.theory.kac_rice import threshold


def radius(p=3):
    """Radius of the semicircle of the Hessian."""
    return np.sqrt(2 * p * (p - 1))


def index_share(energy, p=3):
    """Share of descending directions k at the energy per spin, in the limit of many spins."""
    x = np.clip(np.asarray(energy, float) / threshold(p), -1, 1)
    return 0.5 - (x * np.sqrt(1 - x**2) + np.arcsin(x)) / np.pi


def spectrum(curvature, energy, p=3):
    """Density of the Hessian's eigenvalues at a critical point of this energy per spin."""
    offset = (np.asarray(curvature, float) + p * energy) / radius(p)
    return 2 / (np.pi * radius(p)) * np.sqrt(np.clip(1 - offset**2, 0, None))


def gaussian_orthogonal(n, number, rng):
    """Eigenvalues float64[number, n] in rising order, with <M_ij^2> = (1 + delta_ij) / (2 n)."""
    raw = rng.standard_normal((number, n, n))
    return np.linalg.eigvalsh((raw + raw.transpose(0, 2, 1)) / (2 * np.sqrt(n)))


def finite_index_share(energies, n, eigenvalues, p=3):
    """Mean share of descending directions at given energies for n spins, from sampled matrices.

    Parameters
    ----------
    energies : float64[m]
    n : int
    eigenvalues : float64[s, n]
        From `gaussian_orthogonal`.
    p : int

    Returns
    -------
    float64[m]
        By a straight line through the sampled (lambda_k, k) within a window around each energy; nan
        where there are fewer than ten.
    """
    height = eigenvalues.ravel() * -threshold(p) / np.sqrt(2)
    share = np.tile(np.arange(n) / (n - 1), len(eigenvalues))
    order = np.argsort(height)
    height, share = height[order], share[order]
    found = np.full(len(energies), np.nan)
    for m, energy in enumerate(energies):
        near = slice(*np.searchsorted(height, [energy - 0.03, energy + 0.03]))
        if near.stop - near.start >= 10:
            offset = height[near] - energy
            design = np.stack([np.ones_like(offset), offset], 1)
            found[m] = np.linalg.lstsq(design, share[near], rcond=None)[0][0]
    return found
