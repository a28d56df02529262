"""Exact recursions and the 4x4 torus: 6.1-03, 6.1-05, parts of 6.1-07 to 6.1-09, 6.2-02, 6.2-08, 6.3-06."""

import math

import numpy as np

from scripts.common.claims.findings import quoted, row_where, where
from scripts.renormalization.claims.shared import SETTLED, by_table, pair, source, value
from scripts.renormalization.kernels import counting, tensor_rg
from scripts.renormalization.theory import blocks, square

NEED_SAMPLES = "a larger renormalization.sampled"
NEED = "more in the configuration"
WARM = 10.0  # temperature of the control of the spins that are not quite random
FEW = 12  # of the 16 states on a bond of the 4x4 torus that the truncated control keeps


def findings(data):
    """What the rows above compare.

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
    ties = row_where(data["identities"], comparison="ties_up")["share"]
    line = row_where(data["critical_line"], k_diagonal=0.0)["k_nearest"]
    single = [
        ("identities", "6.1-03", "ties_up", ties, 0.0),
        ("critical_line", "6.3-06", "line", line, 1 / square.critical_temperature()),
    ]
    tables = by_table(sampled + single + _information(data) + _chain(data["chain"]) + _points(data))
    return [*tables, (SETTLED, [*_counted(data), *_tensors()])]


def share(data, rule, T):
    """Share of the information that a rule keeps, or None."""
    return value(row_where(data["information"], rule=rule, T=T), "share")


def _information(data):
    found = [
        ("quarter", share(data, "corner", np.inf), 0.25),
        ("coin", share(data, "majority", np.inf), 5 / 32),
        ("warm", share(data, "corner", WARM), 0.25),
    ]
    return [("information", "6.1-05", *each, NEED) for each in found]


def _counted(data):
    """What the tables say of the 4x4 torus, against states counted one by one by the rules of the kernels."""
    critical, table = square.critical_temperature(), data["block_couplings"]
    p, information = table["p"].iloc[0], data["information"]
    rows = information[np.isclose(information["T"], critical) | np.isinf(information["T"])]
    worst = max(
        np.abs(counting.information(T, rule, p) - kept).max()
        for T, rule, kept in zip(
            rows["T"], rows["rule"], rows[["entropy", "kept"]].to_numpy(float), strict=True
        )
    )
    pooled = counting.information(critical, "maximum", p)
    names = ["k_nearest", "k_diagonal", "k_plaquette"]
    couplings = [
        np.abs(counting.couplings_of_blocks(critical, row["rule"], p) - row[names].to_numpy(float)).max()
        for _, row in table.iterrows()
    ]
    soft = counting.couplings_of_blocks(critical, "kadanoff", p)[0]
    off = blocks.effective_couplings(critical, "kadanoff", 1.01 * p)[0]
    return [
        ("6.1-05", "counted", worst, 0.0),
        ("6.2-02", "information", pooled[1] / pooled[0], share(data, "maximum", critical)),
        ("6.1-07", "block_couplings", max(couplings), 0.0),
        ("6.2-08", "rule_off", soft, off),
    ]


def _tensors():
    """ln Z per site of the 4x4 torus from coarse tensors, nothing cut off or a little, against all states."""
    T = square.critical_temperature()
    exact = (math.log(np.exp((blocks.bonds() - 32) / T).sum()) + 32 / T) / 16
    found = {}
    for name, states in (("tensor", 16), ("tensor_cut", FEW)):
        coarse = tensor_rg.site_tensor(T)
        for _ in range(4):
            coarse = tensor_rg.hotrg_step(coarse, states)
        found[name] = tensor_rg.log_z(coarse)
    return [("6.1-07", name, log_z, exact) for name, log_z in found.items()]


def _chain(table):
    off = (table["log_z_after"] - table["log_z"]).abs().max()
    return [
        ("chain", "6.1-07", "chain_log_z", off, 0.0),
        ("chain", "6.1-07", "chain_off", (table["log_z_off"] - table["log_z"]).abs().median(), 0.0),
        ("chain", "6.1-08", "chain_tanh", table["tanh_difference"].abs().max(), 0.0),
        ("chain", "6.1-08", "chain_tanh_off", table["tanh_off"].abs().median(), 0.0),
        ("chain", "6.1-08", "chain_falls", table["fall"].max(), 0.0),
    ]


def closed_exponents(points):
    """y_t and y_h of the fixed points in closed form, nan where there is none: float64[2] by scheme.

    Migdal-Kadanoff, b = d = 2: 2^y_t = 2 tanh 4K and 2^y_h = 2 (1 + tanh 4K) at tanh K = tanh^2 2K.
    Niemeijer and van Leeuwen, x = e^{-4K} = 1 / (1 + 2 sqrt 2): 3^{y_h/2} = 3 / sqrt 2. The limit b -> 1:
    y_t = 2 + sqrt 2 ln(sqrt 2 - 1).
    """
    t, x, root3 = math.tanh(4 * points.loc["migdal_kadanoff", "K_closed"]), 1 / (1 + 2 * math.sqrt(2)), 3**0.5
    slope = 1 - math.log(x) * 8 * x / (1 + 3 * x) ** 2 / math.sqrt(2)
    return {
        "migdal_kadanoff": np.log2([2 * t, 2 * (1 + t)]),
        "niemeijer_van_leeuwen": np.log([slope, 3 / math.sqrt(2)]) / math.log(root3),
        "infinitesimal": np.array([2 + math.sqrt(2) * math.log(math.sqrt(2) - 1), np.nan]),
    }


def _points(data):
    points = data["fixed_points"].set_index("scheme")
    mk, nvl = points.loc["migdal_kadanoff"], points.loc["niemeijer_van_leeuwen"]
    closed = closed_exponents(points)
    worst = max(np.nanmax(np.abs(points.loc[name, ["y_t", "y_h"]] - want)) for name, want in closed.items())
    found = [
        ("fixed_points", "6.1-09", "mk_point", mk["K"], mk["K_closed"]),
        ("fixed_points", "6.1-09", "mk_off", mk["K_off"], mk["K_closed"]),
        ("fixed_points", "6.1-09", "nvl_point", nvl["K"], nvl["K_closed"]),
        ("fixed_points", "6.1-09", "infinitesimal", *points.loc["infinitesimal", ["K", "K_closed"]]),
        ("fixed_points", "6.1-09", "exponents", worst, 0.0),
        ("fixed_points", "6.1-09", "growth", mk["y_t_numerical"], closed["migdal_kadanoff"][0]),
    ]
    for part, distance, end in (("trivial", -1e-6, 0.0), ("strong", 1e-6, 4.0)):
        orbit = where(data["orbits"], scheme="migdal_kadanoff", start=mk["K"] * (1 + distance))
        found.append(("orbits", "6.1-09", part, orbit["K"].iloc[-1], end))
    return found


def numbers(data):
    """What the chapter quotes of recursions and of information."""
    found, critical = {}, square.critical_temperature()
    for scheme in ("migdal_kadanoff", "infinitesimal", "niemeijer_van_leeuwen"):
        row = row_where(data["fixed_points"], scheme=scheme)
        point = {"k": row["K"], "nu": 1 / row["y_t"]}
        found |= quoted(f"renormalization.{scheme}", source("fixed_points"), **point)
    kept = {
        f"{rule}_{place}": 100 * share(data, rule, T)
        for rule in ("majority", "decimation", "maximum")
        for place, T in (("critical", critical), ("random", np.inf))
    }
    block = row_where(data["block_couplings"], rule="majority")[["k_nearest", "k_diagonal"]]
    return (
        found
        | quoted("renormalization.kept", source("information"), "%", **kept)
        | quoted("renormalization.block", source("block_couplings"), **block)
    )
