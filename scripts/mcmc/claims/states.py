"""States of a small magnet, counted one by one: rows 1-04, 5.1-10, 5.1-11 and 5.1-13."""

import numpy as np

from scripts.common.claims.findings import Found, column, provided, quoted, row_where, where
from scripts.common.fits import polynomial
from scripts.mcmc.claims.averages import summed_time
from scripts.mcmc.kernels import demons
from scripts.mcmc.theory import spins as theory

CHAINS = {"data": "mcmc/tables/chains.csv", "rule": "mcmc_tabulate"}
MOVES = {"data": "mcmc/tables/moves.csv", "rule": "mcmc_tabulate"}
REJECTION = {"data": "mcmc/tables/rejection.csv", "rule": "mcmc_tabulate"}
SETTLED = {"data": "mcmc/claims.json", "rule": "mcmc_settle"}
HOUSE = {"data": "mcmc/data/house.npz", "rule": "mcmc_house"}
NEAR = 1.02  # factor of the temperature between which a slope is taken
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
        (CHAINS, [*_boltzmann(table), *_strict(table, data["spins"])]),
        (HOUSE, [("5.1-10", "unnormalized", float(data["house"]["changed"]), 0.0)]),
        (MOVES, _moves(data["moves"], temperature)),
        (REJECTION, _rejection(data["rejection"], temperature)),
    ]


def _deviate(row):
    return Found(row["deviate"], 1.0, None, row["samples"])


def _boltzmann(table):
    """Chi-square over all states, the temperature read back, and the mutants that are too hot."""

    def read_back(chain, name):
        return column(table.loc[chain], name, per="set", n_effective="samples")

    return [
        ("1-04", "states", _deviate(table.loc["demons"]), 0.0),
        ("5.1-10", "states", _deviate(table.loc["metropolis"]), 0.0),
        ("5.1-13", "exact_without_z", _deviate(table.loc["rejection"]), 0.0),
        ("1-04", "temperature", read_back("demons", "temperature"), 1.0),
        ("1-04", "too_hot", read_back("demons", "temperature_off"), 1.0),
        ("5.1-10", "too_hot", read_back("metropolis", "temperature_off"), 1.0),
    ]


def strict_memory(table):
    """Autocorrelation time without a case dE = 0 over that of Metropolis' rule, or None."""
    tau = table["tau_energy"]
    return tau["strict"] / tau["metropolis"] if "strict" in tau.index else None


def summed_memory(spins):
    """Autocorrelation time of the energy without a case dE = 0, in tried flips, as a sum, term by term."""
    system = int(spins["columns"]), float(spins["temperature"])
    law, levels = theory.law(*system), theory.energies(system[0]).astype(float)
    return summed_time(law, theory.flip_matrix(*system, "strict"), levels)


def _memory(table, spins):
    if "strict" not in table.index:
        return None, None
    return table.loc["strict", "tau_energy"], summed_memory(spins)


def _strict(table, spins):
    """The box read to the letter: without a case dE = 0 the law is the same, if all states stay in reach."""
    states = _deviate(table.loc["strict"]) if "strict" in table.index else None
    return [
        ("5.1-11", "strict_states", states, 0.0, NEED_CONNECTED),
        ("5.1-11", "strict_memory", *_memory(table, spins), NEED_CONNECTED),
    ]


def uphill(table, temperature):
    """Temperature that the accepted shares of costly moves mean, in units of the one set; a Found."""
    rows = table[table["change"] > 0]
    # d ln(accepted) / d ln T = change / T
    steepness = rows["expected"] * rows["change"] / temperature
    weights = (steepness / rows["accepted_err"]) ** 2
    meant = 1 + (weights * (rows["accepted"] - rows["expected"]) / steepness).sum() / weights.sum()
    return Found(meant, weights.sum() ** -0.5, n_effective=rows["tried"].sum())


def _moves(table, temperature):
    """The cases of the book's box: downhill, level, uphill."""
    own = where(table, hot=False)
    downhill = own[own["change"] < 0]
    accepted = (downhill["accepted"] * downhill["tried"]).sum() / downhill["tried"].sum()
    return [
        ("5.1-11", "downhill", accepted, 1.0),
        ("5.1-11", "level", row_where(own, change=0)["accepted"], 1.0),
        ("5.1-11", "uphill", uphill(own, temperature), 1.0),
        ("5.1-11", "temperature_off", uphill(where(table, hot=True), temperature), 1.0),
    ]


