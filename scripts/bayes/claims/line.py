"""Maximum likelihood of a straight line, and maxima of posteriors: rows 3.1-01, 3.1-02 and 3.4-01."""

import numpy as np

from scripts.bayes.claims.shared import record_if
from scripts.common.claims.records import record, sourced, unmeasured
from scripts.common.numbers import number, unmeasured_number

FITS = {"data": "bayes/tables/fits.csv", "rule": "bayes_line"}
OPTIMA = {"data": "bayes/tables/optima.csv", "rule": "bayes_line"}
LEVEL = 0.95
MANY, FEW = 100, 20
NEED_MANY = f"{MANY} or more in bayes.line.sizes"
NEED_FEW = f"{FEW} or fewer in bayes.line.sizes"
NEED_TEN = "10 or more in bayes.line.sizes: with fewer data the divergence has no variance"
NEED_UNEVEN = "bayes.coin.heads other than half of the tosses, whose maximum no coordinate moves"


def records(checks, data):
    """Records of rows 3.1-01, 3.1-02 and 3.4-01.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame
        ``fits`` and ``optima``.

    Returns
    -------
    list of dict
    """
    fits, optima = data["fits"].sort_values("n"), data["optima"].set_index("quantity")
    line = optima.loc[["line_slope", "line_intercept", "line_variance"]]
    deviation = ((line["found"] - line["expected"]) / np.maximum(line["expected"].abs(), 1)).abs().max()
    return (
        sourced([record(checks["3.1-01", "optimum"], deviation, 0.0)], **OPTIMA)
        + sourced(_distribution(checks, fits) + _uncertainty(checks, fits), **FITS)
        + sourced(_maxima(checks, optima), **OPTIMA)
    )


def _distribution(checks, fits):
    first, later = fits.iloc[0], fits[fits["n"] >= 10]
    found = [
        record(
            checks["3.1-01", "slope"], first["slope"], first["slope_expected"],
            error=first["slope_err"], n_effective=first["datasets"],
        )
    ]  # fmt: skip
    parts = checks["3.1-01", "divergence"], checks["3.1-01", "without_noise"]
    if later.empty:
        return found + [unmeasured(check, NEED_TEN) for check in parts]
    row = later.iloc[0]
    own = {"measured": row["divergence"], "error": row["divergence_err"]}
    references = row["divergence_expected"], 1 / row["n"]
    return found + [
        record(check, reference=value, **own) for check, value in zip(parts, references, strict=True)
    ]


def _uncertainty(checks, fits):
    first, last = fits.iloc[0], fits.iloc[-1]
    few, many = first["n"] <= FEW, last["n"] >= MANY

    def one(part, row, quantity, reference):
        check = checks["3.1-02", part]
        allowed, needs = (many, NEED_MANY) if part == "many" else (few, NEED_FEW)
        own = {"measured": row[quantity], "error": row[f"{quantity}_err"], "n_effective": row["datasets"]}
        return record_if(allowed, needs, check, reference=reference, **own)

    return [
        one("variance", first, "variance", first["variance_expected"]),
        one("student", first, "student", LEVEL),
        one("plug_in_law", first, "plug_in", first["plug_in_expected"]),
        one("many", last, "plug_in", LEVEL),
        one("few", first, "plug_in", LEVEL),
    ]


def _maxima(checks, optima):
    share, flat = optima.loc["coin_map", "expected"], optima.loc["coin_map", "found"]
    odds, moved = optima.loc["coin_mle_log_odds", "found"], optima.loc["coin_map_log_odds"]
    return [
        record(checks["3.4-01", "coin"], flat, share),
        record(checks["3.4-01", "likelihood_log_odds"], odds, share),
        record(checks["3.4-01", "moved"], moved["found"], moved["expected"]),
        record_if(
            abs(moved["expected"] - share) > 1e-9, NEED_UNEVEN, checks["3.4-01", "other_coordinate"],
            measured=moved["found"], reference=share,
        ),
    ]  # fmt: skip


def numbers(data):
    """What the chapter quotes of lines and maxima."""
    fits, optima = data["fits"].sort_values("n"), data["optima"].set_index("quantity")
    first, last = fits.iloc[0], fits.iloc[-1]
    later = fits[fits["n"] >= 10]
    values = {
        "bayes.line.few": number(first["n"], None, "", **FITS),
        "bayes.line.many": number(last["n"], None, "", **FITS),
        "bayes.line.datasets": number(first["datasets"], None, "", **FITS),
        "bayes.coin.map": number(optima.loc["coin_map", "found"], None, "", **OPTIMA),
        "bayes.coin.map_log_odds": number(optima.loc["coin_map_log_odds", "found"], None, "", **OPTIMA),
    }
    for name, row in (("few", first), ("many", last)):
        for quantity in ("variance", "plug_in", "student"):
            values[f"bayes.line.{quantity}_{name}"] = number(
                row[quantity], row[f"{quantity}_err"], "", **FITS
            )
    if later.empty:
        missing = unmeasured_number("nat", NEED_TEN)
        return values | dict.fromkeys(
            ("bayes.line.divergence_n", "bayes.line.divergence", "bayes.line.divergence_expected"), missing
        )
    row = later.iloc[0]
    return values | {
        "bayes.line.divergence_n": number(row["n"], None, "", **FITS),
        "bayes.line.divergence": number(row["divergence"], row["divergence_err"], "nat", **FITS),
        "bayes.line.divergence_expected": number(row["divergence_expected"], None, "nat", **FITS),
    }
