"""Noise in a valley and between two: ``quadratic.csv``, ``wells.csv``, ``escape.csv``.

k_B = 1. A chain of stochastic gradient descent has the learning rate as its step of time; walkers between two
valleys have the temperature D itself.
"""

import numpy as np
import pandas as pd

from scripts.common.columns import pairs
from scripts.common.seeds import generator
from scripts.common.statistics import jackknife, replica_mean
from scripts.sharpness.kernels import quadratic as chains
from scripts.sharpness.kernels import wells as walkers
from scripts.sharpness.theory import quadratic, wells

CURVATURE = np.array([1.0, 0.25])
UNEVEN = np.array([[2.0, 0.8], [0.8, 0.5]])  # stronger in one direction, and aslant to the valley
NOISES = {"isotropic": np.eye(2), "anisotropic": UNEVEN}
EXAMPLES, CHAINS = 256, 64
DT_OCCUPATION, DT_PASSAGE = 0.02, 0.04
WALKERS = 64
SETTLING = 8  # relaxation times before anything is counted
SHALLOW = 0.6  # depth of the flat valley over that of the sharp one, where they differ
HOT, HOTTER = "0.08", 1.1  # where walkers are a tenth too hot
COLD, COLD_TIME, COLD_WALKERS = 0.04, 250.0, 1000  # noise too weak to cross in the time of the run


def examples(noise, rng):
    """Examples float64[256, 2] whose gradients H x have exactly the covariance ``noise`` and mean zero."""
    z = rng.normal(size=(EXAMPLES, 2))
    z -= z.mean(axis=0)
    z = z @ np.linalg.inv(np.linalg.cholesky(z.T @ z / EXAMPLES)).T
    return z @ np.linalg.cholesky(noise).T / CURVATURE


def quadratic_rows(settings, seed):
    """Stationary moments for each kind of noise, learning rate and batch size.

    Parameters
    ----------
    settings : dict
        ``rates``, ``batches``, and ``steps`` of all chains together.
    seed : int

    Returns
    -------
    list of dict
    """
    rows = []
    for kind, noise in NOISES.items():
        for rate in settings["rates"]:
            for batch in settings["batches"]:
                rng = generator(seed, "sharpness/noise", kind, f"rate={rate}", f"batch={batch}")
                rows.append(
                    {"noise": kind, "rate": rate, "batch": batch}
                    | _stationary(noise, rate, batch, settings["steps"], rng)
                )
    return rows


def _stationary(noise, rate, batch, steps, rng):
    sample, theta = examples(noise, rng), np.zeros((CHAINS, 2))
    row = {"chains": CHAINS}
    relaxation = 1 / (rate * CURVATURE.min())
    chains.moments(theta, sample, CURVATURE, rate, batch, int(SETTLING * relaxation) + 1, rng)
    # The flat direction forgets slowly: its share of independent values falls with the rate.
    length = int(max(1.0, relaxation / 2) * steps / CHAINS) + 1
    means = chains.moments(theta, sample, CURVATURE, rate, batch, length, rng)
    expected = quadratic.covariance(CURVATURE, noise, rate, batch)
    temperature = quadratic.langevin_temperature(np.diag(noise), rate, batch)
    for i in range(2):
        row |= pairs(**{f"variance_{i + 1}": replica_mean(means[:, i])})
        row[f"expected_{i + 1}"] = expected[i, i]
    row["langevin_1"] = temperature[0] / CURVATURE[0]
    ratio = jackknife(means, lambda m: CURVATURE[0] * m[..., 0] / (CURVATURE[1] * m[..., 1]))
    # In units of the spread, per step: how far the cloud turns.
    turn = jackknife(means, lambda m: m[..., 3] / (rate * np.sqrt(m[..., 0] * m[..., 1])))
    scale = rate * np.sqrt(expected[0, 0] * expected[1, 1])
    exact = CURVATURE[0] * expected[0, 0] / (CURVATURE[1] * expected[1, 1])
    turned = quadratic.turn(CURVATURE, noise, rate, batch) / scale
    return row | pairs(ratio=ratio, turn=turn) | {"ratio_expected": exact, "turn_expected": turned}


def occupation_rows(settings, seed):
    """Share of the time in the flat valley, all walkers starting in the sharp one.

    The length of a run follows from the exact time between the valleys, so that every temperature gets as
    many independent samples.
    """
    rows, width = [], settings["width"]
    for depth in (1.0, SHALLOW):
        for text in settings["temperatures"]:
            D = float(text)
            there = wells.passage_time(D, -1.0, width, width, depth)
            share = wells.flat_share(D, width, depth)
            relaxation = there * (1 - share)  # 1/tau = 1/there + 1/back, and back/there = share/(1 - share)
            rng = generator(seed, "sharpness/noise", "occupation", f"depth={depth}", f"D={text}")
            x, steps = np.full(WALKERS, -1.0), int(SETTLING * relaxation / DT_OCCUPATION)
            walkers.occupation(x, (width, depth), D, DT_OCCUPATION, steps, rng)
            steps = int(2 * relaxation * settings["samples"] / WALKERS / DT_OCCUPATION) + 1
            means = walkers.occupation(x, (width, depth), D, DT_OCCUPATION, steps, rng)
            rows.append(_occupied("equilibrium", depth, D, means, width))
    rng = generator(seed, "sharpness/noise", "occupation", "cold")
    x, steps = np.full(COLD_WALKERS, -1.0), int(COLD_TIME / DT_OCCUPATION)
    walkers.occupation(x, (width, 1.0), COLD, DT_OCCUPATION, steps, rng)
    return [*rows, _occupied("cold", 1.0, COLD, (x > 0).astype(float), width)]


def _occupied(run, depth, D, means, width):
    share = replica_mean(means)
    # Nobody may have crossed: one more walker on either side keeps the error above zero.
    n, inside = len(means), means.sum()
    error = share.err if share.err > 0 else np.sqrt((inside + 1) * (n - inside + 1) / (n + 2) ** 3)
    row = {"run": run, "width": width, "depth": depth, "D": D, "walkers": n}
    return row | pairs(share=(share.value, error)) | {"share_expected": wells.flat_share(D, width, depth)}


def passage_rows(settings, seed):
    """Mean times from floor to floor between equal valleys, with the exact ones and Kramers' law.

    The run ``hotter`` has a fault: walkers a tenth hotter than D says.
    """
    rows, n, texts = [], settings["passages"]["walkers"], settings["passages"]["temperatures"]
    runs = [("right", text, 1.0) for text in texts] + [("hotter", HOT, HOTTER)] * (HOT in texts)
    for run, text, fault in runs:
        D, rng = float(text), generator(seed, "sharpness/noise", "passages", f"D={text}", f"run={run}")
        times = walkers.passages((1.0, 1.0), fault * D, DT_PASSAGE, n, rng)
        exact = {"expected": wells.passage_time(D), "kramers": wells.kramers_time(D)}
        rows.append({"run": run, "D": D, "walkers": n} | pairs(time=replica_mean(times)) | exact)
    return rows


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(quadratic=pd.DataFrame(quadratic_rows(params.quadratic, params.seed)))
        write(wells=pd.DataFrame(occupation_rows(params.wells, params.seed)))
        write(escape=pd.DataFrame(passage_rows(params.wells, params.seed)))
