"""Half a Metropolis sweep, as vector instructions. J = k_B = 1, E = -sum_<ij> s_i s_j - h sum_i s_i.

All spins of one color are updated, eight words at a time. Three of the four neighbors are added by
exclusive or (the sum's low bit) and majority (its high bit); with the fourth this gives how many
differ from s, hence the class of acceptance (`rates`). The mask of each class is a chain of one
operation per random bit (`scripts.common.bits.bernoulli`), and one random word serves all
classes, for a spin has one class.
"""

from functools import cache, partial

from scripts.common.bits import stream
from scripts.common.bits.aes import WORDS_PER_TREE
from scripts.common.bits.bernoulli import TAIL
from scripts.common.bits.native import compiled_address
from scripts.common.bits.pool import Generator
from scripts.common.bits.simd import Vectors, counted_loop, word
from scripts.common.bits.target import aes_lanes, cpu_features
from scripts.ising.kernels.multispin.layout import LANES
from scripts.ising.kernels.multispin.masks import SeparateMasks, UniformMasks

_ADDRESSES = {}


def half_sweep_address(rates, vectors):
    """Machine code of half a sweep at these rates, for rows of so many vectors.

    Called with the arrays words, state, flips, fields and the integers own, other (first words of
    the two colors), rows, vectors per row, stride, words per row, color.

    Returns
    -------
    int
        The address; 0 where the target has no AES instruction.
    """
    if not aes_lanes():
        return 0
    group = next(n for n in (4, 2, 1) if vectors % n == 0) if aes_lanes() == LANES else 1
    key = rates.digest, group
    if key not in _ADDRESSES:
        _ADDRESSES[key] = _new_address(rates, group)
    return _ADDRESSES[key]


def _new_address(rates, group):
    """Compiled code: thresholds are compiled in if all bits share them, else read."""
    flips = rates.flips[TAIL:].T
    if rates.uniform and len(flips) == 2:
        constants = tuple(int(flip) & 1 for flip in flips.T.ravel())
        return _address(UniformMasks(constants), min(group, 2))
    known = tuple(_known_flips(chain, rates.uniform) for chain in flips)
    fields = (rates.against, rates.beyond_2, rates.beyond_4) if rates.uniform else None
    wide = len(flips) == 5 and not rates.uniform  # twenty thresholds per tree: too many for the registers
    return _address(SeparateMasks(known, fields), 1 if wide else group)


def _known_flips(chain, uniform):
    """Flips of one class to compile in: all, or else the zeros of the highest digits, at most four."""
    if uniform:
        return tuple(int(flip) & 1 for flip in chain)
    read = len(chain)
    while read > len(chain) - WORDS_PER_TREE and chain[read - 1] == 0:
        read -= 1
    return (None,) * read + (0,) * (len(chain) - read)


@cache
def _address(masks, group):
    return compiled_address(4, 7, HalfSweep(aes_lanes(), masks, group).emit)


class HalfSweep:
    """Emits the loop over rows and groups of vectors."""

    def __init__(self, lanes, masks, group):
        self.lanes, self.masks, self.group = lanes, masks, group
        self.parts = LANES // lanes

    def emit(self, builder, pointers, words):
        """Write the function; see `half_sweep_address` for its arguments."""
        self.b = builder
        self.words, self.state, self.flips, self.fields = pointers
        own, other, rows, vectors, stride, half, color = words
        self.v = Vectors(builder, self.lanes, "avx512vl" in cpu_features())
        self.generators = [Generator(self.v, self.state, part) for part in range(self.parts)]
        pick = builder.load(builder.gep(self.state, [word(stream.PICK)]))
        carried = [pick, *(generator.start for generator in self.generators)]
        with counted_loop(builder, rows, carried) as row:
            at = builder.mul(row, stride)
            odd = builder.and_(builder.add(row, color), word(1))
            side = builder.sub(builder.shl(odd, word(1)), word(1))  # the second neighbor in the row
            here, there = (builder.gep(self.words, [builder.add(x, at)]) for x in (own, other))
            with counted_loop(builder, builder.udiv(vectors, word(self.group)), carried) as group:
                at = builder.mul(group, word(LANES * self.group))
                self._update(builder.gep(here, [at]), builder.gep(there, [at]), (side, stride), carried)
            self._copy_word(here, builder.sub(half, word(1)), word(2**64 - 1))
            self._copy_word(here, word(0), half)
        self._halo_rows(builder.gep(self.words, [own]), rows, vectors, stride)
        builder.store(carried[0], builder.gep(self.state, [word(stream.PICK)]))
        for part, counter in enumerate(carried[1:]):
            self.v.store(counter, self.state, stream.COUNTER + part * self.lanes)

    def _update(self, here, there, steps, carried):
        """Update a group of vectors, in parts of as many lanes as an instruction has."""
        sources, inputs = [], []
        for u in range(self.group):
            pool = self._pool_entry(carried)
            for part, generator in enumerate(self.generators):
                first = LANES * u + part * self.lanes
                tails = [
                    self.v.load(pool, LANES * i + part * self.lanes) for i in range(self.masks.n_classes)
                ]
                inputs.append((partial(self._spins, here, there, first, steps), tails))
                sources.append(Source(generator, carried[1 + part]))
                carried[1 + part] = generator.skipped(carried[1 + part], self.masks.n_bits // 4)
        results = self.masks.updated(self.v, inputs, sources, (self.flips, self.fields))
        for i, result in enumerate(results):
            u, part = divmod(i, self.parts)
            self.v.store(result, here, LANES * u + part * self.lanes)

    def _spins(self, here, there, first, steps):
        """A vector of spins and its four neighbors, loaded where this is called."""
        side, stride = steps
        across = self.b.gep(there, [word(first)])
        neighbors = [self.v.load(across, step) for step in (0, side, self.b.neg(stride), stride)]
        return self.v.load(here, first), neighbors

    def _pool_entry(self, carried):
        """Pointer to the tail bits of the next vector."""
        b = self.b
        carried[0] = b.add(b.mul(carried[0], word(stream.PICK_FACTOR)), word(stream.PICK_STEP))
        entry = b.mul(b.lshr(carried[0], word(stream.PICK_SHIFT)), word(self.masks.n_classes * LANES))
        return b.gep(self.state, [b.add(entry, word(stream.POOL))])

    def _copy_word(self, row, source, target):
        self.b.store(self.b.load(self.b.gep(row, [source])), self.b.gep(row, [target]))

    def _halo_rows(self, first, rows, vectors, stride):
        """Copy the last row above the first and the first below the last."""
        b = self.b
        last = b.gep(first, [b.mul(b.sub(rows, word(1)), stride)])
        above, below = b.gep(first, [b.neg(stride)]), b.gep(last, [stride])
        with counted_loop(b, b.mul(vectors, word(self.parts)), []) as vector:
            at = b.mul(vector, word(self.lanes))
            self.v.store(self.v.load(last, at), above, at)
            self.v.store(self.v.load(first, at), below, at)


class Source:
    """Random words one after the other, from a counter on."""

    def __init__(self, generator, counter):
        self.generator, self.counter, self.leaves = generator, counter, []

    def next(self):
        """The next random vector."""
        if not self.leaves:
            self.counter, self.leaves = self.generator.tree(self.counter)
        return self.leaves.pop(0)
