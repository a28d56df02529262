"""Exact recursions and the 4x4 torus: rows 6.1-03, 6.1-05, and parts of 6.1-07, 6.1-08 and 6.1-09."""

import numpy as np

from scripts.renormalization.claims.shared import identity, judged, only, pair, quoted
from scripts.renormalization.theory import square

STARTS = {"trivial": -1e-6, "strong": 1e-6}


def records(checks, data):
    """Records from the tables of recursions, of information and of the 4x4 torus.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame

    Returns
    -------
    list of dict
    """
    return _sampled(checks, data) + _information(checks, data) + _chain(checks, data) + _points(checks, data)


def _sampled(checks, data):
    table = data["sampled"]
    return [
        judged(
            "sampled",
            checks["6.1-03", f"sampled_{row.quantity}"],
            (row.sampled, row.sampled_err),
            row.exact,
            "",
        )
        for row in table.itertuples()
    ] + [identity("identities", checks["6.1-03", "decimation"], _share(data, "decimation"), 0.0)]


def _share(data, name):
    return float(only(data["identities"], comparison=name)["share"])


def share(data, rule, T):
    """Share of the information that a rule keeps, or None."""
    row = only(data["information"], rule=rule, T=T)
    return None if row is None else float(row["share"])


def _information(checks, data):
    table, critical = data["information"], square.critical_temperature()
    kept = table.pivot(index="T", columns="rule", values="kept")
    warm = table[table["T"] >= 1.8]
    values = {
        "quarter": (share(data, "corner", np.inf), 0.25),
        "critical": (share(data, "majority", critical), 1.0),
        "every_rule": (warm["share"].max(), 1.0),
        "coin_tells_nothing": ((kept["majority"] - kept["corner"]).max(), 0.0),
        "coin_quarter": (share(data, "majority", np.inf), 0.25),
    }
    return [
        identity("information", checks["6.1-05", part], found, reference)
        for part, (found, reference) in values.items()
    ]


def _chain(checks, data):
    table = data["chain"]
    block = only(data["block_couplings"], rule="majority")["k_diagonal"]
    values = (
        (("6.1-07", "chain_log_z"), (table["log_z_after"] - table["log_z"]).abs().max()),
        (("6.1-07", "chain_tanh"), table["tanh_difference"].abs().max()),
        (("6.1-07", "chain_off"), (table["log_z_off"] - table["log_z"]).abs().median()),
        (("6.1-08", "chain_falls"), table["fall"].max()),
    )
    found = [identity("chain", checks[key], value, 0.0) for key, value in values]
    return [*found, identity("block_couplings", checks["6.1-07", "exact_block"], block, 0.0)]


def _points(checks, data):
    table = data["fixed_points"]
    mk, nvl, limit, exact = (
        only(table, scheme=name)
        for name in ("migdal_kadanoff", "niemeijer_van_leeuwen", "infinitesimal", "exact")
    )
    values = {
        "mk_point": (mk["K"], mk["K_closed"]),
        "nvl_point": (nvl["K"], nvl["K_closed"]),
        "infinitesimal": (limit["K"], exact["K"]),
        "growth": (mk["y_t_numerical"], mk["y_t"]),
    }
    found = [identity("fixed_points", checks["6.1-09", part], *pair_) for part, pair_ in values.items()]
    orbits = data["orbits"].query("scheme == 'migdal_kadanoff'")
    for part, distance in STARTS.items():
        last = orbits[np.isclose(orbits["start"], mk["K"] * (1 + distance), rtol=1e-9)]["K"].iloc[-1]
        found.append(identity("orbits", checks["6.1-09", part], last, 0.0 if part == "trivial" else 4.0))
    return found


def numbers(data):
    """What the chapter quotes of recursions and of information."""
    found = {}
    for scheme in ("migdal_kadanoff", "migdal_kadanoff_d3", "infinitesimal", "niemeijer_van_leeuwen"):
        row = only(data["fixed_points"], scheme=scheme)
        for name in ("K", "y_t", "y_h", "nu"):
            key = f"renormalization.{scheme}.{name.lower()}"
            found[key] = quoted("fixed_points", float(row[name]), "a scheme with this exponent")
    critical = square.critical_temperature()
    for rule in ("majority", "corner", "decimation", "maximum"):
        for name, T in (("critical", critical), ("random", np.inf)):
            key = f"renormalization.kept.{rule}_{name}"
            found[key] = quoted("information", 100 * share(data, rule, T), "", "%")
    row = only(data["block_couplings"], rule="majority")
    for name in ("k_nearest", "k_diagonal"):
        found[f"renormalization.block.{name}"] = quoted("block_couplings", float(row[name]), "")
    row = only(data["sampled"], quantity="nearest")
    found["renormalization.sampled"] = quoted("sampled", pair(row, "sampled"), "")
    return found
