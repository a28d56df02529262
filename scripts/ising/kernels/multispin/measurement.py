"""Energy and magnetization of 64 replicas, counted in bit planes: E = -sum_<ij> s_i s_j, M = sum_i s_i.

Every bond joins the two colors, so the unsatisfied bonds U are counted on the even color and
E = 2 U - 2 L^2 (J = 1); the spins up give M. A count is held as planes: bit b of plane l has weight 2^l for
replica b. Carry-save adders turn three planes of one weight into one of it and one of the next;
a carry waits at its level for the next one, like the digits of a binary counter.
"""

from functools import partial

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

from scripts.common.bits.simd import WORD, Vectors, counted_loop, splat, word
from scripts.common.bits.target import cpu_features
from scripts.ising.kernels.multispin.layout import LANES, REPLICAS, first_word, row_stride

LEVELS = 40  # planes of a count
WAITING = 2 * LEVELS * LANES  # from the planes of a count to those that wait there
QUANTITIES = (0, 1)  # unsatisfied bonds, spins up
BONDS, SPINS = 3, 2  # planes of weight 1, 2, 4 and of weight 1, 2 are full after two vectors


def _sum(a, b, c):
    return a ^ b ^ c


def _majority(a, b, c):
    return (a & b) | (c & (a | b))


class _Adders:
    """Carry-save adders, and where the planes of a quantity stand."""

    def __init__(self, builder, memory):
        self.b, self.memory = builder, memory
        self.v = Vectors(builder, LANES, "avx512vl" in cpu_features())

    def add(self, total, a, b):
        """total + a + b at one weight: the new total and the carry to the next weight."""
        return self.v.logic(_sum, total, a, b), self.v.logic(_majority, total, a, b)

    def plane(self, quantity, level):
        """Pointer to a plane; the level is an IR word."""
        at = self.b.add(self.b.mul(level, word(LANES)), word(quantity * LEVELS * LANES))
        return self.b.gep(self.memory, [at])


