"""Critical points of spin glasses and of small networks: rows 8.1-03 and 8.3-08."""

import numpy as np
from scipy import special

from scripts.common.claims.findings import Found, column, less, provided, quoted, where
from scripts.common.statistics import Estimate, jackknife, replica_mean, weighted_mean
from scripts.landscape.theory import kac_rice, semicircle

POINTS = {"data": "landscape/tables/critical_points.csv", "rule": "landscape_glass"}
COUNTS = {"data": "landscape/tables/counts.csv", "rule": "landscape_counts"}
INDICES = {"data": "landscape/tables/indices.csv", "rule": "landscape_counts"}
EXACT = {"data": "landscape/tables/exact_counts.csv", "rule": "landscape_counts"}
SPECTRA = {"data": "landscape/data/spectra.npz", "rule": "landscape_glass"}
SMALL, LARGE = 40, 80  # spins
BAR = 0.02  # rms distance from the exact curve that is asked for
THRESHOLD_OFF = 1.1  # of a control
HALF = 0.5  # share of minima at which saddles do not outnumber them
ASYMPTOTIC = 16  # spins from which the exact counts are extrapolated
ENOUGH, BIG = 60, 20  # critical points and parameters from which a network is judged
NEED_POINTS = f"{ENOUGH} critical points of {BIG} parameters or more: larger landscape.network"
NEED_INSTANCES = "more instances than spins in landscape.counts"
# Zeros of the slope of a random wave cos^3 on a circle, by Rice: 2 sqrt(3 p - 2); half of them are minima.
CIRCLE = np.array([2.0, 1.0]) * np.sqrt(7)
NEARLY_FLAT = 0.01  # curvatures below this share of the largest


