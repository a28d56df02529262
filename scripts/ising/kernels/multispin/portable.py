"""Half a Metropolis sweep in plain loops: the obvious twin of `update`, and the kernel of CPUs without AES.

J = k_B = 1, E = -sum_<ij> s_i s_j - h sum_i s_i.
"""

import numpy as np
from numba import njit

from scripts.common.bits import stream
from scripts.common.bits.aes import random_trees
from scripts.common.bits.bernoulli import TAIL
from scripts.ising.kernels.multispin.layout import LANES, first_word, row_stride


@njit(cache=True)
def differing(s, n1, n2, n3, n4):
    """Where none, one, three, four of the neighbors differ from s: four words."""
    d1, d2, d3, d4 = n1 ^ s, n2 ^ s, n3 ^ s, n4 ^ s
    odd = d1 ^ d2 ^ d3 ^ d4
    three = odd & ((d1 & d2) | (d3 & d4))
    return ~(d1 | d2 | d3 | d4), odd & ~three, three, d1 & d2 & d3 & d4


@njit(cache=True)
def refusals(s, neighbors, masks, k):
    """Where the flip of word k is refused without a field; ``masks`` of n = 0 and n = 1."""
    none, one, _, _ = differing(s, *neighbors)
    return (none & ~masks[0, k]) | (one & ~masks[1, k])


@njit(cache=True)
def refusals_in_field(s, neighbors, masks, k, fields):
    """Where it is refused in a field: the five classes of `scripts.ising.kernels.multispin.rates`.

    ``fields`` are the words where h < 0, |h| >= 2, |h| >= 4.
    """
    none, one, three, four = differing(s, *neighbors)
    a = s ^ fields[0]
    refused = (none & a & ~masks[0, k]) | (one & a & ~masks[1, k])
    refused |= ~(none | one | three | four) & a & ~masks[2, k]
    refused |= ((fields[1] & three & a) | (~fields[1] & one & ~a)) & ~masks[3, k]
    return refused | (((fields[2] & four & a) | (~fields[2] & none & ~a)) & ~masks[4, k])


@njit(cache=True)
def continue_masks(masks, leaves, flips):
    """Continue the tail bits ``masks``, uint64[classes, 8], by the fresh words ``leaves``, uint64[n, 8]."""
    for c in range(len(masks)):
        for w in range(LANES):
            mask = masks[c, w]
            for k in range(len(leaves)):
                mask = (leaves[k, w] & mask) ^ flips[TAIL + k, c]
            masks[c, w] = mask


@njit(cache=True)
def update_vector(words, at, across, steps, masks, fields):
    """Metropolis update of eight words; their neighbors stand at ``across`` and three steps from it."""
    left, up, down = steps
    for k in range(LANES):
        i = across + k
        s, neighbors = words[at + k], (words[i], words[i + left], words[i + up], words[i + down])
        if len(masks) == 2:
            words[at + k] = s ^ ~refusals(s, neighbors, masks, k)
        else:
            words[at + k] = s ^ ~refusals_in_field(s, neighbors, masks, k, fields)


@njit(cache=True)
def half_sweep(words, state, size, color, flips, fields):
    """Update all spins of one color in place; arrays as in `layout`, `stream` and `rates`."""
    stride, n_classes = row_stride(size), flips.shape[1]
    own, other = first_word(size, color), first_word(size, 1 - color)
    leaves = np.empty((len(flips) - TAIL, LANES), np.uint64)
    masks = np.empty((n_classes, LANES), np.uint64)
    for i in range(size):
        steps = (1 if (i + color) % 2 else -1), -stride, stride
        for vector in range(i * stride, (i + 1) * stride - LANES, LANES):
            pick = state[stream.PICK] * np.uint64(stream.PICK_FACTOR) + np.uint64(stream.PICK_STEP)
            state[stream.PICK] = pick
            entry = stream.POOL + np.int64(pick >> np.uint64(stream.PICK_SHIFT)) * n_classes * LANES
            for lane in range(LANES // 2):
                random_trees(leaves, state, lane)
            for c in range(n_classes):
                masks[c] = state[entry + c * LANES : entry + (c + 1) * LANES]
            continue_masks(masks, leaves, flips)
            update_vector(words, own + vector, other + vector, steps, masks, fields)
