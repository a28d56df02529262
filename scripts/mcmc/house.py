"""Walkers in the house of rooms: ``house.npz``.

Arrays: ``popularity`` float64[n]; ``transitions_<walk>`` int64[W, n, n] by walker, room before
and room after, for the walks `WALKS` and for ``off``, which takes the most popular room for 5 % more
popular than it is; ``changed`` int64, transitions that differ when every
popularity is multiplied by 1024; ``times`` int64[K] and ``crowd`` int64[n, K, n], independent
walkers by first room, time and room; ``footsteps_metropolis``, ``footsteps_without_factor``
int8[M], the rooms of one walker.
"""

import numpy as np

from scripts.common.io import InputError
from scripts.common.seeds import generator
from scripts.mcmc import rooms
from scripts.mcmc.kernels import walk
from scripts.mcmc.theory import chains

WALKS = ("metropolis", "barker", "without_factor", "periodic", "suwa_todo")
RULES = {"metropolis": walk.METROPOLIS, "barker": walk.BARKER, "without_factor": walk.WITHOUT_FACTOR}
OFF = 1.05
MOMENTS = 40  # times at which the crowd is counted
FORGOTTEN = 1e-5  # of the start, at the last of these times: far below the noise of any crowd
SLOWEST = 1000  # steps in which the distance from the law falls to 1/e, at most
CROWD = 20  # steps of the walks per member of the crowd
LEAST = 2000  # members of the crowd from each room
FOOTSTEPS = 2**16


def matrices(popularity):
    """Exact transition matrices, float64[n, n], and laws, float64[n], of all walks.

    Raises
    ------
    InputError
        If the walk does not settle, or not soon: see `_refuse_endless`.
    """
    weights = np.asarray(popularity, float)
    law, neighbors = weights / weights.sum(), rooms.doors(len(weights))
    proposal = chains.door_proposal(neighbors)
    found = {rule: (law, chains.transition_matrix(law, proposal, rule)) for rule in ("metropolis", "barker")}
    _refuse_endless(found["metropolis"][1])
    # Refused by the ratio of popularities alone, the walk keeps the law P(x) times the doors of x.
    doors = neighbors.sum(axis=1)
    ratio = law[None, :] / law[:, None]
    found["without_factor"] = law * doors / (law @ doors), chains.with_rest(proposal * np.minimum(1, ratio))
    # Where the popularity is the number of doors no step is refused, and the walk alternates for ever.
    found["periodic"] = doors / doors.sum(), proposal
    found["suwa_todo"] = law, chains.suwa_todo(weights)
    return found


def passages(popularity):
    """Other moves with a passage between any two rooms: law, and (matrix) by name.

    ``metropolis`` proposes any other room; ``liu`` draws it by its popularity, and accepts with
    min(1, (1 - P(x)) / (1 - P(y))) (Liu, Biometrika 83, 681 (1996), doi:10.1093/biomet/83.3.681);
    ``suwa_todo``.
    """
    law = np.asarray(popularity, float) / np.sum(popularity)
    others = 1 - np.eye(len(law))
    proposals = {"metropolis": others / (len(law) - 1), "liu": others * law / (1 - law)[:, None]}
    found = {name: chains.transition_matrix(law, g, "metropolis") for name, g in proposals.items()}
    return law, found | {"suwa_todo": chains.suwa_todo(law)}


def _refuse_endless(matrix):
    """Refuse a house in which no step is ever refused, or whose walkers hardly move between its parts."""
    if np.linalg.eigvals(matrix).real.min() < 1e-9 - 1:
        raise InputError(
            "mcmc.house.popularity: with these rooms no step is ever refused, and the walk is periodic; "
            "allowed: popularities that are not proportional to the numbers of doors"
        )
    settling = -1 / np.log(chains.second_eigenvalue(matrix))
    if settling > SLOWEST:
        raise InputError(
            f"mcmc.house.popularity: the walk forgets its start only after about {settling:.0f} steps, "
            f"{SLOWEST} at most are allowed: make unpopular rooms more popular"
        )


def walks(popularity, n_walkers, n_steps, seed):
    """Everything that the walkers do, as in the module's docstring.

    Parameters
    ----------
    popularity : sequence of float
        Not normalized.
    n_walkers, n_steps : int
        Of each walk.
    seed : int

    Returns
    -------
    dict of str to array
    """
    exact = matrices(popularity)
    n_rooms, weights = len(popularity), np.asarray(popularity, float)
    lists = rooms.door_lists(rooms.doors(n_rooms))
    start = np.full(n_walkers, n_rooms - 1)

    def counted(rule, weights, stream=None):
        rng = generator(seed, "mcmc/house", stream or rule)
        return walk.transitions(start, n_steps, (weights, *lists), RULES[rule], rng)

    found = {f"transitions_{rule}": counted(rule, weights) for rule in RULES}
    found["transitions_periodic"] = counted("metropolis", lists[1].astype(float), "periodic")
    wrong = np.where(np.arange(n_rooms) == np.argmax(weights), OFF, 1.0) * weights
    found["transitions_off"] = counted("metropolis", wrong, "off")
    rng = generator(seed, "mcmc/house", "suwa_todo")
    found["transitions_suwa_todo"] = walk.matrix_transitions(start, n_steps, exact["suwa_todo"][1], rng)
    differences = np.abs(counted("metropolis", 1024.0 * weights) - found["transitions_metropolis"])
    times = crowd_times(exact["metropolis"][1])
    everyone = np.repeat(np.arange(n_rooms), max(n_walkers * n_steps // (CROWD * n_rooms), LEAST))
    rng, house = generator(seed, "mcmc/house", "crowd"), (weights, *lists)
    found |= {"popularity": weights, "changed": np.int64(differences.sum()), "times": times}
    found["crowd"] = walk.crowd(everyone, times, house, walk.METROPOLIS, rng)
    for rule in ("metropolis", "without_factor"):
        rng = generator(seed, "mcmc/house", "footsteps", rule)
        found[f"footsteps_{rule}"] = walk.paths(start[:1], FOOTSTEPS, house, RULES[rule], rng)[0]
    return found


def crowd_times(matrix):
    """Times from 0 until the start is forgotten, int64[K], evenly spread if there are many."""
    last = int(np.ceil(np.log(FORGOTTEN) / np.log(chains.second_eigenvalue(matrix))))
    return np.unique(np.linspace(0, last, MOMENTS).astype(np.int64))


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(walks(params.popularity, params.walkers, params.steps, params.seed))
