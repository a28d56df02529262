r"""Monte-Carlo renormalization: the linearized transformation, from correlations of interactions.

S_a are the sums of interactions of a configuration, S'_a those of its blocks. By the chain rule
d<S'_c>/dK_b = sum_a (dK'_a/dK_b) d<S'_c>/dK'_a, and both sides are covariances:

    T = B^-1 A,   A_cb = <S'_c S_b> - <S'_c><S_b>,   B_ca = <S'_c S'_a> - <S'_c><S'_a>

(Swendsen, Phys. Rev. Lett. 42, 859 (1979), doi:10.1103/PhysRevLett.42.859). The largest eigenvalue for even
interactions is b^y_T, for odd ones b^y_h. Only the truncation to a few interactions is approximate.
"""

import math

import numpy as np

from scripts.common.statistics import jackknife

GROUPS = 64  # replicas of the simulation: row i of the configurations is from replica i mod 64


def grouped(values):
    """Means over the configurations of each replica.

    Parameters
    ----------
    values : ndarray[n, ...]
        n a multiple of 64.

    Returns
    -------
    float64[64, ...]
    """
    values = np.asarray(values)
    return values.reshape(-1, GROUPS, *values.shape[1:]).mean(axis=0)


def mean(values):
    """Mean over the configurations with its error from the replicas; values float64[n]."""
    return jackknife(grouped(values)[:, None], lambda means: means[..., 0])


def group_products(before, after):
    """Means, over each replica, of all that a linearized transformation needs.

    Parameters
    ----------
    before, after : int64[n, k]
        Interactions of configurations and of their blocks.

    Returns
    -------
    float64[64, 2 k + 2 k^2]
    """
    k = before.shape[1]
    shift = before.mean(axis=0), after.mean(axis=0)  # covariances do not change, rounding does
    a = (before - shift[0]).reshape(-1, GROUPS, k)
    b = (after - shift[1]).reshape(-1, GROUPS, k)
    cross = np.einsum("tgi,tgj->gij", b, a) / len(a)
    own = np.einsum("tgi,tgj->gij", b, b) / len(a)
    parts = [a.mean(axis=0), b.mean(axis=0), cross.reshape(GROUPS, -1), own.reshape(GROUPS, -1)]
    return np.concatenate(parts, axis=1)


def exponents(means, chosen):
    """ln of the largest eigenvalue over ln 2, for the first 1, 2, ... of the chosen interactions.

    Parameters
    ----------
    means : float64[..., 2 k + 2 k^2]
        Of `group_products`.
    chosen : sequence of int
        Interactions, in the order in which they join.

    Returns
    -------
    float64[..., len(chosen)]
    """
    k = math.isqrt(means.shape[-1] // 2)
    before, after = means[..., :k], means[..., k : 2 * k]
    cross, own = (part.reshape(*means.shape[:-1], k, k) for part in np.split(means[..., 2 * k :], 2, axis=-1))
    A = cross - after[..., :, None] * before[..., None, :]
    B = own - after[..., :, None] * after[..., None, :]
    found = []
    for n in range(1, len(chosen) + 1):
        pick = np.ix_(chosen[:n], chosen[:n])
        T = np.linalg.solve(B[(..., *pick)], A[(..., *pick)])
        found.append(np.log2(np.abs(np.linalg.eigvals(T)).max(axis=-1)))
    return np.stack(found, axis=-1)
