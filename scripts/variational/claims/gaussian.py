"""Gaussians without correlations, and the ELBO by sampling: rows 4.2-09 and 4.2-13."""

import numpy as np

from scripts.common.claims.records import record, sourced
from scripts.common.numbers import number

GAUSSIAN = {"data": "variational/tables/gaussian.csv", "rule": "variational_solvable"}
SAMPLES = {"data": "variational/tables/monte_carlo.csv", "rule": "variational_sampling"}
RHO = 0.9
ESTIMATES = {"unbiased": "elbo", "wrong_width": "wrong_width", "no_entropy": "no_entropy"}


def records(checks, data):
    """Records of the rows above.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame
        ``gaussian`` and ``monte_carlo``.

    Returns
    -------
    list of dict
    """
    samples = data["monte_carlo"].set_index("estimator")
    sampled = [
        record(
            checks["4.2-09", part],
            measured=samples.loc[name, "value"],
            error=samples.loc[name, "value_err"],
            reference=samples.loc[name, "exact"],
            n_effective=samples.loc[name, "streams"] * samples.loc[name, "samples"],
            degrees_of_freedom=samples.loc[name, "streams"] - 1,
        )
        for part, name in ESTIMATES.items()
    ]
    return sourced(sampled, **SAMPLES) + sourced(_variances(checks, data["gaussian"]), **GAUSSIAN)


def at(table, direction, rho=RHO):
    """The row of one direction at one correlation."""
    return table[(table["direction"] == direction) & np.isclose(table["rho"], rho)].iloc[0]


def _variances(checks, table):
    reverse, forward = at(table, "reverse"), at(table, "forward")
    rows = table[table["direction"] == "reverse"]
    correlated = rows[rows["rho"] > 0]
    found = {
        "variance": ((rows["variance"] - rows["variance_exact"]).abs().max(), 0.0),
        "gap": (reverse["divergence"], reverse["divergence_exact"]),
        "too_small": ((correlated["variance"] / correlated["variance_true"]).max(), 1.0),
        "forward": (forward["variance"], reverse["variance_exact"]),
    }
    return [record(checks["4.2-13", part], measured=v, reference=r) for part, (v, r) in found.items()]


def numbers(data):
    """What the chapter quotes."""
    reverse = at(data["gaussian"], "reverse")
    samples = data["monte_carlo"].set_index("estimator")
    return {
        "variational.gaussian.rho": number(RHO, None, "", **GAUSSIAN),
        "variational.gaussian.variance": number(reverse["variance"], None, "", **GAUSSIAN),
        "variational.gaussian.gap": number(reverse["divergence"], None, "nat", **GAUSSIAN),
        "variational.sampling.elbo": number(
            samples.loc["elbo", "value"], samples.loc["elbo", "value_err"], "nat", **SAMPLES
        ),
        "variational.sampling.exact": number(samples.loc["elbo", "exact"], None, "nat", **SAMPLES),
        "variational.sampling.wrong_width": number(
            samples.loc["wrong_width", "value"], samples.loc["wrong_width", "value_err"], "nat", **SAMPLES
        ),
    }
