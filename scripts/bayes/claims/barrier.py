"""A posterior with two modes: row 5.2-09."""

import numpy as np

from scripts.bayes.claims.shared import deviation, has_power
from scripts.common.claims.findings import Found, column, known, provided, quoted

PASSAGES = {"data": "bayes/tables/passages.csv", "rule": "bayes_barrier"}
MODES = {"data": "bayes/tables/modes.csv", "rule": "bayes_barrier"}
NEED_READINGS = "three or more of bayes.barrier.readings"
NEED_STEPS = "bayes.barrier.steps long enough for bayes.barrier.few"
NEED_FEWER = "bayes.barrier.steps far below the time to cross at bayes.barrier.many"
HIGHER = 1.1  # barrier of the control
NEED_WALKERS = "more walkers in bayes.barrier.walkers"
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
    walkers = passages["walkers"].sum()
    z, higher = (
        ((passages[name] - passages["expected"]) / passages[f"{name}_err"]).dropna()
        for name in ("steps", "higher")
    )
    control = [("5.2-09", "higher_barrier", deviation(higher, n_effective=walkers), 0.0)]
    low = passages.dropna(subset="higher")
    power = has_power((HIGHER - 1) * low["barrier"], low["higher_err"] / low["expected"])
    times = [
        ("5.2-09", "passages", deviation(z, n_effective=walkers), 0.0),
        *provided(power, NEED_WALKERS, control),
        ("5.2-09", "growth", *barrier_slope(passages), NEED_READINGS),
    ]
    crossed, stuck = (known(column(row, "position")) for row in (few, many))
    crossed = crossed and crossed._replace(degrees_of_freedom=few["position_freedom"])
    if many["evaluations"] >= RARE * crossing_steps(many["readings"]):
        stuck = None
    weight = column(tempered, "weight", replicas="chains")
    balanced = [
        ("5.2-09", part, column(tempered, part, replicas="chains"), 1.0) for part in ("energies", "exchanges")
    ]
    positions = [
        ("5.2-09", "few", crossed, few["position_expected"], NEED_STEPS),
        ("5.2-09", "stuck", stuck, many["position_expected"], NEED_FEWER),
        ("5.2-09", "tempered", weight, tempered["weight_expected"]),
    ]
    return [(PASSAGES, times), (MODES, [*positions, *balanced])]


def crossing_steps(readings):
    """Kramers' law for the steps of the single chains, whose width is 2.4 / sqrt(1 + 4 n)."""
    return np.pi * np.sqrt(2) * np.exp(readings / 2) * (1 + 4 * readings) / (2.4**2 * readings)


def barrier_slope(passages):
    """Growth of the logarithm of the steps with each reading: measured with its error, and exact.

    All walkers know their times equally well, relative to these, so that every number of readings
    counts alike. None and None with fewer than three.
    """
    if len(passages) < 3:
        return None, None
    x = passages["readings"] - passages["readings"].mean()
    weights = x / (x**2).sum()
    relative = passages["steps_err"] / passages["steps"]
    error = np.sqrt(((weights * relative) ** 2).sum())
    walkers = passages["walkers"].sum()
    measured = Found(weights @ np.log(passages["steps"]), error, None, walkers)
    return measured, weights @ np.log(passages["expected"])


def numbers(data):
    """What the chapter quotes of the two modes."""
    passages = data["passages"].sort_values("readings")
    _, many, tempered = (row for _, row in data["modes"].iterrows())
    last = passages.iloc[-1]
    slope, exact = barrier_slope(passages)
    steps = {"last_steps": column(last, "steps"), "last_expected": last["expected"]}
    modes = {
        "many": many["readings"],
        "evaluations": many["evaluations"],
        "waiting": np.log10(crossing_steps(many["readings"])),
        "weight": column(tempered, "weight"),
        "weight_expected": tempered["weight_expected"],
        "position_expected": many["position_expected"],
        "r_hat": many["r_hat"],
    }
    crossed = {"position": known(column(many, "position")), "r_hat_both": known(many["r_hat_both"])}
    return (
        quoted("bayes.barrier", PASSAGES, "", NEED_READINGS, slope=slope, slope_exact=exact)
        | quoted("bayes.barrier", PASSAGES, last=last["readings"], excess=last["expected"] / last["kramers"])
        | quoted("bayes.barrier", PASSAGES, "steps", **steps)
        | quoted("bayes.barrier", MODES, **modes)
        | quoted("bayes.barrier", MODES, "", NEED_STEPS, **crossed)
    )
