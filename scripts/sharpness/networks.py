"""Train networks over all hyperparameters to one training loss, and lay every ruler to them: ``<task>.npz``.

Arrays over the M networks of the task: the hyperparameters ``batch``, ``rate``, ``width``, ``decay``,
``noise``, ``sample``; ``training`` (examples), ``target`` (the loss at which to stop); ``steps``; ``reached``
(whether it was); what `measure.performance` and `measure.measured` name, not a number where it was not;
``exact_trace``, ``exact_relative_trace``; the profiles [M, R]. ``chosen`` [2]: the flattest and the sharpest
network of those compared, with ``line`` [2, 41] and ``plane`` [2, 25, 25]; ``attack_<name>`` over the rows of
the rescaling attack; ``force``, ``descent``, ``rate_off``.
"""

import time
from itertools import product

import numpy as np
import pandas as pd

from scripts.common.io import InputError
from scripts.common.seeds import generator, words
from scripts.sharpness import measure, names, probes
from scripts.sharpness.data import sizes_of, task
from scripts.sharpness.kernels import network, training
from scripts.sharpness.names import HYPERPARAMETERS, PROFILES
from scripts.sharpness.theory.network import relu_traces

MOST_STEPS = 30000
NO_PROFILES = dict.fromkeys(PROFILES, np.full(len(names.RADII), np.nan))
NO_PROFILES |= {"relative_rise": np.full(len(names.RELATIVE_RADII), np.nan)}
EMPTY = dict.fromkeys((*names.COLUMNS, *names.EXACT, *names.PERFORMANCE), np.nan)


def design(settings):
    """All combinations of the hyperparameters.

    Parameters
    ----------
    settings : dict
        ``sharpness.networks`` of the configuration.

    Returns
    -------
    list of dict
        ``HYPERPARAMETERS`` of each network.
    """
    lists = [settings[name] for name in ("widths", "batches", "rates", "decays", "noises")]
    lists.append(range(settings["samples"]))
    return [dict(zip(HYPERPARAMETERS, each, strict=True)) for each in product(*lists)]


class Problem:
    """A task with its data sets and the seed of all random numbers."""

    def __init__(self, name, settings, seed):
        self.name, self.settings, self.seed = name, settings, seed
        self.sets = {}

    def data(self, row):
        """Training and test set of a network."""
        key = row["noise"], row["sample"]
        if key not in self.sets:
            self.sets[key] = task(self.name, self.settings["training"], key[0], self.seed, key[1])
        return self.sets[key]

    def sizes(self, row):
        """Layers of a network."""
        return sizes_of(self.data(row), row["width"])

    def labels(self, row, *given):
        """Label of a random stream for a network, by the given hyperparameters."""
        return ("sharpness/networks", self.name, *(f"{name}={row[name]}" for name in given))

    def rng(self, *labels):
        """Random numbers for looking closer at some networks."""
        return generator(self.seed, "sharpness/networks", self.name, "probes", *labels)

    def start(self, row):
        """Weights before training: one draw for each width and sample, whatever else differs."""
        rng = generator(self.seed, *self.labels(row, "width", "sample"), "start")
        return network.initial(self.sizes(row), rng)


def train(problem, rows):
    """Weights [M] of arrays and steps int[M], by groups that share width and batch.

    Networks whose loss was not reached have weights that are not measured: None.
    """
    weights, steps = [None] * len(rows), np.zeros(len(rows), int)
    for shape in dict.fromkeys((row["width"], row["batch"]) for row in rows):
        group = [i for i, row in enumerate(rows) if (row["width"], row["batch"]) == shape]
        members = [rows[i] for i in group]
        sets = [problem.data(row) for row in members]
        keys = [words(problem.seed, *problem.labels(row, *HYPERPARAMETERS), "order", n=1) for row in members]
        rates, decays = (np.array([row[name] for row in members]) for name in ("rate", "decay"))
        hyper = training.Settings(rates, decays, np.array(keys).view(np.uint32))
        x, y = (np.stack([getattr(data, name) for data in sets]) for name in ("x", "y"))
        target, sizes = problem.settings["loss"], sizes_of(sets[0], shape[0])
        starts = np.stack([problem.start(row) for row in members])
        theta, loss, taken = training.trained(starts, hyper, x, y, (target, MOST_STEPS), sizes, shape[1])
        for i, vector, value, count in zip(group, np.asarray(theta), loss, taken, strict=True):
            weights[i] = vector.astype(float) if value <= target else None
            steps[i] = count
    return weights, steps


