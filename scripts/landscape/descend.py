"""Descent in a bowl and near saddles: ``bowl.csv``, ``escape.csv``, ``plateau.csv``, ``descents.npz``.

Arrays: ``bowl`` float64[steps + 1, starts], distances from the minimum of the bowl with the smallest ridge;
``plateau`` float64[distances, steps], loss of the first start at each distance from the saddle of a network,
in units of that at the saddle.
"""

from itertools import product

import numpy as np
import pandas as pd

from scripts.common.digits import handwritten_digits
from scripts.common.io import InputError
from scripts.common.seeds import generator
from scripts.landscape.kernels import bowl, critical, descent, network, optimizers
from scripts.landscape.theory import adam, escape
from scripts.landscape.theory import bowl as bottom
from scripts.landscape.theory import network as plain

IMAGES, COMPONENTS = 500, 20  # of the digits: so many, in so many principal components
NEAR = 1e-12  # distance from the minimum at which a start has arrived
ENDS = 1e-8, 1e-11  # between these distances the rate is measured
RIDGE_OFF, RATIO_OFF, ADAM_OFF, RATE_OFF = 1.01, 1.02, 1.05, 1.01  # planted faults of the controls
FEW, FEW_SEEDS = 3, 10  # starts with a fault, in a bowl and near a saddle
MOMENTA = (("descent", optimizers.DESCENT, 0.0), ("heavy_ball", optimizers.HEAVY_BALL, optimizers.BETA1))
TURNS = (("adam", 0.0), ("adam_turned", np.pi / 4))
TWIN = 100  # ratio of curvatures at which another Adam is asked
START = 1e-3  # typical distance from the ridge of the saddle at the start
EXAMPLES, INPUTS = 200, 8  # of the network with a plateau
APART = 0.3  # distance between its two units at which they have parted
FLAT = 1e-11  # length of the gradient at a saddle
LONGEST = 200_000


def digit_task():
    """Even digits (+1) against odd ones (-1): x float64[500, 20], y float64[500]."""
    images, shown = (part[:IMAGES] for part in handwritten_digits())
    x = images - images.mean(axis=0)
    x = x @ np.linalg.svd(x, full_matrices=False)[2][:COMPONENTS].T
    return x / x.std(), np.where(shown % 2 == 0, 1.0, -1.0)


def bowls(starts, ridges, seed):
    """Each bowl: its condition number, where all starts end, and how fast.

    Returns
    -------
    pandas.DataFrame
        Columns ``ridge``, ``condition``, ``starts``, ``steps``, ``spread`` (largest difference of a
        coordinate between two ends, or an end and the minimum), ``rate`` (of the slowest part, per step),
        ``ridge_off`` (largest distance from the minimum if the ridge of the descent is 1 % too large).
    distance : float64[steps + 1, starts]
        Of the last bowl.
    """
    x, y = digit_task()
    theta = 3 * generator(seed, "landscape/bowl").standard_normal((starts, x.shape[1]))
    rows = []
    for ridge in sorted(ridges, reverse=True):
        lowest, rate = bottom.lowest_point(x, y, ridge), 1 / bowl.steepest(x, ridge)
        curvatures, directions = np.linalg.eigh(bottom.hessian(lowest, x, y, ridge))
        task = x, y, ridge, lowest, directions[:, 0]
        ends, distance, along = bowl.descent(theta, task, rate, NEAR, LONGEST)
        farthest = distance.max(axis=1)
        first, last = (int(np.argmax(farthest < limit)) for limit in ENDS)
        measured = np.median(np.log(along[last] / along[first])) / (last - first)
        spread = np.ptp(np.vstack([ends, lowest]), axis=0).max()
        faulty = x, y, RIDGE_OFF * ridge, lowest, directions[:, 0]
        off = bowl.descent(theta[:FEW], faulty, rate, NEAR, len(distance))[1][-1].max()
        rows.append((ridge, 1 / (rate * curvatures[0]), starts, len(distance) - 1, spread, measured, off))
    columns = ["ridge", "condition", "starts", "steps", "spread", "rate", "ridge_off"]
    return pd.DataFrame(rows, columns=columns), distance


