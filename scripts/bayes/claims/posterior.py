"""Random walks on known posteriors: rows 5.2-01 to 5.2-04 and 5.2-06."""

import numpy as np

from scripts.bayes.claims.shared import deviation, has_power
from scripts.bayes.theory import walks
from scripts.common.claims.findings import (
    Found,
    average,
    column,
    exponent,
    provided,
    quoted,
    row_where,
    where,
)
from scripts.common.fits import polynomial

SAMPLES = {"data": "bayes/data/samples.npz", "rule": "bayes_samples"}
MOMENTS = {"data": "bayes/tables/moments.csv", "rule": "bayes_analyze"}
HISTOGRAMS = {"data": "bayes/tables/histograms.csv", "rule": "bayes_analyze"}
AVERAGES = {"data": "bayes/tables/averages.csv", "rule": "bayes_analyze"}
RATIOS = {"data": "bayes/tables/ratios.csv", "rule": "bayes_analyze"}
WIDTHS = {"data": "bayes/tables/widths.csv", "rule": "bayes_widths"}
BEST_WIDTH = 2.4  # near the best one in one dimension
ENOUGH = 50000  # samples that show the planted error, a width that is 4 % off
LONG = 1024  # steps from which finite chains have their limiting error within a percent
NEED_SAMPLES = "bayes.samples of 2000 or more"
NEED_ONE = "1 in bayes.widths.dimensions"
NEED_FEW_DATA = "bayes.samples of 500 or more"
WINDOW = 200, 300  # N and M of the misprinted average
WIDER = 1.03  # steps of the control
NEED_STEPS = "longer chains in bayes.widths.steps"
STEEP = 1.2  # widths from which ln tau is a parabola in ln width


