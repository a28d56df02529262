"""Learned scores of points: rows 7.1-03, 7.3-05, 7.3-06, 7.3-09, a part of 7.3-07, and what 3.1-03 gets."""

import numpy as np

from scripts.common.claims.findings import Found, column, exponent, provided, quoted, where
from scripts.common.seeds import generator
from scripts.common.statistics import replica_mean, weighted_mean
from scripts.diffusion import laws
from scripts.diffusion.kernels import particles
from scripts.diffusion.theory import mixture as theory

GENERATION = {"data": "diffusion/tables/generation.csv", "rule": "diffusion_tabulate"}
RING = {"data": "diffusion/data/learned_ring.npz", "rule": "diffusion_learn"}
EMPIRICAL = {"data": "diffusion/tables/empirical.csv", "rule": "diffusion_transitions"}
SETTLED = {"data": "diffusion/claims.json", "rule": "diffusion_settle"}
LONG, FEW = 2000, 1000  # steps of training from which the scores are judged, and any quality
NETWORKS = 5
NEED = (
    "ring in diffusion.learn.sets, with {} or more of diffusion.learn.seeds, and {} of diffusion.learn.steps"
)
NEED_RING, NEED_LONG = NEED.format(NETWORKS, FEW), NEED.format(NETWORKS, LONG)
NEED_DIGITS = "digits in diffusion.learn.sets"
NEED_ANY = "ring in diffusion.learn.sets"
CHUNK = 50
EARLY, LATE = 0.1, 0.6  # times at which the learned score is judged
BAR = 0.05  # of the score's error: as large as the fault that is planted in it elsewhere
WEIGHTS_BAR, WIDTH_BAR = 0.02, 0.25  # 14 % of a mode's weight, and a quarter of its variance
ENOUGH_DATA = 1000  # from here on the leading order in 1 / n is all
SLOPE_TIME, POINTS = 0.2, 20000  # where the noise is regressed as printed, and on how many points each time
TURN = np.deg2rad(5.0)


