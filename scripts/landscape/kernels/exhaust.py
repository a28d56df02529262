"""All critical points of a small spherical 3-spin glass, by Newton's method from many starts.

With u on the unit sphere of N dimensions and a symmetric tensor S (see `kernels.pspin`) the energy per
spin is e = S(u, u, u) / 6, its gradient on the sphere g = S(u, u, .) / 2 - 3 e u, and the Hessian the
projection of M - 3 e, M = S(u, ., .). A Newton step solves (H + u u') d = -g, whose solution is
tangent. For p = 3 the point -u has the energy -e, so that one of each pair is kept.

No finite number of starts proves that nothing is missing. The search goes on until every point was
reached ``hits`` times, and on spheres of even dimension (N odd) the sum of (-1)^index over all
critical points must be 2 (Morse), which a missing point breaks.
"""

import numpy as np
from numba import njit

CONVERGED = 1e-13  # length of the last step
SAME = 1e-8  # 1 - u.v under which two points are one
NEWTON_STEPS = 60
BLOCK = 512  # starts at a time
LARGEST = 4096  # pairs of critical points that are kept


@njit(cache=True)
def _solve(a, b):
    """Solve a x = b in place by elimination with pivots; False if a is singular."""
    n = len(b)
    for k in range(n):
        pivot = k
        for i in range(k + 1, n):
            if abs(a[i, k]) > abs(a[pivot, k]):
                pivot = i
        if a[pivot, k] == 0.0:
            return False
        if pivot != k:
            for j in range(k, n):
                a[k, j], a[pivot, j] = a[pivot, j], a[k, j]
            b[k], b[pivot] = b[pivot], b[k]
        for i in range(k + 1, n):
            factor = a[i, k] / a[k, k]
            for j in range(k + 1, n):
                a[i, j] -= factor * a[k, j]
            b[i] -= factor * b[k]
    for k in range(n - 1, -1, -1):
        for j in range(k + 1, n):
            b[k] -= a[k, j] * b[j]
        b[k] /= a[k, k]
    return True


@njit(cache=True)
def _newton_step(tensor, u, matrix, step):
    """One Newton step on the sphere in place; returns its length, or -1 where the matrix is singular."""
    n = len(u)
    for i in range(n):
        for j in range(i, n):
            total = 0.0
            for k in range(n):
                total += tensor[i, j, k] * u[k]
            matrix[i, j] = matrix[j, i] = total
    energy = 0.0
    for i in range(n):
        total = 0.0
        for j in range(n):
            total += matrix[i, j] * u[j]
        step[i] = total
        energy += total * u[i] / 6.0
    for i in range(n):  # P (M - 3 e) P + u u', with M u = step and u'M u = 6 e
        for j in range(n):
            matrix[i, j] += (9.0 * energy + 1.0) * u[i] * u[j] - u[i] * step[j] - step[i] * u[j]
        matrix[i, i] -= 3.0 * energy
    for i in range(n):
        step[i] = 3.0 * energy * u[i] - step[i] / 2.0
    if not _solve(matrix, step):
        return -1.0
    length, norm = 0.0, 0.0
    for i in range(n):
        length += step[i] ** 2
    shrink = 1.0 / np.sqrt(length) if length > 1.0 else 1.0  # never further than the radius
    for i in range(n):
        u[i] += shrink * step[i]
        norm += u[i] ** 2
    for i in range(n):
        u[i] /= np.sqrt(norm)
    return np.sqrt(length)


@njit(cache=True)
def _place(found, n_found, u):
    """Number of the found pair that u belongs to, or n_found."""
    for k in range(n_found):
        product = 0.0
        for i in range(len(u)):
            product += found[k, i] * u[i]
        if abs(product) > 1.0 - SAME:
            return k
    return n_found


@njit(cache=True)
def _search(found, hits, n_found, tensor, starts):
    """Newton's method from each start, in place; returns how many pairs are found by now."""
    n = found.shape[1]
    matrix, step = np.empty((n, n)), np.empty(n)
    for k in range(len(starts)):
        u, length = starts[k], 1.0
        for _ in range(NEWTON_STEPS):
            length = _newton_step(tensor, u, matrix, step)
            if length < CONVERGED:
                break
        if not 0.0 <= length < CONVERGED:
            continue
        place = _place(found, n_found, u)
        if place == len(found):
            continue
        if place == n_found:
            for i in range(n):
                found[place, i] = u[i]
            n_found += 1
        hits[place] += 1
    return n_found


def critical_points(tensor, hits, limit, rng):
    """One of each pair +-u of the critical points of an instance.

    Parameters
    ----------
    tensor : float64[N, N, N]
        Symmetric, from `pspin.couplings`.
    hits : int
        Every point is to be reached so often before the search ends.
    limit : int
        Starts after which it ends in any case.
    rng : numpy.random.Generator

    Returns
    -------
    points : float64[n, N]
        On the unit sphere, each with a negative energy.
    reached : int64[n]
        How often each was reached.
    """
    found, reached = np.empty((LARGEST, len(tensor))), np.zeros(LARGEST, np.int64)
    tensor, n_found, tried = np.ascontiguousarray(tensor), 0, 0
    while tried < limit and (n_found == 0 or reached[:n_found].min() < hits):
        starts = rng.standard_normal((min(BLOCK, limit - tried), len(tensor)))
        starts /= np.linalg.norm(starts, axis=1, keepdims=True)
        n_found, tried = _search(found, reached, n_found, tensor, starts), tried + len(starts)
    points = found[:n_found]
    energies = np.einsum("ijk,bi,bj,bk->b", tensor, points, points, points, optimize=True)
    return points * np.where(energies > 0, -1.0, 1.0)[:, None], reached[:n_found]