def saddles(ratios, seeds, adam_rates, seed):
    """Steps to leave a saddle, for each optimizer, learning rate and ratio of curvatures.

    Returns
    -------
    pandas.DataFrame
        Columns ``ratio``, ``method``, ``rate``, ``seed``, ``start`` (|y|), ``steps``, ``expected`` (exact; of
        Adam that of Optax at one ratio, else empty). The methods ``descent_off`` and ``adam_off`` have a
        fault: a ratio, and a learning rate, a few percent too large.
    """
    rng = generator(seed, "landscape/saddle")
    starts = np.stack([rng.standard_normal(seeds), START * rng.standard_normal(seeds)], axis=1)
    distance, rows = np.abs(starts[:, 1]), []
    for ratio in ratios:
        for name, method, beta in MOMENTA:
            exact = np.ceil(escape.escape_time(distance, 1 / ratio, beta))
            rows.append((ratio, name, 1.0, optimizers.escape_steps(starts, ratio, method, 1.0), exact))
            if method == optimizers.DESCENT and ratio == max(ratios):
                steps = optimizers.escape_steps(starts, RATIO_OFF * ratio, method, 1.0)
                rows.append((ratio, "descent_off", 1.0, steps, exact))
        for rate, (name, turn) in product(adam_rates, TURNS):
            steps = optimizers.escape_steps(starts, ratio, optimizers.ADAM, rate, turn=turn)
            twin = np.array(adam.escape_steps(starts, ratio, rate, turn), float) if ratio == TWIN else np.nan
            rows.append((ratio, name, rate, steps, twin))
            if ratio == TWIN and turn and rate == min(adam_rates):
                off = optimizers.escape_steps(starts, ratio, optimizers.ADAM, ADAM_OFF * rate, turn=turn)
                rows.append((ratio, "adam_off", rate, off, twin))
    own = {"seed": range(seeds), "start": distance}
    return pd.concat(
        pd.DataFrame({"ratio": ratio, "method": name, "rate": rate, **own, "steps": steps, "expected": exact})
        for ratio, name, rate, steps, exact in rows
    )


def plateau_task(seed):
    """A network of two units on a plateau: (network, saddle float64[P], its most negative curvature).

    The teacher has two units of equal sign. The best network with both units equal is a saddle.
    """
    for attempt in range(20):
        rng = generator(seed, "landscape/plateau", f"attempt={attempt}")
        x, y, _ = network.teacher_task(EXAMPLES, INPUTS, np.ones(2), rng)
        start = network.random_start(8, INPUTS, 1, rng)
        alone = network.Network(x, y, 1)
        single, loss, _ = descent.least_squares(alone, start, 300, 1e-8)
        single, slope = critical.minimize_gradient(alone, single, 50, 1e-14)  # to the last digit
        best = np.argmin(np.where(slope < FLAT, loss, np.inf))
        weights, v = single[best, :INPUTS], single[best, INPUTS:]
        saddle, pair = np.concatenate([weights, weights, v / 2, v / 2]), network.Network(x, y, 2)
        curvature = np.linalg.eigvalsh(plain.hessian(saddle, x, y, 2))[0]
        if slope[best] < FLAT and curvature < -0.05:
            return pair, saddle, curvature
    raise InputError("landscape: no network with a plateau was found; allowed: another seed")


def parting(pair, saddle, offsets, rate):
    """Steps, with a fraction, until the units have parted, and the loss of the first start.

    Parameters
    ----------
    pair : Network
    saddle : float64[P]
    offsets : float64[B, P]
        Starts less the saddle.
    rate : float

    Returns
    -------
    steps : float64[B]
    losses : list of float
    """

    def apart(theta):
        return np.linalg.norm(theta[:, :INPUTS] - theta[:, INPUTS : 2 * INPUTS], axis=1)

    theta = saddle + offsets
    distance, steps, losses = apart(theta), np.full(len(theta), np.nan), []
    for step in range(1, LONGEST):
        loss, gradient = pair.slope(theta)
        losses.append(loss[0])
        theta = theta - rate * gradient
        new = apart(theta)
        crossed = np.isnan(steps) & (new >= APART)
        steps[crossed] = step - np.log(new[crossed] / APART) / np.log(new[crossed] / distance[crossed])
        distance = new
        if not np.isnan(steps).any():
            return steps, losses
    raise InputError("landscape.plateau.rate: the network does not leave its plateau; allowed: a larger rate")


def plateaus(distances, seeds, rate, seed):
    """Time on the plateau against the distance from the saddle at the start.

    Returns
    -------
    pandas.DataFrame
        Columns ``run`` (right, or rate_off: steps that are 1 % longer than ``rate`` says), ``distance``,
        ``seed``, ``steps``, ``rate``, ``curvature`` (the most negative).
    losses : float64[distances, steps]
        Loss of the first seed in units of that of the saddle; nan after its end.
    """
    pair, saddle, curvature = plateau_task(seed)
    offsets = generator(seed, "landscape/plateau/starts").standard_normal((seeds, len(saddle)))
    offsets /= np.linalg.norm(offsets, axis=1, keepdims=True)
    tables, curves = [], []
    for run, used, number in (("right", rate, seeds), ("rate_off", RATE_OFF * rate, min(seeds, FEW_SEEDS))):
        for distance in sorted(distances, reverse=True):
            steps, losses = parting(pair, saddle, distance * offsets[:number], used)
            columns = {"run": run, "distance": distance, "seed": range(number), "steps": steps}
            tables.append(pd.DataFrame(columns | {"rate": rate, "curvature": curvature}))
            curves.append(losses)
    curves = curves[: len(distances)]
    shown = np.full((len(curves), max(map(len, curves))), np.nan)
    for row, losses in zip(shown, curves, strict=True):
        row[: len(losses)] = losses
    return pd.concat(tables), shown / pair.loss(saddle[None])[0]


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        bowl_table, distance = bowls(**params.bowl, seed=params.seed)
        plateau_table, losses = plateaus(**params.plateau, seed=params.seed)
        write(bowl=bowl_table, plateau=plateau_table, arrays={"bowl": distance, "plateau": losses})
        write(escape=saddles(**params.saddle, seed=params.seed))
