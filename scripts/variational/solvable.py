"""Models that can be solved in closed form, each beside another road to the same number.

The roads are quadrature, a sum over all states, minimization, coordinate ascent; k_B = 1, nats. Tables
``gaussian.csv``, ``evidence.csv``, ``curie_weiss.csv``, ``factors.csv``, ``variances.csv``.
"""

import numpy as np
import pandas as pd
from scipy import special

from scripts.common.enumeration import energies, enumerated
from scripts.common.seeds import generator
from scripts.common.statistics import replica_mean
from scripts.variational import models
from scripts.variational.kernels import direct, factors, mean_field
from scripts.variational.theory import conjugate, curie_weiss, gaussian, saddle_point

CORRELATIONS = (0.0, 0.3, 0.6, 0.8, 0.9, 0.95, 0.99)
COIN = {"a": 2.0, "b": 3.0, "heads": 7, "throws": 10}
DIE_MEAN = 4.5
LEVELS, LEVELS_T = (0.0, 0.3, 1.0, 1.1, 2.5), 0.7  # energies whose F[Q] is minimized over every Q
REGRESSION = {"n": 20, "d": 4, "alpha": 1.0, "lam": 4.0}
SIZES, BETAS, SMALL = (10, 100, 1000, 10_000), (0.5, 1.5), 14
SPINS = 10  # of the tables that the general formula works on
OFF = 1.01  # the fault of the controls: couplings, or a precision
GAUSS = {"rho": 0.8, "mean": (1.0, -0.5), "grid": np.linspace(-6.0, 6.0, 241)}  # a table of two Gaussians
COUNTS = {"n": 8, "mean": 0.4, "scatter": 10.0}  # normal data whose mean and precision are unknown
GLASSES, GLASS_BETA = 200, 0.5  # instances of a spin glass, warm
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
            variances, divergence = direct.independent_gaussians(S, direction)
            rows.append((rho, direction, variances[0], divergence, *exact[direction], 1.0))
    names = ("variance", "divergence", "variance_exact", "divergence_exact", "variance_true")
    return pd.DataFrame(rows, columns=["rho", "direction", *names])


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
    least = -LEVELS_T * special.logsumexp(-np.array(LEVELS) / LEVELS_T)
    rows = [
        ("coin", "log_evidence", direct.coin_evidence(**COIN), conjugate.coin_evidence(**COIN)),
        ("die", "entropy", direct.die_entropy(DIE_MEAN), conjugate.die(DIE_MEAN)[2]),
        ("levels", "free_energy", direct.least_free_energy(np.array(LEVELS), LEVELS_T), least),
    ]
    rows += [("regression", *row) for row in _regression(seed)]
    return pd.DataFrame(rows, columns=["model", "quantity", "value", "closed"])


def _regression(seed):
    """(quantity, value, closed form) of the linear regression and its independent weights."""
    (X, y), alpha, lam = regression_data(seed), REGRESSION["alpha"], REGRESSION["lam"]
    marginal = direct.regression_evidence(X, y, alpha, lam)
    closed = conjugate.regression_evidence(X, y, alpha, lam)
    mu, A = conjugate.regression_posterior(X, y, alpha, lam)
    b = lam * X.T @ y
    mean, variance = factors.gaussian_ascent(A, b)
    constant = (len(y) * np.log(lam / (2 * np.pi)) + len(b) * np.log(alpha / (2 * np.pi)) - lam * y @ y) / 2
    gap = marginal - factors.gaussian_elbo(A, b, constant, mean, variance)
    return [
        ("log_evidence", marginal, closed),
        ("mean_field_gap", gap, gaussian.gap(A)),
        ("mean_error", np.abs(mean - mu).max(), 0.0),
    ]


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
        per_spin, limit = saddle_point.limit_per_spin(beta), saddle_point.excess(beta)
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
    other, _, _ = mean_field.coordinate_ascent(J, h, 1.0, start)
    best, pushed = factors.elbo(log_joint, ends), []
    for j, (down, up) in enumerate(ends):
        for push in PUSH:
            more = np.clip(up + push * down * up, 0, 1)
            moved = [*ends[:j], np.array([1 - more, more]), *ends[j + 1 :]]
            pushed.append(factors.elbo(log_joint, moved) - best)
    off = np.abs(fields - np.tanh(h + OFF * J @ start))
    rows = [
        ("field_equation", np.abs(fields - np.tanh(h + J @ start)).max()),  # one update of every factor
        ("couplings_off", np.median(off)),  # control
        ("fixed_point", np.abs(m - np.tanh(h + J @ m)).max()),  # converged factors in the tanh equations
        ("same_as_mean_field", np.abs(m - other).max()),  # two programs, one solution
        ("neighbor_forgotten", np.abs(m - neighborless).max()),  # control
        ("largest_gain_by_push", max(pushed)),  # no factor can be improved
        ("least_divergence", np.abs(m - direct.least_divergence(J, h, start)).max()),  # where D is least
        *_gaussian_factors(),
    ]
    return pd.DataFrame(rows, columns=["check", "value"])


