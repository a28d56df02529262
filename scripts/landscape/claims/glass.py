"""Critical points of spin glasses and of small networks: rows 8.1-03 and 8.3-08."""

import numpy as np

from scripts.common.claims.records import record, sourced, unmeasured
from scripts.common.numbers import number, unmeasured_number
from scripts.common.statistics import Estimate, jackknife, replica_mean, weighted_mean
from scripts.landscape.theory import kac_rice, semicircle

POINTS = {"data": "landscape/tables/critical_points.csv", "rule": "landscape_glass"}
COUNTS = {"data": "landscape/tables/counts.csv", "rule": "landscape_counts"}
EXACT = {"data": "landscape/tables/exact_counts.csv", "rule": "landscape_counts"}
SPECTRA = {"data": "landscape/data/spectra.npz", "rule": "landscape_glass"}
SMALL, LARGE = 40, 80  # spins
BAR = 0.02  # rms distance from the exact curve that is asked for
MANY = 7  # spins from which a short search misses a good part
ASYMPTOTIC = 16  # spins from which the exact counts are extrapolated
ENOUGH, BIG = 60, 20  # critical points and parameters from which a network is judged
NEED_POINTS = f"{ENOUGH} critical points of {BIG} parameters or more: larger landscape.network"
NEARLY_FLAT = 0.01  # curvatures below this share of the largest


def records(checks, data):
    """Records of rows 8.1-03 and 8.3-08.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame or dict of arrays
        ``critical_points``, ``index_law``, ``counts``, ``exact_counts`` and ``spectra``.

    Returns
    -------
    list of dict
    """
    points = data["critical_points"]
    return (
        sourced(_index(checks, points, data["index_law"]), **POINTS)
        + sourced(_counts(checks, data["counts"]), **COUNTS)
        + sourced([_slope(checks, data["exact_counts"])], **EXACT)
        + sourced(_network(checks, points[points["system"] == "network"]), **POINTS)
        + sourced([_flatness(checks, data["spectra"])], **SPECTRA)
    )


def _sums(points, expected):
    """Sums over the points of each instance, float64[m, 3]: index less the expected one, its square, one."""
    off = (points["index_share"] - expected(points["height"])).to_numpy()
    columns = np.stack([off, off**2, np.ones(len(off))], axis=1)
    return np.array([columns[points["instance"] == k].sum(axis=0) for k in np.unique(points["instance"])])


def _root_mean_square(means):
    return np.sqrt(means[..., 1] / means[..., 2])


def glass_points(points, size):
    """The critical points of the glasses of one size."""
    return points[(points["system"] == "glass") & (points["size"] == size)]


def rms(points, size, expected=semicircle.index_share):
    """Root-mean-square distance of the index from a curve, over all points of a size; None without them."""
    rows = glass_points(points, size)
    return None if rows["instance"].nunique() < 2 else jackknife(_sums(rows, expected), _root_mean_square)


def finite_bias(points, law):
    """Mean index less its exact mean for `SMALL` spins at the same energy; None without points."""
    rows, finite = glass_points(points, SMALL), law[law["size"] == SMALL].dropna()
    if rows["instance"].nunique() < 2:
        return None
    sums = _sums(rows, lambda energy: np.interp(energy, finite["energy"], finite["index_share"]))
    return jackknife(sums, lambda means: means[..., 0] / means[..., 2])


def _mirrored(height):
    """The index curve of the wrong sign: more descending directions further down."""
    return semicircle.index_share(-height)


def _index(checks, points, law):
    small, large = rms(points, SMALL), rms(points, LARGE)
    need = f"{SMALL} and {LARGE} in landscape.glass.sizes"
    if small is None:
        return [
            unmeasured(checks["8.1-03", part], need)
            for part in ("index", "index_mirrored", "index_larger", "index_finite")
        ]
    bias = finite_bias(points, law)
    wrong = rms(points, SMALL, _mirrored)
    freedom = {"degrees_of_freedom": small.degrees_of_freedom}
    larger = checks["8.1-03", "index_larger"]
    return [
        record(checks["8.1-03", "index"], small.value, BAR, small.err, **freedom),
        record(checks["8.1-03", "index_mirrored"], wrong.value, BAR, wrong.err, **freedom),
        unmeasured(larger, need)
        if large is None
        else record(larger, small.value - large.value, 0.0, np.hypot(small.err, large.err), **freedom),
        record(checks["8.1-03", "index_finite"], bias.value, 0.0, bias.err, **freedom),
    ]


def _counts(checks, table):
    """Measured over exact numbers, in the mean over all sizes; and how the share of minima falls."""
    found = []
    for part, measured, exact in (
        ("points", "points", "points_exact"),
        ("minima", "minima", "minima_exact"),
        ("short_search", "short_search", "points_exact"),
    ):
        if part == "short_search" and table["size"].max() < MANY:
            found.append(
                unmeasured(checks["8.1-03", part], f"{MANY} or more spins in landscape.counts.sizes")
            )
            continue
        ratio = weighted_mean(table[measured] / table[exact], table[f"{measured}_err"] / table[exact])
        found.append(record(checks["8.1-03", part], ratio.value, 1.0, ratio.err))
    difference = weighted_mean(table["log_share"] - table["log_share_exact"], table["log_share_err"])
    odd = table[table["size"] % 2 == 1]
    needs = {"morse": "an odd size in landscape.counts.sizes", "outnumbered": "two of landscape.counts.sizes"}
    first, last = table.iloc[table["size"].argmin()], table.iloc[table["size"].argmax()]
    return [
        *found,
        record(checks["8.1-03", "share"], np.exp(difference.value), 1.0, difference.err),
        record(checks["8.1-03", "morse"], odd["morse_failures"].sum(), 0.0)
        if len(odd)
        else unmeasured(checks["8.1-03", "morse"], needs["morse"]),
        record(
            checks["8.1-03", "outnumbered"],
            (last["log_share"] - first["log_share"]) / (last["size"] - first["size"]),
            0.0,
            np.hypot(last["log_share_err"], first["log_share_err"]) / (last["size"] - first["size"]),
        )
        if len(table) > 1
        else unmeasured(checks["8.1-03", "outnumbered"], needs["outnumbered"]),
    ]


