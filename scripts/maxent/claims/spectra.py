"""Maximum entropy at a given mean: rows 2.1-01 to 2.1-05, 2.2-01, 2.2-02 and 2.2-04."""

import numpy as np

from scripts.common.claims.records import record, sourced, unmeasured
from scripts.common.numbers import number, unmeasured_number
from scripts.maxent.theory import canonical

SPECTRA = {"data": "maxent/tables/spectra.csv", "rule": "maxent_spectra"}
SHAPES = {"data": "maxent/tables/shapes.csv", "rule": "maxent_spectra"}
DICE = {"data": "maxent/tables/dice.csv", "rule": "maxent_spectra"}
MAGNET = {"data": "maxent/tables/magnet.csv", "rule": "maxent_spectra"}
NEED = "more spectra in maxent.spectra.number, so that some have a mean {side} the unweighted one"


def records(checks, data):
    """Records of rows 2.1-01 to 2.1-05, 2.2-01, 2.2-02 and 2.2-04.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame
        ``spectra``, ``shapes``, ``dice`` and ``magnet``.

    Returns
    -------
    list of dict
    """
    table = data["spectra"]
    found = [record(checks[key], value, reference) for key, value, reference in _identities(table)]
    dice = data["dice"]
    worst_face = (dice["optimum"] - dice["expected"]).abs().max()
    return (
        sourced(found + _signs(checks, table), **SPECTRA)
        + sourced(_shapes(checks, data["shapes"]), **SHAPES)
        + sourced([record(checks["2.1-01", "dice"], worst_face, 0.0)], **DICE)
        + sourced(_magnet(checks, data["magnet"]), **MAGNET)
    )


def _identities(table):
    """(claim, part), the worst deviation over all spectra (controls: the median), and its reference."""

    def worst(name):
        return table[name].abs().max()

    def typical(name):
        return table[name].abs().median()

    log_n = np.log(table["levels"])
    return [
        (("2.1-01", "optimum"), worst("divergence"), 0.0),
        (("2.1-01", "beta_off"), typical("divergence_off"), 0.0),
        (("2.1-02", "uniform"), (table["entropy_free"] - log_n).abs().max(), 0.0),
        (("2.1-02", "largest"), (table["entropy"] - log_n).max(), 0.0),
        (("2.1-02", "constrained"), (table["entropy"] - log_n).abs().median(), 0.0),
        (("2.1-04", "monotone"), table["slope"].max(), 0.0),
        (("2.1-04", "fluctuations"), worst("second"), 0.0),
        (("2.1-04", "energy_off"), typical("beta_shifted"), 0.0),
        (("2.2-01", "automatic"), worst("first"), 0.0),
        (("2.2-01", "beta_off"), typical("first_off"), 0.0),
        (("2.2-02", "variance"), worst("second"), 0.0),
        (("2.2-02", "third"), worst("third"), 0.0),
        (("2.2-02", "mean_square"), typical("second_off"), 0.0),
        (("2.2-04", "helmholtz"), worst("helmholtz"), 0.0),
        (("2.2-04", "entropy_off"), typical("helmholtz_off"), 0.0),
    ]


def _signs(checks, table):
    """Share of spectra with positive beta, below and above the unweighted mean; and straight lines."""
    below = table["energy"] < table["uniform"]
    found = [record(checks["2.1-03", "straight"], table["curvature"].max(), 0.0)]
    for part, chosen, side in (
        ("below_uniform", table[below], "below"),
        ("above_uniform", table[~below], "above"),
    ):
        check = checks["2.1-03", part]
        found.append(
            unmeasured(check, NEED.format(side=side))
            if chosen.empty
            else record(check, (chosen["beta"] > 0).mean(), 1.0, n_effective=len(chosen))
        )
    return found


def _shapes(checks, table):
    found = []
    for shape in ("gaussian", "exponential"):
        rows = table[table["shape"] == shape]
        p, exact, rival = (rows[name].to_numpy() for name in ("optimum", "expected", "rival"))
        found.append(record(checks["2.1-05", shape], float(canonical.divergence(p, exact)), 0.0))
        if shape == "gaussian":
            found.append(record(checks["2.1-05", "rival"], float(canonical.divergence(p, rival)), 0.0))
    return found


def _magnet(checks, table):
    rows = table.set_index("quantity")
    return [
        record(checks["2.2-02", part], rows.loc[part, "derivative"] / rows.loc[part, "moment"], 1.0)
        for part in ("magnetization", "susceptibility")
    ]


def numbers(data):
    """What the chapter quotes of spectra, dice and other shapes."""
    table, dice = data["spectra"], data["dice"]
    above = table["energy"] > table["uniform"]
    negative = (table.loc[above, "beta"] < 0).mean() if above.any() else None
    faces = {
        f"maxent.dice.face_{row.face}": number(row.optimum, None, "", **DICE) for row in dice.itertuples()
    }
    entropy = float(canonical.entropy(dice["optimum"].to_numpy()))
    rival = data["shapes"][data["shapes"]["shape"] == "gaussian"]["rival"].to_numpy()
    gaussian = data["shapes"][data["shapes"]["shape"] == "gaussian"]["optimum"].to_numpy()
    return faces | {
        "maxent.spectra.number": number(len(table), None, "", **SPECTRA),
        "maxent.spectra.divergence": number(table["divergence"].abs().max(), None, "", **SPECTRA),
        "maxent.spectra.above": number(above.sum(), None, "", **SPECTRA),
        "maxent.spectra.first": number(table["first"].abs().max(), None, "", **SPECTRA),
        "maxent.spectra.negative": (
            unmeasured_number("", NEED.format(side="above"))
            if negative is None
            else number(negative, None, "", **SPECTRA)
        ),
        "maxent.dice.beta": number(dice["beta"].iloc[0], None, "", **DICE),
        "maxent.dice.entropy": number(entropy, None, "nat", **DICE),
        "maxent.shapes.rival_entropy": number(
            float(canonical.entropy(gaussian) - canonical.entropy(rival)), None, "nat", **SHAPES
        ),
    }