def findings(data):
    """What rows 5.2-01 to 5.2-04 and 5.2-06 compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame or dict of arrays
        ``samples``, ``moments``, ``histograms``, ``averages``, ``ratios`` and ``widths``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    moments, ratios = data["moments"].set_index("parameter"), data["ratios"]
    energies = [
        ("5.2-02", "ratio", ratios["deviation"].max(), 0.0),
        ("5.2-02", "prior_off", ratios["prior_off"].min(), 0.0),
    ]
    return [
        (SAMPLES, [("5.2-01", "constant", float(data["samples"]["changed"]), 0.0)]),
        (MOMENTS, [*_moments(moments), *_laws(moments)]),
        (RATIOS, energies),
        (WIDTHS, _widths(data["widths"])),
        (AVERAGES, _averages(data["averages"])),
        (HISTOGRAMS, _histograms(data["histograms"])),
    ]


def _moments(table):
    def moment(parameter, name):
        return column(table.loc[parameter], name, replicas="chains", n_effective="samples")

    means, p = table["mean_expected"], table.loc["p"]
    return [
        ("5.2-01", "p_mean", moment("p", "mean"), means["p"]),
        ("5.2-01", "p_variance", moment("p", "variance"), p["variance_expected"]),
        ("5.2-01", "mu_mean", moment("mu", "mean"), means["mu"]),
        ("5.2-01", "lambda_mean", moment("lambda", "mean"), means["lambda"]),
        ("5.2-01", "wrong_power", moment("p", "variance_off"), p["variance_expected"]),
    ]


def _laws(table):
    def law(name, which):
        return Found(table.loc[name, which], 1.0, None, table.loc[name, "samples"])

    wrong = [("5.2-03", f"{name}_wrong_power", law(name, "deviate_off"), 0.0) for name in ("p", "lambda")]
    return [
        *(("5.2-03", name, law(name, "deviate"), 0.0) for name in table.index),
        *provided(table["samples"].min() >= ENOUGH, NEED_SAMPLES, wrong),
    ]


def best_width(table):
    """Width of the shortest memory in the most dimensions, and the acceptance there, with errors.

    ln tau is a parabola in ln width; its minimum has an error, and the acceptance follows it.

    Returns
    -------
    width, acceptance : (float, float)
    nearest : pandas.Series
        The row of the nearest width that was run.
    """
    rows = table[(table["dimensions"] == table["dimensions"].max()) & (table["width"] > STEEP)].sort_values(
        "width"
    )
    x = np.log(rows["width"].to_numpy())
    fit = polynomial(x, np.log(rows["tau"]), rows["tau_err"] / rows["tau"], degree=2)
    _, slope, bend = fit.values
    at, gradient = -slope / (2 * bend), np.array([0.0, -1.0, slope / bend]) / (2 * bend)
    error = float(np.sqrt(gradient @ fit.covariance @ gradient))
    shares = np.interp([at - error, at, at + error], x, rows["acceptance"])
    nearest = rows.iloc[np.abs(x - at).argmin()]
    width = np.exp(at)
    return (width, width * error), (shares[1], abs(shares[2] - shares[0]) / 2), nearest


def _widths(table):
    one = where(table, dimensions=1)
    z = (table["acceptance"] - table["acceptance_expected"]) / table["acceptance_err"]
    chains = table["chains"].sum()
    rows = [
        ("5.2-03", "best", best_width(table)[1]),
        ("5.2-03", "acceptance", deviation(z, 15, chains), 0.0),
    ]
    if one.empty:
        return [*rows, *(("5.2-03", part, None, None, NEED_ONE) for part in ("wider_steps", "memory"))]
    wider = walks.gaussian_acceptance(WIDER * one["width"]) - one["acceptance_expected"]
    power = has_power(wider, one["acceptance_off_err"])
    off = (one["acceptance_off"] - one["acceptance_expected"]) / one["acceptance_off_err"]
    memory = average(one, "tau", per="tau_expected")._replace(n_effective=one["chains"].sum())
    return [
        *rows,
        *provided(
            power, NEED_STEPS, [("5.2-03", "wider_steps", deviation(off, 15, one["chains"].sum()), 0.0)]
        ),
        ("5.2-03", "memory", memory, 1.0),
    ]


def average_as_printed(samples, first, last):
    """1/(M - N) sum_{t=N}^{M} theta_t, the formula of the book."""
    return sum(samples[first : last + 1]) / (last - first)


def _averages(table):
    last, long = table.iloc[-1], table[table["steps"] >= LONG]
    constant, (first, end) = np.ones(WINDOW[1] + 1), WINDOW
    rms = average(long, "settled", per="expected")._replace(n_effective=long["chains"].sum())
    return [
        ("5.2-04", "settled", column(last, "bias", replicas="chains"), 0.0),
        ("5.2-04", "kept", column(last, "bias_far", replicas="chains"), last["bias_far_expected"]),
        ("5.2-04", "error", rms, 1.0),
        ("5.2-04", "printed", average_as_printed(constant, first, end), 1.0),
        ("5.2-04", "corrected", sum(constant[first + 1 : end + 1]) / (end - first), 1.0),
    ]


def power(rows):
    """Power of the number of samples in the distance of a histogram, an Estimate; None with two or fewer."""
    return exponent(rows, "M", "distance") if len(rows) > 2 else None


def _histograms(table):
    rows, whole = table.iloc[:-1], table.iloc[-1]
    slope, amplitude, sets = power(rows), None, rows["sets"].sum()
    if slope is not None:
        slope = Found(*slope[:2], None, sets)
        amplitude = average(rows, "distance", per="expected")._replace(n_effective=sets)
    wrong = column(whole, "wrong", n_effective="M") if whole["M"] >= ENOUGH else None
    return [
        ("5.2-06", "slope", slope, -0.5, NEED_FEW_DATA),
        ("5.2-06", "amplitude", amplitude, 1.0, NEED_FEW_DATA),
        ("5.2-06", "wrong_power", wrong, whole["expected"], NEED_SAMPLES),
    ]


def numbers(data):
    """What the chapter quotes of chains on known posteriors."""
    heads, tosses = data["samples"]["coin_data"][:2]
    last, (width, share, nearest) = data["averages"].iloc[-1], best_width(data["widths"])
    bias = {"bias": column(last, "bias"), "bias_far": column(last, "bias_far")}
    one = row_where(data["widths"], dimensions=1, width=BEST_WIDTH)
    taus = {"one_tau": column(one, "tau"), "one_tau_expected": None if one is None else one["tau_expected"]}
    d = nearest["dimensions"]
    best = {"best_acceptance": share, "best_width": width, "many_tau": column(nearest, "tau")}
    best["many_tau_limit"] = walks.limiting_memory(nearest["width"], d)
    return (
        quoted("bayes.coin", SAMPLES, heads=heads, tosses=tosses)
        | _coin_numbers(data["moments"].set_index("parameter").loc["p"])
        | quoted("bayes.average", AVERAGES, "steps", steps=last["steps"])
        | quoted("bayes.average", AVERAGES, **bias)
        | quoted("bayes.histogram", HISTOGRAMS, "", NEED_FEW_DATA, slope=power(data["histograms"].iloc[:-1]))
        | quoted("bayes.widths", WIDTHS, dimensions=d, **best)
        | quoted("bayes.widths", WIDTHS, "steps", NEED_ONE, **taus)
    )


def _coin_numbers(p):
    width = np.sqrt(p["variance"])
    moments = {
        "mean": column(p, "mean"),
        "mean_expected": p["mean_expected"],
        "width": (width, p["variance_err"] / (2 * width)),
        "width_expected": np.sqrt(p["variance_expected"]),
    }
    return quoted("bayes.coin", MOMENTS, **moments)
