"""Memories, cues and their ends: rows 1-01, 1.2-02, 1.2-05, 1.2-10."""

import numpy as np

from scripts.common.claims.findings import column, quoted, row_where
from scripts.common.fits import FitError, power_law
from scripts.hopfield.basins import OVERLOAD
from scripts.hopfield.claims.points import at, overlap
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


def findings(data):
    """What the rows of this module compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame

    Returns
    -------
    list of (dict, list of tuple)
    """
    times, images, cold = data["relaxation_times"], data["images"], zero_temperature.energy(0.05)
    grown, rises = growth(times), times["rises"].sum()
    energy = final_energy(data["relaxation"]) if times["N"].max() >= LARGE else (None, None)
    pictures = [
        ("1.2-02", "pictures", _pictures(images, "pseudo_inverse"), RECALLED, NEED_PICTURES),
        ("1.2-02", "pictures_by_hebb", _pictures(images, "hebb"), RECALLED, NEED_PICTURES),
    ]
    retrieved = [
        ("1.2-02", "imperfect_memory", _imperfect(data), 1.0, NEED_012),
        ("1.2-10", "heat", column(row_where(data["retrieval"], T=0.5), "energy"), cold),
    ]
    relaxed = [("1.2-10", "monotone", rises, 0.0), ("1.2-10", "slow_growth", grown, GROWTH, NEED_SIZES)]
    return [
        (BASINS, _cues(data["basins"])),
        (RETRIEVAL, retrieved),
        (IMAGES, pictures),
        (SPURIOUS, _nearest(data["spurious"])),
        (MIXTURES, _mixed(data["mixtures"])),
        (TIMES, relaxed),
        (CURVES, [("1.2-10", "final_energy", *energy, "1000 in hopfield.relaxation.sizes")]),
    ]


def _cues(table):
    m, light = zero_temperature.overlap(0.05), at(table, 0.05, m_initial=0.6)
    heavy, weak = at(table, OVERLOAD, m_initial=0.6), at(table, 0.10, m_initial=0.1)
    return [
        ("1-01", "recall", overlap(light), RECALLED, NEED_CUE),
        ("1-01", "overload", overlap(heavy), RECALLED),
        ("1.2-02", "perfect_recall", overlap(light, m), m, NEED_CUE),
        ("1.2-02", "weak_cue", overlap(weak), RECALLED, NEED_WEAK),
    ]


def _imperfect(data):
    table = data["retrieval"]
    return overlap(at(table[(table["T"] == 0) & (table["N"] == table["N"].max())], 0.12))


def _pictures(table, rule):
    return overlap(row_where(table, rule=rule, P=PICTURES))


def _nearest(table):
    near, random, weak = (
        column(at(table, load, m_initial=cue), "nearest")
        for load, cue in ((0.02, 0.6), (0.02, 0.0), (0.14, 0.3))
    )
    return [
        ("1.2-05", "near_cue", near, NEAR),
        ("1.2-05", "random_start", random, 1.0),
        ("1.2-05", "weak_cue", weak, 1.0),
    ]


def _mixed(three):
    overlaps = three[["overlap_1", "overlap_2", "overlap_3"]].to_numpy()
    return [
        ("1.2-05", "mixture", _mean(overlaps.max(axis=1)), 1.0),
        ("1.2-05", "mixture_overlap", _mean(overlaps.mean(axis=1)), 0.5),
    ]


def _mean(values):
    return values.mean(), max(values.std(ddof=1) / np.sqrt(len(values)), 1e-6)


def final_energy(curves):
    """Energy at rest on the largest network, and that of the retrieval state at its load."""
    last = curves[curves["N"] == curves["N"].max()].iloc[-1]
    return column(last, "energy"), zero_temperature.energy(last["alpha"])


def growth(times):
    """Power of the size with which the time to the last flip grows, an Estimate, or None."""
    rows = times[times["N"] >= LARGE]
    if len(rows) < 2:
        return None
    size, y, err = rows[["N", "sweeps", "sweeps_err"]].to_numpy(float).T
    try:
        return power_law(size, y, np.maximum(err, 0.02))["exponent"]
    except FitError:
        return None


def numbers(data):
    """What the chapter quotes, by key."""
    basins, spurious, images, cues = (
        data[name] for name in ("basins", "spurious", "images", "critical_cues")
    )
    cues = cues.assign(load=cues["alpha"].round(2))
    light, heavy = (column(row_where(cues, load=load), "m_critical") for load in (0.05, 0.12))
    recall, overload = (overlap(at(basins, load, m_initial=0.6)) for load in (0.05, OVERLOAD))
    random, crowded = (at(spurious, load, m_initial=0.0) for load in (0.02, 0.06))
    pictures = {"pictures": _pictures(images, "pseudo_inverse"), "pictures_hebb": _pictures(images, "hebb")}
    energy, exact = final_energy(data["relaxation"])
    times = data["relaxation_times"].sort_values("N")
    longest = times.iloc[-1]
    return (
        quoted("hopfield", BASINS, "", NEED_CUE, recall=recall)
        | quoted("hopfield", BASINS, overload=overload)
        | quoted("hopfield", CRITICAL, "", NEED_CUE, cue_light=light)
        | quoted("hopfield", CRITICAL, "", "0.12 in hopfield.basins.loads", cue_heavy=heavy)
        | quoted("hopfield", RETRIEVAL, "", NEED_012, imperfect=_imperfect(data))
        | quoted("hopfield", SPURIOUS, random_nearest=column(random, "nearest"))
        | quoted("hopfield", SPURIOUS, random_reversed=column(random, "reversed"))
        | quoted("hopfield", SPURIOUS, random_glass=column(crowded, "glass"))
        | quoted("hopfield", IMAGES, "", NEED_PICTURES, **pictures)
        | quoted("hopfield", CURVES, "J", final_energy=energy, final_energy_exact=exact)
        | quoted("hopfield", TIMES, "sweeps", relaxation_time=column(longest, "sweeps"))
        | quoted("hopfield", TIMES, "units", relaxation_size=longest["N"])
        | quoted("hopfield", TIMES, "", NEED_SIZES, relaxation_power=growth(times))
    )
