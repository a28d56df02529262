r"""Tensor renormalization of the square-lattice Ising model, J = k_B = 1, K = 1/T, h = 0.

Z is the trace of a network of equal tensors T[x, x', y, y'] (left, right, up, down). On each bond the weight
e^{K s s'} = sum_i W_si W_s'i with W = (sqrt(cosh K), s sqrt(sinh K)) has one even and one odd
state, so that a tensor is nonzero only where the parities of its four indices add up to an even number.

- `hotrg_step` joins two tensors and keeps the largest eigenvalues of the metric of the doubled bond:
  Xie, Chen,
  Qin, Zhu, Yang and Xiang, Phys. Rev. B 86, 045139 (2012), doi:10.1103/PhysRevB.86.045139.
- `trg_step` splits each tensor in two by singular values and joins four halves: Levin and Nave,
  Phys. Rev. Lett. 99, 120601 (2007), doi:10.1103/PhysRevLett.99.120601.

The reflections of the lattice are symmetries of every tensor, so that the metric of the left bond is that of
the right one.
"""

import itertools
import math
from typing import NamedTuple

import numpy as np

from scripts.renormalization.kernels.parity import (
    contract,
    largest,
    matrix_blocks,
    permuted,
    scaled,
    shares,
    split_rows,
)


class Coarse(NamedTuple):
    """A tensor that stands for many sites.

    Attributes
    ----------
    tensor : dict of (int, int, int, int) to ndarray
        Blocks by parity (`parity`), largest entry 1.
    log_factor : float
        ln of what the tensor was divided by, per site.
    sites : int
    """

    tensor: dict
    log_factor: float
    sites: int


def site_tensor(T):
    """The tensor of one site.

    Parameters
    ----------
    T : float
        Temperature, > 0.

    Returns
    -------
    Coarse

    Raises
    ------
    ValueError
        If T is not positive.
    """
    if not T > 0:
        raise ValueError(f"a temperature is positive, not {T}")
    weight = [math.sqrt(math.cosh(1 / T)), math.sqrt(math.sinh(1 / T))]
    blocks = {
        p: np.full((1, 1, 1, 1), 2.0 * math.prod(weight[i] for i in p))
        for p in itertools.product((0, 1), repeat=4)
        if sum(p) % 2 == 0
    }
    return _normalized(blocks, 0.0, 1)


def hotrg_step(coarse, chi):
    """Join each tensor with the one below it and turn the lattice by 90 degrees.

    Parameters
    ----------
    coarse : Coarse
    chi : int
        States kept on a bond.

    Returns
    -------
    Coarse
        Of twice as many sites; what was up is now left, so that the next step joins the other direction.
    """
    t = coarse.tensor
    isometry = _isometry(t, chi)
    # U[a, b, c] joins left indices a (upper) and b (lower) to c; i is the bond between the two tensors
    upper = contract(isometry, t, ((0,), (0,)))  # b c | a' y i
    both = contract(upper, t, ((0, 4), (0, 2)))  # c a' y | b' y'
    joined = contract(both, isometry, ((1, 3), (0, 1)))  # c y y' c'
    return _normalized(permuted(joined, (1, 2, 0, 3)), coarse.log_factor, 2 * coarse.sites)


def _isometry(t, chi):
    """The states of a doubled left bond that matter most: blocks U[a, b, c]."""
    gram_upper = contract(t, t, ((1, 2), (1, 2)))  # a i | a~ i~
    gram_lower = contract(t, t, ((1, 3), (1, 3)))  # b i | b~ i~
    metric = contract(gram_upper, gram_lower, ((1, 3), (1, 3)))  # a a~ | b b~
    metric = permuted(metric, (0, 2, 1, 3))
    sectors = [matrix_blocks(metric, parity) for parity in (0, 1)]
    pairs = [np.linalg.eigh(matrix) for matrix, _, _ in sectors]
    kept = shares([values for values, _ in pairs], chi)
    blocks = {}
    for parity, ((_, rows, _), (_, vectors), n) in enumerate(zip(sectors, pairs, kept, strict=True)):
        chosen = vectors[:, ::-1][:, :n]
        blocks |= {(*p, parity): block for p, block in split_rows(chosen, rows).items()}
    return blocks


def trg_step(coarse, chi):
    """Split the tensors along both diagonals and join four halves round every second plaquette.

    Parameters
    ----------
    coarse : Coarse
    chi : int
        Singular values kept.

    Returns
    -------
    Coarse
        Of twice as many sites, on a lattice turned by 45 degrees.
    """
    t = coarse.tensor  # left right up down
    first, second = _halves(permuted(t, (0, 2, 1, 3)), chi)  # (left up) - (right down)
    third, fourth = _halves(permuted(t, (0, 3, 1, 2)), chi)  # (left down) - (right up)
    # round a plaquette: second[r d] at its upper left corner, fourth[... ] and so on
    top = contract(second, third, ((0,), (0,)))  # d a | d' b  (r of the left one is l of the right one)
    bottom = contract(fourth, first, ((0,), (0,)))  # u c | u' e
    joined = contract(top, bottom, ((0, 2), (0, 2)))  # a b c e
    return _normalized(permuted(joined, (0, 3, 2, 1)), coarse.log_factor, 2 * coarse.sites)


def _halves(t, chi):
    """T[a b, c d] = sum_k A[a, b, k] B[c, d, k] with at most chi values of k."""
    sectors = [matrix_blocks(t, parity) for parity in (0, 1)]
    parts = [np.linalg.svd(matrix, full_matrices=False) for matrix, _, _ in sectors]
    kept = shares([values for _, values, _ in parts], chi)
    left, right = {}, {}
    for parity, ((_, rows, columns), (u, s, v), n) in enumerate(zip(sectors, parts, kept, strict=True)):
        root = np.sqrt(s[:n])
        left |= {(*p, parity): block for p, block in split_rows(u[:, :n] * root, rows).items()}
        right |= {(*p, parity): block for p, block in split_rows(v[:n].T * root, columns).items()}
    return left, right


def _normalized(tensor, log_factor, sites):
    factor = largest(tensor)
    return Coarse(scaled(tensor, 1 / factor), log_factor + math.log(factor) / sites, sites)


def log_z(coarse):
    """ln Z per site of the torus of one tensor.

    Parameters
    ----------
    coarse : Coarse

    Returns
    -------
    float
    """
    trace = sum(
        np.einsum("aabb->", block) for (a, b, c, d), block in coarse.tensor.items() if (a, c) == (b, d)
    )
    return coarse.log_factor + math.log(trace) / coarse.sites


def spectrum(coarse, n):
    """Largest eigenvalues of the transfer matrix of one tensor, closed in its first direction.

    Parameters
    ----------
    coarse : Coarse
        Of L x L sites.
    n : int

    Returns
    -------
    even, odd : float64[<= n]
        In falling order, by parity, without the factor of `Coarse.log_factor`.
    """
    found = []
    for parity in (0, 1):
        matrix = sum(
            np.einsum("aabc->bc", block)
            for (a, b, c, d), block in coarse.tensor.items()
            if a == b and c == d == parity
        )
        found.append(np.sort(np.abs(np.linalg.eigvals(matrix)))[::-1][:n])
    return tuple(found)
