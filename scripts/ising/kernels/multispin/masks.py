"""Acceptance masks as instructions: what becomes of a spin, its neighbors, tail bits and random words.

Each class below has ``n_bits``, ``n_classes`` and ``updated(v, inputs, sources, data)``, where ``v`` are
`Vectors`, ``inputs`` a list of (s, four neighbors, tail bits of each class), ``sources`` one source of random
words for each, ``data`` pointers to flips and fields (`rates`); it returns the new spins. The instructions of
several vectors are interleaved, so that a threshold is read once for all.
"""

from dataclasses import dataclass

from scripts.common.bits.aes import WORDS_PER_TREE
from scripts.common.bits.bernoulli import TAIL


def either(m, a, b):
    """Bits of a where m is one, else of b."""
    return (m & a) | (~m & b)


def total(a, b, c):
    """Low bit of a + b + c."""
    return a ^ b ^ c


def carry(a, b, c):
    """High bit of a + b + c."""
    return (a & b) | (c & (a | b))


def sides(v, s, neighbors):
    """Where one differs (or three), and where at least two do and a flip is free without a field."""
    n1, n2, n3, n4 = neighbors
    low, high = v.logic(total, n1, n2, n3), v.logic(carry, n1, n2, n3)
    both = v.logic(lambda x, n, s: (x ^ s) & (n ^ s), low, n4, s)
    return v.builder.xor(low, n4), v.logic(lambda h, s, t: (h ^ s) | t, high, s, both)


@dataclass(frozen=True)
class UniformMasks:
    """No field, one temperature: the steps of both classes are compiled in.

    The chain of a spin's own class costs one operation per step, or one for two steps in
    which the classes agree.

    Parameters
    ----------
    constants : tuple of int
        Flips of the fresh bits, class 0 and class 1 of each step in turn.
    """

    constants: tuple

    n_classes = 2

    @property
    def n_bits(self):
        """Random words per spin."""
        return len(self.constants) // 2

    def updated(self, v, inputs, sources, data):
        """New spins; see the module's docstring."""
        spins = [load() for load, _ in inputs]
        odd, free = zip(*(sides(v, s, neighbors) for s, neighbors in spins), strict=True)
        masks = [v.logic(either, o, tails[1], tails[0]) for o, (_, tails) in zip(odd, inputs, strict=True)]
        for steps in self._merged_steps():
            for i, source in enumerate(sources):
                masks[i] = self._stepped(v, masks[i], odd[i], steps, source)
        return [
            v.logic(lambda s, f, m: s ^ (f | m), s, f, m)
            for (s, _), f, m in zip(spins, free, masks, strict=True)
        ]

    def _merged_steps(self):
        """Steps (flip of class 0, of class 1) in groups of one, or of two where the classes agree."""
        steps = list(zip(self.constants[::2], self.constants[1::2], strict=True))
        while steps:
            size = 2 if len(steps) > 1 and all(zero == one for zero, one in steps[:2]) else 1
            yield steps[:size]
            del steps[:size]

    @staticmethod
    def _stepped(v, mask, odd, steps, source):
        """One instruction; with two inputs random, the flips are the same constant in all lanes."""
        if len(steps) == 2:
            r, q = source.next(), source.next()
            return v.logic(_two_steps(steps[0][0], steps[1][0]), q, r, mask)
        zero, one = steps[0]
        return v.logic(lambda r, y, m: (r & y) ^ either(m, -one, -zero), source.next(), mask, odd)


