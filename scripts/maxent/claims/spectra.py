"""Maximum entropy at a given mean: rows 2.1-01 to 2.1-05, 2.2-01, 2.2-02 and 2.2-04."""

import numpy as np

from scripts.common.claims.findings import Found, quoted, where
from scripts.maxent.theory import canonical

SPECTRA = {"data": "maxent/tables/spectra.csv", "rule": "maxent_spectra"}
SHAPES = {"data": "maxent/tables/shapes.csv", "rule": "maxent_spectra"}
DICE = {"data": "maxent/tables/dice.csv", "rule": "maxent_spectra"}
MAGNET = {"data": "maxent/tables/magnet.csv", "rule": "maxent_spectra"}
NEED = "more spectra in maxent.spectra.number, so that some have a mean {side} the unweighted one"
LISTS = {"dice": "face", "dice_means": "face", "levels": "energy"}  # tables of optima, and their levels


def findings(data):
    """What rows 2.1-01 to 2.1-05, 2.2-01, 2.2-02 and 2.2-04 compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame

    Returns
    -------
    list of (dict, list of tuple)
    """
    magnet = data["magnet"]
    ratio = (magnet["derivative"] / magnet["moment"] - 1).abs().max()
    return [
        (SPECTRA, [*_identities(data["spectra"]), *_signs(data["spectra"])]),
        (SHAPES, _shapes(data["shapes"])),
        (DICE, _optima([(data[name], levels) for name, levels in LISTS.items()])),
        (MAGNET, [("2.2-02", "magnet", ratio, 0.0)]),
    ]


def _identities(table):
    """The worst deviations over all spectra; of controls the median."""

    def worst(name):
        return table[name].abs().max()

    def typical(name):
        return table[name].abs().median()

    log_n = np.log(table["levels"])
    return [
        ("2.1-01", "optimum", worst("divergence"), 0.0),
        ("2.1-01", "beta_off", typical("divergence_off"), 0.0),
        ("2.1-02", "uniform", (table["entropy_free"] - log_n).abs().max(), 0.0),
        ("2.1-02", "largest", (table["entropy"] - log_n).max(), 0.0),
        ("2.1-02", "tilted", (table["entropy_tilted"] - log_n).abs().median(), 0.0),
        ("2.1-04", "slope", (table["beta_optimum"] - table["beta"]).abs().max(), 0.0),
        ("2.1-04", "monotone", table["rise"].max(), 0.0),
        ("2.1-04", "energy_off", (table["beta_optimum_off"] - table["beta"]).abs().median(), 0.0),
        ("2.1-05", "minimax", worst("worst"), 0.0),
        ("2.1-05", "other_guesses", table["others"].min(), 0.0),
        ("2.1-05", "guess_off", typical("worst_off"), 0.0),
        ("2.2-01", "automatic", worst("first"), 0.0),
        ("2.2-01", "beta_off", typical("first_off"), 0.0),
        ("2.2-02", "variance", worst("second"), 0.0),
        ("2.2-02", "third", worst("third"), 0.0),
        ("2.2-02", "variance_off", typical("second_off"), 0.0),
        ("2.2-04", "helmholtz", worst("helmholtz"), 0.0),
        ("2.2-04", "entropy_off", typical("helmholtz_off"), 0.0),
    ]


def _signs(table):
    """Share of spectra with positive beta, below and above the unweighted mean; and straight lines."""
    found = [("2.1-03", "straight", table["curvature"].max(), 0.0)]
    for side, rows in _sides(table).items():
        share = None if rows.empty else Found((rows["beta"] > 0).mean(), n_effective=len(rows))
        found.append(("2.1-03", f"{side}_uniform", share, 1.0, NEED.format(side=side)))
    return found


def _sides(table):
    """Spectra whose mean is below the unweighted one, and the others."""
    below = table["energy"] < table["uniform"]
    return {"below": table[below], "above": table[~below]}


def _optima(lists):
    """Dice and levels: probabilities against the canonical ones, and beta against their slope."""
    apart = [(table["optimum"] - table["expected"]).abs().max() for table, _ in lists]
    gaps = []
    for table, levels in lists:
        for _, rows in table.groupby("mean"):
            first, last = rows.iloc[0], rows.iloc[-1]
            slope = np.log(last["optimum"] / first["optimum"]) / (last[levels] - first[levels])
            gaps.append(abs(slope + first["beta"]))
    return [("2.1-01", "dice", max(apart), 0.0), ("2.1-04", "dice", max(gaps), 0.0)]


def _shapes(table):
    gaussian, exponential = (where(table, shape=shape) for shape in ("gaussian", "exponential"))

    def divergence(rows, name):
        return float(canonical.divergence(rows["optimum"].to_numpy(), rows[name].to_numpy()))

    best, rival = (canonical.entropy(gaussian[name].to_numpy()) for name in ("optimum", "rival"))
    return [
        ("2.1-05", "gaussian", divergence(gaussian, "expected"), 0.0),
        ("2.1-05", "exponential", divergence(exponential, "expected"), 0.0),
        ("2.1-05", "rival", rival - best, 0.0),
        ("2.1-05", "variance_off", divergence(gaussian, "faulty"), 0.0),
    ]


def numbers(data):
    """What the chapter quotes of spectra, dice and other shapes."""
    table, dice, gaussian = data["spectra"], data["dice"], where(data["shapes"], shape="gaussian")
    above = table[table["energy"] > table["uniform"]]
    negative = None if above.empty else (above["beta"] < 0).mean()
    spectra = {
        "number": len(table),
        "divergence": table["divergence"].abs().max(),
        "above": len(above),
        "first": table["first"].abs().max(),
    }
    faces = {f"face_{row.face}": row.optimum for row in dice.itertuples()}
    best, rival = (canonical.entropy(gaussian[name].to_numpy()) for name in ("optimum", "rival"))
    return (
        quoted("maxent.spectra", SPECTRA, **spectra)
        | quoted("maxent.spectra", SPECTRA, "", NEED.format(side="above"), negative=negative)
        | quoted("maxent.dice", DICE, beta=dice["beta"].iloc[0], **faces)
        | quoted("maxent.dice", DICE, "nat", entropy=canonical.entropy(dice["optimum"].to_numpy()))
        | quoted("maxent.shapes", SHAPES, "nat", rival_entropy=best - rival)
    )
