"""Annealed importance sampling against exact ln Z: ``annealing.csv``, ``annealing_runs.csv``, ``work.npz``.

The machine has 14 visible and 9 hidden units with normal weights (0.6) and biases (0.3). Read as physics, the
couplings are switched on in K steps, ln Z_0 - ln Z is the free-energy difference, and minus the
logarithm of a weight is the work W: <exp(-W)> = Z / Z_0 (Jarzynski, Phys. Rev. Lett. 78, 2690 (1997),
doi:10.1103/PhysRevLett.78.2690). The reverse process starts from exact samples of the machine. A control
leaves the last step out of the weights.

Arrays written, for the numbers of steps ``steps`` int64[m]:

- ``forward``, ``reverse`` float64[m, n]: work of switching on, and minus the work of switching off
- ``difference`` float64: -ln(Z / Z_0), the free-energy difference
"""

import numpy as np
import pandas as pd

from scripts.boltzmann.kernels import block_gibbs
from scripts.boltzmann.parameters import random_rbm
from scripts.boltzmann.theory import machine as exact
from scripts.boltzmann.theory import rbm as restricted
from scripts.common.columns import pairs
from scripts.common.progress import progress
from scripts.common.seeds import generator, words
from scripts.common.statistics import replica_mean

VISIBLE, HIDDEN = 14, 9
LOG_Z0 = (VISIBLE + HIDDEN) * np.log(2)
REVERSE, LEAST = 10, 20  # the reverse process takes a tenth of the chains, but not fewer than 20
SHOWN = 2500  # works kept for the figure, from each direction


def works(rbm, seed, steps, n, reverse=False):
    """Work of n independent processes of ``steps`` steps, in the sense of switching on.

    Returns
    -------
    whole, short : float64[n]
        Forward: W; reverse: minus the work of switching off. Both scatter around -ln(Z / Z_0). ``short`` is
        the work of all steps but the last.
    """
    label = ("boltzmann/annealing", "reverse" if reverse else "forward", f"K={steps}")
    rng = generator(seed, *label)
    betas = np.linspace(0, 1, steps + 1)[:: -1 if reverse else 1]
    if reverse:
        drawn = rng.choice(2**VISIBLE, size=n, p=restricted.probabilities(rbm))
        start = exact.states(VISIBLE)[drawn]
    else:
        start = rng.random((n, VISIBLE)) < 0.5
    v, streams, base = block_gibbs.packed(start), words(seed, *label, n=n), np.zeros(VISIBLE)
    short = block_gibbs.anneal(v, streams, rbm, base, betas[:-1])
    whole = short + block_gibbs.anneal(v, streams, rbm, base, betas[-2:])
    return (whole, short) if reverse else (-whole, -short)


def log_mean_exp(log_weights):
    """ln of the mean of the weights along the last axis, and its error by the delta method."""
    top = log_weights.max(axis=-1, keepdims=True)
    weights = np.exp(log_weights - top)
    mean = weights.mean(axis=-1)
    error = weights.std(axis=-1, ddof=1) / mean / np.sqrt(weights.shape[-1])
    return top[..., 0] + np.log(mean), error


def calibrated(seed, temperatures, runs, chains):
    """Every number of temperatures in turn.

    Parameters
    ----------
    seed : int
    temperatures : sequence of int
        Steps of the annealing.
    runs, chains : int
        Independent estimates, and the chains of each; the reverse process takes a tenth of them.

    Returns
    -------
    dict
        ``table``, one row per number of temperatures; ``runs``, every run with its own error; and the arrays
        of ``work``.
    """
    rbm = random_rbm(generator(seed, "boltzmann/annealing", "machine"), VISIBLE, HIDDEN)
    log_z, rows, each, kept = restricted.log_partition_function(rbm), [], [], {"forward": [], "reverse": []}
    for steps in progress(temperatures, "annealing"):
        on, short = works(rbm, seed, steps, runs * chains)
        back, _ = works(rbm, seed, steps, runs * max(chains // REVERSE, LEAST), reverse=True)
        estimates, errors = log_mean_exp(-on.reshape(runs, chains))
        reverse, _ = log_mean_exp(back.reshape(runs, -1))
        rows.append(
            {"temperatures": steps, "runs": runs, "chains": chains, "log_z_exact": log_z}
            | pairs(log_z=replica_mean(estimates + LOG_Z0), log_z_reverse=replica_mean(LOG_Z0 - reverse))
            | pairs(log_z_short=replica_mean(log_mean_exp(-short.reshape(runs, chains))[0] + LOG_Z0))
            | {"error_stated": np.sqrt((errors**2).mean())}
            | {"error_seen": np.sqrt(((estimates + LOG_Z0 - log_z) ** 2).mean())}
            | pairs(dissipated=replica_mean(on - LOG_Z0 + log_z))
            # Var(W)/2, which the dissipated work equals where the response is linear.
            | pairs(half_variance=replica_mean(on.reshape(runs, -1).var(axis=1, ddof=1) / 2))
        )
        columns = {"temperatures": steps, "run": range(runs)} | pairs(log_z=(estimates + LOG_Z0, errors))
        each.append(pd.DataFrame(columns))
        shown = min(SHOWN, len(back))
        kept["forward"].append(on[:shown])
        kept["reverse"].append(back[:shown])
    arrays = {name: np.array(found) for name, found in kept.items()}
    arrays |= {"steps": np.array(temperatures), "difference": np.array(LOG_Z0 - log_z)}
    return {"table": pd.DataFrame(rows), "runs": pd.concat(each, ignore_index=True), "work": arrays}


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(**calibrated(params.seed, params.temperatures, params.runs, params.chains))