def slope(table):
    """Limit of ln(minima / all) / N from the exact counts."""
    rows = table[table["size"] >= ASYMPTOTIC]
    return kac_rice.extrapolated_slope(rows["size"], rows["log_share"])


def _slope(checks, table):
    return record(checks["8.1-03", "slope"], slope(table), kac_rice.complexity_gap())


def kendall(x, y):
    """Kendall's rank correlation tau_b of two columns, or nan if one of them is constant."""
    signs = [np.sign(np.subtract.outer(values, values)) for values in (np.asarray(x), np.asarray(y))]
    scale = np.sqrt((signs[0] ** 2).sum() * (signs[1] ** 2).sum())
    return float((signs[0] * signs[1]).sum() / scale) if scale else np.nan


def correlation(points):
    """Rank correlation of height and index, jackknifed over data sets; None with too few points."""
    sets = np.unique(points["instance"])
    value = kendall(points["height"], points["index_share"])
    rest = [points[points["instance"] != k] for k in sets]
    left_out = np.array([kendall(rows["height"], rows["index_share"]) for rows in rest])
    if len(sets) < 2 or not np.isfinite([value, *left_out]).all():
        return None
    n = len(sets)
    error = np.sqrt((n - 1) * ((left_out - left_out.mean()) ** 2).mean())
    return Estimate(value, error, n - 1) if error > 0 else None


def relative_index(height):
    """Index curve of the glass by relative height: 0, no loss, is e_th and 1, no answer, e = 0."""
    return semicircle.index_share(kac_rice.threshold(3) * (1 - height))


def curve_distance(points):
    """Root-mean-square distance of a network's index from the curve of the glass, or None."""
    sums = _sums(points, relative_index)
    return jackknife(sums, _root_mean_square) if len(sums) > 1 else None


def _network(checks, points):
    found = []
    for part, reference, estimate in (
        ("height", 0.0, correlation(points)),
        ("curve", BAR, curve_distance(points)),
    ):
        check = checks["8.3-08", part]
        if estimate is None or len(points) < ENOUGH or points["size"].iloc[0] < BIG:
            found.append(unmeasured(check, NEED_POINTS))
            continue
        freedom = {"degrees_of_freedom": estimate.degrees_of_freedom}
        found.append(record(check, estimate.value, reference, estimate.err, **freedom))
    return found


def flat_shares(spectra):
    """Share of nearly flat directions: of the network's critical points (Estimate), and of the glass's."""
    size = np.abs(spectra["network"])
    of_points = (size < NEARLY_FLAT * size.max(axis=1, keepdims=True)).mean(axis=1)
    glass = np.abs(spectra["eigenvalues"])
    of_glass = (glass < NEARLY_FLAT * glass.max(axis=1, keepdims=True)).mean(axis=1)
    return [replica_mean(values) if np.ptp(values) > 0 else None for values in (of_points, of_glass)]


def _flatness(checks, spectra):
    network, glass = flat_shares(spectra)
    check = checks["8.3-08", "flat"]
    if network is None or glass is None or len(spectra["heights"]) < ENOUGH:
        return unmeasured(check, NEED_POINTS)
    return record(check, network.value, glass.value, network.err, reference_error=glass.err)


def numbers(data):
    """What the chapter quotes of critical points."""
    points, counts = data["critical_points"], data["counts"]
    row = counts.iloc[counts["size"].argmax()]
    exact = data["exact_counts"].set_index("size")
    values = {
        "landscape.counts.size": number(row["size"], None, "", **COUNTS),
        "landscape.counts.instances": number(row["instances"], None, "", **COUNTS),
        "landscape.counts.points": number(row["points"], row["points_err"], "", **COUNTS),
        "landscape.counts.points_exact": number(row["points_exact"], None, "", **COUNTS),
        "landscape.counts.minima": number(row["minima"], row["minima_err"], "", **COUNTS),
        "landscape.counts.minima_exact": number(row["minima_exact"], None, "", **COUNTS),
        "landscape.counts.slope": number(slope(data["exact_counts"]), None, "", **EXACT),
        "landscape.counts.points_forty": number(exact.loc[SMALL, "points"], None, "", **EXACT),
        "landscape.counts.minima_forty": number(exact.loc[SMALL, "minima"], None, "", **EXACT),
    }
    of_glass = {f"rms_{size}": (size, rms(points, size)) for size in (SMALL, LARGE)}
    of_glass["bias"] = SMALL, finite_bias(points, data["index_law"])
    for name, (size, found) in of_glass.items():
        values[f"landscape.index.{name}"] = (
            number(found.value, found.err, "", **POINTS)
            if found
            else unmeasured_number("", f"{size} in landscape.glass.sizes")
        )
    nets = points[points["system"] == "network"]
    found = {"height": correlation(nets), "curve": curve_distance(nets)}
    found["flat"], found["flat_glass"] = flat_shares(data["spectra"])
    for name, estimate in found.items():
        values[f"landscape.network.{name}"] = (
            number(estimate.value, estimate.err, "", **POINTS)
            if estimate
            else unmeasured_number("", NEED_POINTS)
        )
    values["landscape.network.points"] = number(len(nets), None, "", **POINTS)
    values["landscape.index.points"] = number(len(points) - len(nets), None, "", **POINTS)
    return values