def _gaussian_factors():
    """The general formula on a table of a Gaussian density, which it does not know to be one."""
    S, mu, x = gaussian.pair(GAUSS["rho"]), np.array(GAUSS["mean"]), GAUSS["grid"]
    A = np.linalg.inv(S)
    y, z = x[:, None] - mu[0], x[None, :] - mu[1]
    log_joint = -(A[0, 0] * y**2 + 2 * A[0, 1] * y * z + A[1, 1] * z**2) / 2
    ends = factors.coordinate_ascent(log_joint, [np.full(len(x), 1 / len(x))] * 2)
    means = np.array([q @ x for q in ends])
    variances = np.array([q @ x**2 for q in ends]) - means**2
    return [
        ("gaussian_mean", np.abs(means - mu).max()),
        ("gaussian_variance", np.abs(variances - gaussian.reverse_variances(S)).max()),
    ]


def variances(seed):
    """Variances that mean field finds where the target is not Gaussian, over the true ones.

    Returns
    -------
    pandas.DataFrame
        ``target``, ``variable``, ``instances``; ``ratio`` of the variances, ``too_low``: share of the
        variables whose ratio is below one, both with standard errors over the instances, if there are many.
    """
    columns = ["target", "variable", "instances", "ratio", "ratio_err", "too_low", "too_low_err"]
    low, ratios = [], []
    for sample in range(GLASSES):
        J, h = models.sherrington_kirkpatrick(SPINS, generator(seed, "variational/variances", f"{sample}"))
        m, _, _ = mean_field.coordinate_ascent(J, h, GLASS_BETA, np.tanh(GLASS_BETA * h))
        ratio = (1 - m**2) / (1 - enumerated(J, h, GLASS_BETA).magnetization ** 2)
        low.append((ratio < 1).mean())
        ratios.append(ratio.mean())
    spins = *replica_mean(np.array(ratios))[:2], *replica_mean(np.array(low))[:2]
    rows = [("normal data", name, 1, x, np.nan, float(x < 1), np.nan) for name, x in _counted()]
    return pd.DataFrame([*rows, ("spin glass", "spins", GLASSES, *spins)], columns=columns)


def _counted():
    """(parameter, ratio of variances) of mean and log precision of normal data, from a table of their law."""
    n, mean, scatter = COUNTS["n"], COUNTS["mean"], COUNTS["scatter"]
    mu, log_precision = np.linspace(-8, 9, 681), np.linspace(-7, 4, 441)
    log_joint = n / 2 * log_precision - np.exp(log_precision) * (scatter + n * (mu[:, None] - mean) ** 2) / 2
    P = np.exp(log_joint - log_joint.max())
    P /= P.sum()
    own = P.sum(1), P.sum(0)
    ends = factors.coordinate_ascent(log_joint, own, tolerance=1e-13)

    def spread(q, x):
        return q @ x**2 - (q @ x) ** 2

    places = mu, log_precision
    ratios = [spread(q, x) / spread(p, x) for q, p, x in zip(ends, own, places, strict=True)]
    return zip(("mean", "log precision"), ratios, strict=True)


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(gaussian=gaussians(), evidence=evidences(params.seed))
        write(variances=variances(params.seed))
        write(curie_weiss=complete_graphs(), factors=factor_checks(params.seed))
