"""States of a small magnet, counted one by one: rows 1-04, 5.1-10, 5.1-11 and 5.1-13."""

import numpy as np

from scripts.common.claims.records import record, sourced, unmeasured
from scripts.common.fits import linear_fit
from scripts.common.numbers import number, unmeasured_number
from scripts.mcmc.claims.deviates import deviate_record, record_if
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


def records(checks, data):
    """Records of rows 1-04, 5.1-10, 5.1-11 and 5.1-13.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame or dict of arrays
        ``chains``, ``moves``, ``rejection``, ``house`` and ``spins``.

    Returns
    -------
    list of dict
    """
    table, temperature = data["chains"].set_index("chain"), float(data["spins"]["temperature"])
    changed = record(checks["5.1-10", "unnormalized"], float(data["house"]["changed"]), 0.0)
    return (
        sourced(_boltzmann(checks, table, temperature) + _strict(checks, table), **CHAINS)
        + sourced([changed], **HOUSE)
        + sourced(_moves(checks, data["moves"].set_index("change"), temperature), **MOVES)
        + sourced(_rejection(checks, data["rejection"], temperature), **REJECTION)
    )


def _boltzmann(checks, table, temperature):
    """Chi-square over all states, the temperature read back, and the mutants that are too hot."""
    found = [
        deviate_record(checks["1-04", "states"], table.loc["heat_bath", "deviate"]),
        deviate_record(checks["5.1-10", "states"], table.loc["metropolis", "deviate"]),
        deviate_record(checks["5.1-13", "exact_without_z"], table.loc["rejection", "deviate"]),
    ]
    for claim, part, chain, column in (
        ("1-04", "temperature", "heat_bath", "temperature"),
        ("1-04", "too_hot", "heat_bath", "temperature_off"),
        ("5.1-10", "too_hot", "metropolis", "temperature_off"),
    ):
        row = table.loc[chain]
        found.append(
            record(checks[claim, part], row[column] / temperature, 1.0,
                   error=row[f"{column}_err"] / temperature, n_effective=row["samples"])
        )  # fmt: skip
    return found


def _strict(checks, table):
    """The box read to the letter: without a case dE = 0 the law is the same, if all states stay in reach."""
    check, slower = checks["5.1-11", "strict_states"], checks["5.1-11", "strict_memory"]
    if "strict" not in table.index:
        return [unmeasured(check, NEED_CONNECTED), unmeasured(slower, NEED_CONNECTED)]
    memory = table.loc["strict", "tau_energy"] / table.loc["metropolis", "tau_energy"]
    return [deviate_record(check, table.loc["strict", "deviate"]), record(slower, memory)]


def _moves(checks, table, temperature):
    """The cases of the book's box: downhill, level, uphill."""
    up = table.loc[4]
    downhill = table[table.index < 0]
    tried = downhill["tried"].sum()
    accepted = (downhill["accepted"] * downhill["tried"]).sum() / tried
    # d ln(accepted) / d ln T = 4 / T: the temperature that the share means, in units of the one set.
    steepness = up["expected"] * 4 / temperature
    uphill = {
        "measured": 1 + (up["accepted"] - up["expected"]) / steepness,
        "error": up["accepted_err"] / steepness,
        "n_effective": up["tried"],
    }
    return [
        record(checks["5.1-11", "downhill"], accepted, 1.0),
        record(checks["5.1-11", "level"], table.loc[0, "accepted"], 1.0),
        record(checks["5.1-11", "uphill"], reference=1.0, **uphill),
        record(checks["5.1-11", "temperature_off"], reference=OFF, **uphill),
    ]


