"""From the counts to the tables: rooms, convergence, states, moves, rejection."""

import numpy as np
import pandas as pd

from scripts.common.io import load_arrays
from scripts.common.statistics.counts import deviate
from scripts.mcmc import house, rooms
from scripts.mcmc.kernels import demons
from scripts.mcmc.spins import CHAINS, demons_temperature
from scripts.mcmc.theory import chains
from scripts.mcmc.theory import spins as theory

FEWEST = 10.0  # expected samples of a cell of a chi-square at least; rarer states share cells


def quadratic_form(difference, covariance):
    """Chi-square of a difference whose covariance may be singular, and its degrees of freedom."""
    values, vectors = np.linalg.eigh(covariance)
    kept = values > 1e-9 * np.abs(covariance).max() + 1e-18
    return float(((vectors.T @ difference)[kept] ** 2 / values[kept]).sum()), int(kept.sum())


def room_table(walks):
    """Share of every room in every walk against the law that the walk must have.

    Parameters
    ----------
    walks : dict of str to array
        ``house.npz``.

    Returns
    -------
    pandas.DataFrame
        Columns ``walk``, ``room``, ``doors``, ``popularity``, ``expected``, ``share`` with ``share_err``.
        The errors hold the autocorrelation, exactly, from the chain's matrix. The walk ``off`` is judged as
        if it were ``metropolis``.
    """
    popularity = walks["popularity"] / walks["popularity"].sum()
    doors, exact, tables = rooms.doors(len(popularity)).sum(axis=1), house.matrices(walks["popularity"]), []
    for name in (*house.WALKS, "off"):
        law, matrix = exact["metropolis" if name == "off" else name]
        counts = walks[f"transitions_{name}"]
        errors = np.sqrt(np.maximum(np.diag(chains.share_covariance(law, matrix)), 0) / counts.sum())
        columns = {"room": np.arange(1, len(law) + 1), "doors": doors, "popularity": popularity}
        columns |= {"expected": law, "share": counts.sum(axis=(0, 1)) / counts.sum(), "share_err": errors}
        tables.append(pd.DataFrame(columns).assign(walk=name))
    return pd.concat(tables)[["walk", *columns]]


def walk_table(walks):
    """Each walk as a whole: memory, chi-square of its shares and of its net currents.

    Returns
    -------
    pandas.DataFrame
        Columns ``walk``, ``steps``, ``second_eigenvalue``, ``tau_exact``, ``transitions_deviate``,
        ``currents_deviate`` and, for the pair of rooms with the largest expected net current,
        ``current`` with ``current_err`` and ``current_expected``, per step.
    """
    exact, rows = house.matrices(walks["popularity"]), []
    favorite = np.eye(len(walks["popularity"]))[int(np.argmax(walks["popularity"]))]
    for name in house.WALKS:
        law, matrix = exact[name]
        counts = walks[f"transitions_{name}"]
        n, total = counts.sum(), counts.sum(axis=0)
        steps = deviate(*np.sum([state_chi_square(*row) for row in zip(total, matrix, strict=True)], axis=0))
        edges = np.argwhere(np.triu(matrix + matrix.T, 1) > 0)
        net = (total - total.T)[tuple(edges.T)] / n
        expected = chains.currents(law, matrix)[tuple(edges.T)]
        covariance = chains.current_covariance(law, matrix, edges) / n
        currents = deviate(*quadratic_form(net - expected, covariance))
        k = int(np.argmax(np.abs(expected)))
        rows.append(
            (name, n, chains.second_eigenvalue(matrix),
             chains.autocorrelation_time(law, matrix, favorite), steps, currents,
             net[k], np.sqrt(max(covariance[k, k], 0)), expected[k])
        )  # fmt: skip
    columns = ["walk", "steps", "second_eigenvalue", "tau_exact", "transitions_deviate", "currents_deviate"]
    columns += ["current", "current_err", "current_expected"]
    return pd.DataFrame(rows, columns=columns)


def counterexamples(popularity):
    """Chains in detailed balance with a law that they do not reach: (law, matrix) by name.

    ``identity`` never moves; ``closed`` has a wing that nobody leaves or enters; ``periodic``
    goes through a door at every step, and keeps the law of the numbers of doors.
    """
    weights = np.asarray(popularity, float)
    law, n = weights / weights.sum(), len(weights)
    shut = chains.door_proposal(rooms.closed_wing(n))
    neighbors = rooms.doors(n)
    doors = neighbors.sum(axis=1)
    return {
        "identity": (law, np.eye(n)),
        "closed": (law, chains.transition_matrix(law, shut, "metropolis")),
        "periodic": (doors / doors.sum(), chains.door_proposal(neighbors)),
    }


def convergence_table(walks):
    """Distance of the law after t steps from the law that the chain keeps, from the last room.

    Returns
    -------
    pandas.DataFrame
        Columns ``chain`` (metropolis, identity, closed, periodic), ``t``, ``distance`` (total
        variation, exact), ``measured`` (that of the crowd; empty for the counterexamples),
        ``bound`` of the reversible chain, sqrt((1 - p) / p) |lambda_2|^t / 2.
    """
    popularity, times = walks["popularity"], walks["times"]
    law, matrix = house.matrices(popularity)["metropolis"]
    crowd = walks["crowd"][-1]
    second = chains.second_eigenvalue(matrix)
    tables = []
    for name, (own, chain) in {"metropolis": (law, matrix), **counterexamples(popularity)}.items():
        distance = chains.total_variation(own, chains.laws_in_time(chain, len(own) - 1, times))
        tables.append(pd.DataFrame({"chain": name, "t": times, "distance": distance}))
        if name == "metropolis":
            tables[-1]["measured"] = chains.total_variation(law, crowd / crowd.sum(axis=1, keepdims=True))
            tables[-1]["bound"] = np.sqrt((1 - law[-1]) / law[-1]) * second**times / 2
    return pd.concat(tables)


