"""Intervals and predictions: rows 5.2-05 and 5.2-07."""

from scripts.bayes.claims.shared import deviation
from scripts.common.claims.findings import Found, column, provided, quoted, where

MOMENTS = {"data": "bayes/tables/moments.csv", "rule": "bayes_analyze"}
RANKS = {"data": "bayes/tables/calibration.csv", "rule": "bayes_calibrate"}
SCORES = {"data": "bayes/tables/scores.csv", "rule": "bayes_calibrate"}
PREDICTIONS = {"data": "bayes/tables/predictions.csv", "rule": "bayes_analyze"}
PARAMETERS = ("p", "mu", "lambda")
# The planted error widens the spread of the ranks by about 5 % n / (n + 5); its error is 0.9 / sqrt(draws).
ENOUGH_DRAWS, ENOUGH_DATA = 24000, 100
NEED_DRAWS = f"bayes.calibration with draws of {ENOUGH_DRAWS} or more and data of {ENOUGH_DATA} or more"


def findings(data):
    """What rows 5.2-05 and 5.2-07 compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``moments``, ``calibration``, ``scores`` and ``predictions``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    p = data["moments"].set_index("parameter").loc["p"]
    intervals = [
        ("5.2-05", "lower_end", column(p, "below", replicas="chains", n_effective="samples"), 0.025),
        ("5.2-05", "upper_end", column(p, "above", replicas="chains", n_effective="samples"), 0.975),
    ]
    scores = data["scores"].set_index("prediction")
    excess = [
        ("5.2-07", "score", column(scores.loc["maximum_likelihood"], "excess", n_effective="draws"), 0.0),
        ("5.2-07", "score_averaged", column(scores.loc["averaged"], "excess")),
    ]
    return [
        (MOMENTS, intervals),
        (RANKS, _ranks(data["calibration"])),
        (PREDICTIONS, _predictions(data["predictions"])),
        (SCORES, excess),
    ]


def _by_power(table):
    """Rows by parameter: of the right posterior, and of the planted one."""
    planted = table["power"] != 1
    return table[~planted].set_index("parameter"), table[planted].set_index("parameter")


def _ranks(table):
    right, wrong = _by_power(table)
    enough = wrong["draws"].min() >= ENOUGH_DRAWS and wrong["data"].min() >= ENOUGH_DATA
    mu = right.loc["mu"]
    planted = [
        ("5.2-05", f"planted_{name}", column(wrong.loc[name], "spread", n_effective="draws"), 1.0)
        for name in PARAMETERS
    ]
    spreads = (right["spread"] - 1) / right["spread_err"]
    uniform = [Found(right.loc[name, "deviate"], 1.0, None, right.loc[name, "draws"]) for name in PARAMETERS]
    return [
        *(("5.2-05", f"ranks_{name}", found, 0.0) for name, found in zip(PARAMETERS, uniform, strict=True)),
        ("5.2-05", "spread", deviation(spreads, n_effective=right["draws"].sum()), 0.0),
        ("5.2-05", "coverage", column(mu, "coverage", n_effective="draws"), mu["coverage_expected"]),
        *provided(enough, NEED_DRAWS, planted),
    ]


def _last_heads(table):
    return where(table, what="heads").iloc[-1]


def _predictions(table):
    heads, found = _last_heads(table), []
    for name, row in (("heads", heads), ("tail", where(table, what="tail").iloc[0])):
        averaged, plug_in = (column(row, how, replicas="chains") for how in ("averaged", "plug_in"))
        found.append(("5.2-07", name, averaged, row["expected"]))
        found.append(("5.2-07", f"{name}_plug_in", plug_in, row["plug_in_expected"]))
    wrong = column(heads, "wrong", replicas="chains")
    found.append(("5.2-07", "heads_too_large", wrong, heads["expected"]))
    return found


def numbers(data):
    """What the chapter quotes of intervals and predictions."""
    right, wrong = _by_power(data["calibration"])
    heads, scores = _last_heads(data["predictions"]), data["scores"].set_index("prediction")
    calibration = {
        "draws": right["draws"].iloc[0],
        "planted_power": wrong["power"].iloc[0],
        "smallest_planted": ((wrong["spread"] - 1) / wrong["spread_err"]).min(),
        "planted_coverage": column(wrong.loc["mu"], "coverage"),
        "coverage": column(right.loc["mu"], "coverage"),
    }
    heads = {
        "heads": column(heads, "averaged"),
        "heads_expected": heads["expected"],
        "heads_plug_in": column(heads, "plug_in"),
    }
    excess = {"excess_maximum_likelihood": column(scores.loc["maximum_likelihood"], "excess")}
    return (
        quoted("bayes.calibration", RANKS, **calibration)
        | quoted("bayes.prediction", PREDICTIONS, **heads)
        | quoted("bayes.prediction", SCORES, "nat", **excess)
    )
