"""Free energy and likelihood, exactly: rows 3.1-05, 3.4-02, 3.4-05, 3.4-07 and 9.0-01."""

from scripts.common.claims.findings import quoted, where

SCULPTING = {"data": "boltzmann/tables/sculpting.csv", "rule": "boltzmann_free_energy"}
EM = {"data": "boltzmann/tables/em.csv", "rule": "boltzmann_free_energy"}
OFF = 0.99  # of the control: share of ln Z that is kept


def findings(data):
    """What the rows on the free energy compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``sculpting`` and ``em``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    return [(SCULPTING, _sculpted(data["sculpting"])), (EM, _em(data["em"]))]


def _sculpted(table):
    """Last row less first row by each rule; and the last one summed state by state."""
    kept, dropped = (where(table, rule=rule).drop(columns="rule") for rule in ("likelihood", "free_energy"))
    last, kept, dropped = kept.iloc[-1], kept.iloc[-1] - kept.iloc[0], dropped.iloc[-1] - dropped.iloc[0]
    off = -last["free_energy"] - OFF * last["log_z"]
    return [
        ("3.1-05", "digging_alone", dropped["energy_rest"] + dropped["log_likelihood"], None),
        ("3.4-05", "free_energy_alone", dropped["log_likelihood"], 0.0),
        ("3.4-05", "with_log_z", kept["log_likelihood"], 0.0),
        ("3.4-05", "split", -last["free_energy"] - last["log_z"], last["naive_likelihood"]),
        ("3.4-05", "log_z_off", off, last["naive_likelihood"]),
        ("3.4-05", "free_energy_falls", dropped["free_energy"], None),
        ("3.4-02", "learned", last["energy_rest"], last["naive_rest"]),
    ]


def _em(table):
    found = []
    for rule, name in (("with_log_z", "descent"), ("without_log_z", "no_log_z")):
        rows = where(table, rule=rule)
        found.append(("3.4-07", name, rows["objective"].diff().max(), 0.0))
        found.append(("9.0-01", rule, rows["loss"].iloc[-1] - rows["loss"].iloc[0], 0.0))
    kept = table[(table["rule"] == "with_log_z") & (table["half_step"] % 2 == 1)]
    last = kept.iloc[-1]
    return [
        *found,
        ("3.4-07", "touching", (kept["objective"] - kept["loss"]).abs().max(), 0.0),
        ("9.0-01", "floor", last["loss"] - last["divergence"], last["entropy"]),
    ]


def numbers(data):
    """What the chapter quotes: both rules at their ends, and expectation maximization."""
    kept, dropped = (where(data["sculpting"], rule=rule) for rule in ("likelihood", "free_energy"))
    em, last, forgotten = where(data["em"], rule="with_log_z"), kept.iloc[-1], dropped["log_likelihood"]
    sculpting = {
        "sculpting_start": kept["log_likelihood"].iloc[0],
        "sculpting_end": last["log_likelihood"],
        "sculpting_rest": last["energy_rest"],
        "dropped_after_hundred": forgotten.iloc[min(100, len(dropped) - 1)],
        "dropped_end": forgotten.iloc[-1],
    }
    return (
        quoted("boltzmann", SCULPTING, sculpting_updates=last["update"])
        | quoted("boltzmann", SCULPTING, "nat", **sculpting)
        | quoted("boltzmann", EM, "nat", em_start=em["loss"].iloc[0], em_end=em["loss"].iloc[-1])
        | quoted("boltzmann", EM, "nat", em_entropy=em["entropy"].iloc[0])
    )
