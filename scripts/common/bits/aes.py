"""AES rounds as a random number generator: the table form, which any CPU can run.

One round is the x86 instruction ``aesenc`` or ``aesdec`` (FIPS 197, one round of the cipher or
of its inverse with the round key added last). Rounds are deterministic, so the vector
instructions and this table give the same bits. A 128-bit block is two words, (low, high).

The random tree: root = enc(counter, k0), children a = enc(root, k1), b = dec(root, k2), leaves
enc(a, k3), dec(a, k4), enc(b, k3), dec(b, k4). Two rounds separate any two leaves' common
ancestor from the counter; seven rounds yield four blocks.
"""

import numpy as np
from numba import njit

WORDS_PER_TREE = 4
MASK = np.uint64(255)


def _times_two(value):
    """Multiplication by x in GF(2^8) modulo x^8 + x^4 + x^3 + x + 1."""
    return (value << 1) ^ (0x11B if value & 0x80 else 0)


def _product(a, b):
    """The product of two elements of GF(2^8)."""
    result = 0
    while b:
        result ^= a if b & 1 else 0
        a, b = _times_two(a), b >> 1
    return result


def _substitution_box():
    """SubBytes: the inverse in GF(2^8), then an affine map over GF(2)."""
    box = np.zeros(256, np.int64)
    for value in range(256):
        inverse = next((x for x in range(256) if _product(value, x) == 1), 0)
        turned = inverse * 0x101  # the byte twice, so that shifts rotate it
        box[value] = (inverse ^ (turned >> 7) ^ (turned >> 6) ^ (turned >> 5) ^ (turned >> 4) ^ 0x63) & 255
    return box


def _column_table(box, factors):
    """SubBytes and MixColumns of one byte: uint64[4, 256], one 32-bit column per row."""
    table = np.zeros((4, 256), np.uint64)
    for value in range(256):
        column = [_product(factor, int(box[value])) for factor in factors]
        for row in range(4):
            turned = column[-row:] + column[:-row] if row else column
            table[row, value] = sum(byte << (8 * i) for i, byte in enumerate(turned))
    return table


_BOX = _substitution_box()
# Low half of a word: the column of the cipher; high half: of its inverse.
COLUMNS = _column_table(_BOX, (2, 1, 1, 3)) | _column_table(np.argsort(_BOX), (14, 9, 13, 11)) << np.uint64(
    32
)


@njit(cache=True, forceinline=True)
def _entries(column):
    """Table entries of the four bytes of a column; only its low 32 bits count."""
    return (
        COLUMNS[0, column & MASK],
        COLUMNS[1, (column >> np.uint64(8)) & MASK],
        COLUMNS[2, (column >> np.uint64(16)) & MASK],
        COLUMNS[3, (column >> np.uint64(24)) & MASK],
    )


@njit(cache=True, forceinline=True)
def rounds(low, high):
    """One round of the cipher and one of its inverse, of the same block, before a key is added.

    Cipher: ShiftRows, SubBytes, MixColumns; inverse: InvShiftRows, InvSubBytes, InvMixColumns. Rows 0 and 2
    are shifted alike in both, rows 1 and 3 the other way round, so sixteen look-ups serve both.

    Returns
    -------
    cipher_low, cipher_high, inverse_low, inverse_high : uint64
    """
    half, lower = np.uint64(32), np.uint64(0xFFFFFFFF)
    a0, b0, c0, d0 = _entries(low)
    a1, b1, c1, d1 = _entries(low >> half)
    a2, b2, c2, d2 = _entries(high)
    a3, b3, c3, d3 = _entries(high >> half)
    e0, e1, e2, e3 = a0 ^ c2, a1 ^ c3, a2 ^ c0, a3 ^ c1
    return (
        ((e0 ^ b1 ^ d3) & lower) | ((e1 ^ b2 ^ d0) << half),
        ((e2 ^ b3 ^ d1) & lower) | ((e3 ^ b0 ^ d2) << half),
        ((e0 ^ b3 ^ d1) >> half) | ((e1 ^ b0 ^ d2) & ~lower),
        ((e2 ^ b1 ^ d3) >> half) | ((e3 ^ b2 ^ d0) & ~lower),
    )


@njit(cache=True)
def random_trees(leaves, state, lane):
    """Advance one 128-bit lane of a stream and write its next blocks.

    Parameters
    ----------
    leaves : uint64[n, 8]
        The words 2 lane and 2 lane + 1 of each row are overwritten, in the order of their use; ``n`` is a
        multiple of 4.
    state : uint64[>= 56]
        Of `scripts.common.bits.stream.random_state`; its counter advances.
    lane : int
        0 .. 3.
    """
    i, j = np.uint64(2 * lane), np.uint64(2 * lane + 1)
    line, one = np.uint64(8), np.uint64(1)
    k = i + np.uint64(16)
    for n in range(np.uint64(0), np.uint64(leaves.shape[0]), np.uint64(WORDS_PER_TREE)):
        state[i] += state[i + line]
        state[j] += state[j + line]
        x, y, _, _ = rounds(state[i], state[j])
        a, b, c, d = rounds(x ^ state[k], y ^ state[k + one])
        for parent in range(np.uint64(2)):
            at = k + (parent + one) * line
            p, q, r, s = rounds(a ^ state[at], b ^ state[at + one])
            leaf = n + parent + parent
            at = k + np.uint64(3) * line
            leaves[leaf, i], leaves[leaf, j] = p ^ state[at], q ^ state[at + one]
            leaf, at = leaf + one, at + line
            leaves[leaf, i], leaves[leaf, j] = r ^ state[at], s ^ state[at + one]
            a, b = c, d
