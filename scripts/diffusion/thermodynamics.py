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

SHORT, LATE = 1.0, 0.5  # time over which paths are followed, and from where on the last part of the way back
STEPS = 1000
PLANTED = 0.97  # of the heat of forward paths


def in_time(name, mixture):
    """Rows of one law: state functions, entropy produced so far, and the speed limit."""
    rows, produced, before = [], 0.0, 0.0
    for t in laws.HEAT_TIMES:
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

    Forward: ln p_0(x_0) - ln p_t(x_t) + int f dx with f = -x: a function of the ends; ``off`` counts 3 % of
    the heat too little. Reverse: the force is x + 2 s(x, t), its heat int (x + 2 s) o dx is summed by the
    midpoint rule (Stratonovich). ``late`` is the last part of the way back; ``apparent`` leaves out what the
    score does: the heat of the bare force, -x, alone. See Seifert, Phys. Rev. Lett. 95, 040602 (2005).
    """
    rng = generator(seed, "diffusion/thermodynamics", "paths")
    first = laws.drawn(mixture, n, rng)
    x = first.copy()
    particles.forward(x, SHORT, 0.005, (1.0, 1.0), rng)
    last = theory.noised(mixture, SHORT)
    change, heat = theory.log_density(first, mixture) - theory.log_density(x, last), (first**2 - x**2) / 2
    found = {"forward": change + heat, "forward_off": change + PLANTED * heat}
    found |= _reverse(mixture, n // 20, rng)
    return pd.DataFrame([_row(name, produced) for name, produced in found.items()])


def _reverse(mixture, n, rng):
    """Total entropy of reverse paths: all of it, its last part, and without the score's heat."""
    x = laws.drawn(theory.noised(mixture, SHORT), n, rng)
    times = particles.reverse_times(SHORT, STEPS, 1)
    heat, first = np.zeros(n), x.copy()
    start = theory.log_density(x, theory.noised(mixture, SHORT))
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
        if k + 1 == round(STEPS * LATE / SHORT):
            before = heat + start - theory.log_density(x, law)
    change = start - theory.log_density(x, mixture)
    bare = change - (x**2 - first**2) / 2
    return {"reverse": change + heat, "reverse_late": change + heat - before, "reverse_apparent": bare}


def _row(name, produced):
    columns = pairs(mean=replica_mean(produced), exponential=replica_mean(np.exp(-produced)))
    return {"path": name, "paths": len(produced)} | columns


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        mixture = laws.as_arrays(params.mixture)
        rows = [row for name, law in laws.heated(mixture).items() for row in in_time(name, law)]
        # at t = 0 the data are known without noise, which no number says
        write(thermodynamics=pd.DataFrame(rows).replace(np.inf, np.nan))
        write(fluctuations=fluctuations(mixture, params.particles, params.seed))
