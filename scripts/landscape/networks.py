"""Where networks of growing width end, and what their solutions look like from inside.

Tables: ``widths.csv``, ``solutions.csv``, ``paths.csv``. Arrays in ``valleys.npz``: ``curvatures``
float64[k, P], the Hessians of the solutions of the largest network, and of one point away from them in
``away`` float64[P]; ``straight`` and ``floor`` float64[m], loss along the straight line between the first
two and along the floor of the valley, at the shares of the way ``at_straight`` and ``at_floor``.
"""

import numpy as np
import pandas as pd

from scripts.common.io import InputError
from scripts.common.seeds import generator
from scripts.landscape.kernels import descent, network, valley
from scripts.landscape.theory import network as plain

DESCENT, RATE, MOMENTUM = 300, 0.1, 0.9  # the descent that chooses the valley
POLISH, AT_REST = 600, 1e-9
SOLVED = 1e-12  # loss of a solution
RANK = 1e-9  # curvatures below this share of the largest count as none
PIECES, LONGEST = 60, 1200  # of the walk between two solutions
POINTS = 241  # of the straight line
LOOKS = ("gradient", "lowest_curvature", "hessian_off")
UNSEEN = (np.nan,) * len(LOOKS)
AWAY = 0.3  # distance from a solution, in units of its length, at which the rank is the other one


def landing(task, units, number, rng):
    """Networks from fresh starts to the bottom: (landscape, theta, loss, slope)."""
    x, y = task
    landscape = network.Network(x, y, units)
    theta = network.random_start(number, x.shape[-1], units, rng)
    theta = descent.momentum_descent(landscape, theta, DESCENT, RATE, MOMENTUM)
    return landscape, *descent.least_squares(landscape, theta, POLISH, AT_REST)


def teacher_tasks(tasks, seeds, examples, inputs, teacher, rng):
    """Data sets of several teachers, ``seeds`` times each: x float64[B, n, d], y float64[B, n]."""
    signs = np.where(np.arange(teacher) % 2 == 0, 1.0, -1.0)
    pairs = [network.teacher_task(examples, inputs, signs, rng)[:2] for _ in range(tasks)]
    return tuple(np.repeat(np.array(part), seeds, axis=0) for part in zip(*pairs, strict=True))


def final_losses(units, tasks, seeds, task, seed):
    """One row for each network that learns from a teacher.

    Parameters
    ----------
    units : sequence of int
    tasks, seeds : int
        Teachers with a data set each, and networks of each width for each of them.
    task : dict
        ``examples``, ``inputs``, ``teacher`` (its units).
    seed : int

    Returns
    -------
    pandas.DataFrame
        Columns ``units``, ``parameters``, ``examples``, ``inputs``, ``teacher`` (its units), ``task``,
        ``seed``, ``loss`` (at the end, in units of that of no answer), ``flat`` (directions without
        curvature), ``end``: solved, minimum, or moving; and of minima what `looked_at` finds.
    """
    x, y = teacher_tasks(tasks, seeds, **task, rng=generator(seed, "landscape/widths/teachers"))
    empty, tables = (y**2).mean(axis=1) / 2, []
    own = task | {"task": np.repeat(np.arange(tasks), seeds), "seed": np.tile(np.arange(seeds), tasks)}
    for width in units:
        rng = generator(seed, "landscape/widths", f"units={width}")
        landscape, theta, loss, slope = landing((x, y), width, len(x), rng)
        hessian = landscape.derivatives(theta)[2]
        curvatures = np.linalg.eigvalsh(hessian)
        resting = (slope <= AT_REST) & (curvatures[:, 0] > -RANK * curvatures[:, -1])
        end = np.where(loss <= SOLVED, "solved", np.where(resting, "minimum", "moving"))
        found = {"units": width, "parameters": landscape.n_parameters} | own | {"loss": loss / empty}
        found["flat"] = landscape.n_parameters - curvature_rank(curvatures)
        looks = [
            looked_at(theta[k], hessian[k], x[k], y[k], width) if end[k] == "minimum" else UNSEEN
            for k in range(len(x))
        ]
        found |= dict(zip(LOOKS, np.array(looks).T, strict=True))
        tables.append(pd.DataFrame(found | {"end": end}))
    return pd.concat(tables)


def looked_at(theta, hessian, x, y, units):
    """A minimum by the plain loss alone, which knows no derivatives by hand: three floats.

    Length of the gradient; curvature along the lowest direction of the Hessian in units of the largest;
    largest deviation of the Hessian times a vector, in the same units.
    """
    curvatures, directions = np.linalg.eigh(hessian)
    lowest, every = directions[:, 0], directions.sum(axis=1)
    curvature = lowest @ plain.product(theta, lowest, x, y, units)
    off = np.abs(hessian @ every - plain.product(theta, every, x, y, units)).max()
    slope = np.linalg.norm(plain.gradient(theta, x, y, units))
    return slope, curvature / curvatures[-1], off / curvatures[-1]