def findings(data):
    """What rows 8.1-03 and 8.3-08 compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame or dict of arrays
        ``critical_points``, ``index_law``, ``counts``, ``indices``, ``exact_counts`` and ``spectra``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    points = data["critical_points"]
    return [
        (POINTS, [*_index(points, data["index_law"]), *_network(points)]),
        (COUNTS, _counts(data["counts"])),
        (INDICES, [("8.1-03", "indices", census(data["indices"]), 0.0, NEED_INSTANCES)]),
        (EXACT, _exact(data["exact_counts"])),
        (SPECTRA, [_flatness(data["spectra"], points)]),
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


def _off(height):
    """The index curve of a threshold that lies too deep."""
    return semicircle.index_share(height / THRESHOLD_OFF)


def _index(points, law):
    small, large, wrong = rms(points, SMALL), rms(points, LARGE), rms(points, SMALL, _off)
    need = f"{SMALL} and {LARGE} in landscape.glass.sizes"
    return [
        ("8.1-03", "critical", points["gradient"].max(), 0.0),
        ("8.1-03", "index", small, BAR, need),
        ("8.1-03", "threshold_off", wrong, BAR, need),
        ("8.1-03", "index_larger", less(small, large), 0.0, need),
        ("8.1-03", "index_finite", finite_bias(points, law), 0.0, need),
    ]


def _counts(table):
    """Measured over exact numbers, in the mean over all sizes; and how the share of minima falls."""
    n = table["instances"].sum()

    def ratio(name, exact):
        found = weighted_mean(table[name] / table[exact], table[f"{name}_err"] / table[exact])
        return Found(found.value, found.err, n_effective=n)

    odd, exact = table[table["size"] % 2 == 1], np.log(table["minima_exact"] / table["points_exact"])
    difference = weighted_mean(table["log_share"] - exact, table["log_share_err"])
    failures = odd["morse_failures"].sum() if len(odd) else None
    return [
        ("8.1-03", "points", ratio("points", "points_exact"), 1.0),
        ("8.1-03", "minima", ratio("minima", "minima_exact"), 1.0),
        ("8.1-03", "short_search", ratio("short_search", "points_exact"), 1.0),
        ("8.1-03", "share", Found(np.exp(difference.value), difference.err, n_effective=n), 1.0),
        ("8.1-03", "morse", failures, 0.0, "an odd size in landscape.counts.sizes"),
        ("8.1-03", "outnumbered", _fall(table), 0.0, "two of landscape.counts.sizes"),
    ]


def census(table):
    """Hotelling's test of the numbers of all indices against their exact means, as a normal deviate.

    The numbers of one instance hang together, by -u for u and by their alternating sum, so that half of
    them are free. T^2 = m d'S^-1 d of m instances, with the mean deviation d and the covariance S, is
    distributed like F. None with too few instances.
    """
    n, m = table["size"].iloc[0], table["instance"].nunique()
    free = n // 2
    if m <= free + 1:
        return None
    found = table.pivot(index="instance", columns="index", values="points").to_numpy(float)[:, :free]
    exact = where(table, instance=0)[["expected", "expected_err"]].to_numpy()[:free]
    spread = np.cov(found, rowvar=False) + m * np.diag(exact[:, 1] ** 2)
    off = found.mean(axis=0) - exact[:, 0]
    statistic = (m - free) / (free * (m - 1)) * m * off @ np.linalg.solve(spread, off)
    below, above = special.fdtr(free, m - free, statistic), special.fdtrc(free, m - free, statistic)
    return Found(
        float(-special.ndtri(max(above, 1e-300)) if above < below else special.ndtri(below)),
        1.0,
        n_effective=m,
    )


def _fall(table):
    """Change of ln(minima / all) for each spin, from the smallest to the largest size, or None."""
    if len(table) < 2:
        return None
    first, last = table.iloc[table["size"].argmin()], table.iloc[table["size"].argmax()]
    change, sizes = less(column(last, "log_share"), column(first, "log_share")), last["size"] - first["size"]
    return Found(change.value / sizes, change.error / sizes, n_effective=table["instances"].min())


def _exact(table):
    circle = table[table["size"] == 2][["points", "minima"]].to_numpy()
    off = np.abs(circle / CIRCLE - 1).max()
    return [
        ("8.1-03", "circle", off, 0.0),
        ("8.1-03", "slope", slope(table), kac_rice.complexity_gap()),
    ]


def slope(table):
    """Limit of ln(minima / all) / N from the exact counts."""
    rows = table[table["size"] >= ASYMPTOTIC]
    return kac_rice.extrapolated_slope(rows["size"], np.log(rows["minima"] / rows["points"]))


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


def share_of_minima(points):
    """Share of minima among critical points, jackknifed over data sets; None with too few sets."""
    sets = points.groupby("instance")["index_share"]
    hits = np.stack([sets.apply(lambda index: (index == 0).sum()), sets.size()], axis=1)
    return jackknife(hits, lambda means: means[..., 0] / means[..., 1]) if len(hits) > 1 else None


def _network(points):
    network, glass = where(points, system="network"), glass_points(points, SMALL)
    height = correlation(network)
    found = [
        ("8.1-03", "network_minima", share_of_minima(network), HALF, NEED_POINTS),
        ("8.3-08", "height", height, 0.0, NEED_POINTS),
    ]
    enough = len(network) >= ENOUGH and network["size"].iloc[0] >= BIG
    other = correlation(glass) if len(glass) and enough and height else None
    needs = f"{NEED_POINTS}; {SMALL} in landscape.glass.sizes"
    determined = "8.3-08", "determined", other, height and height[:2], needs
    return [*provided(enough, NEED_POINTS, found), determined]


def flat_shares(spectra, points):
    """Share of nearly flat directions, by instances: of the network's critical points, and of the glass's.

    The points of a spectrum are those of the table, in its order.
    """
    network = where(points, system="network")
    glass = where(points, system="glass")
    largest = glass_points(glass, glass["size"].max())
    return [_flat(np.abs(spectra["network"]), network), _flat(np.abs(spectra["eigenvalues"]), largest)]


def _flat(sizes, points):
    shares = (sizes < NEARLY_FLAT * sizes.max(axis=1, keepdims=True)).mean(axis=1)
    means = np.array([shares[points["instance"] == k].mean() for k in points["instance"].unique()])
    return replica_mean(means) if np.ptp(means) > 0 else None


def _flatness(spectra, points):
    network, glass = flat_shares(spectra, points)
    if glass is None or len(spectra["heights"]) < ENOUGH:
        network = None
    return "8.3-08", "flat", network, glass and glass[:2], NEED_POINTS


def numbers(data):
    """What the chapter quotes of critical points."""
    points, counts, exact = data["critical_points"], data["counts"], data["exact_counts"]
    row, forty = counts.iloc[counts["size"].argmax()], exact.set_index("size").loc[SMALL]
    nets = where(points, system="network")
    searched = {name: column(row, name) for name in ("points", "minima")}
    expected = {name: row[name] for name in ("size", "instances", "points_exact", "minima_exact")}
    limits = {"slope": slope(exact), "points_forty": forty["points"], "minima_forty": forty["minima"]}
    flat, flat_glass = flat_shares(data["spectra"], points)
    shapes = {"height": correlation(nets), "flat": flat, "flat_glass": flat_glass}
    kinds = {"points": len(nets), "minima": (nets["index_share"] == 0).sum()}
    found = (
        quoted("landscape.counts", COUNTS, **searched, **expected)
        | quoted("landscape.counts", EXACT, **limits)
        | quoted("landscape.network", POINTS, "", NEED_POINTS, **shapes)
        | quoted("landscape.network", POINTS, **kinds)
        | quoted("landscape.index", POINTS, points=len(points) - len(nets))
    )
    of_glass = [(f"rms_{size}", size, rms(points, size)) for size in (SMALL, LARGE)]
    of_glass.append(("bias", SMALL, finite_bias(points, data["index_law"])))
    small = glass_points(points, SMALL)
    of_glass.append(("height", SMALL, correlation(small) if len(small) else None))
    for name, size, estimate in of_glass:
        needs = f"{size} in landscape.glass.sizes"
        found |= quoted("landscape.index", POINTS, "", needs, **{name: estimate})
    return found