@dataclass(frozen=True)
class SeparateMasks:
    """One chain for each class: with a field, or with thresholds of each bit.

    Parameters
    ----------
    known : tuple of tuple
        For each class its flips, step by step: 0 or 1 where all bits agree, so that it is compiled
        in, None where it is read.
    fields : tuple of int or None
        Where h < 0, |h| >= 2, |h| >= 4, if the same for all bits; else read.
    """

    known: tuple
    fields: tuple | None

    @property
    def n_bits(self):
        """Random words per spin."""
        return len(self.known[0])

    @property
    def n_classes(self):
        """Two without a field, five with one."""
        return len(self.known)

    def updated(self, v, inputs, sources, data):
        """New spins; see the module's docstring."""
        flips, fields = data
        masks = [list(tails) for _, tails in inputs]
        for k in range(0, self.n_bits, WORDS_PER_TREE):
            steps = [self._steps(v, flips, k, c) for c in range(self.n_classes)]
            for mask, source in zip(masks, sources, strict=True):
                words = [source.next() for _ in range(WORDS_PER_TREE)]
                for c in range(self.n_classes):
                    mask[c] = self._continued(v, mask[c], words, steps[c])
        if self.n_classes == 2:
            return [self._chosen(v, *load(), m) for (load, _), m in zip(inputs, masks, strict=True)]
        fields = (
            [v.broadcast(fields, i) for i in range(3)]
            if self.fields is None
            else map(v.constant, self.fields)
        )
        fields = list(fields)
        return [in_field(v, *load(), fields, m) for (load, _), m in zip(inputs, masks, strict=True)]

    def _steps(self, v, flips, k, c):
        """The steps of one random tree from bit ``k`` on: constants, or vectors read from memory."""
        at = (TAIL + k) * self.n_classes + c
        known = self.known[c][k : k + WORDS_PER_TREE]
        return [v.broadcast(flips, at + i * self.n_classes) if x is None else x for i, x in enumerate(known)]

    @staticmethod
    def _continued(v, mask, words, steps):
        """One instruction for each step that is read, and for one or two that are known."""
        k = 0
        while k < len(steps):
            pair = steps[k : k + 2]
            if len(pair) == 2 and all(isinstance(step, int) for step in pair):
                mask = v.logic(_two_steps(*pair), words[k + 1], words[k], mask)
            elif isinstance(pair[0], int):
                mask = v.logic(lambda r, y, _, c=pair[0]: (r & y) ^ -c, words[k], mask, mask)
            else:
                mask = v.logic(lambda r, y, c: (r & y) ^ c, words[k], mask, pair[0])
            k += 2 if all(isinstance(step, int) for step in pair) else 1
        return mask

    @staticmethod
    def _chosen(v, s, neighbors, masks):
        odd, free = sides(v, s, neighbors)
        mask = v.logic(either, odd, masks[1], masks[0])
        return v.logic(lambda s, f, m: s ^ (f | m), s, free, mask)


def _two_steps(first, second):
    return lambda q, r, y: (q & ((r & y) ^ -first)) ^ -second


def in_field(v, s, neighbors, fields, masks):
    """New spins from the masks of the five classes."""
    refused = v.zero
    for case, mask in zip(open_cases(v, s, neighbors, fields), masks, strict=True):
        refused = v.logic(lambda x, c, m: x | (c & ~m), refused, case, mask)
    return v.builder.xor(s, v.builder.xor(refused, v.ones))


def open_cases(v, s, neighbors, fields):
    """Where (n, a) is (0, 1), (1, 1), (2, 1), (1, 0) | (3, 1), (0, 0) | (4, 1): `rates`."""
    b, logic = v.builder, v.logic
    against, beyond_2, beyond_4 = fields
    n1, n2, n3, n4 = (b.xor(n, s) for n in neighbors)
    a, low, high = b.xor(s, against), logic(total, n1, n2, n3), logic(carry, n1, n2, n3)
    odd, four = b.xor(low, n4), logic(lambda h, x, n: h & x & n, high, low, n4)
    none = logic(lambda h, x, n: ~(h | x | n), high, low, n4)
    three, one = b.and_(odd, high), b.and_(odd, b.xor(high, v.ones))
    two = logic(lambda o, n, f: ~(o | n | f), odd, none, four)
    along, against = b.and_(three, a), logic(lambda x, a, _: x & ~a, one, a, a)
    beyond, below = b.and_(four, a), logic(lambda x, a, _: x & ~a, none, a, a)
    pairs = logic(either, beyond_2, along, against), logic(either, beyond_4, beyond, below)
    return [b.and_(none, a), b.and_(one, a), b.and_(two, a), *pairs]
