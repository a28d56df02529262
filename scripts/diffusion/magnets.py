"""Magnets in equilibrium, to learn from and to compare with: ``magnets.npz``.

``temperatures`` text[T]; ``size`` int64; ``training`` uint8[T, n, L * L / 8], spins as bits (1 is up) and
``second`` likewise, an independent set. Of the training set alone, what the network is told:
``magnetizations`` float64[T, N + 1], share of each up-spin count, the same turned over added; ``spectrum``
float64[T, L, L // 2 + 1], mean |s_k|^2 / N. Of a long chain of its own, what is judged by: ``blocks``
float64[T, B, 5], means of e, |m|, e^2, m^2 and m^4 over its parts; ``energies`` float64[T, E], share of each
energy, -2 N ... 2 N in steps of 4; ``correlation`` float64[T, B, L // 2 + 1], mean of s_0 s_r along the axes,
r = 1 ... L / 2, and last of the four spins around a plaquette.
"""

import numpy as np

from scripts.common.points import stacked
from scripts.common.progress import progress
from scripts.common.seeds import generator
from scripts.diffusion.kernels.spins import ising_chain

BLOCKS = 50
SPACING = 2


def packed(spins):
    """Bits of spins int8[n, L, L], uint8[n, L * L / 8]."""
    return np.packbits(spins.reshape(len(spins), -1) > 0, axis=1)


def unpacked(bits, size):
    """Spins int8[n, L, L] of bits."""
    up = np.unpackbits(bits, axis=1, count=size * size).astype(np.int8)
    return (2 * up - 1).reshape(-1, size, size)


def energies(spins):
    """Energy of every configuration, int64[n]."""
    bonds = spins * (np.roll(spins, 1, 1) + np.roll(spins, 1, 2))
    return -bonds.sum((1, 2), dtype=np.int64)


def correlations(spins):
    """Mean of s_0 s_r along both axes, and of the four spins around a plaquette, float64[n, L // 2 + 1]."""
    size = spins.shape[1]
    found = [
        sum((spins * np.roll(spins, r, axis)).mean((1, 2), dtype=float) for axis in (1, 2)) / 2
        for r in range(1, size // 2 + 1)
    ]
    bonds = spins * np.roll(spins, 1, 1)
    plaquette = (bonds * np.roll(bonds, 1, 2)).mean((1, 2), dtype=float)
    return np.stack([*found, plaquette], axis=1)


def moments(e, m):
    """e, |m|, e^2, m^2, m^4 of every configuration from both per spin, float64[n, 5]."""
    return np.stack([e, np.abs(m), e**2, m**2, m**4], axis=1)


def parts(values, n_parts):
    """Means over equal parts, float64[n_parts, ...]; a rest at the end is left out."""
    usable = len(values) // n_parts * n_parts
    return values[:usable].reshape(n_parts, -1, *values.shape[1:]).mean(axis=1)


def reference(size, temperature, sweeps, rng):
    """Moments in blocks, and the law of the energy, from one long chain."""
    spins, measured = ising_chain(size, temperature, sweeps // 20, 20, rng)
    n = size * size
    levels = np.bincount((measured[:, 0] + 2 * n) // 4, minlength=n + 1)
    return {
        "blocks": parts(moments(*measured.T / n), BLOCKS),
        "energies": levels / levels.sum(),
        "correlation": parts(correlations(spins), BLOCKS),
    }


def training(size, temperature, n, rng):
    """Spins to learn from, their spectrum and law of the magnetization, and an independent second set."""
    spins = ising_chain(size, temperature, n, SPACING, rng)[0]
    second = ising_chain(size, temperature, max(n // 8, 64), 10 * SPACING, rng)[0]
    ups = np.bincount((spins > 0).sum((1, 2)), minlength=size * size + 1)
    power = np.abs(np.fft.rfft2(spins[: 1 << 14].astype(float))) ** 2
    return {
        "training": packed(spins),
        "second": packed(second),
        "spectrum": power.mean(axis=0) / size**2,
        "magnetizations": (ups + ups[::-1]) / (2 * ups.sum()),
    }


def magnets(size, temperatures, plan, seed):
    """All arrays, stacked over temperatures; ``plan`` has ``sweeps`` and ``configurations``."""
    rows = []
    for name in progress(temperatures, "magnets"):
        t = float(name)
        own = generator(seed, "diffusion/magnets", f"L={size}", f"T={name}", "training")
        row = training(size, t, plan["configurations"], own)
        own = generator(seed, "diffusion/magnets", f"L={size}", f"T={name}", "reference")
        rows.append(row | reference(size, t, plan["sweeps"], own))
    return stacked(rows) | {"temperatures": np.array(temperatures), "size": np.int64(size)}


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        plan = params.plan
        write(magnets(plan["size"], plan["temperatures"], plan, params.seed))
