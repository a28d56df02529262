"""Clusters as trees in an array of parents: a site that is its own parent is the root of its cluster.

A parent is never above its child, so that the root of a cluster is its first site.
"""

from numba import njit


@njit(cache=True)
def find(parent, i):
    """Root of the tree that holds ``i``; halves the path on the way."""
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


@njit(cache=True)
def unite(parent, i, j):
    """Join the trees of ``i`` and ``j`` under the smaller of their roots."""
    i, j = find(parent, i), find(parent, j)
    if i < j:
        parent[j] = i
    else:
        parent[i] = j
