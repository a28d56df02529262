"""Annealing of restricted Boltzmann machines: tables of odds, matrix products, one unit at a time."""

import time

import numpy as np
import pandas as pd

from scripts.boltzmann.kernels import block_gibbs, heat_bath, plain
from scripts.boltzmann.parameters import as_ising, random_rbm
from scripts.common.seeds import generator, words

SHAPES = ((14, 9), (64, 64), (64, 256))  # visible and hidden units
CHAINS, STEPS = 500, 40
ROUNDS = 7


def table(shapes=SHAPES, rounds=ROUNDS):
    """Nanoseconds per update of a unit, the best of several rounds in turn: a data frame."""
    rows = []
    for n_visible, n_hidden in shapes:
        rbm = random_rbm(generator(1, "benchmarks/block_gibbs"), n_visible, n_hidden, weight=0.1)
        calls = _calls(rbm, np.linspace(0, 1, STEPS + 1))
        for call in calls.values():
            call()  # compile
        best = dict.fromkeys(calls, np.inf)
        for _ in range(rounds):
            for name, call in calls.items():
                begin = time.perf_counter()
                call()
                best[name] = min(best[name], time.perf_counter() - begin)
        updates = CHAINS * STEPS * (n_visible + n_hidden)
        for name, seconds in best.items():
            rows.append([n_visible, n_hidden, name, 1e9 * seconds / updates, best["plain"] / seconds])
    return pd.DataFrame(rows, columns=["visible", "hidden", "kernel", "ns_per_update", "speed_against_plain"])


def _calls(rbm, betas):
    n = len(rbm.a)
    start = (generator(2, "benchmarks/block_gibbs").random((CHAINS, n)) < 0.5).astype(float)
    J, h, _ = as_ising(rbm)
    base = np.zeros(n)
    return {
        "tables": lambda: block_gibbs.anneal(
            block_gibbs.packed(start), words(1, "benchmark", n=CHAINS), rbm, base, betas
        ),
        "plain": lambda: plain.anneal(start, generator(3, "benchmark"), rbm, base, betas),
        "one_unit": lambda: heat_bath.anneal(words(1, "benchmark", n=CHAINS), J, h, betas),
    }
