"""Memories, cues and their ends: rows 1-01, 1.2-02, 1.2-05, 1.2-10."""

import numpy as np

from scripts.common.claims.records import record, sourced, unmeasured
from scripts.common.fits import FitError, power_law
from scripts.common.numbers import number
from scripts.hopfield.basins import OVERLOAD
from scripts.hopfield.claims.points import at, compared, overlap, quoted
from scripts.hopfield.theory import zero_temperature

BASINS = {"data": "hopfield/tables/basins.csv", "rule": "hopfield_basins"}
CRITICAL = {"data": "hopfield/tables/critical_cues.csv", "rule": "hopfield_basins"}
SPURIOUS = {"data": "hopfield/tables/spurious.csv", "rule": "hopfield_basins"}
MIXTURES = {"data": "hopfield/tables/mixtures.csv", "rule": "hopfield_basins"}
TIMES = {"data": "hopfield/tables/relaxation_times.csv", "rule": "hopfield_basins"}
CURVES = {"data": "hopfield/tables/relaxation.csv", "rule": "hopfield_basins"}
IMAGES = {"data": "hopfield/tables/images.csv", "rule": "hopfield_images"}
RETRIEVAL = {"data": "hopfield/tables/retrieval.csv", "rule": "hopfield_tables"}
RECALLED, NEAR, PICTURES, GROWTH = 0.97, 0.95, 10, 0.25
NEED_CUE = "0.05 in hopfield.basins.loads"
NEED_WEAK = "0.1 in hopfield.basins.loads"
NEED_PICTURES = "ten pictures or more"
NEED_012 = "0.12 in hopfield.loads"
NEED_SIZES = "two of hopfield.relaxation.sizes from 1000 on"
LARGE = 1000


def records(checks, data):
    """Records of the rows of this module.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame

    Returns
    -------
    list of dict
    """
    return [*_memory(checks, data), *_cue(checks, data), *_nearest(checks, data), *_relaxation(checks, data)]


def _memory(checks, data):
    light = overlap(at(data["basins"], 0.05, m_initial=0.6))
    heavy = overlap(at(data["basins"], OVERLOAD, m_initial=0.6))
    rows = [
        compared(checks["1-01", "recall"], light, RECALLED, needs=NEED_CUE),
        compared(checks["1-01", "overload"], heavy, RECALLED),
    ]
    return sourced(rows, **BASINS)


def _cue(checks, data):
    m, basins = zero_temperature.overlap(0.05), data["basins"]
    perfect = overlap(at(basins, 0.05, m_initial=0.6), m)
    weak = overlap(at(basins, 0.10, m_initial=0.1))
    rows = sourced(
        [
            compared(checks["1.2-02", "perfect_recall"], perfect, m, needs=NEED_CUE),
            compared(checks["1.2-02", "weak_cue"], weak, RECALLED, needs=NEED_WEAK),
        ],
        **BASINS,
    )
    found = [compared(checks["1.2-02", "imperfect_memory"], _imperfect(data), 1.0, needs=NEED_012)]
    pictures = [
        compared(checks["1.2-02", part], _pictures(data["images"], rule), RECALLED, needs=NEED_PICTURES)
        for part, rule in (("pictures", "pseudo_inverse"), ("pictures_by_hebb", "hebb"))
    ]
    return [*rows, *sourced(found, **RETRIEVAL), *sourced(pictures, **IMAGES)]


def _imperfect(data):
    table = data["retrieval"]
    return overlap(at(table[(table["T"] == 0) & (table["N"] == table["N"].max())], 0.12))


def _pictures(table, rule):
    rows = table[(table["rule"] == rule) & (table["P"] == PICTURES)]
    return overlap(None if rows.empty else rows.iloc[0])


def _nearest(checks, data):
    table, three = data["spurious"], data["mixtures"]
    near, random, weak = (
        _share(at(table, load, m_initial=cue), "nearest")
        for load, cue in ((0.02, 0.6), (0.02, 0.0), (0.14, 0.3))
    )
    rows = [
        compared(checks["1.2-05", "near_cue"], near, NEAR),
        compared(checks["1.2-05", "random_start"], random, 1.0),
        compared(checks["1.2-05", "weak_cue"], weak, 1.0),
    ]
    columns = three[["overlap_1", "overlap_2", "overlap_3"]].to_numpy()
    best, mean = columns.max(axis=1), columns.mean(axis=1)
    mixed = [
        compared(checks["1.2-05", "mixture"], _mean(best), 1.0),
        compared(checks["1.2-05", "mixture_overlap"], _mean(mean), 0.5),
    ]
    return [*sourced(rows, **SPURIOUS), *sourced(mixed, **MIXTURES)]


