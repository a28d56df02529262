"""Coordinate ascent and its goals: rows 4.2-08 and 4.2-10 to 4.2-12, 4.3-04."""

from scripts.common.claims.findings import provided, quoted, where

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


def findings(data):
    """What the rows above compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``factors``, ``ascent``, ``minima`` and ``em``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    factors = data["factors"].set_index("check")["value"]
    minima = data["minima"].set_index("objective")["m"]
    return [
        (FACTORS, [(*key, factors[name], 0.0) for key, name in FROM_FACTORS.items()]),
        (MINIMA, [(*key, minima[name], minima["divergence"]) for key, name in FROM_MINIMA.items()]),
        (EM, _em(data["em"])),
        (ASCENT, _runs(data["ascent"])),
    ]


def _em(table):
    after = where(table, step="E")
    return [
        ("4.2-08", "em_equality", (after["log_likelihood"] - after["elbo"]).abs().max(), 0.0),
        ("4.2-08", "em_ascent", table["elbo"].diff().min(), 0.0),
    ]


def coldest(table, model, method):
    """The row of the lowest temperature."""
    rows = where(table, model=model, method=method)
    return rows.loc[rows["T"].idxmin()]


def _runs(table):
    in_turn, glass = where(table, method="coordinate"), coldest(table, "glass", "coordinate")
    cold, parallel = (coldest(table, "antiferromagnet", method) for method in ("coordinate", "parallel"))
    overshoots = [
        ("4.2-12", "in_turn", cold["settled"], 1.0),
        ("4.2-12", "at_once", parallel["settled"], 1.0),
        ("4.2-12", "falls", parallel["smallest_change"], 0.0),
    ]
    return [
        ("4.2-12", "monotone", in_turn["smallest_change"].min(), 0.0),
        ("4.2-12", "converges", in_turn["converged"].min(), 1.0),
        ("4.2-12", "optima", glass["optima"], 1.0),
        ("4.2-12", "worst", glass["best"] - glass["worst"], 0.0),
        *provided(glass["T"] < COLD, NEED, overshoots),
    ]


def numbers(data):
    """What the chapter quotes."""
    table, em, minima = data["ascent"], data["em"], data["minima"].set_index("objective")["m"]
    glass, parallel = coldest(table, "glass", "coordinate"), coldest(table, "antiferromagnet", "parallel")
    first, last = em["elbo"].iloc[0], em["log_likelihood"].iloc[-1]
    ascent = {
        "runs": where(table, model="glass", method="coordinate")["runs"].sum(),
        "spins": glass["n"],
        "coldest": glass["T"],
        "optima": glass["optima"],
        "spread": glass["best"] - glass["worst"],
        "shortfall": glass["ln_z"] - glass["best"],
        "transition": glass["transition"],
        "fall": -parallel["smallest_change"],
    }
    return (
        quoted("variational.ascent", ASCENT, **ascent)
        | quoted("variational.objectives", MINIMA, best=minima["divergence"], forward=minima["forward"])
        | quoted("variational.em", EM, first=first, last=last, gain=last - first)
    )
