"""States of a small magnet, counted one by one: rows 1-04, 5.1-10, 5.1-11 and 5.1-13."""

import numpy as np

from scripts.common.claims.findings import Found, column, provided, quoted, row_where
from scripts.common.fits import polynomial
from scripts.mcmc.theory import spins as theory

CHAINS = {"data": "mcmc/tables/chains.csv", "rule": "mcmc_tabulate"}
MOVES = {"data": "mcmc/tables/moves.csv", "rule": "mcmc_tabulate"}
REJECTION = {"data": "mcmc/tables/rejection.csv", "rule": "mcmc_tabulate"}
HOUSE = {"data": "mcmc/data/house.npz", "rule": "mcmc_house"}
OFF = 1.02  # the temperature of the controls of 5.1-11 and 5.1-13
LARGE = 100  # spins at which rejection sampling is hopeless
HOPELESS = 9.0  # power of ten of the proposals per kept state
NEED_COLD = "a lower mcmc.spins.temperature: so hot a magnet is easily guessed"
FEWEST = 10  # kept states that a point of the fit must have
NEED_SIZES = "two sizes in mcmc.rejection.columns at which mcmc.rejection.proposals keep ten states or more"
NEED_CONNECTED = "a size and rules of mcmc.spins that connect all states, such as columns: 3"


def findings(data):
    """What rows 1-04, 5.1-10, 5.1-11 and 5.1-13 compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame or dict of arrays
        ``chains``, ``moves``, ``rejection``, ``house`` and ``spins``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    table, temperature = data["chains"].set_index("chain"), float(data["spins"]["temperature"])
    return [
        (CHAINS, [*_boltzmann(table, temperature), *_strict(table)]),
        (HOUSE, [("5.1-10", "unnormalized", float(data["house"]["changed"]), 0.0)]),
        (MOVES, _moves(data["moves"].set_index("change"), temperature)),
        (REJECTION, _rejection(data["rejection"], temperature)),
    ]


def _boltzmann(table, temperature):
    """Chi-square over all states, the temperature read back, and the mutants that are too hot."""

    def read_back(chain, name):
        return column(table.loc[chain], name, per=temperature, n_effective="samples")

    return [
        ("1-04", "states", (table.loc["heat_bath", "deviate"], 1.0), 0.0),
        ("5.1-10", "states", (table.loc["metropolis", "deviate"], 1.0), 0.0),
        ("5.1-13", "exact_without_z", (table.loc["rejection", "deviate"], 1.0), 0.0),
        ("1-04", "temperature", read_back("heat_bath", "temperature"), 1.0),
        ("1-04", "too_hot", read_back("heat_bath", "temperature_off"), 1.0),
        ("5.1-10", "too_hot", read_back("metropolis", "temperature_off"), 1.0),
    ]


def strict_memory(table):
    """Autocorrelation time without a case dE = 0 over that of Metropolis' rule, or None."""
    tau = table["tau_energy"]
    return tau["strict"] / tau["metropolis"] if "strict" in tau.index else None


def _strict(table):
    """The box read to the letter: without a case dE = 0 the law is the same, if all states stay in reach."""
    deviate = (table.loc["strict", "deviate"], 1.0) if "strict" in table.index else None
    return [
        ("5.1-11", "strict_states", deviate, 0.0, NEED_CONNECTED),
        ("5.1-11", "strict_memory", strict_memory(table), None, NEED_CONNECTED),
    ]


def _moves(table, temperature):
    """The cases of the book's box: downhill, level, uphill."""
    up, downhill = table.loc[4], table[table.index < 0]
    accepted = (downhill["accepted"] * downhill["tried"]).sum() / downhill["tried"].sum()
    # d ln(accepted) / d ln T = 4 / T: the temperature that the share means, in units of the one set.
    steepness = up["expected"] * 4 / temperature
    meant = 1 + (up["accepted"] - up["expected"]) / steepness
    uphill = Found(meant, up["accepted_err"] / steepness, n_effective=up["tried"])
    return [
        ("5.1-11", "downhill", accepted, 1.0),
        ("5.1-11", "level", table.loc[0, "accepted"], 1.0),
        ("5.1-11", "uphill", uphill, 1.0),
        ("5.1-11", "temperature_off", uphill, OFF),
    ]


def decline(table):
    """Fit ln(share kept) = a - c n over the sizes with enough kept states.

    Returns
    -------
    dict
        ``rate``, c with its error; ``large``, log10 of the proposals per kept state extrapolated
        to `LARGE` spins, with its error; ``exact``, the rate that the same fit gives for the exact
        shares. All None with fewer than two sizes.
    """
    rows = table[table["kept"] >= FEWEST]
    if len(rows) < 2:
        return {"rate": None, "large": None, "exact": None}
    relative = np.sqrt((1 - rows["expected"]) / (rows["expected"] * rows["proposed"]))
    fit, exact = (
        polynomial(rows["spins"], np.log(rows[name]), relative, degree=1) for name in ("share", "expected")
    )
    point = np.array([1.0, LARGE]) / np.log(10)
    return {
        "rate": fit["c1"]._replace(value=-fit["c1"].value),
        "large": (-point @ fit.values, np.sqrt(point @ fit.covariance @ point)),
        "exact": -exact["c1"].value,
    }


def _rejection(table, temperature):
    found, smallest = decline(table), table.iloc[0]
    share, width = column(smallest, "share"), int(smallest["spins"]) // theory.ROWS
    # d ln(share) / d ln T, by the exact logarithm of the share.
    step = [theory.log_acceptance(width, factor * temperature) for factor in (1 / OFF, OFF)]
    steepness = smallest["expected"] * (step[1] - step[0]) / (2 * np.log(OFF))
    meant = 1 + (share.value - smallest["expected"]) / steepness, share.error / steepness
    cold = found["exact"] is None or found["exact"] * LARGE > HOPELESS * np.log(10) + 10
    hopeless = [("5.1-13", "hopeless", found["large"], HOPELESS, NEED_SIZES)]
    few = [("5.1-13", "few_spins", share, 0.0)]
    return [
        ("5.1-13", "cost", found["rate"], found["exact"], NEED_SIZES),
        *provided(cold, NEED_COLD, hopeless),
        *provided(smallest["spins"] <= 12, "3 or 4 in mcmc.rejection.columns", few),
        ("5.1-13", "temperature_off", meant, OFF),
    ]


def numbers(data):
    """What the chapter quotes of states."""
    table, temperature = data["chains"].set_index("chain"), float(data["spins"]["temperature"])
    found, smallest = decline(data["rejection"]), data["rejection"].iloc[0]
    chains = {
        "spins": theory.ROWS * int(data["spins"]["columns"]),
        "number": len(data["spins"]["counts_metropolis"]),
        "samples": table.loc["metropolis", "samples"],
    }
    read = column(table.loc["heat_bath"], "temperature")
    uphill = column(row_where(data["moves"], change=4), "accepted")
    fit = {"rate": found["rate"], "hopeless": found["large"]}
    share = {"share_small": column(smallest, "share"), "spins_small": smallest["spins"]}
    return (
        quoted("mcmc.states", CHAINS, **chains)
        | quoted("mcmc.states", CHAINS, "J/k_B", temperature=temperature, temperature_read=read)
        | quoted("mcmc.states", CHAINS, "", NEED_CONNECTED, strict_memory=strict_memory(table))
        | quoted("mcmc.states", MOVES, uphill=uphill, uphill_exact=np.exp(-4 / temperature))
        | quoted("mcmc.rejection", REJECTION, **share)
        | quoted("mcmc.rejection", REJECTION, "", NEED_SIZES, **fit)
    )
