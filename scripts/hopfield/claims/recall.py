"""Memories, cues and their ends: rows 1-01, 1.2-02, 1.2-05, 1.2-10."""

import numpy as np

from scripts.common.claims.findings import Found, column, quoted, row_where
from scripts.common.fits import FitError, power_law
from scripts.hopfield.basins import DECAY_CUE, DEPTHS, OVERLOAD
from scripts.hopfield.claims.points import at, overlap
from scripts.hopfield.theory import zero_temperature

BASINS = {"data": "hopfield/tables/basins.csv", "rule": "hopfield_basins"}
CRITICAL = {"data": "hopfield/tables/critical_cues.csv", "rule": "hopfield_basins"}
SPURIOUS = {"data": "hopfield/tables/spurious.csv", "rule": "hopfield_basins"}
MIXTURES = {"data": "hopfield/tables/mixtures.csv", "rule": "hopfield_basins"}
TIMES = {"data": "hopfield/tables/relaxation_times.csv", "rule": "hopfield_basins"}
CURVES = {"data": "hopfield/tables/relaxation.csv", "rule": "hopfield_basins"}
DEPTH = {"data": "hopfield/tables/depths.csv", "rule": "hopfield_basins"}
IMAGES = {"data": "hopfield/tables/images.csv", "rule": "hopfield_images"}
RECALLED, NEAR, PICTURES, GROWTH, MOST, ENOUGH = 0.97, 0.95, 10, 0.25, 2 / 3, 0.3
NEED_CUE = "0.05 in hopfield.basins.loads"
NEED_HEAVY = "0.12 in hopfield.basins.loads"
NEED_WEAK = "0.1 in hopfield.basins.loads"
NEED_PICTURES = "ten pictures or more"
NEED_SIZES = "two of hopfield.relaxation.sizes from 1000 on"
NEED_LARGE = "1000 in hopfield.relaxation.sizes"
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
    times, images = data["relaxation_times"], data["images"]
    pictures = [
        ("1.2-02", "pictures", _pictures(images, "pseudo_inverse"), RECALLED, NEED_PICTURES),
        ("1.2-02", "pictures_by_hebb", _pictures(images, "hebb"), RECALLED, NEED_PICTURES),
    ]
    relaxed = [
        ("1.2-10", "monotone", times["rises"].sum(), 0.0),
        ("1.2-10", "slow_growth", growth(times), GROWTH, NEED_SIZES),
    ]
    return [
        (BASINS, _cues(data["basins"])),
        (CRITICAL, _needed(data["critical_cues"])),
        (IMAGES, pictures),
        (SPURIOUS, _nearest(data["spurious"])),
        (MIXTURES, _mixed(data["mixtures"])),
        (TIMES, relaxed),
        (CURVES, [("1.2-10", "start", *_start(data["relaxation"]))]),
        (DEPTH, _depths(data["depths"])),
    ]


def _counted(row, name):
    """A share of runs, of which a row has ``n_samples``."""
    return column(row, name, n_effective="n_samples")


def _cues(table):
    light, heavy = (at(table, load, m_initial=0.6) for load in (0.05, 0.12))
    weak, beyond = at(table, 0.10, m_initial=0.1), at(table, OVERLOAD, m_initial=0.6)
    return [
        ("1-01", "recall", overlap(light), RECALLED, NEED_CUE),
        ("1-01", "overload", overlap(beyond), RECALLED),
        ("1.2-02", "perfect_recall", _counted(light, "perfect"), MOST, NEED_CUE),
        ("1.2-02", "imperfect_memory", _counted(heavy, "perfect"), 1.0, NEED_HEAVY),
        ("1.2-02", "weak_cue", overlap(weak), RECALLED, NEED_WEAK),
    ]


def _needed(table):
    """The cue that is needed at load 0.05, and how much more at load 0.12 than at the lightest."""
    table = table.assign(load=table["alpha"].round(2))
    light, heavy = (row_where(table, load=load) for load in (0.05, 0.12))
    return [
        ("1.2-05", "cue_enough", column(light, "m_critical", replicas="n_samples"), ENOUGH, NEED_CUE),
        ("1.2-05", "shrinking", column(heavy, "increase", replicas="n_samples"), 0.0, NEED_HEAVY),
    ]


def _pictures(table, rule):
    return overlap(row_where(table, rule=rule, P=PICTURES))


def _nearest(table):
    near, random = (_counted(at(table, 0.02, m_initial=cue), "nearest") for cue in (0.6, 0.0))
    glass = _counted(at(table, 0.10, m_initial=0.0), "glass")
    return [
        ("1.2-05", "near_cue", near, NEAR),
        ("1.2-05", "random_start", random, 1.0),
        ("1.2-05", "glass", glass, 0.0),
        ("1.2-05", "twins_reversed", _symmetric(table), 0.0),
    ]