def curvature_rank(curvatures):
    """How many curvatures are not zero, int64[B], of float64[B, P] in rising order."""
    return (np.abs(curvatures) > RANK * curvatures[:, -1:]).sum(axis=1)


def solutions(units, examples, inputs, pairs, seed):
    """Solutions of networks that learn random answers, which no smaller network explains.

    Returns
    -------
    pandas.DataFrame
        Columns ``units``, ``parameters``, ``examples``, ``seed``, ``flat`` (directions without curvature),
        ``smallest`` and ``next`` (the last curvature that counts and the first that does not, in units of
        the largest), ``rank_away`` (at a point off the solution), ``flat_forgetting`` (``flat`` with one
        example left out).
    kept : dict of int to (Network, float64[k, P], float64[k, P], float64[P])
        By units: landscape, solutions, their curvatures, curvatures off the first.
    """
    rows, kept = [], {}
    rng = generator(seed, "landscape/valley/answers")
    x, y = rng.standard_normal((examples, inputs)), rng.standard_normal(examples)
    for width in units:
        rng = generator(seed, "landscape/valley", f"units={width}")
        landscape, theta, loss, _ = landing((x, y), width, 2 * pairs, rng)
        if not (loss < SOLVED).any() or landscape.n_parameters <= examples:
            continue
        floors = [valley.onto_floor(landscape, found) for found in theta[loss < SOLVED]]
        theta = np.array([point for point, _ in floors])
        curvatures = np.linalg.eigvalsh(landscape.derivatives(theta)[2])
        shift = rng.standard_normal(theta.shape)
        shift *= AWAY * np.linalg.norm(theta, axis=1, keepdims=True) / np.linalg.norm(shift, axis=1)[:, None]
        off = np.linalg.eigvalsh(landscape.derivatives(theta + shift)[2])
        scaled = np.abs(curvatures[:, ::-1]) / curvatures[:, -1:]
        rank = curvature_rank(curvatures)
        columns = {"units": width, "parameters": landscape.n_parameters, "examples": examples}
        fewer = network.Network(x[1:], y[1:], width).derivatives(theta)[2]
        columns |= {"seed": range(len(theta)), "flat": landscape.n_parameters - rank}
        columns |= {"smallest": scaled[:, examples - 1], "next": scaled[:, examples]}
        columns |= {"rank_away": curvature_rank(off)}
        columns["flat_forgetting"] = landscape.n_parameters - curvature_rank(np.linalg.eigvalsh(fewer))
        rows.append(pd.DataFrame(columns))
        kept[width] = landscape, theta, curvatures, off[0]
    if not rows:
        raise InputError(
            "landscape.valley: no network found a solution; allowed: more units or fewer examples,"
            " so that units * (inputs + 1) is well above examples"
        )
    return pd.concat(rows), kept


def paths(kept):
    """Straight lines and walks along the floor between pairs of solutions.

    Returns
    -------
    pandas.DataFrame
        Columns ``units``, ``pair``, ``straight`` (highest loss on the straight line), ``floor`` (on the
        walk), ``length`` (of the walk in units of the line), ``left`` (distance left at its end, in the same
        units).
    arrays : dict of str to float64[m]
        The first pair of the largest network.
    """
    rows, arrays = [], {}
    for width, (landscape, theta, _, _) in kept.items():
        for pair in range(len(theta) // 2):
            start, goal = theta[2 * pair], theta[2 * pair + 1]
            line = start + (goal - start) * np.linspace(0, 1, POINTS)[:, None]
            straight = landscape.loss(line)
            path = valley.walk(landscape, start, goal, PIECES, LONGEST)
            floor, distance = valley.losses_along(landscape, path), np.linalg.norm(goal - start)
            length = np.linalg.norm(np.diff(path, axis=0), axis=1).sum() / distance
            left = np.linalg.norm(goal - path[-1]) / distance
            rows.append((width, pair, straight.max(), floor.max(), length, left))
            if pair == 0:
                arrays = {"straight": straight, "at_straight": np.linspace(0, 1, POINTS), "floor": floor}
                arrays["at_floor"] = np.linspace(0, 1, len(floor))
    columns = ["units", "pair", "straight", "floor", "length", "left"]
    return pd.DataFrame(rows, columns=columns), arrays


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        widths = dict(params.widths)
        task = {name: widths.pop(name) for name in ("examples", "inputs", "teacher")}
        write(widths=final_losses(**widths, task=task, seed=params.seed))
        table, kept = solutions(**params.valley, seed=params.seed)
        path_table, arrays = paths(kept)
        _, _, curvatures, away = kept[max(kept)]
        write(solutions=table, paths=path_table, arrays={"curvatures": curvatures, "away": away} | arrays)
