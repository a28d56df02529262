"""Coordinate ascent and its goals: rows 4.2-08 and 4.2-10 to 4.2-12, 4.3-04."""

import numpy as np

from scripts.common.claims.findings import provided, quoted, where

FACTORS = {"data": "variational/tables/factors.csv", "rule": "variational_solvable"}
PATHS = {"data": "variational/tables/trajectories.csv", "rule": "variational_ascent"}
ASCENT = {"data": "variational/tables/ascent.csv", "rule": "variational_ascent"}
MINIMA = {"data": "variational/tables/minima.csv", "rule": "variational_ascent"}
EM = {"data": "variational/tables/em.csv", "rule": "variational_learning"}
COLD = 0.7  # below, a parallel update of the antiferromagnet overshoots, whatever its size
NEED_WARM = "a temperature well above the mean-field transition in variational.ascent.temperatures"
NEED = f"a temperature below {COLD} in variational.ascent.temperatures"
FROM_FACTORS = {
    ("4.2-10", "spins"): "field_equation",
    ("4.2-10", "maximum"): "largest_gain_by_push",
    ("4.2-10", "gaussian_mean"): "gaussian_mean",
    ("4.2-10", "gaussian_variance"): "gaussian_variance",
    ("4.2-10", "couplings_off"): "couplings_off",
    ("4.2-08", "same_best"): "least_divergence",
    ("4.2-11", "fixed_point"): "fixed_point",
    ("4.2-11", "same_solution"): "same_as_mean_field",
    ("4.2-11", "neighbor_forgotten"): "neighbor_forgotten",
}
FROM_MINIMA = {
    ("4.3-04", "free_energy"): "free_energy",
    ("4.3-04", "elbo"): "elbo",
    ("4.3-04", "warmer"): "free_energy_off",
}


def findings(data):
    """What the rows above compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``factors``, ``ascent``, ``trajectories``, ``minima`` and ``em``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    best = coldest(data["ascent"], "glass", "coordinate")["best"]
    factors = data["factors"].set_index("check")["value"]
    minima = data["minima"].set_index("objective")["m"]
    return [
        (FACTORS, [(*key, factors[name], 0.0) for key, name in FROM_FACTORS.items()]),
        (MINIMA, [(*key, minima[name], minima["divergence"]) for key, name in FROM_MINIMA.items()]),
        (EM, _em(data["em"])),
        (ASCENT, _runs(data["ascent"])),
        (PATHS, [("4.2-12", "shown", _highest(data["trajectories"]), best)]),
    ]


def _em(table):
    after = where(table, step="E")
    return [
        ("4.2-08", "em_equality", (after["log_likelihood"] - after["elbo"]).abs().max(), 0.0),
        ("4.2-08", "em_ascent", table["elbo"].diff().min(), 0.0),
        ("4.2-08", "em_maximum", table["gain_by_push"].max(), 0.0),
    ]


def _highest(paths):
    """ELBO of the highest end among the paths of the glass that are drawn."""
    rows = where(paths, model="glass")
    return rows.loc[rows["sweep"] == rows["sweep"].max(), "elbo"].max()


def coldest(table, model, method):
    """The row of the lowest temperature."""
    rows = where(table, model=model, method=method)
    return rows.loc[rows["T"].idxmin()]


def _runs(table):
    in_turn, glass = where(table, method="coordinate"), coldest(table, "glass", "coordinate")
    warm = where(in_turn, model="glass")
    warm = warm[warm["T"] > 1.2 * glass["transition_expected"]]
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
        ("4.2-12", "couplings_off", table["fault"].min(), 0.0),
        ("4.2-08", "ends", (in_turn["ln_z"] - in_turn["best"]).min(), 0.0),
        ("4.2-12", "transition", glass["transition"], glass["transition_expected"]),
        *provided(glass["T"] < COLD, NEED, overshoots),
        *provided(not warm.empty, NEED_WARM, [("4.2-12", "paramagnet", _paramagnet(warm), 0.0)]),
    ]


def _paramagnet(warm):
    """Largest difference of any end of an ascent above the transition from the ELBO at m = 0, n ln 2."""
    return (warm[["best", "worst"]].sub(warm["n"] * np.log(2), axis=0)).abs().to_numpy().max()


def numbers(data):
    """What the chapter quotes."""
    table, em, minima = data["ascent"], data["em"], data["minima"].set_index("objective")["m"]
    glass, parallel = coldest(table, "glass", "coordinate"), coldest(table, "antiferromagnet", "parallel")
    gain = em["log_likelihood"].iloc[-1] - em["elbo"].iloc[0]
    ascent = {
        "runs": where(table, model="glass", method="coordinate")["runs"].sum(),
        "spins": glass["n"],
        "coldest": glass["T"],
        "optima": glass["optima"],
        "spread": glass["best"] - glass["worst"],
        "transition": glass["transition"],
        "fall": -parallel["smallest_change"],
    }
    return (
        quoted("variational.ascent", ASCENT, **ascent)
        | quoted("variational.objectives", MINIMA, best=minima["divergence"])
        | quoted("variational.em", EM, gain=gain, first_step=em["elbo"].iloc[1] - em["elbo"].iloc[0])
    )