def _symmetric(table):
    """Share of random starts that end in a memory less that in a reversed one, at all loads together."""
    rows = table[table["m_initial"] == 0.0]
    gap = (rows["nearest"] + rows["other"] - rows["reversed"]).mean()
    either, n = (rows["nearest"] + rows["other"] + rows["reversed"]).mean(), rows["n_samples"].sum()
    return Found(gap, np.sqrt(either / n), n_effective=n)


def _mixed(three):
    overlaps = three[["overlap_1", "overlap_2", "overlap_3"]].to_numpy()
    return [
        ("1.2-05", "mixture", _mean(overlaps.max(axis=1)), 1.0),
        ("1.2-05", "mixture_overlap", _mean(overlaps.mean(axis=1)), 0.5),
    ]


def _mean(values):
    n = len(values)
    return Found(values.mean(), max(values.std(ddof=1) / np.sqrt(n), 1e-6), n - 1, n)


def _start(curves):
    """Energy of the cue on the largest network, and -(m^2 - 1/N)/2: it overlaps with one pattern only."""
    row = curves[(curves["N"] == curves["N"].max()) & (curves["sweep"] == 0)].iloc[0]
    return column(row, "energy", replicas="n_samples"), -(DECAY_CUE**2 - 1 / row["N"]) / 2


def gained(load):
    """Energy per unit by which the retrieval state lies below the memory itself, whose mean is -1/2."""
    return -0.5 - zero_temperature.energy(load)


def _depths(table):
    right, off = (at(table, load) for load, _ in DEPTHS)
    found = [column(row, "depth", replicas="n_samples") for row in (right, off)]
    if table["N"].max() < LARGE:
        found = [None, None]
    exact = gained(right["alpha"])
    return [
        ("1.2-10", "depth", found[0], exact, NEED_LARGE),
        ("1.2-10", "depth_off", found[1], exact, NEED_LARGE),
    ]


def growth(times):
    """Power of the size with which the time to the last flip grows, with its runs; or None."""
    rows = times[times["N"] >= LARGE]
    if len(rows) < 2:
        return None
    size, y, err = rows[["N", "sweeps", "sweeps_err"]].to_numpy(float).T
    try:
        found = power_law(size, y, np.maximum(err, 0.02))["exponent"]
    except FitError:
        return None
    return Found(found.value, found.err, n_effective=rows["n_samples"].sum())


def numbers(data):
    """What the chapter quotes, by key."""
    basins, spurious, images, cues = (
        data[name] for name in ("basins", "spurious", "images", "critical_cues")
    )
    cues = cues.assign(load=cues["alpha"].round(2))
    light, heavy = (column(row_where(cues, load=load), "m_critical") for load in (0.05, 0.12))
    recall, overload = (overlap(at(basins, load, m_initial=0.6)) for load in (0.05, OVERLOAD))
    imperfect = at(basins, 0.12, m_initial=0.9)
    random, crowded = (at(spurious, load, m_initial=0.0) for load in (0.02, 0.06))
    pictures = {"pictures": _pictures(images, "pseudo_inverse"), "pictures_hebb": _pictures(images, "hebb")}
    times, depth = data["relaxation_times"].sort_values("N"), at(data["depths"], DEPTHS[0][0])
    longest = times.iloc[-1]
    return (
        quoted("hopfield", BASINS, "", NEED_CUE, recall=recall)
        | quoted("hopfield", BASINS, overload=overload)
        | quoted("hopfield", CRITICAL, "", NEED_CUE, cue_light=light)
        | quoted("hopfield", CRITICAL, "", NEED_HEAVY, cue_heavy=heavy)
        | quoted("hopfield", BASINS, "", NEED_HEAVY, imperfect=overlap(imperfect))
        | quoted("hopfield", SPURIOUS, random_nearest=column(random, "nearest"))
        | quoted("hopfield", SPURIOUS, random_reversed=column(random, "reversed"))
        | quoted("hopfield", SPURIOUS, random_glass=column(crowded, "glass"))
        | quoted("hopfield", IMAGES, "", NEED_PICTURES, **pictures)
        | quoted("hopfield", DEPTH, "J", depth=column(depth, "depth"), depth_exact=gained(depth["alpha"]))
        | quoted("hopfield", TIMES, "sweeps", relaxation_time=column(longest, "sweeps"))
        | quoted("hopfield", TIMES, "units", relaxation_size=longest["N"])
        | quoted("hopfield", TIMES, "", NEED_SIZES, relaxation_power=growth(times))
    )
