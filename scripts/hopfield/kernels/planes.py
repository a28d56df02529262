"""Overlaps of all patterns as bit planes: the two operations on them, as vector instructions.

The overlaps of P patterns are P integers K_mu in two's complement, stored across words: plane b
holds bit b of all of them. With bit i of all patterns in a row u of P bits,

    sum_mu u_mu K_mu = sum_b 2^b popcount(u & plane_b)        (the last plane counts negative),

so that a local field costs one population count for 512 products. A flip of unit i changes every
overlap by one unit up or down: one ripple-carry addition for 512 patterns at a time.

Layout: planes come in groups of four; word ((g V + v) 4 + k) 8 + lane of the flat array belongs to
bit 4 g + k of the patterns in lane `lane` of vector v, where V vectors of 8 words hold P bits.
`plain_overlaps` reads the planes back as integers; the plain twin of the dynamics is `overlaps`.
"""

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from scripts.common.bits.simd import WORD, Vectors, counted_loop, word

LANES = 8
GROUP = 4
ALL = 2**64 - 1


@intrinsic
def weighted_count(typing_context, rows, at, planes, n_vectors, n_groups):
    """Sum over patterns of bit times overlap, sum_mu u_mu K_mu, for the row that starts at word ``at``."""
    signature = types.int64(rows, types.int64, planes, types.int64, types.int64)

    def code(context, builder, signature, arguments):
        rows, planes = _data(context, builder, signature, arguments, (0, 2))
        return _emit_count(builder, builder.gep(rows, [arguments[1]]), planes, *arguments[3:])

    return signature, code


@intrinsic
def add(typing_context, rows, at, planes, live, kind, shape):
    """Add to the overlaps of all live patterns what unit i, whose row starts at word ``at``, contributes.

    ``kind`` is three words (turn, first, rest): with n = u ^ turn, the bits of the patterns that
    disagree with the unit, bit 0 of the summand is n ^ first[0] | first[1] and all others are
    n & rest. See `FLIP` and `COUNT`. ``shape`` is (vectors, groups).

    Returns a word that is not zero if an overlap outgrew its planes.
    """
    signature = types.uint64(
        rows, types.int64, planes, live, types.UniTuple(types.uint64, 4), types.UniTuple(types.int64, 2)
    )

    def code(context, builder, signature, arguments):
        rows, planes, live = _data(context, builder, signature, arguments, (0, 2, 3))
        kind = [builder.extract_value(arguments[4], i) for i in range(4)]
        shape = [builder.extract_value(arguments[5], i) for i in range(2)]
        return _emit_add(builder, (builder.gep(rows, [arguments[1]]), planes, live), kind, shape)

    return signature, code


def _data(context, builder, signature, arguments, which):
    """Pointers to the words of the array arguments."""
    arrays = [context.make_array(signature.args[i])(context, builder, arguments[i]) for i in which]
    return [builder.bitcast(array.data, WORD.as_pointer()) for array in arrays]


def _emit_count(builder, row, planes, n_vectors, n_groups):
    v = Vectors(builder, LANES)
    carried = [v.zero, *[v.zero] * GROUP]  # total, and the counts of the last group
    with counted_loop(builder, n_groups, carried) as group:
        first = builder.gep(planes, [builder.mul(builder.mul(group, n_vectors), word(GROUP * LANES))])
        counts = [v.zero] * GROUP
        with counted_loop(builder, n_vectors, counts) as vector:
            bits = v.load(row, builder.mul(vector, word(LANES)))
            start = builder.mul(vector, word(GROUP * LANES))
            for k in range(GROUP):
                plane = v.load(first, builder.add(start, word(k * LANES)))
                counts[k] = builder.add(counts[k], _popcount(v, builder.and_(bits, plane)))
        total = counts[0]
        for k in range(1, GROUP):
            total = builder.add(total, builder.shl(counts[k], v.constant(k)))
        shift = v.splat(builder.mul(group, word(GROUP)))
        carried[0] = builder.add(carried[0], builder.shl(total, shift))
        carried[1:] = counts
    sign = builder.shl(carried[GROUP], v.splat(builder.mul(n_groups, word(GROUP))))
    return _folded(builder, builder.sub(carried[0], sign), builder.add)


def _emit_add(builder, pointers, kind, shape):
    v = Vectors(builder, LANES)
    row, planes, live = pointers
    turn, first_turn, first_set, rest = (v.splat(each) for each in kind)
    n_vectors, n_groups = shape
    stride = builder.mul(n_vectors, word(GROUP * LANES))
    carried = [v.zero]
    with counted_loop(builder, n_vectors, carried) as vector:
        at = builder.mul(vector, word(LANES))
        alive = v.load(live, at)
        against = builder.xor(v.load(row, at), turn)
        lowest = builder.and_(builder.or_(builder.xor(against, first_turn), first_set), alive)
        higher = builder.and_(builder.and_(against, rest), alive)
        chain = [v.zero, v.zero, lowest]  # carry, the carry before it, this bit of the summand
        with counted_loop(builder, n_groups, chain) as group:
            start = builder.add(builder.mul(group, stride), builder.mul(vector, word(GROUP * LANES)))
            for k in range(GROUP):
                here = builder.add(start, word(k * LANES))
                plane, (carry, _, bit) = v.load(planes, here), chain
                half = builder.xor(plane, bit)
                v.store(builder.xor(half, carry), planes, here)
                after = builder.or_(builder.and_(plane, bit), builder.and_(half, carry))
                chain[:] = [after, carry, higher]
        carried[0] = builder.or_(carried[0], builder.xor(chain[0], chain[1]))
    return _folded(builder, carried[0], builder.or_)


def _popcount(v, value):
    name = f"llvm.ctpop.v{v.lanes}i64"
    module = v.builder.module
    if name not in module.globals:
        ir.Function(module, ir.FunctionType(v.type, [v.type]), name)
    return v.builder.call(module.globals[name], [value])


def _folded(builder, vector, operation):
    lanes = [builder.extract_element(vector, ir.Constant(ir.IntType(32), k)) for k in range(LANES)]
    result = lanes[0]
    for lane in lanes[1:]:
        result = operation(result, lane)
    return result


FLIP = {s: (np.uint64(ALL if s > 0 else 0), np.uint64(0), np.uint64(ALL), np.uint64(ALL)) for s in (1, -1)}
"""Unit i becomes s: K_mu rises by one where bit and unit agree, else it falls by one."""
COUNT = {
    s: (
        (np.uint64(ALL if s > 0 else 0), np.uint64(ALL), np.uint64(0), np.uint64(0)),
        (np.uint64(ALL if s > 0 else 0), np.uint64(0), np.uint64(0), np.uint64(ALL)),
    )
    for s in (1, -1)
}
"""Counting a state from nothing, even and odd units in turn: +1 where they agree; -1 where they do not."""


def plain_overlaps(planes, n_vectors, n_groups):
    """The integers K_mu in the planes: int64[64 LANES n_vectors]."""
    words = planes[: n_groups * n_vectors * GROUP * LANES].astype("<u8")
    words = words.reshape(n_groups, n_vectors, GROUP, LANES)
    bits = np.unpackbits(words.view(np.uint8), axis=-1, bitorder="little")  # g, v, k, pattern
    bits = np.moveaxis(bits, 2, 1).reshape(n_groups * GROUP, -1).astype(np.int64)
    weights = 2 ** np.arange(len(bits))
    weights[-1] *= -1
    return weights @ bits
