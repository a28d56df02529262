"""The house of rooms: rows 5.1-03, 5.1-04, 5.1-05 and 5.1-06."""

import numpy as np

from scripts.common.claims.records import record, sourced, unmeasured
from scripts.common.numbers import number
from scripts.common.seeds import generator
from scripts.mcmc import house, tabulate
from scripts.mcmc.claims.deviates import deviate_record, record_if
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


def records(checks, data):
    """Records of rows 5.1-03 to 5.1-06.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame or dict of arrays
        ``rooms``, ``walks``, ``chains`` and ``house``.

    Returns
    -------
    list of dict
    """
    popularity = data["house"]["popularity"]
    walks = data["walks"].set_index("walk")
    return (
        sourced([_rate(checks, popularity), *_balance(checks), *_reached(checks, popularity)], **SETTLED)
        + sourced(_crowd(checks, data["house"]), **CROWD)
        + sourced(_occupation(checks, data["rooms"], walks), **ROOMS)
        + sourced(_currents(checks, walks), **WALKS)
        + sourced([_sequential(checks, data["chains"])], **STATES)
    )


def _rate(checks, popularity):
    """The decay of the distance by propagation against the second eigenvalue."""
    law, matrix = house.matrices(popularity)["metropolis"]
    second = chains.second_eigenvalue(matrix)
    third = np.sort(np.abs(np.linalg.eigvals(matrix)))[-3]
    n_steps = np.log(1e-14) / np.log(min(third / second, 1 - 1e-3) ** 2)  # until the third has died away
    start = generator(0, "mcmc/claims/start").dirichlet(np.ones(len(law)))  # has a part of every mode
    return record(checks["5.1-03", "rate"], chains.decay_rate(matrix, law, start, int(n_steps) + 10), second)


def crowd_shares(walks):
    """Where the crowd from the last room is, against the exact laws, at the second of the counted times."""
    law, matrix = house.matrices(walks["popularity"])["metropolis"]
    exact = [chains.laws_in_time(matrix, start, walks["times"]) for start in range(len(law))]
    return law, np.array(exact), walks["crowd"]


def _crowd(checks, walks):
    """The crowd at an early time against the exact law of that time, at the last against the popularity."""
    law, exact, crowd = crowd_shares(walks)
    early = [tabulate.state_chi_square(found[1], want[1]) for found, want in zip(crowd, exact, strict=True)]
    late = [tabulate.state_chi_square(found[-1], law) for found in crowd]
    here, everybody = crowd[-1, 1, -1], crowd[-1, 1].sum()
    share = here / everybody
    return [
        deviate_record(checks["5.1-03", "early"], tabulate.deviate(*np.sum(early, axis=0))),
        deviate_record(checks["5.1-03", "late"], tabulate.deviate(*np.sum(late, axis=0))),
        record(
            checks["5.1-03", "early_as_late"],
            measured=share,
            reference=law[-1],
            error=np.sqrt(exact[-1, 1, -1] * (1 - exact[-1, 1, -1]) / everybody),
            n_effective=everybody,
        ),
    ]


def _occupation(checks, table, walks):
    rooms = table[table["walk"] == "metropolis"].reset_index(drop=True)
    favorite = rooms.loc[rooms["popularity"].idxmax()]
    own = {
        "measured": favorite["share"] / favorite["popularity"],
        "error": favorite["share_err"] / favorite["popularity"],
        "n_effective": favorite["share"] * (1 - favorite["share"]) / favorite["share_err"] ** 2,
    }
    return [
        deviate_record(checks["5.1-04", "occupation"], walks.loc["metropolis", "shares_deviate"]),
        *(
            record(checks["5.1-04", part], reference=factor, **own)
            for part, factor in (("favorite", 1.0), ("popularity_off", OFF))
        ),
        record_if(
            circulates(walks.loc["suwa_todo"]), NEED_CIRCULATION, checks["5.1-06", "without_balance"],
            measured=walks.loc["suwa_todo", "shares_deviate"], reference=0.0, error=1.0,
        ),
    ]  # fmt: skip


def circulates(walk):
    """Whether a walk has a net current, and moves at random: among equals Suwa and Todo go round in order."""
    return abs(walk["current_expected"]) > CIRCULATES and walk["second_eigenvalue"] < 1 - 1e-6


