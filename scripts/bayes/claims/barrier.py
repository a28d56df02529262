"""A posterior with two modes: row 5.2-09."""

import numpy as np

from scripts.bayes.claims.shared import chi_square_deviate
from scripts.common.claims.findings import column, known, quoted
from scripts.common.fits import polynomial

PASSAGES = {"data": "bayes/tables/passages.csv", "rule": "bayes_barrier"}
MODES = {"data": "bayes/tables/modes.csv", "rule": "bayes_barrier"}
NEED_READINGS = "three or more of bayes.barrier.readings"
NEED_STEPS = "bayes.barrier.steps long enough for bayes.barrier.few"
NEED_FEWER = "bayes.barrier.steps far below the time to cross at bayes.barrier.many"
RARE = 0.02  # crossings that a stuck chain may expect


def findings(data):
    """What row 5.2-09 compares.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``passages`` and ``modes``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    passages = data["passages"]
    few, many, tempered = (row for _, row in data["modes"].iterrows())
    z = (passages["steps"] - passages["expected"]) / passages["steps_err"]
    times = [
        ("5.2-09", "passages", (chi_square_deviate(z), 1.0), 0.0),
        ("5.2-09", "kramers", barrier_slope(passages), 0.5, NEED_READINGS),
    ]
    crossed, stuck = (known(column(row, "position")) for row in (few, many))
    if many["evaluations"] >= RARE * crossing_steps(many["readings"]):
        stuck = None
    weight = column(tempered, "weight", replicas="chains")
    positions = [
        ("5.2-09", "few", crossed, few["position_expected"], NEED_STEPS),
        ("5.2-09", "stuck", stuck, many["position_expected"], NEED_FEWER),
        ("5.2-09", "tempered", weight, tempered["weight_expected"]),
    ]
    return [(PASSAGES, times), (MODES, positions)]


def crossing_steps(readings):
    """Kramers' law for the steps of the single chains, whose width is 2.4 / sqrt(1 + 4 n)."""
    return np.pi * np.sqrt(2) * np.exp(readings / 2) * (1 + 4 * readings) / (2.4**2 * readings)


def barrier_slope(passages):
    """Growth of ln(steps) with each reading, an Estimate, or None with fewer than three readings."""
    if len(passages) < 3:
        return None
    relative = passages["steps_err"] / passages["steps"]
    return polynomial(passages["readings"], np.log(passages["steps"]), relative, degree=1)["c1"]


def numbers(data):
    """What the chapter quotes of the two modes."""
    passages = data["passages"].sort_values("readings")
    few, many, tempered = (row for _, row in data["modes"].iterrows())
    last = passages.iloc[-1]
    steps = {"last_steps": column(last, "steps"), "last_expected": last["expected"]}
    modes = {
        "many": many["readings"],
        "few": few["readings"],
        "evaluations": many["evaluations"],
        "waiting": np.log10(crossing_steps(many["readings"])),
        "weight": column(tempered, "weight"),
        "weight_expected": tempered["weight_expected"],
        "position_expected": many["position_expected"],
        "r_hat": many["r_hat"],
        "exchanged": tempered["exchanged"],
    }
    crossed = {"position": known(column(many, "position")), "r_hat_both": known(many["r_hat_both"])}
    return (
        quoted("bayes.barrier", PASSAGES, "", NEED_READINGS, slope=barrier_slope(passages))
        | quoted("bayes.barrier", PASSAGES, last=last["readings"], excess=last["expected"] / last["kramers"])
        | quoted("bayes.barrier", PASSAGES, "steps", **steps)
        | quoted("bayes.barrier", MODES, **modes)
        | quoted("bayes.barrier", MODES, "", NEED_STEPS, **crossed)
    )
