"""Models that can be solved in closed form, each beside another road to the same number.

The roads are quadrature, a sum over all states, minimization, coordinate ascent; k_B = 1, nats. Tables
``gaussian.csv``, ``evidence.csv``, ``curie_weiss.csv``, ``factors.csv``.
"""

from functools import partial

import numpy as np
import pandas as pd
from scipy.integrate import quad
from scipy.optimize import minimize

from scripts.common.enumeration import energies, enumerated
from scripts.common.seeds import generator
from scripts.variational import models
from scripts.variational.kernels import factors, mean_field
from scripts.variational.theory import conjugate, curie_weiss, gaussian

CORRELATIONS = (0.0, 0.3, 0.6, 0.8, 0.9, 0.95, 0.99)
COIN = {"a": 2.0, "b": 3.0, "heads": 7, "throws": 10}
DIE_MEAN = 4.5
REGRESSION = {"n": 20, "d": 4, "alpha": 1.0, "lam": 4.0}
SIZES, BETAS, SMALL = (10, 100, 1000, 10_000), (0.5, 1.5), 14
SPINS = 10  # of the tables that the general formula works on
PUSH = np.array([-0.2, -0.02, -0.002, 0.002, 0.02, 0.2])


def gaussians():
    """Independent Gaussians for two correlated ones.

    Returns
    -------
    pandas.DataFrame
        ``rho``, ``direction`` (reverse: D(Q||P), forward: D(P||Q)), ``variance`` and ``divergence`` found by
        minimization, ``variance_exact``, ``divergence_exact``, and ``variance_true`` = 1.
    """
    rows = []
    for rho in CORRELATIONS:
        S = gaussian.pair(rho)
        exact = {
            "reverse": (gaussian.reverse_variances(S)[0], gaussian.gap(np.linalg.inv(S))),
            "forward": (S[0, 0], gaussian.gap(S)),
        }
        for direction in exact:
            goal = partial(_gaussian_goal, S=S, direction=direction)
            found = minimize(goal, [0.1, -0.1], method="BFGS", options={"gtol": 1e-9})
            rows.append((rho, direction, np.exp(found.x[0]), found.fun, *exact[direction], 1.0))
    names = ("variance", "divergence", "variance_exact", "divergence_exact", "variance_true")
    return pd.DataFrame(rows, columns=["rho", "direction", *names])


def _gaussian_goal(logs, S, direction):
    Q, zero = np.diag(np.exp(logs)), np.zeros(2)
    pair = (Q, S) if direction == "reverse" else (S, Q)
    return gaussian.divergence(zero, pair[0], zero, pair[1])


def regression_data(seed):
    """X float64[n, d] with correlated columns, and y float64[n]."""
    rng = generator(seed, "variational/solvable", "regression")
    n, d = REGRESSION["n"], REGRESSION["d"]
    X = rng.normal(size=(n, d)) + rng.normal(size=(n, 1))
    return X, X @ rng.normal(size=d) + rng.normal(size=n) / np.sqrt(REGRESSION["lam"])


def evidences(seed):
    """ln P(X) in closed form and by another road; for the die its entropy.

    Returns
    -------
    pandas.DataFrame
        ``model``, ``quantity``, ``value``, ``closed``.
    """
    rows = [
        ("coin", "log_evidence", _coin_by_quadrature(), conjugate.coin_evidence(**COIN)),
        ("die", "entropy", _die_by_ascent(), conjugate.die(DIE_MEAN)[2]),
    ]
    rows += [("regression", *row) for row in _regression(seed)]
    return pd.DataFrame(rows, columns=["model", "quantity", "value", "closed"])


def _regression(seed):
    """(quantity, value, closed form) of the linear regression and its independent weights."""
    (X, y), alpha, lam = regression_data(seed), REGRESSION["alpha"], REGRESSION["lam"]
    K = np.eye(len(y)) / lam + X @ X.T / alpha
    direct = -(y @ np.linalg.solve(K, y) + np.linalg.slogdet(2 * np.pi * K)[1]) / 2
    closed = conjugate.regression_evidence(X, y, alpha, lam)
    mu, A = conjugate.regression_posterior(X, y, alpha, lam)
    b, true = lam * X.T @ y, np.diag(np.linalg.inv(A))
    mean, variance = factors.gaussian_ascent(A, b)
    constant = (len(y) * np.log(lam / (2 * np.pi)) + len(b) * np.log(alpha / (2 * np.pi)) - lam * y @ y) / 2
    gap = closed - factors.gaussian_elbo(A, b, constant, mean, variance)
    return [
        ("log_evidence", direct, closed),
        ("mean_field_gap", gap, gaussian.gap(A)),
        ("mean_error", np.abs(mean - mu).max(), 0.0),
        ("smallest_variance_ratio", (variance / true).min(), (1 / (np.diag(A) * true)).min()),
    ]


