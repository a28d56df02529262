"""Explicit vectors in LLVM IR: what a loop in Python may or may not be turned into, said outright.

A `Vectors` wraps an llvmlite builder for vectors of a fixed number of 64-bit words. Loads and
stores promise no more than the alignment of a word, so that a view of an array is safe.
"""

from contextlib import contextmanager

from llvmlite import ir

WORD = ir.IntType(64)
INDEX = ir.IntType(32)


def word(value):
    """A constant 64-bit word."""
    return ir.Constant(WORD, int(value))


def splat(builder, value, lanes):
    """An IR value in every lane of a vector."""
    undefined = ir.Constant(ir.VectorType(value.type, lanes), ir.Undefined)
    single = builder.insert_element(undefined, value, ir.Constant(INDEX, 0))
    return builder.shuffle_vector(single, undefined, ir.Constant(ir.VectorType(INDEX, lanes), [0] * lanes))


class Vectors:
    """Operations on vectors of ``lanes`` words.

    Parameters
    ----------
    builder : llvmlite.ir.IRBuilder
    lanes : int
        Words per vector: 8, 4 or 2.
    ternary_logic : bool
        Whether the target has one instruction for any logic of three inputs (AVX-512 VL).
    """

    def __init__(self, builder, lanes, ternary_logic=False):
        self.builder, self.lanes, self.ternary_logic = builder, lanes, ternary_logic
        self.type = ir.VectorType(WORD, lanes)
        self.zero, self.ones = self.constant(0), self.constant(2**64 - 1)

    def constant(self, value):
        """The same constant word in every lane."""
        return ir.Constant(self.type, [word(value)] * self.lanes)

    def load(self, pointer, offset=0):
        """The vector at ``pointer + offset`` words; the offset is an int or an IR value."""
        loaded = self.builder.load(self._address(pointer, offset))
        loaded.align = 8
        return loaded

    def store(self, value, pointer, offset=0):
        """Write a vector at ``pointer + offset`` words."""
        self.builder.store(value, self._address(pointer, offset)).align = 8

    def broadcast(self, pointer, offset=0):
        """The word at ``pointer + offset`` in every lane."""
        offset = word(offset) if isinstance(offset, int) else offset
        return self.splat(self.builder.load(self.builder.gep(pointer, [offset])))

    def splat(self, value):
        """An IR word in every lane."""
        return splat(self.builder, value, self.lanes)

    def logic(self, function, a, b, c):
        """Any Boolean function of three vectors.

        Parameters
        ----------
        function : callable
            Of three Python ints, bitwise: ``lambda a, b, c: (a & b) ^ c``.
        """
        table = function(0xF0, 0xCC, 0xAA) & 0xFF
        if self.ternary_logic:
            name = f"llvm.x86.avx512.pternlog.q.{64 * self.lanes}"
            return self._call(name, [a, b, c], ir.Constant(INDEX, table))
        return _Expression(self, (a, b, c)).of(table)

    def aes(self, name, block, key):
        """One AES round, ``"aesenc"`` or ``"aesdec"``, of each pair of lanes."""
        suffix = {2: "", 4: ".256", 8: ".512"}[self.lanes]
        return self._call(f"llvm.x86.aesni.{name}{suffix}", [block, key])

    def _call(self, name, vectors, *constants):
        module = self.builder.module
        if name not in module.globals:
            kind = ir.FunctionType(self.type, [self.type] * len(vectors) + [c.type for c in constants])
            ir.Function(module, kind, name)
        return self.builder.call(module.globals[name], [*vectors, *constants])

    def _address(self, pointer, offset):
        offset = word(offset) if isinstance(offset, int) else offset
        return self.builder.bitcast(self.builder.gep(pointer, [offset]), self.type.as_pointer())


class _Expression:
    """A truth table of three vectors spelled out in and, or, exclusive or, not."""

    def __init__(self, vectors, inputs):
        self.vectors, self.inputs = vectors, inputs

    def of(self, table, depth=0, size=8):
        """Shannon expansion: the upper half of the table is where input ``depth`` is one."""
        builder, ones = self.vectors.builder, self.vectors.ones
        if size == 1:
            return ones if table else self.vectors.zero
        size //= 2
        low, high = table & ((1 << size) - 1), table >> size
        if low == high:
            return self.of(low, depth + 1, size)
        x, full = self.inputs[depth], (1 << size) - 1
        if low ^ high == full:
            return builder.xor(x, self.of(low, depth + 1, size))
        if low == 0:
            return builder.and_(x, self.of(high, depth + 1, size))
        if high == full:
            return builder.or_(x, self.of(low, depth + 1, size))
        if high == 0:
            return builder.and_(builder.xor(x, ones), self.of(low, depth + 1, size))
        low, difference = self.of(low, depth + 1, size), self.of(low ^ high, depth + 1, size)
        return builder.xor(low, builder.and_(x, difference))


@contextmanager
def counted_loop(builder, count, carried):
    """A loop that runs ``count`` >= 1 times and carries values in registers.

    Parameters
    ----------
    builder : llvmlite.ir.IRBuilder
    count : IR value, 64 bits
    carried : list of IR values
        Replaced in place: inside the block by their values of this pass, which the block
        replaces by those of the next; after it by those of the last.

    Yields
    ------
    IR value
        The index of the pass, from 0.
    """
    entry, body = builder.block, builder.append_basic_block("body")
    builder.branch(body)
    builder.position_at_end(body)
    index = builder.phi(WORD)
    index.add_incoming(word(0), entry)
    values = [builder.phi(value.type) for value in carried]
    for value, initial in zip(values, carried, strict=True):
        value.add_incoming(initial, entry)
    carried[:] = values
    yield index
    following = builder.add(index, word(1))
    last, end = builder.block, builder.append_basic_block("end")
    index.add_incoming(following, last)
    for value, new in zip(values, carried, strict=True):
        value.add_incoming(new, last)
    builder.cbranch(builder.icmp_unsigned("<", following, count), body, end)
    builder.position_at_end(end)
