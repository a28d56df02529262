"""Gaussians without correlations, and the ELBO by sampling: rows 4.2-09 and 4.2-13."""

from scripts.common.claims.findings import column, quoted, row_where, where

GAUSSIAN = {"data": "variational/tables/gaussian.csv", "rule": "variational_solvable"}
SAMPLES = {"data": "variational/tables/monte_carlo.csv", "rule": "variational_sampling"}
VARIANCES = {"data": "variational/tables/variances.csv", "rule": "variational_solvable"}
RHO = 0.9
ESTIMATES = {"unbiased": "elbo", "wrong_width": "wrong_width", "no_entropy": "no_entropy"}


def findings(data):
    """What the rows above compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``gaussian``, ``variances`` and ``monte_carlo``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    samples, sampled = data["monte_carlo"].set_index("estimator"), []
    for part, name in ESTIMATES.items():
        row = samples.loc[name]
        value = column(row, "value", replicas="streams")._replace(n_effective=row["streams"] * row["samples"])
        sampled.append(("4.2-09", part, value, row["exact"]))
    return [
        (SAMPLES, sampled),
        (GAUSSIAN, _variances(data["gaussian"])),
        (VARIANCES, _other_targets(data["variances"])),
    ]


def _other_targets(table):
    """Targets that are no Gaussians: all variances of normal data, and those of spins on average."""
    data, spins = where(table, target="normal data"), row_where(table, target="spin glass")
    ratio, too_low = (
        column(spins, name, replicas="instances", n_effective="instances") for name in ("ratio", "too_low")
    )
    return [
        ("4.2-13", "normal_data", data["ratio"].max(), 1.0),
        ("4.2-13", "spins", ratio, 1.0),
        ("4.2-13", "each_spin", too_low, data["too_low"].min()),
    ]


def at(table, direction):
    """The row of one direction at the correlation `RHO`."""
    return row_where(table, direction=direction, rho=RHO)


def _variances(table):
    reverse, forward = at(table, "reverse"), at(table, "forward")
    rows = where(table, direction="reverse")
    correlated = rows[rows["rho"] > 0]
    return [
        ("4.2-13", "variance", (rows["variance"] - rows["variance_exact"]).abs().max(), 0.0),
        ("4.2-13", "gap", (table["divergence"] - table["divergence_exact"]).abs().max(), 0.0),
        ("4.2-13", "too_small", (correlated["variance"] / correlated["variance_true"]).max(), 1.0),
        ("4.2-13", "forward", forward["variance"], reverse["variance_exact"]),
    ]


def numbers(data):
    """What the chapter quotes."""
    reverse, samples = at(data["gaussian"], "reverse"), data["monte_carlo"].set_index("estimator")
    elbo, wrong = samples.loc["elbo"], samples.loc["wrong_width"]
    spins = row_where(data["variances"], target="spin glass")
    low = 1 - where(data["variances"], target="normal data")["ratio"].min()
    others = {"spins": column(spins, "ratio"), "too_low": column(spins, "too_low"), "counted": 100 * low}
    sampling = {"elbo": column(elbo, "value"), "exact": elbo["exact"], "wrong_width": column(wrong, "value")}
    return (
        quoted("variational.gaussian", GAUSSIAN, rho=RHO, variance=reverse["variance"])
        | quoted("variational.gaussian", GAUSSIAN, "nat", gap=reverse["divergence"])
        | quoted("variational.variances", VARIANCES, **others)
        | quoted("variational.sampling", SAMPLES, "nat", **sampling)
    )
