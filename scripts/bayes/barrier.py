"""A posterior with two modes: how long a chain stays in one, and how replica exchange leaves it.

A sensor sees x^2 with noise of width one; its n readings have the mean one, so that x = +1 and x = -1
fit equally well. The energy n (x^2 - 1)^2 / 2 is the double well of Kramers at D = 1 / (2n), and its
barrier is n / 2: every reading adds half a k_B T.

Tables ``passages.csv``, ``modes.csv``; arrays of ``paths.npz``: ``single`` and ``tempered`` float64[n],
steps of one chain of each kind, and for the player ``powers`` float64[K], ``edges`` float64[B + 1],
``histograms`` float64[K, B], densities of the tempered walkers by power.
"""

from functools import partial
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy import integrate

from scripts.bayes.kernels import energies, metropolis, tempering
from scripts.bayes.theory import walks
from scripts.common.columns import pairs
from scripts.common.seeds import generator
from scripts.common.statistics import AutocorrelationError, correlated_mean, r_hat, replica_mean

PRIOR = (0.3, 1.0)  # mean and precision: it prefers the right mode a little
CHAINS = 32
TEMPERED_CHAINS = 48
SHOWN = 4000
GRID = np.linspace(-5.0, 5.0, 2001)  # of exact means over the powers
THINNED = 2000  # values of each chain that R-hat is taken over
EDGES = np.linspace(-2.0, 2.0, 81)
HIGHER, MORE = 1.1, 4  # barrier of the control, and how many more walkers know its steps


def energy(n, x):
    """n (x^2 - 1)^2 / 2, float64[...]."""
    return n * (x**2 - 1) ** 2 / 2


def passages(readings, n_walkers, seed):
    """Steps from x = -1 to x = +1 against the number of readings, with a flat prior.

    Returns
    -------
    pandas.DataFrame
        Columns ``readings``, ``barrier`` n/2, ``walkers``, ``steps`` with error, ``higher`` with error (for
        the two lowest, the same over a barrier `HIGHER` times as high), ``expected`` by the matrix of
        the walk, ``kramers`` (the limit of small steps and high barriers).
    """
    rows = []
    for n in readings:
        scale, rng = n**-0.5, generator(seed, "bayes/barrier", f"n={n}")
        plan = n_walkers, -1.0, 1.0
        steps = tempering.first_passages(*plan, energies.square(np.ones(n), 1.0), scale, rng)
        higher = np.nan, np.nan
        if n in sorted(readings)[:2]:
            off, plan = energies.square(np.ones(n), HIGHER**-0.5), (MORE * n_walkers, -1.0, 1.0)
            higher = replica_mean(tempering.first_passages(*plan, off, scale, rng))[:2]
        expected = walks.first_passage_steps(partial(energy, n), -1.0, 1.0, scale, -1.0 - 5 * n**-0.5)
        kramers = walks.kramers_time(1 / (2 * n)) / (n * scale**2)
        rows.append((n, n / 2, n_walkers, *replica_mean(steps)[:2], *higher, expected, float(kramers)))
    columns = ["readings", "barrier", "walkers", "steps", "steps_err", "higher", "higher_err"]
    return pd.DataFrame(rows, columns=[*columns, "expected", "kramers"])


def ladder(n):
    """Powers of the likelihood from 1 down to where the barrier is below one, and proposal widths."""
    number = max(2, int(np.ceil(np.log(n) / np.log(1.8))) + 1)
    powers = np.geomspace(1.0, 1.0 / n, number)
    return powers, np.minimum(2.4 / np.sqrt(1 + 4 * n * powers), 1.0)[:, None]


def single(n, n_steps, seed, start=-1.0, n_chains=CHAINS):
    """Single chains from one start, float64[C, n_steps]."""
    problem = energies.square(np.ones(n), 1.0, *PRIOR)
    rng = generator(seed, "bayes/barrier", "single", f"n={n}", f"start={start}")
    scale = [2.4 / np.sqrt(1 + 4 * n)]
    chains = [metropolis.chain([start], n_steps, problem, scale, rng)[0] for _ in range(n_chains)]
    return np.array(chains)[:, :, 0]


