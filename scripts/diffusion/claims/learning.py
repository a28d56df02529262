"""Learned scores of points: rows 7.1-03, 7.3-05, 7.3-06, 7.3-09, a part of 7.3-07, and what 3.1-03 gets."""

import numpy as np

from scripts.common.claims.records import record, sourced, unmeasured
from scripts.common.fits import linear_fit
from scripts.common.numbers import number, unmeasured_number
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
CHUNK = 50
EARLY, LATE = 0.1, 0.6  # times at which the learned score is judged
TURN = np.deg2rad(5.0)


def records(checks, data):
    """Records of the rows on learned scores.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame or dict of arrays
        ``generation``, ``empirical`` and, if the ring was learned, ``learned_ring``.

    Returns
    -------
    list of dict
    """
    ring, table = data.get("learned_ring"), data["generation"]
    slope, error = data_power(data["empirical"])
    return (
        sourced(_quality(checks, table, ring), **GENERATION)
        + sourced(_scores(checks, ring) + _noise(checks, ring), **RING)
        + sourced([record(checks["7.3-06", "more_data"], slope, 0.0, error=error)], **EMPIRICAL)
        + sourced(_gradient(checks), **SETTLED)
    )


def steps(ring):
    """Steps that the networks of the ring were trained for, 0 if there is none."""
    return 0 if ring is None else len(ring["losses_score"]) * CHUNK


def ratio(table, dataset, sampler, measure):
    """A measure in units of its floor at the most evaluations, with its error; None if not there.

    With several training runs the error is also that of their spread.
    """
    rows = table[
        (table["dataset"] == dataset) & (table["sampler"] == sampler) & (table["measure"] == measure)
    ]
    if rows.empty:
        return None
    row = rows.loc[rows["steps"].idxmax()]
    value = row["value"] / row["floor"]
    own = np.hypot(row["value_err"], np.nan_to_num(row["spread"]))
    return value, value * np.hypot(own / row["value"], row["floor_err"] / row["floor"])


def _quality(checks, table, ring):
    cases = (
        ("7.1-03", "transport", "ring", "sde", "w2", FEW, NEED_RING),
        ("7.1-03", "half", "ring", "half", "w2", FEW, NEED_RING),
        ("3.1-03", "ring", "ring", "flow", "sliced_w2", FEW, NEED_RING),
        ("3.1-03", "half", "ring", "half", "sliced_w2", FEW, NEED_RING),
        ("7.3-07", "digits", "digits", "ode", "sliced_w2", LONG, NEED_DIGITS),
        ("7.3-07", "digits_gaussian", "digits", "gaussian", "sliced_w2", LONG, NEED_DIGITS),
    )
    found = []
    for claim, part, dataset, sampler, measure, least, needs in cases:
        value, check = ratio(table, dataset, sampler, measure), checks[claim, part]
        if value is None or steps(ring) < least:
            found.append(unmeasured(check, needs))
        else:
            found.append(record(check, value[0], 2.0, error=value[1]))
    return found


def at_time(ring, name, t):
    """Column of an array over times, at the time nearest to t (seeds averaged)."""
    values = np.atleast_2d(ring[name]).mean(axis=0)
    return float(values[np.argmin(np.abs(ring["score_t"] - t))])


def _scores(checks, ring):
    cases = (
        ("early", "score_error", EARLY, 0.05),
        ("middle", "score_error", LATE, 0.01),
        ("untrained", "score_noisy", EARLY, 0.05),
    )
    return [
        unmeasured(checks["7.3-06", part], NEED_LONG)
        if steps(ring) < LONG
        else record(checks["7.3-06", part], at_time(ring, name, t), bar)
        for part, name, t, bar in cases
    ]


def _noise(checks, ring):
    found = []
    for part, reference in (("along", 1.0), ("against", -1.0), ("no_relation", 0.0)):
        check = checks["7.3-09", part]
        found.append(
            unmeasured(check, "ring in diffusion.learn.sets")
            if ring is None
            else record(check, at_time(ring, "noise_slope", 0.2), reference,
                        error=at_time(ring, "noise_slope_err", 0.2))
        )  # fmt: skip
    return found


def data_power(table):
    """Power of n in the error of the score of n data, with its error."""
    design = np.stack([np.ones(len(table)), np.log(table["n"])], axis=1)
    relative = (table["error_err"] / table["error"]).to_numpy()
    fit = linear_fit(design, np.log(table["error"].to_numpy()), relative, ("start", "power"))
    return fit["power"].value, fit["power"].err


def _gradient(checks):
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
        found.append(record(checks["7.3-05", part], cosine.min(), 1.0))
    return found


def numbers(data):
    """What the chapter quotes of learned scores."""
    ring, table, values = data.get("learned_ring"), data["generation"], {}
    for t in (EARLY, LATE):
        key = f"diffusion.learn.error_{10 * t:.0f}"
        if ring is None:
            values[key] = unmeasured_number("%", NEED_RING)
        else:
            runs = ring["score_error"][:, np.argmin(np.abs(ring["score_t"] - t))]
            error = 100 * runs.std(ddof=1) if len(runs) > 1 else None
            values[key] = number(100 * runs.mean(), error, "%", **RING)
    for key, dataset, sampler, measure in (
        ("ring_sde", "ring", "sde", "sliced_w2"),
        ("ring_flow", "ring", "flow", "sliced_w2"),
        ("ring_gaussian", "ring", "gaussian", "sliced_w2"),
        ("digits_sliced", "digits", "ode", "sliced_w2"),
        ("digits_gaussian", "digits", "gaussian", "sliced_w2"),
        ("digits_nearest", "digits", "sde", "nearest_train"),
    ):
        found = ratio(table, dataset, sampler, measure)
        values[f"diffusion.learn.{key}"] = (
            unmeasured_number("", f"{dataset} in diffusion.learn.sets")
            if found is None
            else number(*found, "", **GENERATION)
        )
    power = data_power(data["empirical"])
    values["diffusion.learn.evaluations"] = number(table["steps"].max(), None, "", **GENERATION)
    values["diffusion.learn.early"] = number(EARLY, None, "", **RING)
    values["diffusion.learn.late"] = number(LATE, None, "", **RING)
    values["diffusion.learn.data_power"] = number(*power, "", **EMPIRICAL)
    values["diffusion.learn.steps"] = number(steps(ring), None, "", **RING)
    values["diffusion.learn.noise_slope"] = (
        unmeasured_number("", NEED_RING)
        if ring is None
        else number(at_time(ring, "noise_slope", 0.2), at_time(ring, "noise_slope_err", 0.2), "", **RING)
    )
    return values