class _Count(_Adders):
    """The pass over the lattice: ``unroll`` vectors of two rows at a time.

    The planes that every step fills stay in registers, the carries beyond them go to memory.
    """

    def __init__(self, builder, memory, unroll):
        super().__init__(builder, memory)
        self.unroll = unroll
        self.fixed = [n + unroll.bit_length() - 1 for n in (BONDS, SPINS)]

    def emit(self, own, other, rows, vectors, stride, last_mask):
        """Write the whole pass."""
        b, v = self.b, self.v
        steps = b.udiv(vectors, word(self.unroll))
        low = [v.zero] * sum(self.fixed)
        with counted_loop(b, b.lshr(rows, word(1)), low) as pair:
            row = b.mul(b.shl(pair, word(1)), stride)
            with counted_loop(b, steps, low) as step:
                planes = low[: self.fixed[0]], low[self.fixed[0] :]
                carries = [[], []]
                for u in range(self.unroll):
                    vector = b.add(b.mul(step, word(self.unroll)), word(u))
                    is_last = b.icmp_unsigned("==", b.add(vector, word(1)), vectors)
                    mask = b.select(is_last, v.load(last_mask), v.ones) if u == self.unroll - 1 else v.ones
                    at = b.add(row, b.mul(vector, word(LANES)))
                    sites = [(b.gep(own, [x]), b.gep(other, [x])) for x in (at, b.add(at, stride))]
                    self._two_vectors(planes, carries, sites, stride, mask)
                carries = [self._gathered(*x) for x in zip(planes, carries, (BONDS, SPINS), strict=True)]
                low[:] = planes[0] + planes[1]
                self._let_wait(b.add(b.mul(pair, steps), step), carries)
        for quantity, planes in zip(QUANTITIES, (low[: self.fixed[0]], low[self.fixed[0] :]), strict=True):
            for level, plane in enumerate(planes):
                v.store(plane, self.plane(quantity, word(level)))

    def _two_vectors(self, planes, carries, sites, stride, mask):
        """Count one vector of an even and one of an odd row; append a carry to each quantity."""
        bonds, up = planes
        fours, up_twos = [], []
        for (site, across), side in zip(sites, (-1, 1), strict=True):
            spins, broken = self._terms(site, across, (word(0), word(side), self.b.neg(stride), stride), mask)
            bonds[0], carry = self.add(bonds[0], broken[0], broken[1])
            bonds[1], carry = self.add(bonds[1], carry, broken[2])
            fours.append(carry)
            up[0], carry = self.add(up[0], *spins)
            up_twos.append(carry)
        for quantity, level, pair in ((0, 2, fours), (1, 1, up_twos)):
            planes[quantity][level], carry = self.add(planes[quantity][level], *pair)
            carries[quantity].append(carry)

    def _terms(self, site, across, steps, mask):
        """Spins of both colors; unsatisfied bonds of the even one, of weight 1, 1 and 2."""
        logic = self.v.logic
        s = self.v.load(site)
        n1, n2, n3, n4 = (self.v.load(across, step) for step in steps)
        differ = partial(logic, lambda a, s, m: (a ^ s) & m)
        bonds = [differ(logic(_sum, n1, n2, n3), s, mask), differ(n4, s, mask)]
        bonds.append(differ(logic(_majority, n1, n2, n3), s, mask))
        return [self.b.and_(s, mask), self.b.and_(n1, mask)], bonds

    def _gathered(self, planes, carries, level):
        """One carry from a power of two of them."""
        while len(carries) > 1:
            pairs = list(zip(carries[::2], carries[1::2], strict=True))
            carries = []
            for pair in pairs:
                planes[level], carry = self.add(planes[level], *pair)
                carries.append(carry)
            level += 1
        return carries[0]

    def _let_wait(self, index, carries):
        """Binary counting: at each level two carries meet, or one waits. ``index`` carries came before."""
        b = self.b
        entry, test, meet, rest = b.block, *(b.append_basic_block(x) for x in ("test", "meet", "rest"))
        b.branch(test)
        b.position_at_end(test)
        phis = [b.phi(WORD), b.phi(WORD), *(b.phi(self.v.type) for _ in carries)]
        for phi, value in zip(phis, (word(0), index, *carries), strict=True):
            phi.add_incoming(value, entry)
        level, left, *current = phis
        spots = [self.plane(q, b.add(level, word(self.fixed[q]))) for q in QUANTITIES]
        b.cbranch(b.trunc(left, ir.IntType(1)), meet, rest)
        b.position_at_end(meet)
        following = [b.add(level, word(1)), b.lshr(left, word(1))]
        for spot, value in zip(spots, current, strict=True):
            total, carry = self.add(self.v.load(spot), self.v.load(spot, WAITING), value)
            self.v.store(total, spot)
            following.append(carry)
        for phi, value in zip(phis, following, strict=True):
            phi.add_incoming(value, meet)
        b.branch(test)
        b.position_at_end(rest)
        for spot, value in zip(spots, current, strict=True):
            self.v.store(value, spot, WAITING)