def tempered(n, n_steps, seed):
    """Chains of replica exchange from x = -1: float64[C, n_steps, K], powers, exchanged float64[C, K - 1]."""
    problem = energies.square(np.ones(n), 1.0, *PRIOR)
    powers, scales = ladder(n)
    rng = generator(seed, "bayes/barrier", "tempered", f"n={n}")
    plan = -np.ones((len(powers), 1)), n_steps, powers, scales, problem, rng
    chains, exchanged = zip(*(tempering.temper(*plan) for _ in range(TEMPERED_CHAINS)), strict=True)
    return np.array(chains)[..., 0], powers, np.array(exchanged)


def balance(walkers, exchanged, powers, n):
    """What detailed balance asks of replicas, over its exact value and averaged over all powers, by chain.

    Returns
    -------
    energies, exchanges : Estimate
        Mean energies of the likelihood, and shares of the exchanges that were done.
    """
    exact = np.array([walks.power_energy(partial(energy, n), power, PRIOR, GRID) for power in powers])
    swaps = np.array([walks.swap_share(partial(energy, n), pair, PRIOR, GRID) for pair in pairwise(powers)])
    found = energy(n, walkers).mean(axis=1) / exact, exchanged / swaps
    return tuple(replica_mean(each.mean(axis=1)) for each in found)


def exact_modes(n):
    """Posterior mean of x, and probability that x > 0, by quadrature."""
    x = np.linspace(-4.0, 4.0, 40001)
    density = np.exp(-energy(n, x) - PRIOR[1] * (x - PRIOR[0]) ** 2 / 2)
    total = integrate.simpson(density, x=x)
    right = integrate.simpson(density[x >= 0], x=x[x >= 0])
    return float(integrate.simpson(x * density, x=x) / total), float(right / total)


def mode_row(sampler, n, chains, evaluations):
    """One row of ``modes.csv``.

    The position is that of the first chain, with the error that it states for itself; empty if it finds
    itself too short. R-hat is taken over a part of all chains, which start on the left.
    """
    position, weight = exact_modes(n)
    try:
        own = correlated_mean(chains[0])
    except AutocorrelationError:
        own = np.nan, np.nan, np.nan
    return (
        {"sampler": sampler, "readings": n, "chains": len(chains), "evaluations": evaluations}
        | pairs(weight=replica_mean((chains > 0).mean(axis=1)))
        | {"weight_expected": weight}
        | pairs(position=own)
        | {"position_freedom": own[2], "position_expected": position, "r_hat": thinned_r_hat(chains)}
    )


def thinned_r_hat(chains):
    """R-hat over at most about `THINNED` values of each chain."""
    return r_hat(chains[:, :: max(1, chains.shape[1] // THINNED)])


def modes(few, many, n_steps, seed):
    """Single chains at few and at many readings, and replica exchange at many, for the same evaluations.

    Returns
    -------
    dict
        ``modes`` and the arrays of ``paths``, as in the module's docstring.
    """
    rows = []
    for n in (few, many):
        chains = single(n, n_steps, seed)
        rows.append(mode_row("single", n, chains, n_steps))
        both = np.concatenate([chains[:4], single(n, n_steps, seed, 1.0, 4)])
        rows[-1]["r_hat_both"] = thinned_r_hat(both)
    cost = 2 * len(ladder(many)[0]) - 1  # each walker moves, and swaps look at all energies but one again
    steps = n_steps // cost
    walkers, powers, exchanged = tempered(many, steps, seed)
    settled = walkers[:, steps // 10 :]
    cold = settled[:, :, 0]
    energies_found, exchanges = balance(settled, exchanged, powers, many)
    rows.append(mode_row("tempered", many, cold, steps * cost))
    rows[-1] |= pairs(energies=energies_found, exchanges=exchanges)
    rows[-1]["r_hat_both"] = rows[-1]["r_hat"]
    counts = [np.histogram(settled[:, :, k], EDGES)[0] for k in range(len(powers))]
    density = np.array(counts) / (cold.size * np.diff(EDGES))
    arrays = {"single": chains[0, :SHOWN], "tempered": cold[0, :SHOWN], "powers": powers, "edges": EDGES}
    return {"modes": pd.DataFrame(rows), "paths": arrays | {"histograms": density}}


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        run, seed = params.barrier, params.seed
        write(passages=passages(run["readings"], run["walkers"], seed))
        write(**modes(run["few"], run["many"], run["steps"], seed))
