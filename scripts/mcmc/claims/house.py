"""The house of rooms: rows 5.1-03, 5.1-04, 5.1-05 and 5.1-06."""

import numpy as np

from scripts.common.claims.findings import Found, column, provided, quoted, row_where, where
from scripts.common.seeds import generator
from scripts.mcmc import house, tabulate
from scripts.mcmc.theory import chains

ROOMS = {"data": "mcmc/tables/rooms.csv", "rule": "mcmc_tabulate"}
WALKS = {"data": "mcmc/tables/walks.csv", "rule": "mcmc_tabulate"}
CROWD = {"data": "mcmc/data/house.npz", "rule": "mcmc_house"}
STATES = {"data": "mcmc/tables/chains.csv", "rule": "mcmc_tabulate"}
SETTLED = {"data": "mcmc/claims.json", "rule": "mcmc_settle"}  # computed on the way to that file
OFF = 1.05  # the popularity of the favorite room in the control
RANDOM_CHAINS = 100
LONG = 1e-12  # what is left of the start after the time called long
CIRCULATES = 1e-3  # net current from which a walk counts as circulating
NEED_CIRCULATION = "unequal rooms, none more popular than all others together, in mcmc.house.popularity"


def findings(data):
    """What rows 5.1-03 to 5.1-06 compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame or dict of arrays
        ``rooms``, ``walks``, ``chains`` and ``house``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    popularity = data["house"]["popularity"]
    walks, sequential = data["walks"].set_index("walk"), row_where(data["chains"], chain="sequential")
    deviate = None if sequential is None else (sequential["deviate"], 1.0)
    return [
        (SETTLED, [_rate(popularity), *_balance(), *_reached(popularity)]),
        (CROWD, _crowd(data["house"])),
        (ROOMS, _occupation(data["rooms"], walks)),
        (WALKS, _currents(walks)),
        (STATES, [("5.1-06", "sequential", deviate, 0.0, "a chain of spins that reaches all states")]),
    ]


def _rate(popularity):
    """The decay of the distance by propagation against the second eigenvalue."""
    law, matrix = house.matrices(popularity)["metropolis"]
    second = chains.second_eigenvalue(matrix)
    third = np.sort(np.abs(np.linalg.eigvals(matrix)))[-3]
    n_steps = np.log(1e-14) / np.log(min(third / second, 1 - 1e-3) ** 2)  # until the third has died away
    start = generator(0, "mcmc/claims/start").dirichlet(np.ones(len(law)))  # has a part of every mode
    return "5.1-03", "rate", chains.decay_rate(matrix, law, start, int(n_steps) + 10), second


def crowd_shares(walks):
    """Where the crowd from the last room is, against the exact laws, at the second of the counted times."""
    law, matrix = house.matrices(walks["popularity"])["metropolis"]
    exact = [chains.laws_in_time(matrix, start, walks["times"]) for start in range(len(law))]
    return law, np.array(exact), walks["crowd"]


def _crowd(walks):
    """The crowd at an early time against the exact law of that time, at the last against the popularity."""
    law, exact, crowd = crowd_shares(walks)
    early = [tabulate.state_chi_square(found[1], want[1]) for found, want in zip(crowd, exact, strict=True)]
    late = [tabulate.state_chi_square(found[-1], law) for found in crowd]
    early, late = (tabulate.deviate(*np.sum(each, axis=0)) for each in (early, late))
    here, everybody, share = crowd[-1, 1, -1], crowd[-1, 1].sum(), exact[-1, 1, -1]
    error = np.sqrt(share * (1 - share) / everybody)
    return [
        ("5.1-03", "early", (early, 1.0), 0.0),
        ("5.1-03", "late", (late, 1.0), 0.0),
        ("5.1-03", "early_as_late", Found(here / everybody, error, n_effective=everybody), law[-1]),
    ]


def _occupation(table, walks):
    rooms = where(table, walk="metropolis")
    favorite, other = rooms.loc[rooms["popularity"].idxmax()], walks.loc["suwa_todo"]
    n_effective = favorite["share"] * (1 - favorite["share"]) / favorite["share_err"] ** 2
    share = column(favorite, "share", per="popularity")._replace(n_effective=n_effective)
    unbalanced = [("5.1-06", "without_balance", (other["shares_deviate"], 1.0), 0.0)]
    return [
        ("5.1-04", "occupation", (walks.loc["metropolis", "shares_deviate"], 1.0), 0.0),
        ("5.1-04", "favorite", share, 1.0),
        ("5.1-04", "popularity_off", share, OFF),
        *provided(circulates(other), NEED_CIRCULATION, unbalanced),
    ]


def circulates(walk):
    """Whether a walk has a net current, and moves at random: among equals Suwa and Todo go round in order."""
    return abs(walk["current_expected"]) > CIRCULATES and walk["second_eigenvalue"] < 1 - 1e-6


def _currents(walks):
    own, other = walks.loc["metropolis"], walks.loc["suwa_todo"]
    expected = other["current_expected"] or 1.0
    circulating = [
        ("5.1-05", "circulation", (other["current"] / expected, abs(other["current_err"] / expected)), 0.0),
        ("5.1-06", "balance_broken", abs(expected), 0.0),
    ]
    return [
        ("5.1-05", "currents", (own["currents_deviate"], 1.0), 0.0),
        *provided(circulates(other), NEED_CIRCULATION, circulating),
    ]


def balanced_chain(n, rng):
    """A random law and a random matrix in detailed balance with it: symmetric flows over the law."""
    law = rng.dirichlet(np.ones(n))
    flow = rng.random((n, n)) * np.minimum.outer(law, law) / n
    return law, chains.with_rest((flow + flow.T) / 2 / law[:, None])


def _balance():
    """Whether random chains in detailed balance keep their law; and one with a flow off by one per cent."""
    rng, kept = generator(0, "mcmc/claims/balanced"), []
    for _ in range(RANDOM_CHAINS):
        law, matrix = balanced_chain(rng.integers(3, 40), rng)
        kept.append(np.abs(law @ matrix - law).max())
    moves = matrix.copy()
    moves[0, 1] *= 1.01
    off = np.abs(law @ chains.with_rest(moves) - law).max()
    return [("5.1-05", "stationary", max(kept), 0.0), ("5.1-05", "flow_off", off, 0.0)]


def _reached(popularity):
    """Distance from the kept law after a long time: of the walk, and of the counterexamples."""
    law, matrix = house.matrices(popularity)["metropolis"]
    long = int(np.ceil(np.log(LONG) / np.log(chains.second_eigenvalue(matrix))))

    def distance(own, chain):
        laws = [chains.laws_in_time(chain, start, [long])[0] for start in range(len(own))]
        return float(chains.total_variation(own, np.array(laws)).max())

    found = {"reached": (law, matrix), **tabulate.counterexamples(popularity)}
    return [("5.1-06", part, distance(*chain), 0.0) for part, chain in found.items()]


def numbers(data):
    """What the chapter quotes of the house."""
    rooms = where(data["rooms"], walk="metropolis").set_index("room")
    walks = data["walks"].set_index("walk")
    own, other, last = walks.loc["metropolis"], walks.loc["suwa_todo"], int(rooms.index[-1])
    second = own["second_eigenvalue"]
    shares, distances = {}, {}
    for name, row in (("first", rooms.loc[1]), ("last", rooms.loc[last])):
        shares |= {f"share_{name}": column(row, "share"), f"popularity_{name}": row["popularity"]}
    for name, (law, chain) in tabulate.counterexamples(data["house"]["popularity"]).items():
        long_law = chains.laws_in_time(chain, last - 1, [2000])[0]
        distances[f"distance_{name}"] = float(chains.total_variation(law, long_law))
    return (
        quoted("mcmc.house", ROOMS, rooms=last, **shares)
        | quoted("mcmc.house", WALKS, steps=own["steps"], second_eigenvalue=second)
        | quoted("mcmc.house", WALKS, "steps", settling_time=-1 / np.log(second))
        | quoted("mcmc.house", WALKS, "1/step", current_suwa_todo=column(other, "current"))
        | quoted("mcmc.house", SETTLED, **distances)
    )
