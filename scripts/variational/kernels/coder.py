"""An arithmetic coder on whole numbers of any length: it codes without loss and wastes at most a bit or two.

A message is one natural number x. A symbol that has f of M slots, the first of them c, turns x into

    (x // f) M + c + x mod f,

which is longer by log2(M/f) bits, and division undoes it: asymmetric numeral systems without the
renormalization that makes them fast. The length of the message in bits is that of x.

Source: J. Duda, arXiv:1311.2540.
"""

from itertools import accumulate


def encode(symbols, slots):
    """Code a message.

    Parameters
    ----------
    symbols : sequence of int
        Numbers of the symbols.
    slots : sequence of int
        How many slots each symbol has: its probability in the code, times their sum.

    Returns
    -------
    int
        Its ``bit_length()`` is the length of the message.
    """
    M, first = sum(slots), [0, *accumulate(slots)]
    x = 1
    for symbol in symbols:
        quotient, rest = divmod(x, slots[symbol])
        x = quotient * M + first[symbol] + rest
    return x


def decode(x, n, slots):
    """The ``n`` symbols of a message."""
    M, first = sum(slots), [0, *accumulate(slots)]
    owner = [symbol for symbol, f in enumerate(slots) for _ in range(f)]
    symbols = []
    for _ in range(n):
        x, slot = divmod(x, M)
        symbol = owner[slot]
        x = x * slots[symbol] + slot - first[symbol]
        symbols.append(symbol)
    return symbols[::-1]