def lay_rulers(problem, rows, weights):
    """Columns float64[M] and profiles float64[M, R] of all networks, by name."""
    values, profiles = [], []
    for row, theta in zip(rows, weights, strict=True):
        if theta is None:
            values.append(EMPTY)
            profiles.append(NO_PROFILES)
            continue
        data, sizes = problem.data(row), problem.sizes(row)
        rng = generator(problem.seed, *problem.labels(row, *HYPERPARAMETERS), "measures")
        found, profile = measure.measured(theta, problem.start(row), data, sizes, rng)
        exact = dict(zip(names.EXACT, relu_traces(theta, sizes, data.x), strict=True))
        values.append(found | exact | measure.performance(theta, data, sizes))
        profiles.append(profile)
    columns = {name: np.array([each[name] for each in values]) for name in values[0]}
    return columns | {name: np.array([each[name] for each in profiles]) for name in PROFILES}


def compared(rows, columns):
    """The flattest and the sharpest of the narrowest networks that learned clean labels, or of all."""
    reached = np.flatnonzero(np.isfinite(columns["largest"]))
    if len(reached) < 2:
        raise InputError(
            "sharpness.networks: fewer than two networks reached the training loss; "
            "allowed: a larger loss, smaller rates, less noise or decay"
        )
    clean = [i for i in reached if not rows[i]["noise"] and rows[i]["width"] == rows[0]["width"]]
    pool = np.array(clean if len(clean) > 1 else reached)
    order = pool[np.argsort(columns["largest"][pool])]
    return np.array([order[0], order[-1]])


def look_closer(problem, rows, weights, columns):
    """Slices, attack and forces: arrays by name."""

    def looked(probe, theta, i, *labels):
        return probe(theta, problem.data(rows[i]), problem.sizes(rows[i]), problem.rng(*labels))

    chosen = compared(rows, columns)
    slices = [looked(probes.slices, weights[i], i, "slices") for i in chosen]
    lines, planes = zip(*slices, strict=True)
    table, attacked = [], np.flatnonzero(np.isfinite(columns["largest"]))
    for i in attacked[:: max(1, len(attacked) // probes.ATTACKED)][: probes.ATTACKED]:
        found = looked(probes.attack, weights[i], i, "attack", f"network={i}")
        table += [{"network": i} | each for each in found]
    forces = looked(probes.forces, problem.start(rows[0]), 0, "forces")
    attacks = {f"attack_{name}": np.array([each[name] for each in table]) for name in table[0]}
    return {"chosen": chosen, "line": np.array(lines), "plane": np.array(planes), **attacks, **forces}


def checked(settings):
    """The settings, if every batch divides the training set; `InputError` otherwise."""
    odd = [batch for batch in settings["batches"] if settings["training"] % batch]
    if odd:
        raise InputError(
            f"sharpness.networks.batches: {odd[0]} does not divide training = {settings['training']}; "
            "allowed: divisors of it"
        )
    return settings


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        problem = Problem(snakemake.wildcards.task, checked(params.networks), params.seed)
        rows = design(problem.settings)
        clock = [time.perf_counter()]
        weights, steps = train(problem, rows)
        clock.append(time.perf_counter())
        columns = lay_rulers(problem, rows, weights)
        clock.append(time.perf_counter())
        arrays = {name: np.array([row[name] for row in rows]) for name in HYPERPARAMETERS}
        arrays["training"] = np.full(len(rows), problem.settings["training"])
        arrays["target"] = np.full(len(rows), float(problem.settings["loss"]))
        arrays |= {"steps": steps, "reached": np.array([theta is not None for theta in weights])}
        write(arrays=arrays | columns | look_closer(problem, rows, weights, columns))
        seconds = {"task": problem.name, "networks": len(rows), "steps": steps.sum()}
        seconds |= dict(zip(("training", "measures"), np.diff(clock), strict=True))
        write(timings=pd.DataFrame([seconds]))
