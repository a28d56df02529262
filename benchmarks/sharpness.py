"""Networks trained to one loss with the largest eigenvalue of each, beside scikit-learn, in one run.

Scikit-learn's MLPClassifier takes steps of the same batches and rates by `partial_fit`; what it needs for one
step is measured on every eighth network, and no eigenvalue is counted.
"""

import time
import warnings

import numpy as np
import pandas as pd

from scripts.sharpness import networks
from scripts.sharpness.data import sizes_of
from scripts.sharpness.kernels import measures

SETTINGS = {
    "training": 128, "batches": [8, 32, 128], "rates": [0.05, 0.15], "widths": [32, 64],
    "decays": [0.0, 0.0003], "noises": [0.0, 0.2], "samples": 2, "loss": 0.01,
}  # fmt: skip
EVERY = 8  # networks, of which scikit-learn trains one
EPOCHS = 30


def _ours():
    """Seconds of training and of eigenvalues, compilation included; and the steps of each network."""
    problem = networks.Problem("digits", SETTINGS, seed=1)
    rows = networks.design(SETTINGS)
    clock = [time.perf_counter()]
    weights, steps = networks.train(problem, rows)
    clock.append(time.perf_counter())
    rng = np.random.default_rng(0)
    for row, theta in zip(rows, weights, strict=True):
        data = problem.data(row)
        probes = rng.choice([-1.0, 1.0], size=(1, len(theta)))
        found = measures.curvature(
            theta, np.ones_like(theta), probes, data.x, data.y, sizes_of(data, row["width"])
        )
        assert found.residual < 1e-6 * found.largest
    clock.append(time.perf_counter())
    return np.diff(clock), steps, problem, rows


def _peer(problem, row):
    """Seconds of scikit-learn for some epochs of one network, and its steps."""
    from sklearn.neural_network import MLPClassifier

    data = problem.data(row)
    labels = data.y.argmax(axis=1)
    net = MLPClassifier(
        (row["width"],) * 2, solver="sgd", batch_size=row["batch"], learning_rate_init=row["rate"],
        momentum=0.0, alpha=row["decay"], random_state=0,
    )  # fmt: skip
    begun = time.perf_counter()
    for _ in range(EPOCHS):
        net.partial_fit(data.x, labels, classes=np.arange(10))
    return time.perf_counter() - begun, EPOCHS * (len(data.x) // row["batch"])


def table():
    """Seconds for all networks of either way, and the ratio of the seconds of one step."""
    warnings.simplefilter("ignore")
    (training, eigenvalues), steps, problem, rows = _ours()
    peers = np.array([_peer(problem, row) for row in rows[::EVERY]])
    ours, theirs = (training + eigenvalues) / steps.sum(), peers[:, 0].sum() / peers[:, 1].sum()
    return pd.DataFrame([
        {"form": "scikit-learn, no eigenvalue", "networks": len(peers), "steps": peers[:, 1].sum(),
         "seconds": peers[:, 0].sum(), "us_per_step": 1e6 * theirs, "faster": 1.0},
        {"form": "one compiled program, with eigenvalues", "networks": len(rows), "steps": steps.sum(),
         "seconds": training + eigenvalues, "us_per_step": 1e6 * ours, "faster": theirs / ours},
    ])  # fmt: skip
