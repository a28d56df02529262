"""Tensor renormalization at the critical point: seconds and relative error of the free energy, on one core.

Both methods, at the numbers of states that the chapter quotes. The time is that of a whole free energy,
thirty doublings of the lattice; errors do not depend on the machine.
"""

import time

import pandas as pd

from scripts.renormalization.tensors import free_energy
from scripts.renormalization.theory.square import critical_temperature

CASES = (("trg", 16), ("trg", 24), ("hotrg", 16), ("hotrg", 24), ("hotrg", 32))


def table(cases=CASES, rounds=2):
    """One row per method and number of states.

    Parameters
    ----------
    cases : sequence of (str, int)
        Method and number of states.
    rounds : int
        Times each is tried, in turn; the shortest counts.

    Returns
    -------
    pandas.DataFrame
        ``method, chi, seconds, relative_error``.
    """
    for method in {method for method, _ in cases}:
        free_energy(method, 4, critical_temperature())  # compiled before it is timed
    rows = {}
    for _ in range(rounds):
        for case in cases:
            start = time.perf_counter()
            error = free_energy(*case, critical_temperature())["relative_error"]
            seconds = min(time.perf_counter() - start, rows.get(case, (float("inf"),))[0])
            rows[case] = (seconds, error)
    listed = [(*case, *row) for case, row in rows.items()]
    return pd.DataFrame(listed, columns=["method", "chi", "seconds", "relative_error"])
