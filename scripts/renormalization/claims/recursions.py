"""Exact recursions and the 4x4 torus: rows 6.1-03, 6.1-05, and parts of 6.1-07, 6.1-08 and 6.1-09."""

import numpy as np

from scripts.common.claims.findings import known, quoted, row_where, where
from scripts.renormalization.claims.shared import by_table, pair, source, value
from scripts.renormalization.theory import square

NEED_SAMPLES = "a larger renormalization.sampled"


def findings(data):
    """What rows 6.1-03, 6.1-05, and parts of 6.1-07, 6.1-08 and 6.1-09 compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        Tables of recursions, of information and of the 4x4 torus.

    Returns
    -------
    list of (dict, list of tuple)
    """
    sampled = [
        ("sampled", "6.1-03", f"sampled_{row['quantity']}", pair(row, "sampled"), row["exact"], NEED_SAMPLES)
        for _, row in data["sampled"].iterrows()
    ]
    decimation = row_where(data["identities"], comparison="decimation")["share"]
    block = row_where(data["block_couplings"], rule="majority")["k_diagonal"]
    single = [
        ("identities", "6.1-03", "decimation", decimation, 0.0),
        ("block_couplings", "6.1-07", "exact_block", block, 0.0),
    ]
    return by_table(sampled + single + _information(data) + _chain(data["chain"]) + _points(data))


def share(data, rule, T):
    """Share of the information that a rule keeps, or None."""
    return value(row_where(data["information"], rule=rule, T=T), "share")


def _information(data):
    table, critical = data["information"], square.critical_temperature()
    kept = table.pivot(index="T", columns="rule", values="kept")
    found = [
        ("quarter", share(data, "corner", np.inf), 0.25),
        ("critical", share(data, "majority", critical), 1.0),
        ("every_rule", known(table[table["T"] >= 1.8]["share"].max()), 1.0),
        ("coin_tells_nothing", known((kept["majority"] - kept["corner"]).max()), 0.0),
        ("coin_quarter", share(data, "majority", np.inf), 0.25),
    ]
    return [("information", "6.1-05", *each, "more in the configuration") for each in found]


def _chain(table):
    off = (table["log_z_after"] - table["log_z"]).abs().max()
    return [
        ("chain", "6.1-07", "chain_log_z", off, 0.0),
        ("chain", "6.1-07", "chain_tanh", table["tanh_difference"].abs().max(), 0.0),
        ("chain", "6.1-07", "chain_off", (table["log_z_off"] - table["log_z"]).abs().median(), 0.0),
        ("chain", "6.1-08", "chain_falls", table["fall"].max(), 0.0),
    ]


def _points(data):
    points = data["fixed_points"].set_index("scheme")
    mk, nvl = points.loc["migdal_kadanoff"], points.loc["niemeijer_van_leeuwen"]
    found = [
        ("fixed_points", "6.1-09", "mk_point", mk["K"], mk["K_closed"]),
        ("fixed_points", "6.1-09", "nvl_point", nvl["K"], nvl["K_closed"]),
        ("fixed_points", "6.1-09", "infinitesimal", *points.loc[["infinitesimal", "exact"], "K"]),
        ("fixed_points", "6.1-09", "growth", mk["y_t_numerical"], mk["y_t"]),
    ]
    for part, distance, end in (("trivial", -1e-6, 0.0), ("strong", 1e-6, 4.0)):
        orbit = where(data["orbits"], scheme="migdal_kadanoff", start=mk["K"] * (1 + distance))
        found.append(("orbits", "6.1-09", part, orbit["K"].iloc[-1], end))
    return found


def numbers(data):
    """What the chapter quotes of recursions and of information."""
    found, critical = {}, square.critical_temperature()
    for scheme in ("migdal_kadanoff", "migdal_kadanoff_d3", "infinitesimal", "niemeijer_van_leeuwen"):
        row = row_where(data["fixed_points"], scheme=scheme)
        point = {name.lower(): value(row, name) for name in ("K", "y_t", "y_h", "nu")}
        name, needs = f"renormalization.{scheme}", "a scheme with this exponent"
        found |= quoted(name, source("fixed_points"), "", needs, **point)
    kept = {
        f"{rule}_{place}": 100 * share(data, rule, T)
        for rule in ("majority", "corner", "decimation", "maximum")
        for place, T in (("critical", critical), ("random", np.inf))
    }
    block = row_where(data["block_couplings"], rule="majority")[["k_nearest", "k_diagonal"]]
    nearest = pair(row_where(data["sampled"], quantity="nearest"), "sampled")
    return (
        found
        | quoted("renormalization.kept", source("information"), "%", **kept)
        | quoted("renormalization.block", source("block_couplings"), **block)
        | quoted("renormalization", source("sampled"), "", NEED_SAMPLES, sampled=nearest)
    )
