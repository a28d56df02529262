"""Rules of acceptance: rows 5.1-07, 5.1-08 and 5.1-09, and the inheriting 9.1-03."""

import numpy as np

from scripts.common.claims.records import record, sourced
from scripts.common.numbers import number, unmeasured_number
from scripts.common.seeds import generator
from scripts.mcmc.claims.deviates import deviate_record, record_if
from scripts.mcmc.theory import chains

ROOMS = {"data": "mcmc/tables/rooms.csv", "rule": "mcmc_tabulate"}
WALKS = {"data": "mcmc/tables/walks.csv", "rule": "mcmc_tabulate"}
AVERAGES = {"data": "mcmc/tables/averages.csv", "rule": "mcmc_averages"}
SETTLED = {"data": "mcmc/claims.json", "rule": "mcmc_settle"}
RANDOM_CHAINS = 100
VISIBLE = 0.1  # effects below this are too small for their controls
NEED_PRICE = "neighbors that differ less in mcmc.house.popularity: here Barker's rule costs almost nothing"
NEED_DOORS = "five or more rooms in mcmc.house.popularity: with four all have two doors"


def records(checks, data):
    """Records of rows 5.1-07 to 5.1-09.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame
        ``rooms``, ``walks`` and ``averages``.

    Returns
    -------
    list of dict
    """
    walks = data["walks"].set_index("walk")
    deviations = [
        deviate_record(checks["5.1-08", "walk"], walks.loc["metropolis", "shares_deviate"]),
        deviate_record(checks["5.1-08", "biased_law"], walks.loc["without_factor", "shares_deviate"]),
    ]
    return (
        sourced(_identities(checks), **SETTLED)
        + sourced(deviations, **WALKS)
        + sourced([_forgotten_factor(checks, data["rooms"])], **ROOMS)
        + sourced(_peskun(checks, data["averages"]), **AVERAGES)
    )


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


def _identities(checks):
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
    found = [
        ("5.1-07", "ratio", worst(kept_ratio)),
        ("5.1-07", "swapped", swapped),
        ("5.1-08", "detailed_balance", worst(_metropolis)),
        ("5.1-09", "barker", worst(_barker)),
        ("5.1-09", "heat_bath", fresh),
        ("5.1-09", "wrong_ratio", worst(lambda ratio: np.minimum(1, ratio**2))),
        ("5.1-09", "peskun", min(peskun_gap(*pair) for pair in pairs)),
    ]
    return [record(checks[claim, part], float(value), 0.0) for claim, part, value in found]


def peskun_gap(law, proposal):
    """Smallest eigenvalue of the difference of the asymptotic covariances, Barker less Metropolis.

    Peskun, Biometrika 60, 607 (1973), doi:10.1093/biomet/60.3.607: never below zero.
    """
    barker, metropolis = (
        chains.share_covariance(law, chains.transition_matrix(law, proposal, rule))
        for rule in ("barker", "metropolis")
    )
    return float(np.linalg.eigvalsh(barker - metropolis).min())


def _forgotten_factor(checks, table):
    """The room whose share suffers most from the forgotten factor, against its popularity."""
    rooms = table[table["walk"] == "without_factor"].reset_index(drop=True)
    bias = (rooms["expected"] / rooms["popularity"] - 1).abs()
    worst = rooms.loc[bias.idxmax()]
    return record_if(
        bias.max() > VISIBLE, NEED_DOORS, checks["5.1-08", "without_factor"],
        measured=worst["share"] / worst["popularity"], error=worst["share_err"] / worst["popularity"],
        reference=1.0,
    )  # fmt: skip


def variance_ratio(table):
    """Variance of an average with Barker's rule over that with Metropolis': measured, its error, exact."""
    sums, errors, exact = {}, {}, {}
    for chain in ("barker", "metropolis"):
        rows = table[table["chain"] == chain]
        scaled = rows["steps"] * rows["error"] ** 2
        sums[chain] = scaled.mean()
        errors[chain] = np.sqrt(((scaled * np.sqrt(2 / rows["chains"])) ** 2).sum()) / len(rows)
        exact[chain] = (rows["steps"] * rows["exact"] ** 2).mean()
    ratio = sums["barker"] / sums["metropolis"]
    error = ratio * np.hypot(*(errors[chain] / sums[chain] for chain in sums))
    return ratio, error, exact["barker"] / exact["metropolis"]


def _peskun(checks, table):
    ratio, error, exact = variance_ratio(table)
    return [
        record(checks["5.1-09", "price"], ratio, exact, error=error),
        record_if(
            exact > 1 + VISIBLE,
            NEED_PRICE,
            checks["5.1-09", "order"],
            measured=ratio,
            error=error,
            reference=1.0,
        ),
    ]


def numbers(data):
    """What the chapter quotes of the rules."""
    ratio, error, exact = variance_ratio(data["averages"])
    rooms = data["rooms"][data["rooms"]["walk"] == "without_factor"].reset_index(drop=True)
    bias = (rooms["expected"] / rooms["popularity"] - 1).abs()
    worst = rooms.loc[bias.idxmax()]
    walks = data["walks"].set_index("walk")
    biased = {
        "mcmc.rules.biased_share": (worst["share"], worst["share_err"]),
        "mcmc.rules.biased_popularity": (worst["popularity"], None),
        "mcmc.rules.biased_room": (worst["room"], None),
    }
    found = {
        key: number(*value, "", **ROOMS) if bias.max() > VISIBLE else unmeasured_number("", NEED_DOORS)
        for key, value in biased.items()
    }
    return found | {
        "mcmc.rules.barker_ratio": number(ratio, error, "", **AVERAGES),
        "mcmc.rules.barker_ratio_exact": number(exact, None, "", **AVERAGES),
        "mcmc.rules.tau_suwa_todo": number(walks.loc["suwa_todo", "tau_exact"], None, "steps", **WALKS),
    }
