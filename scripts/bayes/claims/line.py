"""Maximum likelihood of a straight line, and maxima of posteriors: rows 3.1-01, 3.1-02 and 3.4-01."""

import numpy as np

from scripts.bayes.claims.shared import deviation
from scripts.common.claims.findings import column, provided, quoted

FITS = {"data": "bayes/tables/fits.csv", "rule": "bayes_line"}
OPTIMA = {"data": "bayes/tables/optima.csv", "rule": "bayes_line"}
LEVEL = 0.95
MISSED = 0.02  # of the level: so little less is what was promised
MANY, FEW = 100, 20
NEED_MANY = f"{MANY} or more in bayes.line.sizes"
NEED_FEW = f"{FEW} or fewer in bayes.line.sizes"
NEED_TEN = "10 or more in bayes.line.sizes: with fewer data the divergence has no variance"


def findings(data):
    """What rows 3.1-01, 3.1-02 and 3.4-01 compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``fits`` and ``optima``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    fits, optima = data["fits"].sort_values("n"), data["optima"].set_index("quantity")
    line = optima.loc[["line_slope", "line_intercept", "line_variance"]]
    deviation = ((line["found"] - line["expected"]) / np.maximum(line["expected"].abs(), 1)).abs().max()
    return [
        (OPTIMA, [("3.1-01", "optimum", deviation, 0.0), *_maxima(optima)]),
        (FITS, [*_distribution(fits), *_uncertainty(fits)]),
    ]


def _of_ten(fits):
    """The row of ten data, or of the fewest above; None where there are fewer."""
    later = fits[fits["n"] >= 10]
    return None if later.empty else later.iloc[0]


def _distribution(fits):
    first, row = fits.iloc[0], _of_ten(fits)
    learned, off = (column(row, name, n_effective="datasets") for name in ("divergence", "divergence_off"))
    expected = None if row is None else row["divergence_expected"]
    return [
        ("3.1-01", "slope", column(first, "slope", n_effective="datasets"), first["slope_expected"]),
        ("3.1-01", "divergence", learned, expected, NEED_TEN),
        ("3.1-01", "variance_off", off, expected, NEED_TEN),
    ]


def _uncertainty(fits):
    first, last = fits.iloc[0], fits.iloc[-1]
    variance, student, plug_in = (
        column(first, name, n_effective="datasets") for name in ("variance", "student", "plug_in")
    )
    z = (fits["plug_in"] - fits["plug_in_expected"]) / fits["plug_in_err"]
    of_few = [
        ("3.1-02", "variance", variance, first["variance_expected"]),
        ("3.1-02", "student", student, LEVEL),
        ("3.1-02", "few", plug_in, LEVEL),
    ]
    of_many = [("3.1-02", "many", column(last, "plug_in", n_effective="datasets"), LEVEL - MISSED)]
    return [
        ("3.1-02", "plug_in_law", deviation(z, n_effective=fits["datasets"].sum()), 0.0),
        *provided(first["n"] <= FEW, NEED_FEW, of_few),
        *provided(last["n"] >= MANY, NEED_MANY, of_many),
    ]


def _maxima(optima):
    """Maxima of the coin less their closed forms; with a prior that is not flat, less the share of heads."""
    apart = optima["found"] - optima["expected"]
    return [
        ("3.4-01", "coin", apart["coin_map"], 0.0),
        ("3.4-01", "likelihood_log_odds", apart["coin_mle_log_odds"], 0.0),
        ("3.4-01", "moved", apart["coin_map_log_odds"], 0.0),
        ("3.4-01", "tilted", apart["coin_tilted"], 0.0),
    ]


def numbers(data):
    """What the chapter quotes of lines and maxima."""
    fits, found = data["fits"].sort_values("n"), data["optima"].set_index("quantity")["found"]
    first, last, row = fits.iloc[0], fits.iloc[-1], _of_ten(fits)
    ends = {"plug_in_few": column(first, "plug_in"), "plug_in_many": column(last, "plug_in")}
    ends["student_few"] = column(first, "student")
    size, expected = (None, None) if row is None else (row["n"], row["divergence_expected"])
    divergence = {"divergence": column(row, "divergence"), "divergence_expected": expected}
    coin = {"map": found["coin_map"], "map_log_odds": found["coin_map_log_odds"]}
    return (
        quoted("bayes.line", FITS, few=first["n"], many=last["n"], **ends)
        | quoted("bayes.coin", OPTIMA, **coin)
        | quoted("bayes.line", FITS, "", NEED_TEN, divergence_n=size)
        | quoted("bayes.line", FITS, "nat", NEED_TEN, **divergence)
    )
