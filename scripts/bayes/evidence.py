"""ln P(D) of polynomials of growing degree, by four samplers and in closed form.

Tables: ``evidence.csv`` (all methods), ``integration.csv`` (mean energy between prior and posterior),
``rejection.csv`` (share of the prior that is kept); arrays of ``works.npz``: ``work_d<d>``
float64[R], the work of annealing, and ``x``, ``y``, the data.
"""

import numpy as np
import pandas as pd

from scripts.bayes.kernels import energies
from scripts.bayes.kernels import evidence as kernels
from scripts.bayes.theory import conjugate
from scripts.common.seeds import generator
from scripts.common.statistics import replica_mean

TRUE = (0.4, -1.0, 0.6, 0.9)  # coefficients of the Legendre polynomials behind the data
SIGMA = 0.4
PRIOR_PRECISION = 1.0
NODES = 16  # of Gauss and Legendre, along the ladder of powers
EQUILIBRATION = 0.2  # of the steps at each node


def data(n, seed):
    """Places and values of the data, float64[n] each."""
    x = np.linspace(-1.0, 1.0, n)
    y = np.polynomial.legendre.legval(x, TRUE)
    return x, y + SIGMA * generator(seed, "bayes/evidence", "data").standard_normal(n)


def model(x, degree):
    """Columns of the linear model: Legendre polynomials up to a degree, float64[n, degree + 1]."""
    return np.polynomial.legendre.legvander(x, degree)


class Ladder:
    """Powers between prior and posterior, even in the logarithm of the precision, and proposals for them.

    The precision at a power is alpha + power * G_ii with G that of the data: in ``t`` from 0 to 1,
    power(t) = r ((1 + 1/r)^t - 1) with r = alpha / mean G_ii. This ladder is about as steep in each step
    as the walkers are slow there.
    """

    def __init__(self, X):
        self.precision = (X**2).sum(axis=0) / SIGMA**2
        self.ratio = PRIOR_PRECISION / self.precision.mean()

    def powers(self, t):
        """float64[...] in [0, 1]."""
        return self.ratio * np.expm1(np.asarray(t) * np.log1p(1 / self.ratio))

    def slopes(self, t):
        """d power / dt, float64[...]."""
        grow = np.log1p(1 / self.ratio)
        return self.ratio * grow * np.exp(np.asarray(t) * grow)

    def scales(self, powers):
        """Proposal widths, float64[T, d]."""
        widths = (PRIOR_PRECISION + np.asarray(powers)[:, None] * self.precision) ** -0.5
        return 2.4 / np.sqrt(len(self.precision)) * widths


def annealed(problem, ladder, plan, rng):
    """ln <exp(-W)> with error, and the work W, float64[R]; plan = (particles, temperatures)."""
    particles, temperatures = plan
    powers = ladder.powers(np.linspace(0.0, 1.0, temperatures + 1))
    powers[-1] = 1.0
    start = rng.standard_normal((particles, len(ladder.precision))) / np.sqrt(PRIOR_PRECISION)
    work = kernels.anneal(start, powers, ladder.scales(powers), problem, rng)
    weights = np.exp(work.min() - work)
    value = np.log(weights.mean()) - work.min()
    # The logarithm of a mean is low by half its squared relative error.
    spread = weights.std(ddof=1) / weights.mean() / np.sqrt(particles)
    return value + 0.5 * spread**2, spread, work


def integrated(problem, ladder, plan, rng):
    """-int <E> d power by Gauss-Legendre with error, and the mean energies; plan = (walkers, steps)."""
    walkers, steps = plan
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    t = (nodes + 1) / 2
    powers, weights = ladder.powers(t), weights / 2 * ladder.slopes(t)
    start = rng.standard_normal((walkers, len(ladder.precision))) / np.sqrt(PRIOR_PRECISION)
    lengths = int(EQUILIBRATION * steps), steps
    means = kernels.mean_energies(start, powers, ladder.scales(powers), lengths, problem, rng)
    total, each = replica_mean(-means @ weights), replica_mean(means)
    return (
        total.value,
        total.err,
        pd.DataFrame({"power": powers, "energy": each.value, "energy_err": each.err}),
    )


def nested(problem, d, plan, rng):
    """ln P(D) with the error from independent runs; plan = (runs, live points, steps of a walk)."""
    runs, live, steps = plan
    found = [
        kernels.nested(rng.standard_normal((live, d)) / np.sqrt(PRIOR_PRECISION), steps, problem, rng)[0]
        for _ in range(runs)
    ]
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
    evidence, integration, rejection : pandas.DataFrame
    arrays : dict of str to array
    """
    x, y = data(config["data"], seed)
    rows, curves, kept, arrays = [], [], [], {"x": x, "y": y}
    for degree in config["degrees"]:
        X = model(x, degree)
        d, problem, ladder = degree + 1, energies.linear(X, y, SIGMA, PRIOR_PRECISION), Ladder(X)
        exact = conjugate.linear_evidence(X, y, SIGMA, PRIOR_PRECISION)

        def stream(name, d=d):
            return generator(seed, "bayes/evidence", name, f"d={d}")

        value, err, work = annealed(
            problem, ladder, (config["particles"], config["temperatures"]), stream("annealing")
        )
        rows.append((d, "annealing", value, err, config["particles"] - 1, exact))
        plan = config["walkers"], config["steps"]
        value, err, curve = integrated(problem, ladder, plan, stream("integration"))
        rows.append((d, "integration", value, err, config["walkers"] - 1, exact))
        plan = config["runs"], config["live"], 20 + 10 * d
        value, err = nested(problem, d, plan, stream("nested"))
        rows.append((d, "nested", value, err, config["runs"] - 1, exact))
        curve["expected"] = conjugate.linear_mean_energy(X, y, SIGMA, PRIOR_PRECISION, curve["power"])
        curves.append(curve.assign(parameters=d))
        kept.append(rejected(X, y, problem, config["proposals"], stream("rejection")))
        arrays[f"work_d{d}"] = work
    evidence = pd.DataFrame(
        rows, columns=["parameters", "method", "value", "value_err", "degrees_of_freedom", "expected"]
    )
    return evidence, pd.concat(curves), pd.DataFrame(kept), arrays


def rejected(X, y, problem, proposals, rng):
    """One row of ``rejection.csv``."""
    kept = kernels.reject(proposals, problem, rng)
    expected = conjugate.linear_acceptance(X, y, SIGMA, PRIOR_PRECISION)
    share = kept / proposals
    return {
        "parameters": X.shape[1],
        "proposed": proposals,
        "kept": kept,
        "share": share,
        "share_err": np.sqrt(np.exp(expected) * -np.expm1(expected) / proposals),
        "expected": np.exp(expected),
        "normalization": -0.5 * len(y) * np.log(2 * np.pi * SIGMA**2),
    }


if __name__ == "__main__":
    from scripts.common.io import job, save_arrays
    from scripts.common.tables import write_table

    with job(snakemake):
        evidence, curves, kept, arrays = measured(snakemake.params.evidence, snakemake.params.seed)
        write_table(snakemake.output.evidence, evidence)
        write_table(snakemake.output.integration, curves)
        write_table(snakemake.output.rejection, kept)
        save_arrays(snakemake.output.works, **arrays)
