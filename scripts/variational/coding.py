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

# Slots of 256: P is what is sent, Q what the code was made for.
SENT = (112, 56, 32, 20, 14, 10, 7, 5)
ASSUMED = (24, 72, 16, 64, 8, 40, 16, 16)
DISTANCE = 3.0  # half the distance of the modes in the map of contributions
PLACES = np.linspace(-7.0, 7.0, 281)
SMALL = 10.0 ** -np.arange(1, 13)  # probability of P where Q has a quarter
MASS = 0.25


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
        One row: ``messages``, ``symbols``; bits per symbol with the code for P (``right``) and for Q
        (``wrong``), their difference ``excess`` with its standard error over the messages, and the
        divergences ``forward`` D(P||Q) and ``reverse`` D(Q||P).
    """
    rng = generator(seed, "variational/coding")
    P, Q = (np.array(slots) / sum(slots) for slots in (SENT, ASSUMED))
    lengths = []
    for _ in range(number):
        message = rng.choice(len(P), symbols, p=P).tolist()
        lengths.append([coder.encode(message, slots).bit_length() for slots in (SENT, ASSUMED)])
    right, wrong = np.array(lengths).T / symbols
    row = {"messages": number, "symbols": symbols, "right": right.mean(), "wrong": wrong.mean()}
    row |= pairs(excess=replica_mean(wrong - right))
    row |= {"forward": div.divergence(P, Q) / np.log(2), "reverse": div.divergence(Q, P) / np.log(2)}
    return pd.DataFrame([row])


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
    """Both divergences as one state vanishes from P, or from Q.

    Returns
    -------
    pandas.DataFrame
        ``small``; ``reverse_p``, ``forward_p``: D(Q||P), D(P||Q) when P gives the state that probability and
        Q a quarter; ``reverse_q``, ``forward_q``: with the roles exchanged.
    """
    rows = []
    for small in SMALL:
        thin, thick = np.array([small, 1 - small]), np.array([MASS, 1 - MASS])
        away, back = float(div.divergence(thick, thin)), float(div.divergence(thin, thick))
        rows.append((small, away, back, back, away))
    return pd.DataFrame(rows, columns=["small", "reverse_p", "forward_p", "reverse_q", "forward_q"])


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        found = messages(params.coding["messages"], params.coding["symbols"], params.seed)
        write(coding=found, penalty=contributions(), vanishing=vanishing())
