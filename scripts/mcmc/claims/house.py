"""The house of rooms: rows 5.1-03, 5.1-04, 5.1-05 and 5.1-06."""

import numpy as np
from scipy import linalg

from scripts.common.claims.findings import Found, column, provided, quoted, row_where, where
from scripts.common.seeds import generator
from scripts.common.statistics.counts import deviate
from scripts.mcmc import house, tabulate
from scripts.mcmc.theory import chains

ROOMS = {"data": "mcmc/tables/rooms.csv", "rule": "mcmc_tabulate"}
WALKS = {"data": "mcmc/tables/walks.csv", "rule": "mcmc_tabulate"}
CONVERGENCE = {"data": "mcmc/tables/convergence.csv", "rule": "mcmc_tabulate"}
CROWD = {"data": "mcmc/data/house.npz", "rule": "mcmc_house"}
STATES = {"data": "mcmc/tables/chains.csv", "rule": "mcmc_tabulate"}
SETTLED = {"data": "mcmc/claims.json", "rule": "mcmc_settle"}  # computed on the way to that file
RANDOM_CHAINS = 100
CIRCULATES = 1e-3  # net current from which a walk counts as circulating
HALFWAY = 0.1  # distance near which the crowd's is judged: not yet noise, no longer the start
NEED_CIRCULATION = "unequal rooms, none more popular than all others together, in mcmc.house.popularity"
NEED_MOMENT = "a slower walk, by mcmc.house.popularity: this one has settled before a moment is counted"


def findings(data):
    """What rows 5.1-03 to 5.1-06 compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame or dict of arrays
        ``rooms``, ``walks``, ``convergence``, ``chains`` and ``house``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    popularity, sequential = data["house"]["popularity"], row_where(data["chains"], chain="sequential")
    found = None if sequential is None else Found(sequential["deviate"], 1.0, None, sequential["samples"])
    walks = data["walks"].set_index("walk")
    return [
        (SETTLED, [_rate(popularity, walks), *_balance(), *_kept(popularity)]),
        (CROWD, _crowd(data["house"])),
        (CONVERGENCE, _distances(data["convergence"], data["house"]["crowd"][-1, 0].sum())),
        (ROOMS, _occupation(data["rooms"], walks, popularity)),
        (WALKS, _currents(walks)),
        (STATES, [("5.1-06", "sequential", found, 0.0, "a chain of spins that reaches all states")]),
    ]


def _rate(popularity, walks):
    """The decay of the distance by propagation against the second eigenvalue."""
    law, matrix = house.matrices(popularity)["metropolis"]
    second = walks.loc["metropolis", "second_eigenvalue"]
    third = np.sort(np.abs(np.linalg.eigvals(matrix)))[-3]
    n_steps = np.log(1e-14) / np.log(min(third / second, 1 - 1e-3) ** 2)  # until the third has died away
    start = generator(0, "mcmc/claims/start").dirichlet(np.ones(len(law)))  # has a part of every mode
    return "5.1-03", "rate", chains.decay_rate(matrix, law, start, int(n_steps) + 10), second


def _crowd(walks):
    """The crowd at an early time against the exact law of that time, at the last against the popularity."""
    law, matrix = house.matrices(walks["popularity"])["metropolis"]
    crowd, times = walks["crowd"], walks["times"]
    exact = [chains.laws_in_time(matrix, start, times)[1] for start in range(len(law))]
    early = [tabulate.state_chi_square(*each) for each in zip(crowd[:, 1], exact, strict=True)]
    late = [tabulate.state_chi_square(each, law) for each in crowd[:, -1]]
    number = crowd[:, 0].sum()
    early, late = (Found(deviate(*np.sum(each, axis=0)), 1.0, None, number) for each in (early, late))
    return [("5.1-03", "early", early, 0.0), ("5.1-03", "late", late, 0.0)]


def _distances(table, crowd):
    """Distances from the kept law: of the crowd, against the bound, and of chains that never arrive."""
    own = where(table, chain="metropolis")
    row = own.loc[(own["distance"] - HALFWAY).abs().idxmin()]
    # While no room is near its share the distance is a sum of counts: half of a mean of signs.
    found = Found(row["measured"], 0.5 / np.sqrt(crowd), n_effective=crowd)
    ends = table.sort_values("t").groupby("chain")["distance"].last()
    return [
        ("5.1-03", "halfway", found if row["distance"] > HALFWAY / 2 else None, row["distance"], NEED_MOMENT),
        ("5.1-03", "bound", (own["distance"] / own["bound"]).max(), 1.0),
        ("5.1-03", "closed", ends["closed"], 0.0),
        ("5.1-03", "periodic", ends["periodic"], 0.0),
    ]


def shares_deviate(table, walk, steps, popularity):
    """Chi-square of the shares of a walk with the exact covariance of a correlated one; a Found."""
    rows, (law, matrix) = where(table, walk=walk), house.matrices(popularity)[walk]
    covariance = chains.share_covariance(law, matrix) / steps
    found = tabulate.quadratic_form((rows["share"] - rows["expected"]).to_numpy(), covariance)
    return Found(deviate(*found), 1.0, None, steps)


def _occupation(table, walks, popularity):
    def shares(walk):
        return shares_deviate(table, walk, walks.loc[walk, "steps"], popularity)

    unbalanced = [("5.1-06", "without_balance", shares("suwa_todo"), 0.0)]
    return [
        ("5.1-04", "occupation", shares("metropolis"), 0.0),
        ("5.1-04", "favorite", favorite_share(table, "metropolis"), 1.0),
        ("5.1-04", "popularity_off", favorite_share(table, "off"), 1.0),
        ("5.1-06", "alternating", shares("periodic"), 0.0),
        *provided(circulates(walks.loc["suwa_todo"]), NEED_CIRCULATION, unbalanced),
    ]


def favorite_share(table, walk):
    """Share of the most popular room in units of its popularity, with independent samples behind it."""
    rooms = where(table, walk=walk)
    row = rooms.loc[rooms["popularity"].idxmax()]
    n_effective = row["expected"] * (1 - row["expected"]) / row["share_err"] ** 2
    return column(row, "share", per="popularity")._replace(n_effective=n_effective)


def circulates(walk):
    """Whether a walk has a net current, and moves at random: among equals Suwa and Todo go round in order."""
    return abs(walk["current_expected"]) > CIRCULATES and walk["second_eigenvalue"] < 1 - 1e-6


def _currents(walks):
    own, other = walks.loc["metropolis"], walks.loc["suwa_todo"]
    circulating = [
        ("5.1-06", "current", column(other, "current", n_effective="steps"), other["current_expected"])
    ]
    return [
        ("5.1-05", "currents", Found(own["currents_deviate"], 1.0, None, own["steps"]), 0.0),
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


def kept_law(matrix):
    """The only law that a chain keeps, float64[n], by the null space of T' - 1; None if it keeps more."""
    space = linalg.null_space(matrix.T - np.eye(len(matrix)), rcond=1e-12)
    return space[:, 0] / space[:, 0].sum() if space.shape[1] == 1 else None


