"""What a divergence costs: ``coding.csv`` (bits of real messages), ``penalty.csv``, ``vanishing.csv``.

Bits in the first table, nats in the others.
"""

import numpy as np
import pandas as pd

from scripts.common.columns import pairs
from scripts.common.seeds import generator
from scripts.common.statistics import replica_mean
from scripts.variational.kernels import coder
from scripts.variational.theory import divergences as div
from scripts.variational.theory import mode_seeking

# Probabilities in slots of 256.
P_SLOTS = (112, 56, 32, 20, 14, 10, 7, 5)
Q_SLOTS = (24, 72, 16, 64, 8, 40, 16, 16)
SWAPPED = (113, 56, 32, 20, 14, 9, 7, 5)  # P with one slot of 256 in the wrong place: 3 % of the excess
DISTANCE = 3.0  # half the distance of the modes in the map of contributions
PLACES = np.linspace(-18.0, 18.0, 1201)  # a sum over them is an integral to six digits
SMALL = 10.0 ** -np.arange(1, 13)  # probability of P where Q has a quarter
MASS = 0.25
OFF = 1.01  # of that mass, in a control


def messages(number, symbols, seed):
    """Lengths of coded messages.

    Parameters
    ----------
    number, symbols : int
        Messages, and symbols in each.
    seed : int

    Returns
    -------
    pandas.DataFrame
        One row for messages from P in the code for Q (``sent`` p) and one for messages from Q in the code
        for P (q): ``messages``, ``symbols``; bits per symbol with the right code, ``right``, what the wrong
        one adds, ``excess``, and a wrong one with one slot of 256 misplaced, ``misplaced``, each with its
        standard error over the messages; ``entropy``, ``from_truth`` D(sent||code) and ``from_code``
        D(code||sent) in bits.
    """
    return pd.DataFrame([
        _sent("p", P_SLOTS, Q_SLOTS, Q_SLOTS, (number, symbols), seed),
        _sent("q", Q_SLOTS, P_SLOTS, SWAPPED, (number, symbols), seed),
    ])  # fmt: skip


def _sent(name, sent, code, misplaced, plan, seed):
    rng, lengths = generator(seed, "variational/coding", name), []
    truth, other = (np.array(slots) / sum(slots) for slots in (sent, code))
    for _ in range(plan[0]):
        message = rng.choice(len(truth), plan[1], p=truth).tolist()
        lengths.append([coder.encode(message, slots).bit_length() for slots in (sent, code, misplaced)])
    right, wrong, off = np.array(lengths).T / plan[1]
    columns = {"right": right, "excess": wrong - right, "misplaced": off - right}
    return (
        {"sent": name, "messages": plan[0], "symbols": plan[1]}
        | pairs(**{key: replica_mean(values) for key, values in columns.items()})
        | {"entropy": div.entropy(truth) / np.log(2)}
        | {"from_truth": div.divergence(truth, other) / np.log(2)}
        | {"from_code": div.divergence(other, truth) / np.log(2)}
    )


def contributions():
    """Where a divergence comes from: the integrand at every place, for the broad and the narrow fit.

    Returns
    -------
    pandas.DataFrame
        ``x``, ``p``; for both fits ``fit`` the density ``q``, ``reverse`` q ln(q/p) and ``forward``
        p ln(p/q).
    """
    x, a = PLACES, DISTANCE
    log_p = -(x**2 + a * a + np.log(2 * np.pi)) / 2 + mode_seeking.log_cosh(a * x)
    tables = []
    for name, (m, s) in (("mode", mode_seeking.asymmetric(a)), ("broad", mode_seeking.forward_fit(a))):
        log_q = -(((x - m) / s) ** 2) / 2 - np.log(s) - np.log(2 * np.pi) / 2
        p, q = np.exp(log_p), np.exp(log_q)
        columns = {"reverse": q * (log_q - log_p), "forward": p * (log_p - log_q)}
        tables.append(pd.DataFrame({"fit": name, "x": x, "p": p, "q": q} | columns))
    return pd.concat(tables, ignore_index=True)


def vanishing():
    """Both divergences as one state vanishes from P.

    Returns
    -------
    pandas.DataFrame
        ``small``; ``reverse``, ``forward``: D(Q||P), D(P||Q) when P gives the state that probability and
        Q a quarter; ``heavier``: D(Q||P) for a Q that gives it one per cent more.
    """
    rows = []
    for small in SMALL:
        thin = np.array([small, 1 - small])
        thick, heavy = (np.array([mass, 1 - mass]) for mass in (MASS, OFF * MASS))
        found = div.divergence(thick, thin), div.divergence(thin, thick), div.divergence(heavy, thin)
        rows.append((small, *map(float, found)))
    return pd.DataFrame(rows, columns=["small", "reverse", "forward", "heavier"])


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        found = messages(params.coding["messages"], params.coding["symbols"], params.seed)
        write(coding=found, penalty=contributions(), vanishing=vanishing())