class _Total(_Adders):
    """The planes of both quantities, added over the eight words and written as numbers."""

    def emit(self, n_waited, fixed, outputs, offsets):
        """Write int32 output[b] = offset + 2 count of replica b, and leave the memory zero."""
        b, v = self.b, self.v
        numbers = ir.VectorType(ir.IntType(32), REPLICAS)
        bits = ir.VectorType(ir.IntType(1), REPLICAS)
        carried = [v.zero] * 5 + [ir.Constant(numbers, [0] * REPLICAS)] * 2
        with counted_loop(b, self._n_levels(n_waited, fixed), carried) as level:
            planes = []
            for quantity in QUANTITIES:
                spot = self.plane(quantity, level)
                here = b.lshr(b.shl(n_waited, word(fixed[quantity])), level)
                here = splat(b, b.neg(b.and_(here, word(1))), LANES)
                waiting = b.and_(v.load(spot, WAITING), here)
                plane, carried[quantity] = self.add(v.load(spot), waiting, carried[quantity])
                v.store(v.zero, spot)
                planes.append(plane)
            folded = self._folded(planes, carried)
            place = splat(b, b.trunc(b.shl(word(2), level), ir.IntType(32)), REPLICAS)
            for quantity in QUANTITIES:
                lane = ir.Constant(ir.IntType(32), quantity * LANES // 2)
                taken = b.bitcast(b.extract_element(folded, lane), bits)
                more = b.select(taken, place, ir.Constant(numbers, [0] * REPLICAS))
                carried[5 + quantity] = b.add(carried[5 + quantity], more)
        for target, offset, total in zip(outputs, offsets, carried[5:], strict=True):
            values = b.add(total, splat(b, offset, REPLICAS))
            b.store(values, b.bitcast(target, numbers.as_pointer())).align = 4

    def _n_levels(self, n_waited, fixed):
        """Bits of the count, and one for each of the additions that follow."""
        b = self.b
        zeros = b.ctlz(n_waited, ir.Constant(ir.IntType(1), 0))
        return b.sub(word(64 + max(fixed) + 5), zeros)

    def _folded(self, planes, carried):
        """Halves added thrice, both quantities in one vector: bonds end in word 0, spins in word 4."""
        whole, half = planes
        for stage, width in enumerate((4, 2, 1)):
            here = [k for q in range(2) for k in self._lanes(q, stage, width)]
            index = ir.VectorType(ir.IntType(32), LANES)
            low, high = (
                self.b.shuffle_vector(whole, half, ir.Constant(index, [k + step for k in here]))
                for step in (0, width)
            )
            whole, carried[2 + stage] = self.add(low, high, carried[2 + stage])
            half = whole
        return whole

    @staticmethod
    def _lanes(quantity, stage, width):
        """Words of the lower half of a quantity, repeated to four."""
        first = quantity * (LANES if stage == 0 else LANES // 2)
        return [first + k % width for k in range(LANES // 2)]


def _measurement(unroll):
    @intrinsic
    def measurement(typing_context, words, memory, last_mask, geometry, outputs, offsets):
        signature = types.void(words, memory, last_mask, geometry, outputs, offsets)

        def code(context, b, signature, arguments):
            def data(kind, value):
                return context.make_array(kind)(context, b, value).data

            words, memory, last_mask = map(data, signature.args[:3], arguments[:3])
            own, other, rows, vectors, stride = (b.extract_value(arguments[3], i) for i in range(5))
            count = _Count(b, memory, unroll)
            own, other = (b.gep(words, [start]) for start in (own, other))
            count.emit(own, other, rows, vectors, stride, last_mask)
            n_waited = b.udiv(b.mul(b.lshr(rows, word(1)), vectors), word(unroll))
            outputs = [data(signature.args[4].dtype, b.extract_value(arguments[4], i)) for i in QUANTITIES]
            offsets = [b.extract_value(arguments[5], i) for i in QUANTITIES]
            _Total(b, memory).emit(n_waited, count.fixed, outputs, offsets)
            return context.get_dummy_value()

        return signature, code

    return measurement


_by_one, _by_two, _by_four = _measurement(1), _measurement(2), _measurement(4)


@njit(cache=True)
def scratch():
    """Working memory of `totals`: planes, then carries that wait; the planes are zero before and after."""
    return np.zeros((2, 2, LEVELS, LANES), np.uint64)


@njit(cache=True)
def totals(words, size, energy, magnetization, memory):
    """Measure a lattice.

    Parameters
    ----------
    words, size
        The fields of a `Lattice`.
    energy, magnetization : int32[64]
        Overwritten.
    memory : ndarray
        Of `scratch`.
    """
    stride = row_stride(size)
    vectors = (stride - LANES) // LANES
    last_mask = np.zeros(LANES, np.uint64)
    last_mask[: size // 2 - LANES * (vectors - 1)] = ~np.uint64(0)
    geometry = (first_word(size, 0), first_word(size, 1), size, vectors, stride)
    outputs, offsets = (energy, magnetization), (np.int32(-2 * size * size), np.int32(-size * size))
    if vectors % 4 == 0:
        _by_four(words, memory, last_mask, geometry, outputs, offsets)
    elif vectors % 2 == 0:
        _by_two(words, memory, last_mask, geometry, outputs, offsets)
    else:
        _by_one(words, memory, last_mask, geometry, outputs, offsets)
