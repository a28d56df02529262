"""Random walks on known posteriors: rows 5.2-01 to 5.2-04 and 5.2-06."""

import numpy as np

from scripts.bayes.claims.shared import chi_square_deviate, deviate_record, record_if, slope
from scripts.common.claims.records import record, sourced, unmeasured
from scripts.common.numbers import number, unmeasured_number

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


def records(checks, data):
    """Records of rows 5.2-01 to 5.2-04 and 5.2-06.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame or dict of arrays
        ``samples``, ``moments``, ``histograms``, ``averages``, ``ratios`` and ``widths``.

    Returns
    -------
    list of dict
    """
    moments, ratios = data["moments"].set_index("parameter"), data["ratios"]
    changed = record(checks["5.2-01", "constant"], float(data["samples"]["changed"]), 0.0)
    energies = [
        record(checks["5.2-02", "ratio"], ratios["deviation"].max(), 0.0),
        record(checks["5.2-02", "without_prior"], ratios["without_prior"].min(), 0.0),
    ]
    return (
        sourced([changed], **SAMPLES)
        + sourced(_moments(checks, moments) + _laws(checks, moments), **MOMENTS)
        + sourced(energies, **RATIOS)
        + sourced(_widths(checks, data["widths"]), **WIDTHS)
        + sourced(_averages(checks, data["averages"]), **AVERAGES)
        + sourced(_histograms(checks, data["histograms"]), **HISTOGRAMS)
    )


def _moments(checks, table):
    found = []
    for part, parameter, quantity, expected in (
        ("p_mean", "p", "mean", "mean_expected"),
        ("p_variance", "p", "variance", "variance_expected"),
        ("mu_mean", "mu", "mean", "mean_expected"),
        ("lambda_mean", "lambda", "mean", "mean_expected"),
        ("wrong_power", "p", "variance_off", "variance_expected"),
    ):
        row = table.loc[parameter]
        found.append(
            record(
                checks["5.2-01", part], row[quantity], row[expected],
                error=row[f"{quantity}_err"], n_effective=row["samples"],
            )
        )  # fmt: skip
    return found


def _laws(checks, table):
    enough = table["samples"].min() >= ENOUGH
    found = [deviate_record(checks["5.2-03", name], table.loc[name, "deviate"]) for name in table.index]
    return found + [
        record_if(
            enough, NEED_SAMPLES, checks["5.2-03", f"{name}_wrong_power"],
            measured=table.loc[name, "deviate_off"], reference=0.0, error=1.0,
        )
        for name in ("p", "lambda")
    ]  # fmt: skip


def _widths(checks, table):
    one, many = table[table["dimensions"] == 1], table[table["dimensions"] == table["dimensions"].max()]
    best = many.loc[many["tau"].idxmin()]
    observed = record(checks["5.2-03", "best"], best["acceptance"], error=best["acceptance_err"])
    parts = checks["5.2-03", "acceptance"], checks["5.2-03", "memory"]
    if one.empty:
        return [observed, *(unmeasured(check, NEED_ONE) for check in parts)]
    z = (one["acceptance"] - one["acceptance_expected"]) / one["acceptance_err"]
    ratio, error = one["tau"] / one["tau_expected"], one["tau_err"] / one["tau_expected"]
    return [
        observed,
        deviate_record(parts[0], chi_square_deviate(z, 15)),
        record(parts[1], ratio.mean(), 1.0, error=np.sqrt((error**2).sum()) / len(error)),
    ]


def average_as_printed(samples, first, last):
    """1/(M - N) sum_{t=N}^{M} theta_t, the formula of the book."""
    return sum(samples[first : last + 1]) / (last - first)


def _averages(checks, table):
    last, long = table.iloc[-1], table[table["steps"] >= LONG]
    ratio, error = long["settled"] / long["expected"], long["settled_err"] / long["expected"]
    constant, (first, end) = np.ones(WINDOW[1] + 1), WINDOW
    return [
        record(checks["5.2-04", "settled"], last["bias"], 0.0, error=last["bias_err"]),
        record(checks["5.2-04", "kept"], last["bias_far"], 0.0, error=last["bias_far_err"]),
        record(checks["5.2-04", "error"], ratio.mean(), 1.0, error=np.sqrt((error**2).sum()) / len(error)),
        record(checks["5.2-04", "printed"], average_as_printed(constant, first, end), 1.0),
        record(checks["5.2-04", "corrected"], np.mean(constant[first : end + 1]), 1.0),
    ]