def findings(data):
    """What the rows on learned scores compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame or dict of arrays
        ``generation``, ``empirical`` and, if the ring was learned, ``learned_ring``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    ring = data.get("learned_ring")
    return [
        (GENERATION, _quality(data["generation"], ring)),
        (RING, [*_scores(ring), *_noise(ring)]),
        (EMPIRICAL, _finite(data["empirical"])),
        (SETTLED, _gradient()),
    ]


def steps(ring):
    """Steps that each network of the ring was trained for, 0 if there is none or too few networks."""
    return 0 if ring is None or len(ring["score_error"]) < NETWORKS else len(ring["losses_score"]) * CHUNK


def best(table, dataset, sampler, measure):
    """Row of a measure at the most evaluations; None if it is not there."""
    rows = where(table, dataset=dataset, sampler=sampler, measure=measure)
    return None if rows.empty else rows.loc[rows["steps"].idxmax()]


def ratio(table, dataset, sampler, measure):
    """A measure in units of its floor at the most evaluations, with its error; None if not there."""
    row = best(table, dataset, sampler, measure)
    if row is None:
        return None
    value = row["value"] / row["floor"]
    return value, value * np.hypot(row["value_err"] / row["value"], row["floor_err"] / row["floor"])


def nearness(table):
    """How near generated and fresh digits lie to what was learned: {key: Found}; None without digits."""
    row = best(table, "digits", "sde", "nearest_train")
    names = {"digits_nearest": "value", "digits_nearest_fresh": "floor"}
    return {key: column(row, name, replicas="units") for key, name in names.items()}


def _of_ring(table, sampler, measure):
    return column(best(table, "ring", sampler, measure), "value", replicas="units")


def _quality(table, ring):
    width = _of_ring(table, "sde", "width")
    rows = [
        ("7.1-03", "weights", _of_ring(table, "sde", "weights"), WEIGHTS_BAR),
        ("7.1-03", "missing", _of_ring(table, "missing", "weights"), WEIGHTS_BAR),
        ("3.1-03", "ring", _of_ring(table, "flow", "weights"), WEIGHTS_BAR),
        ("3.1-03", "doubled", _of_ring(table, "doubled", "weights"), WEIGHTS_BAR),
    ]
    scatter = [("7.3-07", "ring_width", width and width._replace(value=abs(width.value - 1)), WIDTH_BAR)]
    own, fresh = nearness(table).values()
    return [
        *provided(steps(ring) >= FEW, NEED_RING, rows),
        *provided(steps(ring) >= LONG, NEED_LONG, scatter),
        ("7.3-07", "digits", ratio(table, "digits", "ode", "sliced_w2"), 1.0, NEED_DIGITS),
        ("7.3-07", "digits_gaussian", ratio(table, "digits", "gaussian", "sliced_w2"), 1.0, NEED_DIGITS),
        ("7.3-07", "digits_nearest", own, None if fresh is None else (fresh.value, fresh.error), NEED_DIGITS),
    ]


def at_time(ring, name, t):
    """Column of an array over times, at the time nearest to t."""
    return ring[name][..., np.argmin(np.abs(ring["score_t"] - t))]


def noise_slope(ring, name="noise_slope"):
    """Slope of the true noise on sigma times the exact score at one time, with its error, or None."""
    return None if ring is None else tuple(at_time(ring, each, SLOPE_TIME) for each in (name, f"{name}_err"))


def _scores(ring):
    cases = {
        "early": ("score_error", EARLY),
        "middle": ("score_error", LATE),
        "too_large": ("score_off", EARLY),
    }
    long = steps(ring) >= LONG
    rows = [
        ("7.3-06", part, replica_mean(at_time(ring, *case)) if long else None, BAR, NEED_LONG)
        for part, case in cases.items()
    ]
    held_out = None if ring is None else float(ring["held_out"])
    return [*rows, ("7.3-07", "held_out", held_out, 0.0, NEED_ANY)]


def _noise(ring):
    """The slope as printed at one time, reversed at all others, and with a noise level of a little later."""
    found = dict.fromkeys(("along", "against", "later"))
    if ring is not None:
        others = np.abs(ring["score_t"] - SLOPE_TIME) > 1e-9
        rest = weighted_mean(ring["noise_slope"][others], ring["noise_slope_err"][others])[:2]
        all_found = noise_slope(ring), rest, noise_slope(ring, "noise_slope_off")
        found = {name: Found(*each, n_effective=POINTS) for name, each in zip(found, all_found, strict=True)}
    signs = {"along": 1.0, "against": -1.0, "later": -1.0}
    return [("7.3-09", part, found[part], sign, NEED_ANY) for part, sign in signs.items()]


def _finite(table):
    """The exact score of n data: its error falls, and is what theory says of many data."""
    rows = table[table["n"] >= ENOUGH_DATA]
    scale = rows["expected"]
    many = weighted_mean(rows["error"] / scale, rows["error_err"] / scale)[:2]
    power = exponent(table, "n", "error")
    return [
        ("7.3-06", "more_data", Found(*power[:2], n_effective=table["runs"].sum()), 0.0),
        ("7.3-06", "finite_data", Found(*many, n_effective=rows["runs"].sum()), 1.0),
    ]


def _gradient():
    """The compiled score against the numerical gradient of p on the noised ring; and turned a little."""
    rng, law = generator(0, "diffusion/claims/gradient"), theory.noised(laws.ring(), 0.1)
    x, step = rng.uniform(-3, 3, (2000, 2)), 1e-4
    ends = [theory.density(x + sign * step * np.eye(2)[k], law) for k in (0, 1) for sign in (1, -1)]
    slope = np.stack([ends[0] - ends[1], ends[2] - ends[3]], axis=1)
    score = particles.mixture_scores(x, particles.noised_mixture(0.1, laws.as_columns(laws.ring())))
    turned = np.stack(
        [np.cos(TURN) * score[:, 0] - np.sin(TURN) * score[:, 1],
         np.sin(TURN) * score[:, 0] + np.cos(TURN) * score[:, 1]], axis=1,
    )  # fmt: skip
    found = []
    for part, vectors in (("gradient", score), ("turned", turned)):
        cosine = np.sum(vectors * slope, 1) / np.linalg.norm(vectors, axis=1) / np.linalg.norm(slope, axis=1)
        found.append(("7.3-05", part, cosine.min(), 1.0))
    return found


def final_error(ring, t):
    """Error of the learned score in per cent, with that of the mean over networks; None without a ring."""
    if ring is None:
        return None
    runs = 100 * at_time(ring, "score_error", t)
    return runs.mean(), runs.std(ddof=1) / np.sqrt(len(runs)) if len(runs) > 1 else None


def numbers(data):
    """What the chapter quotes of learned scores."""
    ring, table, name = data.get("learned_ring"), data["generation"], "diffusion.learn"
    errors = {f"error_{10 * t:.0f}": final_error(ring, t) for t in (EARLY, LATE)}
    places = {
        "ring_sde": ("ring", "sde", "sliced_w2"),
        "ring_gaussian": ("ring", "gaussian", "sliced_w2"),
        "digits_sliced": ("digits", "ode", "sliced_w2"),
        "digits_gaussian": ("digits", "gaussian", "sliced_w2"),
    }
    values = {}
    for key, (dataset, *rest) in places.items():
        found = {key: ratio(table, dataset, *rest)}
        values |= quoted(name, GENERATION, "", f"{dataset} in diffusion.learn.sets", **found)
    width = _of_ring(table, "sde", "width")
    made = (None, None) if ring is None else (len(ring["score_error"]), len(ring["losses_score"]) * CHUNK)
    known = dict(zip(("networks", "steps"), made, strict=True))
    return (
        values
        | quoted(name, GENERATION, "", NEED_DIGITS, **nearness(table))
        | quoted(name, GENERATION, "", NEED_ANY, ring_width=width)
        | quoted(name, RING, "%", NEED_ANY, **errors)
        | quoted(name, RING, "", NEED_ANY, noise_slope=noise_slope(ring), **known)
        | quoted(name, RING, early=EARLY, late=LATE)
        | quoted(name, GENERATION, evaluations=table["steps"].max())
        | quoted(name, EMPIRICAL, data_power=exponent(data["empirical"], "n", "error"))
    )