def state_chi_square(counts, law):
    """Chi-square of independent samples, and its degrees of freedom; rare states share cells.

    States are gathered from the rarest up until a cell expects `FEWEST` samples.
    """
    expected = counts.sum() * law
    cells, filled, cell = np.empty(len(law), np.int64), 0.0, 0
    for state in np.argsort(expected, kind="stable"):
        cells[state], filled = cell, filled + expected[state]
        if filled >= FEWEST:
            cell, filled = cell + 1, 0.0
    cells = np.minimum(cells, max(cell - 1, 0))  # what is left over joins the last cell
    seen, wanted = np.bincount(cells, counts), np.bincount(cells, expected)
    return float(((seen - wanted) ** 2 / wanted).sum()), len(wanted) - 1


def fitted_temperature(counts, levels, temperature):
    """The temperature at which the mean energy is the counted one, and its error, by Newton's method.

    Raises
    ------
    ValueError
        If the counts are so few that no temperature fits.
    """
    mean, beta = counts @ levels / counts.sum(), 1 / temperature
    for _ in range(50):
        weights = np.exp(-beta * (levels - levels.min()))
        weights /= weights.sum()
        energy = weights @ levels
        variance = weights @ (levels - energy) ** 2
        beta += (energy - mean) / variance
    if not 0.2 < beta * temperature < 5:
        raise ValueError(f"no temperature near {temperature} has the mean energy {mean}")
    return 1 / beta, 1 / (beta**2 * np.sqrt(counts.sum() * variance))


def counted(spins):
    """State counts of the chains that were run, and of rejection sampling: (name, int64[2^n]) each."""
    names = [name for name in (*CHAINS, "demons", "rejection") if f"counts_{name}" in spins]
    return [(name, spins[f"counts_{name}"]) for name in names]


def chain_table(spins):
    """Each chain of spins against the exact law of its temperature.

    Returns
    -------
    pandas.DataFrame
        Columns ``chain``, ``samples``, ``set``, the temperature that was set, or that the demons have,
        ``deviate`` (chi-square over all states), ``freedom``, ``temperature`` with ``temperature_err`` (read
        back from the mean energy), ``temperature_off`` with error, that of the mutant; ``tau_energy``,
        exact, in tried flips.
    """
    width, temperature = int(spins["columns"]), float(spins["temperature"])
    levels, rows = theory.energies(width), []
    for name, counts in counted(spins):
        law = theory.law(width, temperature)
        tau, T, off = np.nan, temperature, (np.nan, np.nan)
        if name in ("metropolis", "heat_bath", "strict"):
            matrix = theory.flip_matrix(width, temperature, name)
            tau = theory.autocorrelation_time(matrix, law, levels.astype(float))
        if name == "demons":
            taken = (law @ levels - levels.min()) / demons.QUANTUM
            T = demons_temperature(spins["quanta"] - taken)
            law = theory.law(width, T)
        chi_square, freedom = state_chi_square(counts, law)
        if f"counts_{name}_off" in spins:
            off = fitted_temperature(spins[f"counts_{name}_off"], levels, temperature)
        own = fitted_temperature(counts, levels, temperature)
        rows.append((name, counts.sum(), T, deviate(chi_square, freedom), freedom, *own, *off, tau))
    columns = ["chain", "samples", "set", "deviate", "freedom", "temperature", "temperature_err"]
    return pd.DataFrame(rows, columns=[*columns, "temperature_off", "temperature_off_err", "tau_energy"])


def move_table(spins):
    """Flips of the Metropolis chain and of its mutant by the energy they cost: tried, and the share done."""
    temperature = float(spins["temperature"])
    cost = 2 * np.array([-1, 1])[:, None] * np.arange(-4, 5, 2)
    rows = []
    for chain in ("moves", "moves_off"):
        for change in np.unique(cost):
            tried, done = spins[chain][cost == change].sum(axis=0)
            expected = min(1.0, np.exp(-change / temperature))
            error = np.sqrt(expected * (1 - expected) / max(tried, 1))
            rows.append((chain == "moves_off", change, tried, expected, done / max(tried, 1), error))
    return pd.DataFrame(rows, columns=["hot", "change", "tried", "expected", "accepted", "accepted_err"])


def rejection_table(spins):
    """Share of proposals that rejection sampling keeps, against the exact one, by the number of spins.

    The last row, ``hot``, is of the smallest size and a temperature that is too high.
    """
    temperature, rows = float(spins["temperature"]), []
    for hot, table in ((False, spins["rejection"]), (True, spins["rejection_off"])):
        for n, proposed, kept in table:
            exact = np.exp(theory.log_acceptance(n // theory.ROWS, temperature))
            error = np.sqrt(exact * (1 - exact) / proposed)
            rows.append((hot, n, proposed, kept, exact, kept / proposed, error))
    return pd.DataFrame(rows, columns=["hot", "spins", "proposed", "kept", "expected", "share", "share_err"])


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (_, write):
        walks, spins = load_arrays(snakemake.input.house), load_arrays(snakemake.input.spins)
        write(rooms=room_table(walks), walks=walk_table(walks), convergence=convergence_table(walks))
        write(chains=chain_table(spins))
        write(moves=move_table(spins), rejection=rejection_table(spins))