def decline(table):
    """Fit ln(share kept) = a - c n over the sizes with enough kept states, or None.

    Returns
    -------
    dict or None
        ``rate`` c and ``rate_err``; ``large`` and ``large_err``, log10 of the proposals per kept
        state extrapolated to `LARGE` spins; ``exact``, the rate that the same fit gives for the
        exact shares.
    """
    rows = table[table["kept"] >= FEWEST]
    if len(rows) < 2:
        return None
    design = np.stack([np.ones(len(rows)), rows["spins"]], axis=1)
    relative = np.sqrt((1 - rows["expected"]) / (rows["expected"] * rows["proposed"])).to_numpy()
    fit, exact = (
        linear_fit(design, np.log(rows[name].to_numpy()), relative, ("start", "slope"))
        for name in ("share", "expected")
    )
    point = np.array([1.0, LARGE]) / np.log(10)
    return {
        "rate": -fit["slope"].value,
        "rate_err": fit["slope"].err,
        "exact": -exact["slope"].value,
        "large": -point @ fit.values,
        "large_err": np.sqrt(point @ fit.covariance @ point),
    }


def _rejection(checks, table, temperature):
    found, smallest = decline(table), table.iloc[0]
    width = int(smallest["spins"]) // theory.ROWS
    # d ln(share) / d ln T, by the exact logarithm of the share.
    step = [theory.log_acceptance(width, factor * temperature) for factor in (1 / OFF, OFF)]
    steepness = smallest["expected"] * (step[1] - step[0]) / (2 * np.log(OFF))
    own = {"measured": smallest["share"], "error": smallest["share_err"]}
    if found is None:
        settled = [unmeasured(checks["5.1-13", part], NEED_SIZES) for part in ("cost", "hopeless")]
    else:
        settled = [
            record(checks["5.1-13", "cost"], found["rate"], found["exact"], error=found["rate_err"]),
            record_if(
                found["exact"] * LARGE > HOPELESS * np.log(10) + 10,
                NEED_COLD,
                checks["5.1-13", "hopeless"],
                measured=found["large"],
                error=found["large_err"],
                reference=HOPELESS,
            ),
        ]
    few = smallest["spins"] <= 12
    return [
        *settled,
        record_if(
            few, "3 or 4 in mcmc.rejection.columns", checks["5.1-13", "few_spins"], reference=0.0, **own
        ),
        record(
            checks["5.1-13", "temperature_off"],
            measured=1 + (smallest["share"] - smallest["expected"]) / steepness,
            error=smallest["share_err"] / steepness,
            reference=OFF,
        ),
    ]


def numbers(data):
    """What the chapter quotes of states."""
    table, temperature = data["chains"].set_index("chain"), float(data["spins"]["temperature"])
    found, smallest = decline(data["rejection"]), data["rejection"].iloc[0]
    metropolis, heat_bath = table.loc["metropolis"], table.loc["heat_bath"]
    values = {
        "mcmc.states.spins": number(theory.ROWS * int(data["spins"]["columns"]), None, "", **CHAINS),
        "mcmc.states.number": number(len(data["spins"]["counts_metropolis"]), None, "", **CHAINS),
        "mcmc.states.samples": number(metropolis["samples"], None, "", **CHAINS),
        "mcmc.states.temperature": number(temperature, None, "J/k_B", **CHAINS),
        "mcmc.states.temperature_read": number(
            heat_bath["temperature"], heat_bath["temperature_err"], "J/k_B", **CHAINS
        ),
        "mcmc.states.uphill": number(
            *data["moves"].set_index("change").loc[4, ["accepted", "accepted_err"]], "", **MOVES
        ),
        "mcmc.states.uphill_exact": number(np.exp(-4 / temperature), None, "", **MOVES),
        "mcmc.rejection.share_small": number(smallest["share"], smallest["share_err"], "", **REJECTION),
        "mcmc.rejection.spins_small": number(smallest["spins"], None, "", **REJECTION),
    }
    strict = table.loc["strict", "tau_energy"] / metropolis["tau_energy"] if "strict" in table.index else None
    values["mcmc.states.strict_memory"] = (
        unmeasured_number("", NEED_CONNECTED) if strict is None else number(strict, None, "", **CHAINS)
    )
    for key, name in (("rate", "rate"), ("hopeless", "large")):
        values[f"mcmc.rejection.{key}"] = (
            unmeasured_number("", NEED_SIZES)
            if found is None
            else number(found[name], found[f"{name}_err"], "", **REJECTION)
        )
    return values
