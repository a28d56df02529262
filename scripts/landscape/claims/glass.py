"""Critical points of spin glasses and of small networks: rows 8.1-03 and 8.3-08."""

import numpy as np

from scripts.common.claims.findings import column, less, provided, quoted, where
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


def findings(data):
    """What rows 8.1-03 and 8.3-08 compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame or dict of arrays
        ``critical_points``, ``index_law``, ``counts``, ``exact_counts`` and ``spectra``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    points = data["critical_points"]
    return [
        (POINTS, [*_index(points, data["index_law"]), *_network(where(points, system="network"))]),
        (COUNTS, _counts(data["counts"])),
        (EXACT, [("8.1-03", "slope", slope(data["exact_counts"]), kac_rice.complexity_gap())]),
        (SPECTRA, [_flatness(data["spectra"])]),
    ]


def _sums(points, expected):
    """Sums over the points of each instance, float64[m, 3]: index less the expected one, its square, one."""
    off = (points["index_share"] - expected(points["height"])).to_numpy()
    columns = np.stack([off, off**2, np.ones(len(off))], axis=1)
    return np.array([columns[points["instance"] == k].sum(axis=0) for k in np.unique(points["instance"])])


def _root_mean_square(means):
    return np.sqrt(means[..., 1] / means[..., 2])


def glass_points(points, size):
    """The critical points of the glasses of one size."""
    return where(points, system="glass", size=size)


def rms(points, size, expected=semicircle.index_share):
    """Root-mean-square distance of the index from a curve, over all points of a size; None without them."""
    rows = glass_points(points, size)
    return None if rows["instance"].nunique() < 2 else jackknife(_sums(rows, expected), _root_mean_square)


def finite_bias(points, law):
    """Mean index less its exact mean for `SMALL` spins at the same energy; None without points."""
    rows, finite = glass_points(points, SMALL), where(law, size=SMALL).dropna()
    if rows["instance"].nunique() < 2:
        return None
    sums = _sums(rows, lambda energy: np.interp(energy, finite["energy"], finite["index_share"]))
    return jackknife(sums, lambda means: means[..., 0] / means[..., 2])


def _mirrored(height):
    """The index curve of the wrong sign: more descending directions further down."""
    return semicircle.index_share(-height)


def _index(points, law):
    small, large, wrong = rms(points, SMALL), rms(points, LARGE), rms(points, SMALL, _mirrored)
    need = f"{SMALL} and {LARGE} in landscape.glass.sizes"
    return [
        ("8.1-03", "index", small, BAR, need),
        ("8.1-03", "index_mirrored", wrong, BAR, need),
        ("8.1-03", "index_larger", less(small, large), 0.0, need),
        ("8.1-03", "index_finite", finite_bias(points, law), 0.0, need),
    ]


def _counts(table):
    """Measured over exact numbers, in the mean over all sizes; and how the share of minima falls."""

    def ratio(name, exact):
        return weighted_mean(table[name] / table[exact], table[f"{name}_err"] / table[exact])[:2]

    odd, size = table[table["size"] % 2 == 1], table["size"]
    difference = weighted_mean(table["log_share"] - table["log_share_exact"], table["log_share_err"])
    short = ratio("short_search", "points_exact") if size.max() >= MANY else None
    failures = odd["morse_failures"].sum() if len(odd) else None
    return [
        ("8.1-03", "points", ratio("points", "points_exact"), 1.0),
        ("8.1-03", "minima", ratio("minima", "minima_exact"), 1.0),
        ("8.1-03", "short_search", short, 1.0, f"{MANY} or more spins in landscape.counts.sizes"),
        ("8.1-03", "share", (np.exp(difference.value), difference.err), 1.0),
        ("8.1-03", "morse", failures, 0.0, "an odd size in landscape.counts.sizes"),
        ("8.1-03", "outnumbered", _fall(table), 0.0, "two of landscape.counts.sizes"),
    ]


def _fall(table):
    """Change of ln(minima / all) for each spin, from the smallest to the largest size, or None."""
    if len(table) < 2:
        return None
    first, last = table.iloc[table["size"].argmin()], table.iloc[table["size"].argmax()]
    change, sizes = less(column(last, "log_share"), column(first, "log_share")), last["size"] - first["size"]
    return change.value / sizes, change.error / sizes


def slope(table):
    """Limit of ln(minima / all) / N from the exact counts."""
    rows = table[table["size"] >= ASYMPTOTIC]
    return kac_rice.extrapolated_slope(rows["size"], rows["log_share"])


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


def _network(points):
    found = [
        ("8.3-08", "height", correlation(points), 0.0, NEED_POINTS),
        ("8.3-08", "curve", curve_distance(points), BAR, NEED_POINTS),
    ]
    enough = len(points) >= ENOUGH and points["size"].iloc[0] >= BIG
    return provided(enough, NEED_POINTS, found)


def flat_shares(spectra):
    """Share of nearly flat directions: of the network's critical points (Estimate), and of the glass's."""
    size = np.abs(spectra["network"])
    of_points = (size < NEARLY_FLAT * size.max(axis=1, keepdims=True)).mean(axis=1)
    glass = np.abs(spectra["eigenvalues"])
    of_glass = (glass < NEARLY_FLAT * glass.max(axis=1, keepdims=True)).mean(axis=1)
    return [replica_mean(values) if np.ptp(values) > 0 else None for values in (of_points, of_glass)]


def _flatness(spectra):
    network, glass = flat_shares(spectra)
    if glass is None or len(spectra["heights"]) < ENOUGH:
        network = None
    return "8.3-08", "flat", network and network[:2], glass, NEED_POINTS


def numbers(data):
    """What the chapter quotes of critical points."""
    points, counts, exact = data["critical_points"], data["counts"], data["exact_counts"]
    row, forty = counts.iloc[counts["size"].argmax()], exact.set_index("size").loc[SMALL]
    nets = where(points, system="network")
    searched = {name: column(row, name) for name in ("points", "minima")}
    expected = {name: row[name] for name in ("size", "instances", "points_exact", "minima_exact")}
    limits = {"slope": slope(exact), "points_forty": forty["points"], "minima_forty": forty["minima"]}
    flat, flat_glass = flat_shares(data["spectra"])
    shapes = {
        "height": correlation(nets),
        "curve": curve_distance(nets),
        "flat": flat,
        "flat_glass": flat_glass,
    }
    found = (
        quoted("landscape.counts", COUNTS, **searched, **expected)
        | quoted("landscape.counts", EXACT, **limits)
        | quoted("landscape.network", POINTS, "", NEED_POINTS, **shapes)
        | quoted("landscape.network", POINTS, points=len(nets))
        | quoted("landscape.index", POINTS, points=len(points) - len(nets))
    )
    of_glass = [(f"rms_{size}", size, rms(points, size)) for size in (SMALL, LARGE)]
    of_glass.append(("bias", SMALL, finite_bias(points, data["index_law"])))
    for name, size, estimate in of_glass:
        needs = f"{size} in landscape.glass.sizes"
        found |= quoted("landscape.index", POINTS, "", needs, **{name: estimate})
    return found