def _histograms(checks, table):
    rows, whole = table.iloc[:-1], table.iloc[-1]
    enough = whole["M"] >= ENOUGH
    power = slope(rows["M"], rows["distance"], rows["distance_err"])[0] if len(rows) > 2 else (0.0, 1.0)
    ratio, error = rows["distance"] / rows["expected"], rows["distance_err"] / rows["expected"]
    own = {"measured": whole["wrong"], "error": whole["wrong_err"]}
    return [
        record_if(
            len(rows) > 2, NEED_FEW_DATA, checks["5.2-06", "slope"],
            measured=power[0], reference=-0.5, error=power[1],
        ),
        record_if(
            len(rows) > 2, NEED_FEW_DATA, checks["5.2-06", "amplitude"],
            measured=ratio.mean(), reference=1.0, error=np.sqrt((error**2).sum()) / max(len(error), 1),
        ),
        record_if(enough, NEED_SAMPLES, checks["5.2-06", "wrong_power"], reference=whole["expected"], **own),
    ]  # fmt: skip


def numbers(data):
    """What the chapter quotes of chains on known posteriors."""
    rows, samples = data["histograms"].iloc[:-1], data["samples"]
    last = data["averages"].iloc[-1]
    values = {
        "bayes.coin.heads": number(samples["coin_data"][0], None, "", **SAMPLES),
        "bayes.coin.tosses": number(samples["coin_data"][1], None, "", **SAMPLES),
        "bayes.average.steps": number(last["steps"], None, "steps", **AVERAGES),
        "bayes.average.bias": number(last["bias"], last["bias_err"], "", **AVERAGES),
        "bayes.average.bias_far": number(last["bias_far"], last["bias_far_err"], "", **AVERAGES),
    }
    values["bayes.histogram.slope"] = (
        number(*slope(rows["M"], rows["distance"], rows["distance_err"])[0], "", **HISTOGRAMS)
        if len(rows) > 2
        else unmeasured_number("", NEED_FEW_DATA)
    )
    return values | _coin_numbers(data["moments"].set_index("parameter")) | _width_numbers(data["widths"])


def _coin_numbers(moments):
    p = moments.loc["p"]
    width = np.sqrt(p["variance"])
    return {
        "bayes.coin.mean": number(p["mean"], p["mean_err"], "", **MOMENTS),
        "bayes.coin.mean_expected": number(p["mean_expected"], None, "", **MOMENTS),
        "bayes.coin.width": number(width, p["variance_err"] / (2 * width), "", **MOMENTS),
        "bayes.coin.width_expected": number(np.sqrt(p["variance_expected"]), None, "", **MOMENTS),
        "bayes.coin.tau": number(p["tau"], p["tau_err"], "steps", **MOMENTS),
    }


def _width_numbers(widths):
    many = widths[widths["dimensions"] == widths["dimensions"].max()]
    best = many.loc[many["tau"].idxmin()]
    values = {
        "bayes.widths.dimensions": number(best["dimensions"], None, "", **WIDTHS),
        "bayes.widths.best_acceptance": number(best["acceptance"], best["acceptance_err"], "", **WIDTHS),
    }
    at = widths[(widths["dimensions"] == 1) & (widths["width"] == BEST_WIDTH)]
    if at.empty:
        missing = unmeasured_number("steps", NEED_ONE)
        return values | {"bayes.widths.one_tau": missing, "bayes.widths.one_tau_expected": missing}
    row = at.iloc[0]
    return values | {
        "bayes.widths.one_tau": number(row["tau"], row["tau_err"], "steps", **WIDTHS),
        "bayes.widths.one_tau_expected": number(row["tau_expected"], None, "steps", **WIDTHS),
    }
