"""Random walks on known posteriors: rows 5.2-01 to 5.2-04 and 5.2-06."""

import numpy as np

from scripts.bayes.claims.shared import chi_square_deviate
from scripts.common.claims.findings import average, column, exponent, provided, quoted, row_where, where

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
WINDOW = 20, 30  # N and M of the misprinted average


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
        ("5.2-02", "without_prior", ratios["without_prior"].min(), 0.0),
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
        return column(table.loc[parameter], name, n_effective="samples")

    means, p = table["mean_expected"], table.loc["p"]
    return [
        ("5.2-01", "p_mean", moment("p", "mean"), means["p"]),
        ("5.2-01", "p_variance", moment("p", "variance"), p["variance_expected"]),
        ("5.2-01", "mu_mean", moment("mu", "mean"), means["mu"]),
        ("5.2-01", "lambda_mean", moment("lambda", "mean"), means["lambda"]),
        ("5.2-01", "wrong_power", moment("p", "variance_off"), p["variance_expected"]),
    ]


def _laws(table):
    wrong = [
        ("5.2-03", f"{name}_wrong_power", (table.loc[name, "deviate_off"], 1.0), 0.0)
        for name in ("p", "lambda")
    ]
    return [
        *(("5.2-03", name, (row["deviate"], 1.0), 0.0) for name, row in table.iterrows()),
        *provided(table["samples"].min() >= ENOUGH, NEED_SAMPLES, wrong),
    ]


def _best(table):
    """The best width in the most dimensions."""
    many = table[table["dimensions"] == table["dimensions"].max()]
    return many.loc[many["tau"].idxmin()]


def _widths(table):
    one = where(table, dimensions=1)
    observed = ("5.2-03", "best", column(_best(table), "acceptance"))
    if one.empty:
        return [observed, *(("5.2-03", part, None, None, NEED_ONE) for part in ("acceptance", "memory"))]
    z = (one["acceptance"] - one["acceptance_expected"]) / one["acceptance_err"]
    return [
        observed,
        ("5.2-03", "acceptance", (chi_square_deviate(z, 15), 1.0), 0.0),
        ("5.2-03", "memory", average(one, "tau", per="tau_expected"), 1.0),
    ]


def average_as_printed(samples, first, last):
    """1/(M - N) sum_{t=N}^{M} theta_t, the formula of the book."""
    return sum(samples[first : last + 1]) / (last - first)


def _averages(table):
    last, long = table.iloc[-1], table[table["steps"] >= LONG]
    constant, (first, end) = np.ones(WINDOW[1] + 1), WINDOW
    return [
        ("5.2-04", "settled", column(last, "bias"), 0.0),
        ("5.2-04", "kept", column(last, "bias_far"), 0.0),
        ("5.2-04", "error", average(long, "settled", per="expected"), 1.0),
        ("5.2-04", "printed", average_as_printed(constant, first, end), 1.0),
        ("5.2-04", "corrected", np.mean(constant[first : end + 1]), 1.0),
    ]


def power(rows):
    """Power of the number of samples in the distance of a histogram, an Estimate; None with two or fewer."""
    return exponent(rows, "M", "distance") if len(rows) > 2 else None


def _histograms(table):
    rows, whole = table.iloc[:-1], table.iloc[-1]
    amplitude = average(rows, "distance", per="expected") if len(rows) > 2 else None
    wrong = column(whole, "wrong") if whole["M"] >= ENOUGH else None
    return [
        ("5.2-06", "slope", power(rows), -0.5, NEED_FEW_DATA),
        ("5.2-06", "amplitude", amplitude, 1.0, NEED_FEW_DATA),
        ("5.2-06", "wrong_power", wrong, whole["expected"], NEED_SAMPLES),
    ]


def numbers(data):
    """What the chapter quotes of chains on known posteriors."""
    heads, tosses = data["samples"]["coin_data"][:2]
    last, best = data["averages"].iloc[-1], _best(data["widths"])
    bias = {"bias": column(last, "bias"), "bias_far": column(last, "bias_far")}
    one = row_where(data["widths"], dimensions=1, width=BEST_WIDTH)
    taus = {"one_tau": column(one, "tau"), "one_tau_expected": None if one is None else one["tau_expected"]}
    acceptance = column(best, "acceptance")
    return (
        quoted("bayes.coin", SAMPLES, heads=heads, tosses=tosses)
        | _coin_numbers(data["moments"].set_index("parameter").loc["p"])
        | quoted("bayes.average", AVERAGES, "steps", steps=last["steps"])
        | quoted("bayes.average", AVERAGES, **bias)
        | quoted("bayes.histogram", HISTOGRAMS, "", NEED_FEW_DATA, slope=power(data["histograms"].iloc[:-1]))
        | quoted("bayes.widths", WIDTHS, dimensions=best["dimensions"], best_acceptance=acceptance)
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
    tau = column(p, "tau")
    return quoted("bayes.coin", MOMENTS, **moments) | quoted("bayes.coin", MOMENTS, "steps", tau=tau)
