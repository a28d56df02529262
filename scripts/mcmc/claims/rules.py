"""Rules of acceptance: rows 5.1-07, 5.1-08 and 5.1-09, and the inheriting 9.1-03."""

import numpy as np

from scripts.common.claims.findings import column, quoted, where
from scripts.common.seeds import generator
from scripts.mcmc.theory import chains

ROOMS = {"data": "mcmc/tables/rooms.csv", "rule": "mcmc_tabulate"}
WALKS = {"data": "mcmc/tables/walks.csv", "rule": "mcmc_tabulate"}
AVERAGES = {"data": "mcmc/tables/averages.csv", "rule": "mcmc_averages"}
SETTLED = {"data": "mcmc/claims.json", "rule": "mcmc_settle"}
RANDOM_CHAINS = 100
VISIBLE = 0.1  # effects below this are too small for their controls
NEED_PRICE = "neighbors that differ less in mcmc.house.popularity: here Barker's rule costs almost nothing"
NEED_DOORS = "five or more rooms in mcmc.house.popularity: with four all have two doors"


def findings(data):
    """What rows 5.1-07 to 5.1-09 compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``rooms``, ``walks`` and ``averages``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    deviates, biased = data["walks"].set_index("walk")["shares_deviate"], biased_room(data["rooms"])
    walks = [
        ("5.1-08", "walk", (deviates["metropolis"], 1.0), 0.0),
        ("5.1-08", "biased_law", (deviates["without_factor"], 1.0), 0.0),
    ]
    return [
        (SETTLED, _identities()),
        (WALKS, walks),
        (ROOMS, [("5.1-08", "without_factor", column(biased, "share", per="popularity"), 1.0, NEED_DOORS)]),
        (AVERAGES, _peskun(data["averages"])),
    ]


def random_pair(rng):
    """A random law, float64[n], and a random proposal, float64[n, n], not symmetric."""
    n = int(rng.integers(3, 30))
    return rng.dirichlet(np.ones(n)), rng.dirichlet(np.ones(n), size=n)


def imbalance(law, proposal, accept):
    """Largest |P(x) g(y|x) A(y|x) - P(y) g(x|y) A(x|y)|, with A a function of the book's ratio."""
    flow = law[:, None] * proposal
    return float(np.abs(chains.currents(law, proposal * accept(flow.T / flow))).max())


def _metropolis(ratio):
    return chains.acceptance("metropolis", ratio)


def _barker(ratio):
    return chains.acceptance("barker", ratio)


def _identities():
    """Detailed balance of random chains, for several rules and for wrong ones; and Peskun's order."""
    rng = generator(0, "mcmc/claims/rules")
    pairs = [random_pair(rng) for _ in range(RANDOM_CHAINS)]

    def worst(accept):
        return max(imbalance(law, proposal, accept) for law, proposal in pairs)

    def kept_ratio(ratio):  # any A(r) = a min(1, r) with a symmetric in the two states
        return 0.5 * np.minimum(1, ratio)

    # The printed ratio with g(y|x) and g(x|y) exchanged.
    swapped = max(
        imbalance(
            law, proposal,
            lambda ratio, law=law: np.minimum(1, (law[None, :] / law[:, None]) ** 2 / ratio),
        )
        for law, proposal in pairs
    )  # fmt: skip
    fresh = max(np.abs(chains.currents(law, chains.heat_bath(law))).max() for law, _ in pairs)
    return [
        ("5.1-07", "ratio", worst(kept_ratio), 0.0),
        ("5.1-07", "swapped", swapped, 0.0),
        ("5.1-08", "detailed_balance", worst(_metropolis), 0.0),
        ("5.1-09", "barker", worst(_barker), 0.0),
        ("5.1-09", "heat_bath", fresh, 0.0),
        ("5.1-09", "wrong_ratio", worst(lambda ratio: np.minimum(1, ratio**2)), 0.0),
        ("5.1-09", "peskun", min(peskun_gap(*pair) for pair in pairs), 0.0),
    ]


def peskun_gap(law, proposal):
    """Smallest eigenvalue of the difference of the asymptotic covariances, Barker less Metropolis.

    Peskun, Biometrika 60, 607 (1973), doi:10.1093/biomet/60.3.607: never below zero.
    """
    barker, metropolis = (
        chains.share_covariance(law, chains.transition_matrix(law, proposal, rule))
        for rule in ("barker", "metropolis")
    )
    return float(np.linalg.eigvalsh(barker - metropolis).min())


def biased_room(table):
    """The room whose share suffers most from the forgotten factor, or None where none suffers visibly."""
    rooms = where(table, walk="without_factor")
    bias = (rooms["expected"] / rooms["popularity"] - 1).abs()
    return rooms.loc[bias.idxmax()] if bias.max() > VISIBLE else None


def variance_ratio(table):
    """Variance of an average with Barker's rule over that with Metropolis', with its error; and exactly."""
    sums, errors, exact = {}, {}, {}
    for chain in ("barker", "metropolis"):
        rows = where(table, chain=chain)
        scaled = rows["steps"] * rows["error"] ** 2
        sums[chain] = scaled.mean()
        errors[chain] = np.sqrt(((scaled * np.sqrt(2 / rows["chains"])) ** 2).sum()) / len(rows)
        exact[chain] = (rows["steps"] * rows["exact"] ** 2).mean()
    ratio = sums["barker"] / sums["metropolis"]
    error = ratio * np.hypot(*(errors[chain] / sums[chain] for chain in sums))
    return (ratio, error), exact["barker"] / exact["metropolis"]


def _peskun(table):
    ratio, exact = variance_ratio(table)
    return [
        ("5.1-09", "price", ratio, exact),
        ("5.1-09", "order", ratio if exact > 1 + VISIBLE else None, 1.0, NEED_PRICE),
    ]


def numbers(data):
    """What the chapter quotes of the rules."""
    row, (ratio, exact) = biased_room(data["rooms"]), variance_ratio(data["averages"])
    biased = {
        "biased_share": column(row, "share"),
        "biased_popularity": None if row is None else row["popularity"],
        "biased_room": None if row is None else row["room"],
    }
    tau = data["walks"].set_index("walk").loc["suwa_todo", "tau_exact"]
    return (
        quoted("mcmc.rules", ROOMS, "", NEED_DOORS, **biased)
        | quoted("mcmc.rules", AVERAGES, barker_ratio=ratio, barker_ratio_exact=exact)
        | quoted("mcmc.rules", WALKS, "steps", tau_suwa_todo=tau)
    )
