"""Coordinate ascent and its goals: rows 4.2-08 and 4.2-10 to 4.2-12, 4.3-04."""

from scripts.common.claims.records import record, sourced, unmeasured
from scripts.common.numbers import number

FACTORS = {"data": "variational/tables/factors.csv", "rule": "variational_solvable"}
ASCENT = {"data": "variational/tables/ascent.csv", "rule": "variational_ascent"}
MINIMA = {"data": "variational/tables/minima.csv", "rule": "variational_ascent"}
EM = {"data": "variational/tables/em.csv", "rule": "variational_learning"}
COLD = 0.7  # below, a parallel update of the antiferromagnet overshoots, whatever its size
NEED = f"a temperature below {COLD} in variational.ascent.temperatures"
FROM_FACTORS = {
    ("4.2-10", "spins"): "field_equation",
    ("4.2-10", "maximum"): "largest_gain_by_push",
    ("4.2-10", "gaussian_mean"): "gaussian_mean",
    ("4.2-10", "gaussian_variance"): "gaussian_variance",
    ("4.2-10", "lonely"): "no_mean_over_others",
    ("4.2-11", "fixed_point"): "fixed_point",
    ("4.2-11", "same_solution"): "same_as_mean_field",
    ("4.2-11", "neighbor_forgotten"): "neighbor_forgotten",
}
FROM_MINIMA = {
    ("4.2-08", "same_best"): "elbo",
    ("4.3-04", "free_energy"): "free_energy",
    ("4.3-04", "elbo"): "elbo",
    ("4.3-04", "other_way"): "forward",
}


def records(checks, data):
    """Records of the rows above.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame
        ``factors``, ``ascent``, ``minima`` and ``em``.

    Returns
    -------
    list of dict
    """
    factors = data["factors"].set_index("check")["value"]
    minima = data["minima"].set_index("objective")["m"]
    formula = [
        record(checks[key], measured=factors[name], reference=0.0) for key, name in FROM_FACTORS.items()
    ]
    goals = [
        record(checks[key], measured=minima[name], reference=minima["divergence"])
        for key, name in FROM_MINIMA.items()
    ]
    return (
        sourced(formula, **FACTORS)
        + sourced(goals, **MINIMA)
        + sourced(_em(checks, data["em"]), **EM)
        + sourced(_runs(checks, data["ascent"]), **ASCENT)
    )


def _em(checks, table):
    after = table[table["step"] == "E"]
    equality = (after["log_likelihood"] - after["elbo"]).abs().max()
    return [
        record(checks["4.2-08", "em_equality"], measured=equality, reference=0.0),
        record(checks["4.2-08", "em_ascent"], measured=table["elbo"].diff().min(), reference=0.0),
    ]


def coldest(table, model, method):
    """The row of the lowest temperature."""
    rows = table[(table["model"] == model) & (table["method"] == method)]
    return rows.loc[rows["T"].idxmin()]


def _runs(checks, table):
    in_turn = table[table["method"] == "coordinate"]
    cold = {method: coldest(table, "antiferromagnet", method) for method in ("coordinate", "parallel")}
    glass = coldest(table, "glass", "coordinate")
    found = {
        "monotone": (in_turn["smallest_change"].min(), 0.0),
        "converges": (in_turn["converged"].min(), 1.0),
        "optima": (glass["optima"], 1.0),
        "worst": (glass["best"] - glass["worst"], 0.0),
    }
    overshoots = {
        "in_turn": (cold["coordinate"]["settled"], 1.0),
        "at_once": (cold["parallel"]["settled"], 1.0),
        "falls": (cold["parallel"]["smallest_change"], 0.0),
    }
    made = {part: record(checks["4.2-12", part], measured=v, reference=r) for part, (v, r) in found.items()}
    for part, (value, reference) in overshoots.items():
        check = checks["4.2-12", part]
        made[part] = (
            record(check, measured=value, reference=reference)
            if glass["T"] < COLD
            else unmeasured(check, NEED)
        )
    return list(made.values())


def numbers(data):
    """What the chapter quotes."""
    table, minima = data["ascent"], data["minima"].set_index("objective")["m"]
    glass, parallel = coldest(table, "glass", "coordinate"), coldest(table, "antiferromagnet", "parallel")
    runs = table[(table["model"] == "glass") & (table["method"] == "coordinate")]["runs"].sum()
    em = data["em"]
    found = {
        "variational.ascent.runs": (runs, ASCENT),
        "variational.ascent.spins": (glass["n"], ASCENT),
        "variational.ascent.coldest": (glass["T"], ASCENT),
        "variational.ascent.optima": (glass["optima"], ASCENT),
        "variational.ascent.spread": (glass["best"] - glass["worst"], ASCENT),
        "variational.ascent.shortfall": (glass["ln_z"] - glass["best"], ASCENT),
        "variational.ascent.transition": (glass["transition"], ASCENT),
        "variational.ascent.fall": (-parallel["smallest_change"], ASCENT),
        "variational.objectives.best": (minima["divergence"], MINIMA),
        "variational.objectives.forward": (minima["forward"], MINIMA),
        "variational.em.first": (em["elbo"].iloc[0], EM),
        "variational.em.last": (em["log_likelihood"].iloc[-1], EM),
        "variational.em.gain": (em["log_likelihood"].iloc[-1] - em["elbo"].iloc[0], EM),
    }
    return {key: number(value, None, "", **source) for key, (value, source) in found.items()}
