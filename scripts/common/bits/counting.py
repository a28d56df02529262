"""Counting the ones of a word, for kernels that keep spins as bits."""

from numba import types
from numba.extending import intrinsic


@intrinsic
def popcount(typingctx, word):
    """Number of ones in a word, as uint64: one instruction where the CPU has it."""

    def codegen(context, builder, signature, args):
        return builder.ctpop(args[0])

    return types.uint64(types.uint64), codegen
