"""ln P(D) of polynomials of growing degree, by four samplers and in closed form.

Tables: ``evidence.csv`` (all methods), ``integration.csv`` (mean energy between prior and posterior),
``rejection.csv`` (share of the prior that is kept), ``flat.csv`` (data that say nothing), ``clamped.csv``
(another evidence: hidden units instead of parameters); arrays of ``works.npz``: ``work_d<d>`` float64[R],
the work of annealing, and ``x``, ``y``, the data.
"""

import numpy as np
import pandas as pd

from scripts.bayes.kernels import clamped as machine
from scripts.bayes.kernels import energies
from scripts.bayes.kernels import evidence as kernels
from scripts.bayes.kernels.ladder import Ladder
from scripts.bayes.theory import clamped as all_data
from scripts.bayes.theory import conjugate
from scripts.common.columns import pairs
from scripts.common.seeds import generator
from scripts.common.statistics import replica_mean

TRUE = (0.4, -1.0, 0.6, 0.9)  # coefficients of the Legendre polynomials behind the data
SIGMA = 0.4
PRIOR_PRECISION = 1.0
NODES = 16  # of Gauss and Legendre, along the ladder of powers
EQUILIBRATION = 0.2  # of the steps at each node
MACHINE = {"visible": 4, "hidden": 6, "scale": 1.0}
OFF = 1.01  # of the weights of the machine, the fault of a control


def data(n, seed):
    """Places and values of the data, float64[n] each."""
    x = np.linspace(-1.0, 1.0, n)
    y = np.polynomial.legendre.legval(x, TRUE)
    return x, y + SIGMA * generator(seed, "bayes/evidence", "data").standard_normal(n)


def model(x, degree):
    """Columns of the linear model: Legendre polynomials up to a degree, float64[n, degree + 1]."""
    return np.polynomial.legendre.legvander(x, degree)


def prior(n, d, rng):
    """Draws from the prior of the coefficients, float64[n, d]."""
    return rng.standard_normal((n, d)) / np.sqrt(PRIOR_PRECISION)


def annealed(problem, ladder, plan, rng):
    """ln <exp(-W)> with error, and the work W, float64[R]; plan = (particles, temperatures)."""
    particles, temperatures = plan
    powers = ladder.powers(np.linspace(0.0, 1.0, temperatures + 1))
    powers[-1] = 1.0
    start = prior(particles, len(ladder.precision), rng)
    work = kernels.anneal(start, powers, ladder.scales(powers), problem, rng)
    weights = np.exp(work.min() - work)
    value = np.log(weights.mean()) - work.min()
    # The logarithm of a mean is low by half its squared relative error.
    spread = weights.std(ddof=1) / weights.mean() / np.sqrt(particles)
    return value + 0.5 * spread**2, spread, work


def integrated(problem, ladder, plan, rng):
    """-int <E> d power by Gauss-Legendre with error, and the mean energies; plan = (walkers, steps)."""
    walkers, steps = plan
    powers, weights = ladder.quadrature(NODES)
    start = prior(walkers, len(ladder.precision), rng)
    lengths = int(EQUILIBRATION * steps), steps
    means = kernels.mean_energies(start, powers, ladder.scales(powers), lengths, problem, rng)
    curve = pd.DataFrame({"power": powers, "weight": weights} | pairs(energy=replica_mean(means)))
    curve["walkers"] = walkers
    return *replica_mean(-means @ weights)[:2], curve


def nested(problem, d, plan, rng):
    """ln P(D) with the error from independent runs; plan = (runs, live points, steps of a walk)."""
    runs, live, steps = plan
    found = [kernels.nested(prior(live, d, rng), steps, problem, rng)[0] for _ in range(runs)]
    return replica_mean(found)[:2]


