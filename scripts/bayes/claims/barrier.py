"""A posterior with two modes: row 5.2-09."""

import math

import numpy as np

from scripts.bayes.claims.shared import chi_square_deviate, deviate_record, record_if
from scripts.common.claims.records import record, sourced
from scripts.common.fits import linear_fit
from scripts.common.numbers import number, unmeasured_number

PASSAGES = {"data": "bayes/tables/passages.csv", "rule": "bayes_barrier"}
MODES = {"data": "bayes/tables/modes.csv", "rule": "bayes_barrier"}
NEED_READINGS = "three or more of bayes.barrier.readings"
NEED_STEPS = "bayes.barrier.steps long enough for bayes.barrier.few"
NEED_FEWER = "bayes.barrier.steps far below the time to cross at bayes.barrier.many"
RARE = 0.02  # crossings that a stuck chain may expect


def records(checks, data):
    """Records of row 5.2-09.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame
        ``passages`` and ``modes``.

    Returns
    -------
    list of dict
    """
    passages, modes = data["passages"], data["modes"]
    few, many, tempered = modes.iloc[0], modes.iloc[1], modes.iloc[2]
    z = (passages["steps"] - passages["expected"]) / passages["steps_err"]
    found = barrier_slope(passages)
    own = {"measured": 0.0, "error": 1.0} if found is None else {"measured": found[0], "error": found[1]}
    times = [
        deviate_record(checks["5.2-09", "passages"], chi_square_deviate(z)),
        record_if(found is not None, NEED_READINGS, checks["5.2-09", "kramers"], reference=0.5, **own),
    ]
    stuck = many["evaluations"] < RARE * crossing_steps(many["readings"])
    return sourced(times, **PASSAGES) + sourced(
        [
            _position(checks["5.2-09", "few"], few, True, NEED_STEPS),
            _position(checks["5.2-09", "stuck"], many, stuck, NEED_FEWER),
            record(
                checks["5.2-09", "tempered"], tempered["weight"], tempered["weight_expected"],
                error=tempered["weight_err"], degrees_of_freedom=tempered["chains"] - 1,
            ),
        ],
        **MODES,
    )  # fmt: skip


def _position(check, row, allowed, needs):
    allowed = allowed and math.isfinite(row["position"]) and row["position_err"] > 0
    own = {"measured": row["position"], "error": row["position_err"]}
    return record_if(allowed, needs, check, reference=row["position_expected"], **own)


def crossing_steps(readings):
    """Kramers' law for the steps of the single chains, whose width is 2.4 / sqrt(1 + 4 n)."""
    return np.pi * np.sqrt(2) * np.exp(readings / 2) * (1 + 4 * readings) / (2.4**2 * readings)


def barrier_slope(passages):
    """Growth of ln(steps) with each reading, or None with fewer than three readings."""
    if len(passages) < 3:
        return None
    design = np.stack([np.ones(len(passages)), passages["readings"]], axis=1)
    errors = (passages["steps_err"] / passages["steps"]).to_numpy()
    fit = linear_fit(design, np.log(passages["steps"]).to_numpy(), errors, ("start", "slope"))
    return fit["slope"].value, fit["slope"].err


def numbers(data):
    """What the chapter quotes of the two modes."""
    passages, modes = data["passages"].sort_values("readings"), data["modes"]
    few, many, tempered = modes.iloc[0], modes.iloc[1], modes.iloc[2]
    found, last = barrier_slope(passages), passages.iloc[-1]
    missing = unmeasured_number("", NEED_STEPS)
    values = {
        "bayes.barrier.slope": (
            number(*found, "", **PASSAGES) if found else unmeasured_number("", NEED_READINGS)
        ),
        "bayes.barrier.last": number(last["readings"], None, "", **PASSAGES),
        "bayes.barrier.last_steps": number(last["steps"], last["steps_err"], "steps", **PASSAGES),
        "bayes.barrier.last_expected": number(last["expected"], None, "steps", **PASSAGES),
        "bayes.barrier.excess": number(last["expected"] / last["kramers"], None, "", **PASSAGES),
        "bayes.barrier.many": number(many["readings"], None, "", **MODES),
        "bayes.barrier.few": number(few["readings"], None, "", **MODES),
        "bayes.barrier.evaluations": number(many["evaluations"], None, "", **MODES),
        "bayes.barrier.waiting": number(np.log10(crossing_steps(many["readings"])), None, "", **MODES),
        "bayes.barrier.weight": number(tempered["weight"], tempered["weight_err"], "", **MODES),
        "bayes.barrier.weight_expected": number(tempered["weight_expected"], None, "", **MODES),
        "bayes.barrier.position_expected": number(many["position_expected"], None, "", **MODES),
        "bayes.barrier.r_hat": number(many["r_hat"], None, "", **MODES),
        "bayes.barrier.r_hat_both": (
            number(many["r_hat_both"], None, "", **MODES) if math.isfinite(many["r_hat_both"]) else missing
        ),
        "bayes.barrier.exchanged": number(tempered["exchanged"], None, "", **MODES),
    }
    known = math.isfinite(many["position"])
    values["bayes.barrier.position"] = (
        number(many["position"], many["position_err"], "", **MODES) if known else missing
    )
    return values
