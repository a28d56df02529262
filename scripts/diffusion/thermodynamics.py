"""Entropy, heat, information and transport in time, and what single paths say of them.

Tables: ``thermodynamics.csv``, exact values of several laws in time; ``fluctuations.csv``, the total
entropy that simulated paths produce, forward and reverse, and the mean of its exponential.
"""

import numpy as np
import pandas as pd

from scripts.common.columns import pairs
from scripts.common.seeds import generator
from scripts.common.statistics import replica_mean
from scripts.diffusion import laws
from scripts.diffusion.kernels import particles
from scripts.diffusion.theory import mixture as theory
from scripts.diffusion.theory import thermodynamics as exact

TIMES = np.concatenate([[0.0], np.geomspace(0.01, 12.0, 40)])
SHORT = 1.0  # time over which paths are followed
STEPS = 1000
BROAD = (np.array([1.0]), np.array([0.0]), np.array([4.0]))
NARROW = (np.array([1.0]), np.array([1.5]), np.array([0.05]))


def in_time(name, mixture):
    """Rows of one law: state functions, entropy produced so far, and the speed limit."""
    rows, produced, before = [], 0.0, 0.0
    for t in TIMES:
        if t > 0:
            produced += exact.production(mixture, before, t, panels=2)
        before = t
        row = {"law": name, "t": t} | exact.state(mixture, t) | {"production": produced}
        # speed limit: W2^2 / t <= entropy produced (D = 1)
        row["limit"] = exact.transport(mixture, 0.0, t) / t if t > 0 else 0.0
        rows.append(row)
    return rows


def fluctuations(mixture, n, seed):
    """Total entropy production along single paths, in nats.

    Forward: ln p_0(x_0) - ln p_t(x_t) + int f dx with f = -x: a function of the ends. Reverse: the force
    is x + 2 s(x, t), its heat int (x + 2 s) o dx is summed by the midpoint rule (Stratonovich). ``apparent``
    leaves out what the score does: the heat of the bare force, -x, alone.
    """
    rng = generator(seed, "diffusion/thermodynamics", "paths")
    first = laws.drawn(mixture, n, rng)
    x = first.copy()
    particles.forward(x, SHORT, 0.005, (True, True), rng)
    last = theory.noised(mixture, SHORT)
    forward = theory.log_density(first, mixture) - theory.log_density(x, last) - (x**2 - first**2) / 2
    total, apparent = _reverse(mixture, n // 20, rng)
    rows = [_row("forward", forward), _row("reverse", total), _row("reverse_apparent", apparent)]
    return pd.DataFrame(rows).assign(exact=exact.production(mixture, 0.0, SHORT))


def _reverse(mixture, n, rng):
    """Total entropy of reverse paths, with the score's part of the heat and without."""
    x = laws.drawn(theory.noised(mixture, SHORT), n, rng)
    start = theory.log_density(x, theory.noised(mixture, SHORT))
    times = particles.reverse_times(SHORT, STEPS, 1)
    heat, bare = np.zeros(n), -(x**2) / 2
    force = x + 2 * theory.score(x, theory.noised(mixture, times[0]))
    for k in range(STEPS):
        step = times[k] - times[k + 1]
        kick = np.sqrt(2 * step) * rng.standard_normal(n)
        trial = x + force * step + kick
        law = theory.noised(mixture, times[k + 1])
        moved = x + (force + trial + 2 * theory.score(trial, law)) / 2 * step + kick
        later = moved + 2 * theory.score(moved, law)
        heat += (force + later) / 2 * (moved - x)
        x, force = moved, later
    change = start - theory.log_density(x, mixture)
    return change + heat, change - (x**2) / 2 - bare


def _row(name, produced):
    columns = pairs(mean=replica_mean(produced), exponential=replica_mean(np.exp(-produced)))
    return {"path": name, "paths": len(produced)} | columns | {"negative": np.mean(produced < 0)}


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        mixture = laws.as_arrays(params.mixture)
        named = {"mixture": mixture, "broad": BROAD, "narrow": NARROW}
        rows = [row for name, law in named.items() for row in in_time(name, law)]
        # at t = 0 the data are known without noise, which no number says
        write(thermodynamics=pd.DataFrame(rows).replace(np.inf, np.nan))
        write(fluctuations=fluctuations(mixture, params.particles, params.seed))
