"""Intervals and predictions: rows 5.2-05 and 5.2-07."""

from scripts.bayes.claims.shared import record_if
from scripts.common.claims.records import record, sourced
from scripts.common.numbers import number

MOMENTS = {"data": "bayes/tables/moments.csv", "rule": "bayes_analyze"}
RANKS = {"data": "bayes/tables/calibration.csv", "rule": "bayes_calibrate"}
SCORES = {"data": "bayes/tables/scores.csv", "rule": "bayes_calibrate"}
PREDICTIONS = {"data": "bayes/tables/predictions.csv", "rule": "bayes_analyze"}
PARAMETERS = ("p", "mu", "lambda")
# The planted error widens the spread of the ranks by about 5 % n / (n + 5); its error is 0.9 / sqrt(draws).
ENOUGH_DRAWS, ENOUGH_DATA = 24000, 100
NEED_DRAWS = f"bayes.calibration with draws of {ENOUGH_DRAWS} or more and data of {ENOUGH_DATA} or more"


def records(checks, data):
    """Records of rows 5.2-05 and 5.2-07.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame
        ``moments``, ``calibration``, ``scores`` and ``predictions``.

    Returns
    -------
    list of dict
    """
    p = data["moments"].set_index("parameter").loc["p"]
    intervals = [
        record(checks["5.2-05", part], p[column], level, error=p[f"{column}_err"], n_effective=p["samples"])
        for part, column, level in (("lower_end", "below", 0.025), ("upper_end", "above", 0.975))
    ]
    return (
        sourced(intervals, **MOMENTS)
        + sourced(_ranks(checks, data["calibration"]), **RANKS)
        + sourced(_predictions(checks, data["predictions"]), **PREDICTIONS)
        + sourced(_scores(checks, data["scores"]), **SCORES)
    )


def _ranks(checks, table):
    right = table[table["power"] == 1].set_index("parameter")
    wrong = table[table["power"] != 1].set_index("parameter")
    enough = wrong["draws"].min() >= ENOUGH_DRAWS and wrong["data"].min() >= ENOUGH_DATA
    mu = right.loc["mu"]
    return [
        *(record(checks["5.2-05", f"ranks_{name}"], right.loc[name, "deviate"], 0.0) for name in PARAMETERS),
        record(
            checks["5.2-05", "coverage"], mu["coverage"], mu["coverage_expected"],
            error=mu["coverage_err"], n_effective=mu["draws"],
        ),
        *(
            record_if(
                enough, NEED_DRAWS, checks["5.2-05", f"planted_{name}"],
                measured=wrong.loc[name, "spread"], reference=1.0, error=wrong.loc[name, "spread_err"],
            )
            for name in PARAMETERS
        ),
    ]  # fmt: skip


def _predictions(checks, table):
    rows = {"heads": table[table["what"] == "heads"].iloc[-1], "tail": table[table["what"] == "tail"].iloc[0]}
    return [
        record(checks["5.2-07", f"{name}{end}"], row[column], row["expected"], error=row[f"{column}_err"])
        for name, row in rows.items()
        for end, column in (("", "averaged"), ("_plug_in", "plug_in"))
    ]


def _scores(checks, table):
    table = table.set_index("prediction")
    likely, average = table.loc["maximum_likelihood"], table.loc["averaged"]
    return [
        record(checks["5.2-07", "score"], likely["excess"], 0.0, error=likely["excess_err"]),
        record(checks["5.2-07", "score_averaged"], average["excess"], error=average["excess_err"]),
    ]


def numbers(data):
    """What the chapter quotes of intervals and predictions."""
    table, scores = data["calibration"], data["scores"].set_index("prediction")
    right, wrong = table[table["power"] == 1].set_index("parameter"), table[table["power"] != 1]
    predictions = data["predictions"]
    heads = predictions[predictions["what"] == "heads"].iloc[-1]
    values = {
        "bayes.calibration.draws": number(right["draws"].iloc[0], None, "", **RANKS),
        "bayes.calibration.planted_power": number(wrong["power"].iloc[0], None, "", **RANKS),
        "bayes.calibration.smallest_planted": number(
            ((wrong["spread"] - 1) / wrong["spread_err"]).min(), None, "", **RANKS
        ),
        "bayes.calibration.planted_coverage": number(
            *wrong.set_index("parameter").loc["mu", ["coverage", "coverage_err"]], "", **RANKS
        ),
        "bayes.calibration.coverage": number(*right.loc["mu", ["coverage", "coverage_err"]], "", **RANKS),
        "bayes.prediction.heads": number(heads["averaged"], heads["averaged_err"], "", **PREDICTIONS),
        "bayes.prediction.heads_expected": number(heads["expected"], None, "", **PREDICTIONS),
        "bayes.prediction.heads_plug_in": number(heads["plug_in"], heads["plug_in_err"], "", **PREDICTIONS),
    }
    for name, row in scores.iterrows():
        values[f"bayes.prediction.excess_{name}"] = number(row["excess"], row["excess_err"], "nat", **SCORES)
    return values
