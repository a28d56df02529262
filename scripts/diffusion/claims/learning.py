"""Learned scores of points: rows 7.1-03, 7.3-05, 7.3-06, 7.3-09, a part of 7.3-07, and what 3.1-03 gets."""

import numpy as np

from scripts.common.claims.findings import exponent, provided, quoted, where
from scripts.common.seeds import generator
from scripts.diffusion import laws
from scripts.diffusion.theory import mixture as theory

GENERATION = {"data": "diffusion/tables/generation.csv", "rule": "diffusion_tabulate"}
RING = {"data": "diffusion/data/learned_ring.npz", "rule": "diffusion_learn"}
EMPIRICAL = {"data": "diffusion/tables/empirical.csv", "rule": "diffusion_transitions"}
SETTLED = {"data": "diffusion/claims.json", "rule": "diffusion_settle"}
LONG, FEW = 6000, 1000  # steps of training from which the bars are judged, and any quality
NEED_RING = f"ring in diffusion.learn.sets, with diffusion.learn.steps of {FEW} or more"
NEED_LONG = f"ring in diffusion.learn.sets, with diffusion.learn.steps of {LONG} or more"
NEED_DIGITS = f"digits in diffusion.learn.sets, with diffusion.learn.steps of {LONG} or more"
NEED_ANY = "ring in diffusion.learn.sets"
CHUNK = 50
EARLY, LATE = 0.1, 0.6  # times at which the learned score is judged
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
        (EMPIRICAL, [("7.3-06", "more_data", exponent(data["empirical"], "n", "error"), 0.0)]),
        (SETTLED, _gradient()),
    ]


def steps(ring):
    """Steps that the networks of the ring were trained for, 0 if there is none."""
    return 0 if ring is None else len(ring["losses_score"]) * CHUNK


def ratio(table, dataset, sampler, measure):
    """A measure in units of its floor at the most evaluations, with its error; None if not there.

    With several training runs the error is also that of their spread.
    """
    rows = where(table, dataset=dataset, sampler=sampler, measure=measure)
    if rows.empty:
        return None
    row = rows.loc[rows["steps"].idxmax()]
    value = row["value"] / row["floor"]
    own = np.hypot(row["value_err"], np.nan_to_num(row["spread"]))
    return value, value * np.hypot(own / row["value"], row["floor_err"] / row["floor"])


def _quality(table, ring):
    cases = (
        ("7.1-03", "transport", "ring", "sde", "w2", FEW, NEED_RING),
        ("7.1-03", "half", "ring", "half", "w2", FEW, NEED_RING),
        ("3.1-03", "ring", "ring", "flow", "sliced_w2", FEW, NEED_RING),
        ("3.1-03", "half", "ring", "half", "sliced_w2", FEW, NEED_RING),
        ("7.3-07", "digits", "digits", "ode", "sliced_w2", LONG, NEED_DIGITS),
        ("7.3-07", "digits_gaussian", "digits", "gaussian", "sliced_w2", LONG, NEED_DIGITS),
    )
    return [
        (claim, part, ratio(table, *place) if steps(ring) >= least else None, 2.0, needs)
        for claim, part, *place, least, needs in cases
    ]


def at_time(ring, name, t):
    """Column of an array over times, at the time nearest to t (seeds averaged); None without a ring."""
    if ring is None:
        return None
    values = np.atleast_2d(ring[name]).mean(axis=0)
    return float(values[np.argmin(np.abs(ring["score_t"] - t))])


def noise_slope(ring):
    """Slope of the learned noise against the true one, with its error, or None."""
    return (
        None if ring is None else (at_time(ring, "noise_slope", 0.2), at_time(ring, "noise_slope_err", 0.2))
    )


def _scores(ring):
    found = [
        ("7.3-06", "early", at_time(ring, "score_error", EARLY), 0.05),
        ("7.3-06", "middle", at_time(ring, "score_error", LATE), 0.01),
        ("7.3-06", "untrained", at_time(ring, "score_noisy", EARLY), 0.05),
    ]
    return provided(steps(ring) >= LONG, NEED_LONG, found)


def _noise(ring):
    references = {"along": 1.0, "against": -1.0, "no_relation": 0.0}
    return [("7.3-09", part, noise_slope(ring), sign, NEED_ANY) for part, sign in references.items()]


def _gradient():
    """The score against the numerical gradient of p on the noised ring, and turned by a small angle."""
    rng, law = generator(0, "diffusion/claims/gradient"), theory.noised(laws.ring(), 0.1)
    x, step = rng.uniform(-3, 3, (2000, 2)), 1e-4
    ends = [theory.density(x + sign * step * np.eye(2)[k], law) for k in (0, 1) for sign in (1, -1)]
    slope = np.stack([ends[0] - ends[1], ends[2] - ends[3]], axis=1)
    score = theory.score(x, law)
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
    """Error of the learned score in per cent, with the scatter of the training runs; None without a ring."""
    if ring is None:
        return None
    runs = ring["score_error"][:, np.argmin(np.abs(ring["score_t"] - t))]
    return 100 * runs.mean(), 100 * runs.std(ddof=1) if len(runs) > 1 else None


def numbers(data):
    """What the chapter quotes of learned scores."""
    ring, table, name = data.get("learned_ring"), data["generation"], "diffusion.learn"
    errors = {f"error_{10 * t:.0f}": final_error(ring, t) for t in (EARLY, LATE)}
    places = {
        "ring_sde": ("ring", "sde", "sliced_w2"),
        "ring_flow": ("ring", "flow", "sliced_w2"),
        "ring_gaussian": ("ring", "gaussian", "sliced_w2"),
        "digits_sliced": ("digits", "ode", "sliced_w2"),
        "digits_gaussian": ("digits", "gaussian", "sliced_w2"),
        "digits_nearest": ("digits", "sde", "nearest_train"),
    }
    values = {}
    for key, (dataset, *rest) in places.items():
        found = {key: ratio(table, dataset, *rest)}
        values |= quoted(name, GENERATION, "", f"{dataset} in diffusion.learn.sets", **found)
    return (
        values
        | quoted(name, RING, "%", NEED_RING, **errors)
        | quoted(name, RING, "", NEED_RING, noise_slope=noise_slope(ring))
        | quoted(name, RING, early=EARLY, late=LATE, steps=steps(ring))
        | quoted(name, GENERATION, evaluations=table["steps"].max())
        | quoted(name, EMPIRICAL, data_power=exponent(data["empirical"], "n", "error"))
    )
