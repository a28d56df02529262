"""Tables of the theory alone: ``overlap_theory.csv``, ``lines.csv``, ``limits.csv``, ``theory.csv``."""

import numpy as np
import pandas as pd

from scripts.hopfield.theory import lines, one_step, temperature, zero_temperature

LOADS = np.array([0.0005, 0.001, 0.0025, 0.005, 0.01, 0.02, 0.03, 0.04, 0.045, 0.05, 0.0515, 0.06, 0.075,
                  0.09, 0.105, 0.12, 0.128, 0.133, 0.136, 0.1374])  # fmt: skip
LINES = {"T_M": lines.retrieval_temperature, "T_c": lines.thermodynamic_temperature,
         "T_R": lines.instability_temperature, "T_g": lines.glass_temperature}  # fmt: skip
SIZES = np.geomspace(100, 1e6, 41).round().astype(int)


def overlap_theory():
    """m, energy and noise of the retrieval state at T = 0 up to the capacity."""
    alpha_c = zero_temperature.capacity()[0]
    loads = np.concatenate([np.linspace(0.005, 0.13, 60), alpha_c - np.geomspace(7e-3, 1e-9, 40)])
    rows = [
        {"alpha": a, "overlap": zero_temperature.overlap(a), "energy": zero_temperature.energy(a),
         "noise": zero_temperature.noise(a), "one_step": zero_temperature.one_step_overlap(a)}
        for a in loads
    ]  # fmt: skip
    return pd.DataFrame(rows)


def line_table():
    """T_M, T_c, T_R and T_g by load; empty where a line does not reach."""
    loads = [*LOADS.tolist(), 0.145, 0.16, 0.18, 0.2]
    rows = [{"alpha": load} | {name: line(float(load)) for name, line in LINES.items()} for load in loads]
    return pd.DataFrame(rows)


def limit_table():
    """Loads without errors at each size: (1 - p)^N = 1/2, and its limit 1/(2 ln N)."""
    rows = [(n, one_step.error_free_load(n), 1 / (2 * np.log(n))) for n in SIZES.tolist()]
    return pd.DataFrame(rows, columns=["N", "half_stable", "limit"])


def quantities():
    """The numbers that the chapter quotes, by name: rows of ``theory.csv``."""
    alpha_c, m_c = zero_temperature.capacity()
    values = {
        "alpha_c": alpha_c,
        "m_c": m_c,
        "largest_load": max(temperature.largest_load(T)[0] for T in np.arange(0.02, 0.027, 0.001)),
        "T_M_005": lines.retrieval_temperature(0.05),
        "ground_state_load": zero_temperature.ground_state_load(),
    }
    return pd.DataFrame([{"quantity": name, "value": value} for name, value in values.items()])


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (_, write):
        write(overlap=overlap_theory(), lines=line_table(), limits=limit_table(), theory=quantities())
