"""The pool of tail bits of a stream: `POOL_ENTRIES` vectors per class, made anew at intervals.

Entry e of class i stands at word ``POOL + (e n_classes + i) LANES`` of the state. The table form and
the vector form below write the same bits.
"""

from functools import cache

import numpy as np
from numba import njit

from scripts.common.bits import stream
from scripts.common.bits.aes import WORDS_PER_TREE, random_trees
from scripts.common.bits.bernoulli import TAIL
from scripts.common.bits.native import compiled_address
from scripts.common.bits.simd import Vectors, counted_loop, word
from scripts.common.bits.target import aes_lanes, cpu_features

KEYS = 5


class Generator:
    """The random tree of `scripts.common.bits.aes` as instructions.

    Parameters
    ----------
    vectors : Vectors
    state : IR pointer
        Of `scripts.common.bits.stream.random_state`.
    part : int
        Which group of ``vectors.lanes`` of the eight words.
    """

    def __init__(self, vectors, state, part):
        at = part * vectors.lanes
        self.vectors = vectors
        self.start = vectors.load(state, stream.COUNTER + at)
        self.increment = vectors.load(state, stream.INCREMENT + at)
        self.keys = [vectors.load(state, stream.KEYS + stream.LANES * k + at) for k in range(KEYS)]

    def tree(self, counter):
        """The next counter, and four random vectors."""
        aes, keys = self.vectors.aes, self.keys
        counter = self.vectors.builder.add(counter, self.increment)
        root = aes("aesenc", counter, keys[0])
        parents = aes("aesenc", root, keys[1]), aes("aesdec", root, keys[2])
        leaves = [aes(f"aes{way}", p, keys[k]) for p in parents for way, k in (("enc", 3), ("dec", 4))]
        return counter, leaves

    def skipped(self, counter, n):
        """The counter after ``n`` trees."""
        for _ in range(n):
            counter = self.vectors.builder.add(counter, self.increment)
        return counter


@cache
def remake_address(n_classes):
    """Machine code that remakes the pool, called with state, start, flips; 0 without AES instructions."""
    if not aes_lanes():
        return 0

    def emit(builder, pointers, _):
        state, start, flips = pointers
        v = Vectors(builder, aes_lanes(), "avx512vl" in cpu_features())
        for part in range(stream.LANES // v.lanes):
            generator = Generator(v, state, part)
            carried = [generator.start]
            with counted_loop(builder, word(stream.POOL_ENTRIES), carried) as entry:
                masks = [v.broadcast(start, i) for i in range(n_classes)]
                carried[0] = _emit_tail(v, generator, carried[0], masks, flips)
                first = builder.mul(entry, word(n_classes * stream.LANES))
                target = builder.gep(state, [builder.add(first, word(stream.POOL + part * v.lanes))])
                for i, mask in enumerate(masks):
                    v.store(mask, target, i * stream.LANES)
            v.store(carried[0], state, stream.COUNTER + part * v.lanes)

    return compiled_address(3, 0, emit)


def _emit_tail(v, generator, counter, masks, flips):
    """The first `TAIL` digits of every class; returns the counter."""
    for k in range(TAIL):
        if k % WORDS_PER_TREE == 0:
            counter, leaves = generator.tree(counter)
        for i, mask in enumerate(masks):
            step = v.broadcast(flips, k * len(masks) + i)
            masks[i] = v.logic(lambda r, z, c: (r & z) ^ c, leaves[k % WORDS_PER_TREE], mask, step)
    return counter


@njit(cache=True)
def remake_pool(state, start, flips):
    """Remake the pool by the table: uint64 arrays of `random_state` and `chain_words`."""
    n_classes = len(start)
    leaves = np.empty((TAIL, stream.LANES), np.uint64)
    for entry in range(stream.POOL_ENTRIES):
        for lane in range(stream.LANES // 2):
            random_trees(leaves, state, lane)
        for i in range(n_classes):
            at = stream.POOL + (entry * n_classes + i) * stream.LANES
            state[at : at + stream.LANES] = start[i]
            for k in range(TAIL):
                for w in range(stream.LANES):
                    state[at + w] = (leaves[k, w] & state[at + w]) ^ flips[k, i]
