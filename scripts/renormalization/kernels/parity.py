"""Tensors that a flip of all spins leaves alone: only blocks of even total parity are kept.

A tensor is a dict from parities, one bit per index, to the block of that parity. An index has the
same two dimensions, of its even and of its odd states, in all blocks. Contracting blocks instead of
whole arrays saves a factor of two for each free constraint.
"""

import numpy as np

NOTHING = 1e-150


def contract(first, second, axes):
    """Contract two tensors.

    Parameters
    ----------
    first, second : dict of tuple of int to ndarray
    axes : pair of tuples of int
        Axes of the first and of the second that are summed over, as in `numpy.tensordot`. The result has the
        axes of the first that are left, then those of the second.

    Returns
    -------
    dict of tuple of int to ndarray
    """
    mine, theirs = axes
    found = {}
    for p, a in first.items():
        for q, b in second.items():
            if any(p[i] != q[j] for i, j in zip(mine, theirs, strict=True)):
                continue
            left = tuple(p[i] for i in range(len(p)) if i not in mine)
            key = left + tuple(q[j] for j in range(len(q)) if j not in theirs)
            term = np.tensordot(a, b, (mine, theirs))
            found[key] = found[key] + term if key in found else term
    return found


def permuted(tensor, order):
    """The tensor with its axes in another order, as `numpy.transpose`."""
    return {
        tuple(p[i] for i in order): np.ascontiguousarray(block.transpose(order))
        for p, block in tensor.items()
    }


def scaled(tensor, factor):
    """The tensor times a number; below 1e-150 is zero, since denormal numbers are slow."""
    found = {p: block * factor for p, block in tensor.items()}
    for block in found.values():
        block[np.abs(block) < NOTHING] = 0.0
    return found


def largest(tensor):
    """Largest absolute entry."""
    return max(np.abs(block).max() for block in tensor.values() if block.size)


def shares(values, n):
    """How many of the largest numbers lie in each sector.

    Parameters
    ----------
    values : pair of float64[...]
        Of the even and of the odd sector.
    n : int
        Numbers to keep of both together.

    Returns
    -------
    (int, int)
    """
    order = np.argsort(-np.concatenate(values), kind="stable")[:n]
    even = int((order < len(values[0])).sum())
    return even, len(order) - even


def matrix_blocks(tensor, parity):
    """A tensor of four indices as a matrix from the last two to the first two, in one sector of parity.

    Returns
    -------
    matrix : float64[m, n]
    rows, columns : list of ((int, int), (int, int))
        Parities and dimensions of the pairs of indices, in order.
    """
    rows = _pairs(tensor, parity, slice(0, 2))
    columns = _pairs(tensor, parity, slice(2, 4))
    parts = [
        [tensor[p + q].reshape(r[0] * r[1], c[0] * c[1]) for q, c in columns.items()] for p, r in rows.items()
    ]
    return np.block(parts), list(rows.items()), list(columns.items())


def _pairs(tensor, parity, where):
    """Parities of a pair of indices in a sector, and their dimensions."""
    pairs = {p[where]: block.shape[where] for p, block in tensor.items() if sum(p[where]) % 2 == parity}
    return dict(sorted(pairs.items()))


def split_rows(matrix, pairs):
    """Rows of a matrix back as pairs of indices: dict from (int, int) to float64[a, b, n]."""
    found, start = {}, 0
    for parities, (a, b) in pairs:
        found[parities] = matrix[start : start + a * b].reshape(a, b, matrix.shape[1])
        start += a * b
    return found
