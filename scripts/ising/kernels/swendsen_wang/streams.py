"""Words of random bits for the packed kernel, fair or of any probability, from eight streams side by side.

Each lane is a stream of `scripts.common.lattice.streams`.
"""

from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

from scripts.common.bits.simd import splat
from scripts.common.lattice.streams import next_word
from scripts.common.seeds import words

LANES = 8  # one AVX-512 register of 64-bit words; elsewhere the compiler takes several
VECTOR = ir.VectorType(ir.IntType(64), LANES)


def lanes(seed, *labels):
    """State uint64[4, 8] of eight named streams."""
    return words(seed, *labels, n=4 * LANES).reshape(4, LANES)


@njit(cache=True)
def uniform_words(out, state):
    """Fill ``out``, uint64[8 k], with random words."""
    for start in range(0, out.size, LANES):
        for lane in range(LANES):
            now = state[0, lane], state[1, lane], state[2, lane], state[3, lane]
            out[start + lane], now = next_word(now)
            state[0, lane], state[1, lane], state[2, lane], state[3, lane] = now


@njit(cache=True)
def bernoulli_words(out, state, t):
    """Fill ``out``, uint64[8 k], with independent bits that are 1 with probability t / 2^64.

    Each bit compares its own random number with t, most significant digit first, and is
    settled at the first digit that differs; a group of eight words draws digits until all of its
    512 bits are settled, ten on average. Nothing is truncated.
    """
    for start in range(0, out.size, LANES):
        _bernoulli_group(out, start, state, t)


@intrinsic
def _bernoulli_group(typing_context, out, start, state, t):
    """Eight words of `bernoulli_words`, as vectors: a loop over lanes is not always turned into them."""

    def codegen(context, builder, signature, args):
        pointers = [context.make_array(signature.args[i])(context, builder, args[i]).data for i in (0, 2)]
        target = builder.gep(pointers[0], [args[1]])
        vectors = [_vector(builder, pointers[1], LANES * row) for row in range(4)]
        stream, accepted = _emit_comparison(builder, [builder.load(v, align=8) for v in vectors], args[3])
        for value, place in zip([*stream, accepted], [*vectors, _vector(builder, target, 0)], strict=True):
            builder.store(value, place, align=8)
        return context.get_dummy_value()

    return types.void(out, types.int64, state, types.uint64), codegen


def _vector(builder, pointer, offset):
    place = builder.gep(pointer, [ir.Constant(ir.IntType(64), offset)])
    return builder.bitcast(place, VECTOR.as_pointer())


def _emit_comparison(builder, stream, t):
    """The loop over digits: the stream after it, and the bits that came out below t."""
    entry, body = builder.block, builder.append_basic_block("digit")
    end = builder.append_basic_block("settled")
    builder.branch(body)
    builder.position_at_end(body)
    starts = [*stream, ir.Constant(VECTOR, [0] * LANES), ir.Constant(VECTOR, [2**64 - 1] * LANES), t]
    carried = [builder.phi(value.type) for value in starts]
    *stream, accepted, still_open, digits = carried
    word, stream = _emit_next_word(builder, stream)
    ours = splat(builder, builder.ashr(digits, ir.Constant(digits.type, 63)), LANES)
    differs = builder.xor(word, ours)
    accepted = builder.or_(accepted, builder.and_(builder.and_(still_open, differs), ours))
    still_open = builder.and_(still_open, builder.not_(differs))
    digits = builder.shl(digits, ir.Constant(digits.type, 1))
    following = [*stream, accepted, still_open, digits]
    for phi, first, later in zip(carried, starts, following, strict=True):
        phi.add_incoming(first, entry)
        phi.add_incoming(later, body)
    # once t has no ones left, a bit that is still open is not below it
    wide = builder.bitcast(still_open, ir.IntType(64 * LANES))
    go_on = builder.and_(_is_not_zero(builder, wide), _is_not_zero(builder, digits))
    builder.cbranch(go_on, body, end)
    builder.position_at_end(end)
    return stream, accepted


def _is_not_zero(builder, value):
    return builder.icmp_unsigned("!=", value, ir.Constant(value.type, 0))


def _emit_next_word(builder, stream):
    """`next_word` for a vector of streams."""

    def shifted(value, n):
        return builder.shl(value, ir.Constant(VECTOR, [n] * LANES))

    def rotated(value, n):
        return builder.or_(shifted(value, n), builder.lshr(value, ir.Constant(VECTOR, [64 - n] * LANES)))

    s0, s1, s2, s3 = stream
    word = builder.add(rotated(builder.add(s0, s3), 23), s0)
    s2, s3 = builder.xor(s2, s0), builder.xor(s3, s1)
    following = builder.xor(s0, s3), builder.xor(s1, s2), builder.xor(s2, shifted(s1, 17)), rotated(s3, 45)
    return word, following