def _coin_by_quadrature():
    """ln of the integral of likelihood times prior over the bias of the coin."""
    a, b, k, n = COIN["a"], COIN["b"], COIN["heads"], COIN["throws"]

    def total(up, down):
        return quad(lambda p: p ** (up - 1) * (1 - p) ** (down - 1), 0, 1, epsabs=1e-16, epsrel=1e-13)[0]

    return float(np.log(total(a + k, b + n - k) / total(a, b)))


def _die_by_ascent():
    """Largest entropy of a die with a known mean, by Newton's method on the four free directions."""
    k = np.arange(1.0, 7.0)
    p = 1 / 6 + (DIE_MEAN - 3.5) * (k - 3.5) / 17.5  # has the mean, and no negative face
    free = np.linalg.svd(np.array([np.ones(6), k]))[2][2:]  # directions that keep the sum and the mean
    for _ in range(50):
        step = free.T @ np.linalg.solve(free @ np.diag(1 / p) @ free.T, free @ -np.log(p))
        shrink = 1.0
        while np.any(p + shrink * step <= 0):
            shrink /= 2
        p = p + shrink * step
    return float(-(p @ np.log(p)))


def complete_graphs():
    """ln Z of N spins that all see each other, less the mean-field value N (-beta f).

    Returns
    -------
    pandas.DataFrame
        ``beta``, ``N``, ``ln_z``, ``excess``, ``limit``, and ``all_states``, ln Z from all 2^N states where
        that is possible.
    """
    rows = []
    for beta in BETAS:
        per_spin, limit = curie_weiss.limit_per_spin(beta), curie_weiss.excess(beta)
        for N in (SMALL, *SIZES):
            value = curie_weiss.log_partition_function(N, beta)
            J, h = models.ferromagnet(N) if N == SMALL else (None, None)
            states = enumerated(J, h, beta).log_z + beta / 2 if N == SMALL else np.nan  # M^2 has s_i^2 = 1
            rows.append((beta, N, value, value - N * per_spin, limit, states))
    return pd.DataFrame(rows, columns=["beta", "N", "ln_z", "excess", "limit", "all_states"])


def factor_checks(seed):
    """The general formula for the best factor, on a table of ln P(X, Z) that knows of no spins.

    Returns
    -------
    pandas.DataFrame
        ``check``, ``value``; see the comments.
    """
    J, h = models.sherrington_kirkpatrick(SPINS, generator(seed, "variational/solvable", "factors"))
    log_joint = -energies(J, h).reshape((2,) * SPINS)  # the first axis is the last spin
    log_joint = log_joint.transpose(range(SPINS)[::-1])
    start = np.tanh(h)
    q = [np.array([1 - m, 1 + m]) / 2 for m in start]
    fields = np.array([factors.best_factor(log_joint, q, j) @ [-1.0, 1.0] for j in range(SPINS)])
    ends = factors.coordinate_ascent(log_joint, q)
    m = np.array([each @ [-1.0, 1.0] for each in ends])
    neighborless = np.tanh(h + J @ m - J[:, 0] * m[0])  # one neighbor forgotten
    direct, _, _ = mean_field.coordinate_ascent(J, h, 1.0, start)
    best, pushed = factors.elbo(log_joint, ends), []
    for j, (down, up) in enumerate(ends):
        for push in PUSH:
            more = np.clip(up + push * down * up, 0, 1)
            moved = [*ends[:j], np.array([1 - more, more]), *ends[j + 1 :]]
            pushed.append(factors.elbo(log_joint, moved) - best)
    A = np.linalg.inv(gaussian.pair(0.9))
    mean, variance = factors.gaussian_ascent(A, A @ [1.0, -0.5])
    rows = [
        ("field_equation", np.abs(fields - np.tanh(h + J @ start)).max()),  # one update of every factor
        ("no_mean_over_others", np.abs(fields - np.tanh(h)).max()),  # control: neighbors left out
        ("fixed_point", np.abs(m - np.tanh(h + J @ m)).max()),  # converged factors in the tanh equations
        ("same_as_mean_field", np.abs(m - direct).max()),  # two programs, one solution
        ("neighbor_forgotten", np.abs(m - neighborless).max()),  # control
        ("largest_gain_by_push", max(pushed)),  # no factor can be improved
        ("gaussian_mean", np.abs(mean - [1.0, -0.5]).max()),
        ("gaussian_variance", np.abs(variance - gaussian.reverse_variances(gaussian.pair(0.9))).max()),
    ]
    return pd.DataFrame(rows, columns=["check", "value"])


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(gaussian=gaussians(), evidence=evidences(params.seed))
        write(curie_weiss=complete_graphs(), factors=factor_checks(params.seed))
