"""All measures of one trained network, each with its error."""

import numpy as np

from scripts.common.columns import pairs
from scripts.common.statistics import jackknife
from scripts.sharpness.kernels import measures, network
from scripts.sharpness.names import RADII, RELATIVE_RADII

PAIRS = 12  # of opposite moves, so that the slope of the loss drops out
RISE = 0.1  # in nats: what counts as leaving the valley
ENTROPY_AT = 8  # index of the radius at which the local entropy is taken
NEAR = 1e-6  # so close to the minimum that hardly a ReLU switches
LONGER = 1.01  # planted fault of a control


def measured(theta, start, data, sizes, rng):
    """Every ruler laid to one network.

    Parameters
    ----------
    theta, start : float64[P]
        Weights after and before training.
    data : Task
    sizes : tuple of int
    rng : numpy.random.Generator

    Returns
    -------
    values : dict of str to float
        `names.COLUMNS`; ``along_ratio`` is the rise of the loss along the leading eigenvector, close to the
        minimum, over half the largest eigenvalue times the square of the distance; ``along_off`` the same
        for moves that are 1 % longer than that.
    profiles : dict of str to float64[R]
        `names.PROFILES`: mean rise of the loss at `RADII`, its error, and that at `RELATIVE_RADII`.
    """
    problem = (data.x, data.y, sizes)
    probes = rng.choice([-1.0, 1.0], size=(measures.PROBES, len(theta)))
    moves = rng.normal(size=(PAIRS, len(theta)))
    plain = measures.curvature(theta, np.ones_like(theta), probes, *problem)
    relative = measures.curvature(theta, np.abs(theta), probes, *problem)
    rises = _both_ways(theta, moves, RADII, problem)
    scaled = _both_ways(theta, moves * np.abs(theta), RELATIVE_RADII, problem).mean(axis=2)
    means = rises.mean(axis=2)
    values = pairs(largest=plain[:2], trace=plain[3:])
    values |= pairs(relative_largest=relative[:2], relative_trace=relative[3:])
    values["worst_rise"] = measures.worst_rise(theta, plain.vector, *problem)
    values |= pairs(local_entropy=local_entropy(rises[ENTROPY_AT], len(data.x)))
    values |= pairs(radius=radius(means, RADII), relative_radius=radius(scaled, RELATIVE_RADII))
    values["distance"] = np.linalg.norm(theta - start)
    along = _both_ways(theta, np.asarray(plain.vector)[None], NEAR * np.array([1.0, LONGER]), problem)
    ratios = along.mean(axis=(1, 2)) / (float(plain.largest) * NEAR**2 / 2)
    values["along_ratio"], values["along_off"] = ratios
    error = means.std(axis=1, ddof=1) / np.sqrt(PAIRS)
    profiles = {"rise": means.mean(axis=1), "rise_err": error, "relative_rise": scaled.mean(axis=1)}
    return {name: float(value) for name, value in values.items()}, profiles


def _both_ways(theta, moves, radii, problem):
    """Rises after moves and after their opposites, float64[R, M, 2]."""
    return np.stack([measures.rises(theta, side * moves, radii, *problem) for side in (1, -1)], axis=2)


def local_entropy(rises, n):
    """Minus the logarithm of the mean of e^{-n rise}, per example: large where little of a ball is low.

    The weights of the ball are those of a posterior with n examples (Chaudhari et al., ICLR 2017,
    arXiv:1611.01838, whose local entropy has the opposite sign).

    Parameters
    ----------
    rises : float64[M, 2]
        Rise of the mean loss after M random moves and their opposites.
    n : int
        Training examples.

    Returns
    -------
    Estimate
    """
    return jackknife(np.exp(-n * rises).mean(axis=1)[:, None], lambda means: -np.log(means[..., 0]) / n)


def radius(rises, radii):
    """Distance of random moves at which the loss has risen by `RISE` on average, float with error.

    Parameters
    ----------
    rises : float64[R, M]
        At R rising radii for M pairs of moves; between the radii the logarithm is interpolated.
    radii : float64[R]
        The result stays between the first and the last of them.

    Returns
    -------
    Estimate
    """

    def crossing(mean):
        height = np.log(np.maximum(np.maximum.accumulate(mean), 1e-300))
        return np.exp(np.interp(np.log(RISE), height, np.log(radii)))

    return jackknife(rises.T, lambda means: np.apply_along_axis(crossing, -1, means))


def _relu(z):
    return np.maximum(z, 0.0)


def performance(theta, data, sizes):
    """Training loss of a network, and its errors on the training, the test, and the shifted test set."""
    weights = network.layers(theta, sizes)
    one_hot = np.eye(data.y.shape[1])[data.classes]
    sets = {"train": (data.x, data.y), "test": (data.x_test, one_hot), "shifted": (data.x_shifted, one_hot)}
    found = {}
    for name, (x, y) in sets.items():
        z = network.outputs(weights, x, _relu)
        found[f"{name}_error"] = float((z.argmax(axis=1) != y.argmax(axis=1)).mean())
        if name == "train":
            top = z.max(axis=1)
            loss = top + np.log(np.exp(z - top[:, None]).sum(axis=1)) - (z * y).sum(axis=1)
            found["train_loss"] = float(loss.mean())
    return found
