"""Free energy and likelihood, exactly: rows 3.1-05, 3.3-02, 3.4-05, 3.4-07 and 9.0-01."""

from scripts.common.claims.records import record, sourced
from scripts.common.numbers import number

SCULPTING = {"data": "boltzmann/tables/sculpting.csv", "rule": "boltzmann_free_energy"}
EM = {"data": "boltzmann/tables/em.csv", "rule": "boltzmann_free_energy"}


def records(checks, data):
    """Records of the rows on the free energy.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame
        ``sculpting`` and ``em``.

    Returns
    -------
    list of dict
    """
    return sourced(_sculpted(checks, data["sculpting"]), **SCULPTING) + sourced(_em(checks, data["em"]), **EM)


def _changes(table, rule):
    """Last row less first row of one rule."""
    rows = table[table["rule"] == rule].drop(columns="rule")
    return rows.iloc[-1] - rows.iloc[0]


def _sculpted(checks, table):
    kept, dropped = (_changes(table, rule) for rule in ("likelihood", "free_energy"))
    last = table[table["rule"] == "likelihood"].iloc[-1]
    measured = {
        ("3.1-05", "valleys"): kept["energy_data"],
        ("3.1-05", "mountains"): kept["energy_rest"],
        ("3.1-05", "digging_alone"): dropped["energy_data"],
        ("3.3-02", "bars"): last["energy_rest"] - last["energy_data"],
        ("3.4-05", "free_energy_alone"): dropped["log_likelihood"],
        ("3.4-05", "with_log_z"): kept["log_likelihood"],
        ("3.4-05", "free_energy_rises"): dropped["free_energy"],
    }
    return [record(checks[key], value, 0.0) for key, value in measured.items()]


def _em(checks, table):
    found = {}
    for rule, name in (("with_log_z", "descent"), ("without_log_z", "no_log_z")):
        rows = table[table["rule"] == rule]
        found["3.4-07", name] = rows["objective"].diff().max()
        found["9.0-01", rule] = rows["loss"].iloc[-1] - rows["loss"].iloc[0]
    kept = table[(table["rule"] == "with_log_z") & (table["half_step"] % 2 == 1)]
    found["3.4-07", "touching"] = (kept["objective"] - kept["loss"]).abs().max()
    return [record(checks[key], value, 0.0) for key, value in found.items()]


def numbers(data):
    """What the chapter quotes: both rules at their ends, and expectation maximization."""
    kept, dropped = (data["sculpting"].query(f"rule == '{rule}'") for rule in ("likelihood", "free_energy"))
    em = data["em"].query("rule == 'with_log_z'")
    return {
        "boltzmann.sculpting_updates": number(kept["update"].iloc[-1], None, "", **SCULPTING),
        "boltzmann.sculpting_start": number(kept["log_likelihood"].iloc[0], None, "nat", **SCULPTING),
        "boltzmann.sculpting_end": number(kept["log_likelihood"].iloc[-1], None, "nat", **SCULPTING),
        "boltzmann.sculpting_rest": number(kept["energy_rest"].iloc[-1], None, "nat", **SCULPTING),
        "boltzmann.dropped_after_hundred": number(
            dropped["log_likelihood"].iloc[min(100, len(dropped) - 1)], None, "nat", **SCULPTING
        ),
        "boltzmann.dropped_end": number(dropped["log_likelihood"].iloc[-1], None, "nat", **SCULPTING),
        "boltzmann.em_start": number(em["loss"].iloc[0], None, "nat", **EM),
        "boltzmann.em_end": number(em["loss"].iloc[-1], None, "nat", **EM),
        "boltzmann.em_entropy": number(em["entropy"].iloc[0], None, "nat", **EM),
    }