def _share(row, kind):
    return None if row is None else (row[kind], row[f"{kind}_err"])


def _mean(values):
    return values.mean(), max(values.std(ddof=1) / np.sqrt(len(values)), 1e-6)


def _relaxation(checks, data):
    times, retrieval = data["relaxation_times"], data["retrieval"]
    energy, exact = final_energy(data["relaxation"])
    grown = growth(times)
    warm = retrieval[np.abs(retrieval["T"] - 0.5) < 1e-9]
    heat = None if warm.empty else (warm.iloc[0]["energy"], warm.iloc[0]["energy_err"])
    rows = [
        record(checks["1.2-10", "monotone"], measured=float(times["rises"].sum()), reference=0.0),
        compared(checks["1.2-10", "slow_growth"], grown, GROWTH, needs=NEED_SIZES),
    ]
    found = (
        unmeasured(checks["1.2-10", "final_energy"], "1000 in hopfield.relaxation.sizes")
        if times["N"].max() < LARGE
        else compared(checks["1.2-10", "final_energy"], energy, exact)
    )
    cold = zero_temperature.energy(0.05)
    return [
        *sourced(rows, **TIMES),
        *sourced([found], **CURVES),
        *sourced([compared(checks["1.2-10", "heat"], heat, cold)], **RETRIEVAL),
    ]


def final_energy(curves):
    """Energy at rest on the largest network, (value, error), and that of the retrieval state at its load."""
    last = curves[curves["N"] == curves["N"].max()].iloc[-1]
    return (last["energy"], last["energy_err"]), zero_temperature.energy(last["alpha"])


def growth(times):
    """Power of the size with which the time to the last flip grows, (value, error), or None."""
    rows = times[times["N"] >= LARGE]
    if len(rows) < 2:
        return None
    size, y, err = rows[["N", "sweeps", "sweeps_err"]].to_numpy(float).T
    try:
        fit = power_law(size, y, np.maximum(err, 0.02))["exponent"]
    except FitError:
        return None
    return fit.value, fit.err


def numbers(data):
    """What the chapter quotes, by key."""
    basins, spurious = data["basins"], data["spurious"]
    cues = {
        round(row.alpha, 2): (row.m_critical, row.m_critical_err)
        for row in data["critical_cues"].itertuples()
    }
    energy, exact = final_energy(data["relaxation"])
    times = data["relaxation_times"].sort_values("N")
    longest = times.iloc[-1]
    values = {
        "recall": quoted(overlap(at(basins, 0.05, m_initial=0.6)), BASINS, NEED_CUE),
        "overload": quoted(overlap(at(basins, OVERLOAD, m_initial=0.6)), BASINS, ""),
        "cue_light": quoted(cues.get(0.05), CRITICAL, NEED_CUE),
        "cue_heavy": quoted(cues.get(0.12), CRITICAL, "0.12 in hopfield.basins.loads"),
        "imperfect": quoted(_imperfect(data), RETRIEVAL, NEED_012),
        "random_nearest": quoted(_share(at(spurious, 0.02, m_initial=0.0), "nearest"), SPURIOUS, ""),
        "random_reversed": quoted(_share(at(spurious, 0.02, m_initial=0.0), "reversed"), SPURIOUS, ""),
        "random_glass": quoted(_share(at(spurious, 0.06, m_initial=0.0), "glass"), SPURIOUS, ""),
        "pictures": quoted(_pictures(data["images"], "pseudo_inverse"), IMAGES, NEED_PICTURES),
        "pictures_hebb": quoted(_pictures(data["images"], "hebb"), IMAGES, NEED_PICTURES),
        "final_energy": number(*energy, "J", **CURVES),
        "final_energy_exact": number(exact, None, "J", **CURVES),
        "relaxation_time": number(longest["sweeps"], longest["sweeps_err"], "sweeps", **TIMES),
        "relaxation_size": number(longest["N"], None, "units", **TIMES),
        "relaxation_power": quoted(growth(times), TIMES, NEED_SIZES),
    }
    return {f"hopfield.{key}": value for key, value in values.items()}