def measured(config, seed):
    """All tables and arrays of the module's docstring.

    Parameters
    ----------
    config : dict
        ``bayes.evidence`` of the configuration.
    seed : int

    Returns
    -------
    dict
        By name: ``evidence``, ``integration``, ``rejection``, ``flat``, ``clamped``, and the arrays of
        ``works``.
    """
    x, y = data(config["data"], seed)
    rows, curves, kept, arrays = [], [], [], {"x": x, "y": y}
    for degree in config["degrees"]:
        X = model(x, degree)
        d, problem, ladder = (
            degree + 1,
            energies.linear(X, y, SIGMA, PRIOR_PRECISION),
            Ladder((X**2).sum(axis=0) / SIGMA**2, PRIOR_PRECISION),
        )
        exact = conjugate.linear_evidence(X, y, SIGMA, PRIOR_PRECISION)

        def stream(name, d=d):
            return generator(seed, "bayes/evidence", name, f"d={d}")

        plan = config["particles"], config["temperatures"]
        *found, arrays[f"work_d{d}"] = annealed(problem, ladder, plan, stream("annealing"))
        rows.append((d, "annealing", *found, plan[0] - 1, exact))
        plan = config["walkers"], config["steps"]
        *found, curve = integrated(problem, ladder, plan, stream("integration"))
        rows.append((d, "integration", *found, plan[0] - 1, exact))
        plan = config["runs"], config["live"], 20 + 10 * d
        rows.append((d, "nested", *nested(problem, d, plan, stream("nested")), plan[0] - 1, exact))
        curve["expected"] = conjugate.linear_mean_energy(X, y, SIGMA, PRIOR_PRECISION, curve["power"])
        curves.append(curve.assign(parameters=d))
        kept.append(rejected(X, y, problem, config["proposals"], stream("rejection")))
    columns = ["parameters", "method", "value", "value_err", "degrees_of_freedom", "expected"]
    tables = {"evidence": pd.DataFrame(rows, columns=columns), "integration": pd.concat(curves)}
    others = {"rejection": pd.DataFrame(kept), "flat": flat(y, seed), "clamped": clamped(seed)}
    return tables | others | {"works": arrays}


def flat(y, seed):
    """ln P(D) by all three methods where the parameters do not matter: a sum of their weights, without noise.

    Returns
    -------
    pandas.DataFrame
        ``method``, ``value``, ``expected``: the log-likelihood of zero coefficients.
    """
    rng, d = generator(seed, "bayes/evidence", "flat"), 2
    problem = energies.linear(np.zeros((len(y), d)), y, SIGMA, PRIOR_PRECISION)
    ladder = Ladder(np.full(d, len(y) / SIGMA**2), PRIOR_PRECISION)
    exact = -0.5 * np.sum(y**2) / SIGMA**2 - 0.5 * len(y) * np.log(2 * np.pi * SIGMA**2)
    found = {
        "annealing": annealed(problem, ladder, (4, 100), rng)[0],
        "integration": integrated(problem, ladder, (4, 20), rng)[0],
        "nested": nested(problem, d, (2, 50, 5), rng)[0],
    }
    return pd.DataFrame({"method": list(found), "value": list(found.values()), "expected": exact})


def clamped(seed):
    """ln P(D) of a Boltzmann machine with hidden units, for every D that it can see.

    Returns
    -------
    pandas.DataFrame
        ``data``, the number of D; ``log_clamped`` = ln Z(D), the sum over hidden units at clamped data, by
        its product formula, and ``clamped_off`` with weights one per cent too large; ``log_z`` of the whole
        machine; ``log_probability`` by the table of all its states.
    """
    rng, scale = generator(seed, "bayes/evidence", "machine"), MACHINE["scale"]
    n, m = MACHINE["visible"], MACHINE["hidden"]
    W, a, b = scale * rng.standard_normal((n, m)), rng.standard_normal(n), rng.standard_normal(m)
    v = all_data.units(n)
    log_clamped = -machine.free_energy(v, a, b, W)
    return pd.DataFrame({
        "data": np.arange(2**n),
        "log_clamped": log_clamped,
        "clamped_off": -machine.free_energy(v, a, b, OFF * W),
        "log_z": np.logaddexp.reduce(log_clamped),
        "log_probability": all_data.log_probabilities(a, b, W),
    })  # fmt: skip


def rejected(X, y, problem, proposals, rng):
    """One row of ``rejection.csv``."""
    kept = kernels.reject(proposals, problem, rng)
    expected = conjugate.linear_acceptance(X, y, SIGMA, PRIOR_PRECISION)
    error = np.sqrt(np.exp(expected) * -np.expm1(expected) / proposals)
    return (
        {"parameters": X.shape[1], "proposed": proposals, "kept": kept}
        | pairs(share=(kept / proposals, error))
        | {"expected": np.exp(expected)}
    )


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(**measured(params.evidence, params.seed))
