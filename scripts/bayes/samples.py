"""Long chains on two posteriors that are known exactly: ``samples.npz``.

The coin of the configuration, and normal data of unknown mean and precision. Arrays, for problem
``coin`` (theta = p) and ``normal`` (theta = mu, lambda):

- ``<problem>`` float64[C, n, d]: samples of C chains, so far apart that they are almost independent
- ``<problem>_off`` the same where the likelihood is raised to the power `OFF`, a planted error
- ``<problem>_data``: heads, tosses, alpha, beta; or the data y
- ``changed`` int64: steps of the coin's chain that differ if its posterior is multiplied by a constant
- ``far`` float64[K, C']: mean of a Gaussian parameter, in units of its posterior width, over chains of
  ``far_lengths`` int64[K] steps that start `FAR` widths away, and ``settled`` float64[K, C'] over as many
  steps after the first `SETTLING`; ``far_path`` float64[n'']: the beginning of one
"""

from functools import partial

import numpy as np

from scripts.bayes.kernels import energies, metropolis
from scripts.common.seeds import generator

CHAINS = 32
OFF = 1.1
PRIOR_COIN = (2.0, 3.0)  # alpha, beta
PRIOR_NORMAL = (0.0, 1.0, 3.0, 3.0)  # m, kappa, a, b
WIDTHS = 1.7  # near the best width of a walk in two dimensions, 2.4 / sqrt(2)
THINNING = {"coin": 32, "normal": 64}
BURN_IN = 1000
FAR = 50.0
FAR_SCALE = 2.4
SETTLING = 256
FAR_CHAINS = 256
FAR_LENGTHS = (256, 512, 1024, 2048, 4096)


def normal_scales(n, scatter, mean):
    """Proposal widths of (mu, lambda) from the data: `WIDTHS` posterior widths, about, float64[..., 2]."""
    m, kappa, a, b = PRIOR_NORMAL
    shape = a + n / 2
    precision = shape / (b + 0.5 * (scatter + kappa * n * (mean - m) ** 2 / (kappa + n)))
    return WIDTHS * np.stack([((n + kappa) * precision) ** -0.5, precision * shape**-0.5], axis=-1)


def problems(coin, y):
    """Problem, proposal widths and draws from the prior, by name.

    Returns
    -------
    dict of str to (float64[k], float64[d], callable)
        The last one takes a generator and a number n and returns float64[n, d].
    """
    heads, tosses = coin
    alpha, beta = PRIOR_COIN
    m, kappa, a, b = PRIOR_NORMAL

    def coin_prior(rng, n):
        return rng.beta(alpha, beta, (n, 1))

    def normal_prior(rng, n):
        precision = rng.gamma(a, 1 / b, n)
        return np.stack([m + rng.standard_normal(n) / np.sqrt(kappa * precision), precision], axis=1)

    width = 2.4 * np.sqrt((heads + alpha) * (tosses - heads + beta) / (tosses + alpha + beta) ** 3)
    widths = normal_scales(len(y), np.sum((y - y.mean()) ** 2), y.mean())
    return {
        "coin": (energies.coin(heads, tosses, alpha, beta), np.array([width]), coin_prior),
        "normal": (energies.normal(y, PRIOR_NORMAL), widths, normal_prior),
    }


def chains(problem, scales, starts, n_samples, thinning, rng, power=1.0):
    """Samples after a burn-in, float64[C, n, d]."""
    found = []
    walk = partial(metropolis.chain, problem=problem, scales=scales, rng=rng, power=power)
    for start in starts:
        settled = walk(start, 1, thinning=BURN_IN)[0][0]
        found.append(walk(settled, n_samples, thinning=thinning)[0])
    return np.array(found)


def changed_steps(problem, scales, seed, factor=1000.0):
    """Steps that differ if the coin's posterior is multiplied by e^factor, with the same random numbers."""
    shifted = problem.copy()
    shifted[5] -= factor  # ln B(alpha, beta), a constant of the prior
    runs = [
        metropolis.chain([0.5], 100000, each, scales, generator(seed, "bayes/samples", "constant"))[0]
        for each in (problem, shifted)
    ]
    return int(np.count_nonzero(runs[0] != runs[1]))


def from_afar(seed):
    """Means over chains that start far away, all of them and after settling; see the module's docstring.

    The parameter is a mean with a normal prior whose posterior is the normal distribution of unit width.
    """
    problem = energies.linear(np.ones((1, 1)), np.zeros(1), 2**0.5, 0.5)
    far, settled = np.empty((2, len(FAR_LENGTHS), FAR_CHAINS))
    for k, length in enumerate(FAR_LENGTHS):
        rng = generator(seed, "bayes/samples", f"far={length}")
        for chain in range(FAR_CHAINS):
            path = metropolis.chain([FAR], SETTLING + length, problem, [FAR_SCALE], rng)[0][:, 0]
            far[k, chain], settled[k, chain] = path[:length].mean(), path[SETTLING:].mean()
    return {"far_lengths": np.array(FAR_LENGTHS), "far": far, "settled": settled, "far_path": path[:400]}


def sampled(coin, n_data, n_samples, seed):
    """All arrays of the module's docstring.

    Parameters
    ----------
    coin : (int, int)
        Heads and tosses.
    n_data : int
        Normal data, drawn here with mean 1 and standard deviation 2.
    n_samples : int
        Almost independent samples of each chain.
    seed : int
    """
    y = generator(seed, "bayes/samples", "data").normal(1.0, 2.0, n_data)
    setup = problems(coin, y)
    arrays = {"coin_data": np.array([*coin, *PRIOR_COIN]), "normal_data": y}
    for name, (problem, scales, prior) in setup.items():
        for label, power in ((name, 1.0), (f"{name}_off", OFF)):
            rng = generator(seed, "bayes/samples", label)
            plan = prior(rng, CHAINS), n_samples, THINNING[name], rng, power
            arrays[label] = chains(problem, scales, *plan)
    arrays["changed"] = np.array(changed_steps(*setup["coin"][:2], seed))
    return arrays | from_afar(seed)


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        coin = params.coin["heads"], params.coin["tosses"]
        write(sampled(coin, params.normal, params.samples, params.seed))