def _kept(popularity):
    """That the kept law is the only one; and what a chain that never moves does from the last room."""
    rng, found = generator(0, "mcmc/claims/only"), []
    for _ in range(RANDOM_CHAINS):
        law, matrix = balanced_chain(rng.integers(3, 40), rng)
        found.append(np.abs(kept_law(matrix) - law).max())
    law, matrix = tabulate.counterexamples(popularity)["identity"]
    shares = chains.laws_in_time(matrix, len(law) - 1, np.arange(1, 1000)).mean(axis=0)
    still = float(chains.total_variation(law, shares))
    return [("5.1-06", "only_law", max(found), 0.0), ("5.1-06", "identity", still, 0.0)]


def numbers(data):
    """What the chapter quotes of the house."""
    rooms = where(data["rooms"], walk="metropolis").set_index("room")
    walks = data["walks"].set_index("walk")
    own, other, last = walks.loc["metropolis"], walks.loc["suwa_todo"], int(rooms.index[-1])
    second, (law, others) = own["second_eigenvalue"], house.passages(data["house"]["popularity"])
    favorite, shares = np.eye(last)[int(np.argmax(law))], {}
    for name, row in (("first", rooms.loc[1]), ("last", rooms.loc[last])):
        shares |= {f"share_{name}": column(row, "share"), f"popularity_{name}": row["popularity"]}
    ends = data["convergence"].sort_values("t").groupby("chain")["distance"].last()
    distances = {f"distance_{name}": ends[name] for name in ("identity", "closed", "periodic")}
    taus = {f"tau_{name}": chains.autocorrelation_time(law, each, favorite) for name, each in others.items()}
    return (
        quoted("mcmc.house", ROOMS, rooms=last, **shares)
        | quoted("mcmc.house", WALKS, steps=own["steps"], second_eigenvalue=second)
        | quoted("mcmc.house", WALKS, "steps", settling_time=-1 / np.log(second))
        | quoted("mcmc.house", WALKS, "1/step", current_suwa_todo=column(other, "current"))
        | quoted("mcmc.house", CONVERGENCE, **distances)
        | quoted("mcmc.passages", SETTLED, "steps", **taus)
    )