def decline(table, temperature):
    """Fit ln(share kept) = a - c n over the sizes with enough kept states, freed of what short strips add.

    What they add is known: the second eigenvalues of the transfer matrix.

    Returns
    -------
    dict
        ``rate``, c with its error; ``large``, log10 of the proposals per kept state extrapolated
        to `LARGE` spins, with its error. Both None with fewer than two sizes.
    """
    rows = table[~table["hot"] & (table["kept"] >= FEWEST)]
    if len(rows) < 2:
        return {"rate": None, "large": None}
    relative = np.sqrt((1 - rows["expected"]) / (rows["expected"] * rows["proposed"]))
    short = np.log(rows["expected"]) + theory.decline_rate(temperature) * rows["spins"]
    fit = polynomial(rows["spins"], np.log(rows["share"]) - short, relative, degree=1)
    point, kept = np.array([1.0, LARGE]) / np.log(10), rows["kept"].sum()
    return {
        "rate": Found(-fit["c1"].value, fit["c1"].err, None, kept),
        "large": Found(-point @ fit.values, np.sqrt(point @ fit.covariance @ point), None, kept),
    }


def meant_temperature(row, temperature):
    """Temperature that a kept share means, in units of the one set; a Found."""
    share, width = column(row, "share"), int(row["spins"]) // theory.ROWS
    # d ln(share) / d ln T, by the exact logarithm of the share.
    step = [theory.log_acceptance(width, factor * temperature) for factor in (1 / NEAR, NEAR)]
    steepness = row["expected"] * (step[1] - step[0]) / (2 * np.log(NEAR))
    meant = 1 + (share.value - row["expected"]) / steepness
    return Found(meant, share.error / steepness, None, row["kept"])


def _rejection(table, temperature):
    found, exact = decline(table, temperature), theory.decline_rate(temperature)
    smallest, off = row_where(table, hot=False), row_where(table, hot=True)
    share = column(smallest, "share")
    few = Found(-np.log10(share.value), share.error / share.value / np.log(10), None, smallest["kept"])
    cold = exact * LARGE > HOPELESS * np.log(10) + 10
    large = [("5.1-13", "hopeless", found["large"], HOPELESS, NEED_SIZES)]
    return [
        ("5.1-13", "cost", found["rate"], exact, NEED_SIZES),
        *provided(cold, NEED_COLD, large),
        *provided(
            smallest["spins"] <= 12,
            "3 or 4 in mcmc.rejection.columns",
            [("5.1-13", "few_spins", few, HOPELESS)],
        ),
        ("5.1-13", "temperature_off", meant_temperature(off, temperature), 1.0),
    ]


def numbers(data):
    """What the chapter quotes of states."""
    table, temperature = data["chains"].set_index("chain"), float(data["spins"]["temperature"])
    found, exact = decline(data["rejection"], temperature), theory.decline_rate(temperature)
    smallest = row_where(data["rejection"], hot=False)
    chains = {
        "spins": theory.ROWS * int(data["spins"]["columns"]),
        "number": len(data["spins"]["counts_metropolis"]),
        "samples": table.loc["demons", "samples"],
    }
    read = {"read": column(table.loc["demons"], "temperature"), "demons": table.loc["demons", "set"]}
    accepted = column(row_where(data["moves"], hot=False, change=4), "accepted")
    share = {"share_small": column(smallest, "share"), "spins_small": smallest["spins"]}
    limits = {"rate_exact": exact, "hopeless_exact": exact * LARGE / np.log(10)}
    return (
        quoted("mcmc.states", CHAINS, **chains, demons=demons.DEMONS)
        | quoted("mcmc.states", CHAINS, "J/k_B", temperature=temperature)
        | quoted("mcmc.temperature", CHAINS, "J/k_B", **read)
        | quoted("mcmc.states", CHAINS, "", NEED_CONNECTED, strict_memory=strict_memory(table))
        | quoted("mcmc.states", MOVES, uphill=accepted, uphill_exact=np.exp(-4 / temperature))
        | quoted("mcmc.rejection", REJECTION, **share)
        | quoted("mcmc.rejection", SETTLED, **limits)
        | quoted("mcmc.rejection", REJECTION, "", NEED_SIZES, rate=found["rate"])
    )
