"""Rules of acceptance: rows 5.1-07, 5.1-08 and 5.1-09."""

import numpy as np

from scripts.common.claims.findings import Found, column, quoted, row_where, where
from scripts.common.seeds import generator
from scripts.mcmc.claims.house import shares_deviate
from scripts.mcmc.theory import chains

ROOMS = {"data": "mcmc/tables/rooms.csv", "rule": "mcmc_tabulate"}
WALKS = {"data": "mcmc/tables/walks.csv", "rule": "mcmc_tabulate"}
AVERAGES = {"data": "mcmc/tables/averages.csv", "rule": "mcmc_averages"}
STATES = {"data": "mcmc/tables/chains.csv", "rule": "mcmc_tabulate"}
SETTLED = {"data": "mcmc/claims.json", "rule": "mcmc_settle"}
RANDOM_CHAINS = 100
VISIBLE = 0.1  # effects below this are too small for their controls
NEED_DOORS = "five or more rooms in mcmc.house.popularity: with four all have two doors"


def findings(data):
    """What rows 5.1-07 to 5.1-09 compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame or dict of arrays
        ``rooms``, ``walks``, ``chains``, ``averages`` and ``house``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    walks, biased = data["walks"].set_index("walk"), biased_room(data["rooms"])
    steps, popularity = walks["steps"], data["house"]["popularity"]
    heat_bath = row_where(data["chains"], chain="heat_bath")

    def transitions(walk):
        return Found(walks.loc[walk, "transitions_deviate"], 1.0, None, steps[walk])

    def shares(walk):
        return shares_deviate(data["rooms"], walk, steps[walk], popularity)

    suffering = column(biased, "share", per="popularity")
    rooms = [
        ("5.1-08", "biased_law", shares("without_factor"), 0.0),
        ("5.1-08", "without_factor", suffering, None, NEED_DOORS),
        ("5.1-09", "barker_shares", shares("barker"), 0.0),
    ]
    steps_of = [("5.1-08", "steps", transitions("metropolis"), 0.0)]
    steps_of += [("5.1-09", "barker_steps", transitions("barker"), 0.0)]
    states = Found(heat_bath["deviate"], 1.0, None, heat_bath["samples"])
    price, exact = variance_ratio(data["averages"])
    return [
        (SETTLED, _identities()),
        (WALKS, steps_of),
        (ROOMS, rooms),
        (STATES, [("5.1-09", "heat_bath_states", states, 0.0)]),
        (AVERAGES, [("5.1-09", "price", price, exact)]),
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


def ratio_of_acceptances(flow, law, proposal):
    """How far A(y|x) / A(x|y) of given flows lies from the book's ratio, relative, largest; A = T / g."""
    found = flow / (law[:, None] * proposal)
    book = (law[:, None] * proposal).T / (law[:, None] * proposal)
    return float(np.abs(found / found.T / book - 1).max())


def _identities():
    """Detailed balance of random chains by several rules and by slightly wrong ones; Peskun's order."""
    rng = generator(0, "mcmc/claims/rules")
    pairs = [random_pair(rng) for _ in range(RANDOM_CHAINS)]
    flows = [flow + flow.T for flow in (rng.random((len(law), len(law))) + 0.1 for law, _ in pairs)]
    off = flows[-1].copy()
    off[0, 1] *= 1.01

    def worst(accept):
        return max(imbalance(law, proposal, accept) for law, proposal in pairs)

    def kept_ratio(ratio):  # any A(r) = a min(1, r) with a symmetric in the two states
        return 0.5 * np.minimum(1, ratio)

    ratios = [ratio_of_acceptances(flow, *pair) for flow, pair in zip(flows, pairs, strict=True)]
    return [
        ("5.1-07", "fixed", max(ratios), 0.0),
        ("5.1-07", "ratio", worst(kept_ratio), 0.0),
        ("5.1-07", "flow_off", ratio_of_acceptances(off, *pairs[-1]), 0.0),
        ("5.1-08", "detailed_balance", worst(_metropolis), 0.0),
        ("5.1-08", "ratio_off", worst(lambda ratio: np.minimum(1, 1.01 * ratio)), 0.0),
        ("5.1-09", "barker", worst(_barker), 0.0),
        ("5.1-09", "barker_off", worst(lambda ratio: ratio / (1 + 1.02 * ratio)), 0.0),
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
    """Variance of an average with Barker's rule over that with Metropolis', a Found; and exactly."""
    sums, errors, exact = {}, {}, {}
    for chain in ("barker", "metropolis"):
        rows = where(table, chain=chain)
        scaled = rows["steps"] * rows["error"] ** 2
        sums[chain] = scaled.mean()
        errors[chain] = np.sqrt(((scaled * np.sqrt(2 / rows["chains"])) ** 2).sum()) / len(rows)
        exact[chain] = (rows["steps"] * rows["exact"] ** 2).mean()
    ratio = sums["barker"] / sums["metropolis"]
    error = ratio * np.hypot(*(errors[chain] / sums[chain] for chain in sums))
    return Found(ratio, error, None, rows["chains"].sum()), exact["barker"] / exact["metropolis"]


def numbers(data):
    """What the chapter quotes of the rules."""
    row, (ratio, exact) = biased_room(data["rooms"]), variance_ratio(data["averages"])
    biased = {
        "biased_share": column(row, "share"),
        "biased_popularity": None if row is None else row["popularity"],
        "biased_room": None if row is None else row["room"],
    }
    return quoted("mcmc.rules", ROOMS, "", NEED_DOORS, **biased) | quoted(
        "mcmc.rules", AVERAGES, barker_ratio=ratio, barker_ratio_exact=exact
    )
