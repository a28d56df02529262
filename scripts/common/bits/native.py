"""Machine code made at run time and called from Numba through its address.

A kernel whose constants are compiled in is faster than one that reads them; calling it through an
address lets the driver around it be compiled once, and cached on disk.
"""

from itertools import count

from llvmlite import ir
from numba import types
from numba.core.compiler_lock import global_compiler_lock
from numba.core.registry import cpu_target
from numba.extending import intrinsic

from scripts.common.bits.simd import WORD

_NUMBER = count()
_ALIVE = []  # the code lives as long as its library


@global_compiler_lock
def compiled_address(n_pointers, n_words, emit):
    """Address of a new function of pointers to words, then words, returning nothing.

    Parameters
    ----------
    n_pointers, n_words : int
    emit : callable
        ``emit(builder, pointers, words)`` writes the body.

    Returns
    -------
    int
    """
    codegen = cpu_target.target_context.codegen()
    name = f"rashinban_kernel_{next(_NUMBER)}"
    library = codegen.create_library(name)
    module = library.create_ir_module(name)
    kind = ir.FunctionType(ir.VoidType(), [WORD.as_pointer()] * n_pointers + [WORD] * n_words)
    function = ir.Function(module, kind, name)
    builder = ir.IRBuilder(function.append_basic_block())
    emit(builder, function.args[:n_pointers], function.args[n_pointers:])
    builder.ret_void()
    library.add_ir_module(module)
    library.finalize()
    _ALIVE.append(library)
    return library.get_pointer_to_function(name)


@intrinsic
def call(typing_context, address, arrays, words):
    """Call the function at ``address`` with the data of a tuple of arrays, then a tuple of words."""
    signature = types.void(address, arrays, words)

    def code(context, builder, signature, arguments):
        target, packed_arrays, packed_words = arguments
        _, array_types, word_types = signature.args
        pointers = [
            context.make_array(kind)(context, builder, value).data
            for kind, value in zip(array_types, _unpacked(builder, packed_arrays, array_types), strict=True)
        ]
        pointers = [builder.bitcast(pointer, WORD.as_pointer()) for pointer in pointers]
        values = [
            context.cast(builder, value, kind, types.int64)
            for kind, value in zip(word_types, _unpacked(builder, packed_words, word_types), strict=True)
        ]
        kind = ir.FunctionType(ir.VoidType(), [WORD.as_pointer()] * len(pointers) + [WORD] * len(values))
        builder.call(builder.inttoptr(target, kind.as_pointer()), pointers + values)
        return context.get_dummy_value()

    return signature, code


def _unpacked(builder, packed, kinds):
    return [builder.extract_value(packed, i) for i in range(len(kinds))]