def _currents(checks, walks):
    own, other = walks.loc["metropolis"], walks.loc["suwa_todo"]
    return [
        deviate_record(checks["5.1-05", "currents"], own["currents_deviate"]),
        record_if(
            circulates(other), NEED_CIRCULATION, checks["5.1-05", "circulation"],
            measured=other["current"] / (other["current_expected"] or 1.0),
            error=abs(other["current_err"] / (other["current_expected"] or 1.0)), reference=0.0,
        ),
        record_if(
            circulates(other), NEED_CIRCULATION, checks["5.1-06", "balance_broken"],
            measured=abs(other["current_expected"]), reference=0.0,
        ),
    ]  # fmt: skip


def balanced_chain(n, rng):
    """A random law and a random matrix in detailed balance with it: symmetric flows over the law."""
    law = rng.dirichlet(np.ones(n))
    flow = rng.random((n, n)) * np.minimum.outer(law, law) / n
    return law, chains.with_rest((flow + flow.T) / 2 / law[:, None])


def _balance(checks):
    """Whether random chains in detailed balance keep their law; and one with a flow off by one per cent."""
    rng, kept = generator(0, "mcmc/claims/balanced"), []
    for _ in range(RANDOM_CHAINS):
        law, matrix = balanced_chain(rng.integers(3, 40), rng)
        kept.append(np.abs(law @ matrix - law).max())
    moves = matrix.copy()
    moves[0, 1] *= 1.01
    off = np.abs(law @ chains.with_rest(moves) - law).max()
    return [
        record(checks["5.1-05", "stationary"], max(kept), 0.0),
        record(checks["5.1-05", "flow_off"], off, 0.0),
    ]


def _reached(checks, popularity):
    """Distance from the kept law after a long time: of the walk, and of the counterexamples."""
    law, matrix = house.matrices(popularity)["metropolis"]
    long = int(np.ceil(np.log(LONG) / np.log(chains.second_eigenvalue(matrix))))

    def distance(own, chain):
        laws = [chains.laws_in_time(chain, start, [long])[0] for start in range(len(own))]
        return float(chains.total_variation(own, np.array(laws)).max())

    found = {"reached": (law, matrix), **tabulate.counterexamples(popularity)}
    return [record(checks["5.1-06", part], distance(*chain), 0.0) for part, chain in found.items()]


def _sequential(checks, table):
    rows = table[table["chain"] == "sequential"]
    if rows.empty:
        return unmeasured(checks["5.1-06", "sequential"], "a chain of spins that reaches all states")
    return deviate_record(checks["5.1-06", "sequential"], rows["deviate"].iloc[0])


def numbers(data):
    """What the chapter quotes of the house."""
    table, walks = data["rooms"].set_index(["walk", "room"]), data["walks"].set_index("walk")
    shares = table.loc["metropolis"]
    last = int(shares.index[-1])
    counter = tabulate.counterexamples(data["house"]["popularity"])
    long_law = {name: chains.laws_in_time(chain, last - 1, [2000])[0] for name, (_, chain) in counter.items()}
    values = {
        "mcmc.house.rooms": number(last, None, "", **ROOMS),
        "mcmc.house.steps": number(walks.loc["metropolis", "steps"], None, "", **WALKS),
        "mcmc.house.second_eigenvalue": number(
            walks.loc["metropolis", "second_eigenvalue"], None, "", **WALKS
        ),
        "mcmc.house.settling_time": number(
            -1 / np.log(walks.loc["metropolis", "second_eigenvalue"]), None, "steps", **WALKS
        ),
        "mcmc.house.current_suwa_todo": number(
            walks.loc["suwa_todo", "current"], walks.loc["suwa_todo", "current_err"], "1/step", **WALKS
        ),
    }
    for room in (1, last):
        name = "first" if room == 1 else "last"
        row = shares.loc[room]
        values[f"mcmc.house.share_{name}"] = number(row["share"], row["share_err"], "", **ROOMS)
        values[f"mcmc.house.popularity_{name}"] = number(row["popularity"], None, "", **ROOMS)
    for name, (law, _) in counter.items():
        distance = float(chains.total_variation(law, long_law[name]))
        values[f"mcmc.house.distance_{name}"] = number(distance, None, "", **SETTLED)
    return values
