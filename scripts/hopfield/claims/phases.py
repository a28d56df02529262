"""Load and temperature, the phases between them and their lines: row 1.2-09."""

import numpy as np

from scripts.common.claims.findings import column, quoted, row_where
from scripts.hopfield.claims.capacity import theory_values
from scripts.hopfield.claims.points import at, overlap
from scripts.hopfield.theory import temperature, twin, zero_temperature
from scripts.hopfield.thermal import FROZEN, GLASS_LOAD, HIGH, MELTED

RETRIEVAL = {"data": "hopfield/tables/retrieval.csv", "rule": "hopfield_tables"}
THERMAL = {"data": "hopfield/tables/thermal.csv", "rule": "hopfield_tables"}
MAP = {"data": "hopfield/tables/phase_diagram.csv", "rule": "hopfield_tables"}
THEORY = {"data": "hopfield/tables/theory.csv", "rule": "hopfield_lines"}
LINES = {"data": "hopfield/tables/lines.csv", "rule": "hopfield_lines"}
MEMORY, HALF = 0.1, 0.5  # overlap of a state with itself that counts as frozen; share of runs
COLD, NEAR, FINITE = 0.8, 0.1, 0.12  # of T_M; distance from T_M in it; load where small networks still recall
SURE = 0.5  # overlap that counts as recall on the map
LEAST_LOAD = 0.005  # of the lines that are solved twice
RIGHT, OFF = 0.45, 0.4635  # temperature, and the same three per cent higher


def findings(data):
    """What row 1.2-09 compares.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame

    Returns
    -------
    list of (dict, list of tuple)
    """
    limit = np.pi / 2 * (1 / 2 - 1 / np.pi) ** 2
    return [
        (LINES, _lines(data["lines"])),
        (THEORY, [("1.2-09", "ground_state_load", theory_values(data)["ground_state_load"], limit)]),
        (RETRIEVAL, _diagram(data["retrieval"])),
        (MAP, _map(data["phase_diagram"], data["lines"])),
        (THERMAL, _phases(data["thermal"])),
    ]


def _lines(table):
    """T_M and T_c against the twin; T_g against 1 + sqrt(alpha); T_R against its limit at low temperature."""
    rows = table[table["alpha"] >= LEAST_LOAD]
    recall = [_recall_gap(*row) for row in rows[["alpha", "T_M"]].dropna().to_numpy()]
    equal = [_coexistence_gap(*row) for row in rows[["alpha", "T_c"]].dropna().to_numpy()]
    glass = (table["T_g"] - 1 - table["alpha"] ** 0.5).abs().max()
    alpha, t_r = table[["alpha", "T_R"]].dropna().to_numpy()[0]
    m, r = zero_temperature.overlap(alpha), zero_temperature.noise(alpha)
    low = np.sqrt(8 * alpha * r / (9 * np.pi)) * np.exp(-(m**2) / (2 * alpha * r))
    return [
        ("1.2-09", "retrieval_line", np.max(np.abs(recall)), 0.0),
        ("1.2-09", "coexistence_line", np.max(np.abs(equal)), 0.0),
        ("1.2-09", "glass_line", glass, 0.0),
        ("1.2-09", "symmetry_line", t_r / low, 1.0),
    ]


def _recall_gap(alpha, t_m):
    near = temperature.retrieval(alpha, 0.97 * t_m)
    return twin.retrieval_temperature(alpha, (near.m, near.q, 0.99 * t_m)) - t_m


def _coexistence_gap(alpha, t_c):
    recall, glass = temperature.retrieval(alpha, t_c), temperature.spin_glass(alpha, t_c)
    return twin.coexistence_temperature(alpha, (recall.m, recall.q, glass.q, 0.99 * t_c)) - t_c


def _point(table, load, T):
    return at(table[table["T"] > 0], load, T=T)


def _diagram(table):
    warm, loaded, off = (_point(table, *at) for at in ((0.05, 0.50), (0.10, 0.20), (0.05, OFF)))
    solutions = [temperature.retrieval(row["alpha"], row["T"]) for row in (warm, loaded)]
    energy = temperature.energy(warm["alpha"], 0.50, solutions[0])
    kept, lost = (
        column(_point(table, 0.05, T), "fraction_retrieved", n_effective="n_samples") for T in (0.52, 0.56)
    )
    return [
        ("1.2-09", "overlap_warm", overlap(warm), solutions[0].m),
        ("1.2-09", "energy_warm", column(warm, "energy", replicas="n_samples"), energy),
        ("1.2-09", "overlap_loaded", overlap(loaded), solutions[1].m),
        ("1.2-09", "temperature_off", overlap(off), temperature.retrieval(off["alpha"], RIGHT).m),
        ("1.2-09", "kept_below", kept, HALF),
        ("1.2-09", "lost_above", lost, HALF),
    ]


def _map(table, lines):
    """Mean deviation from theory well inside of the line T_M, and points off it that disagree on recall."""
    known = lines.dropna(subset=["T_M"])
    height = table["T"] / np.interp(table["alpha"], known["alpha"], known["T_M"], right=0.0)
    inside = table[(table["overlap_theory"] > 0) & (height < COLD)]
    off = table[(table["alpha"] < FINITE) & ((height - 1).abs() > NEAR)]
    return [
        ("1.2-09", "map", (inside["overlap"] - inside["overlap_theory"]).mean(), 0.0),
        ("1.2-09", "map_line", ((off["overlap"] > SURE) != (off["overlap_theory"] > 0)).sum(), 0.0),
    ]


def _phases(table):
    high, frozen, replicas = (
        column(row_where(table, quantity=name), "value", replicas="n_samples")
        for name in ("high_energy", "persistence", "replicas")
    )
    return [
        ("1.2-09", "paramagnet", high, temperature.paramagnetic_energy(*HIGH)),
        ("1.2-09", "frozen", frozen, MEMORY),
        ("1.2-09", "frozen_theory", frozen, temperature.spin_glass(GLASS_LOAD, FROZEN).q),
        ("1.2-09", "melted", replicas, 1 / (1 - GLASS_LOAD / (MELTED - 1) ** 2)),
    ]


def numbers(data):
    """What the chapter quotes, by key."""
    values, warm = theory_values(data), _point(data["retrieval"], 0.05, 0.50)
    frozen, melted = (
        column(row_where(data["thermal"], quantity=name), "value") for name in ("persistence", "replicas")
    )
    return (
        quoted("hopfield", THEORY, ground_state_load=values["ground_state_load"])
        | quoted("hopfield", THEORY, "J/k_B", retrieval_temperature=values["T_M_005"])
        | quoted("hopfield", RETRIEVAL, warm=overlap(warm))
        | quoted("hopfield", RETRIEVAL, warm_exact=temperature.retrieval(warm["alpha"], 0.50).m)
        | quoted("hopfield", THERMAL, frozen=frozen, melted=melted)
        | quoted("hopfield", THERMAL, melted_exact=1 / (1 - GLASS_LOAD / (MELTED - 1) ** 2))
    )
