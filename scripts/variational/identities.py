"""Identities and bounds over random distributions, ``identities.csv``; the derivation, ``derivation.csv``.

All in nats, with k_B = 1 but in the derivation. Every draw has its own number of states, temperature and
evenness.
"""

import numpy as np
import pandas as pd
from scipy import special

from scripts.common.enumeration import energies
from scripts.common.seeds import generator
from scripts.variational.theory import divergences as div
from scripts.variational.theory.derivation import elbo_lines, free_energy_lines

STATES = (2, 4, 8, 16, 64)
PAIR_STATES = 8
OFF = 1.01  # the fault of the controls: one per cent
EXAMPLE = {"n": 4, "coupling": 1.0, "beta": 0.5, "mean": 0.3}  # of the derivation: an open chain
BOLTZMANN = 2.0  # k_B of the derivation, so that a line that lost it shows
COLUMNS = ("identity", "statistic", "cases", "value")
STATISTICS = {
    "deviation": lambda values: np.abs(values).max(),
    "smallest": np.min,
    "largest": np.max,
    "median": np.median,  # of faults: one case among thousands would show almost any of them
}


def random_distributions(rng, shape):
    """Distributions along the last axis without zeros, from nearly uniform to nearly certain."""
    evenness = np.exp(rng.uniform(np.log(0.5), np.log(10.0), shape[:-1]))[..., None]
    weights = rng.standard_gamma(evenness, shape) + 1e-30
    return weights / weights.sum(-1, keepdims=True)


def table(draws, pairs, seed):
    """All identities.

    Parameters
    ----------
    draws : int
        Random (Q, E, beta) and (Q, P(X, Z)).
    pairs : int
        Random (P, Q), and triples.
    seed : int

    Returns
    -------
    pandas.DataFrame
        Columns `COLUMNS`; ``statistic`` says whether ``value`` is the largest absolute deviation, the
        smallest, the largest or the median of the numbers.
    """
    groups = [-(-draws // len(STATES))] * len(STATES)
    thermal, bayes = [], []
    for n, size in zip(STATES, groups, strict=True):
        rng = generator(seed, "variational/identities", f"states={n}")
        thermal.append(_thermal(rng, n, size))
        bayes.append(_bayes(rng, n, size))
    divergence = _pairs(generator(seed, "variational/identities", "pairs"), pairs)
    rows = []
    for found, cases in ((thermal, sum(groups)), (bayes, sum(groups)), ([divergence], pairs)):
        for name, (statistic, _) in found[0].items():
            values = np.concatenate([np.ravel(each[name][1]) for each in found])
            rows.append((name, statistic, cases, STATISTICS[statistic](values)))
    return pd.DataFrame(rows, columns=COLUMNS)


def _thermal(rng, n, size):
    """beta (F[Q] - F) and D(Q||P), each by its own definition; the bound on F."""
    E, Q = rng.normal(size=(size, n)), random_distributions(rng, (size, n))
    beta = np.exp(rng.uniform(np.log(0.05), np.log(10.0), size))
    P = div.canonical(E, beta)
    F = div.free_energy(E, beta)
    gap = beta * (div.variational_free_energy(Q, E, beta) - F)
    D = div.divergence(Q, P)
    own = beta * (div.variational_free_energy(P, E, beta) - F)
    warm = div.canonical(E, beta / OFF)
    rich = (Q * E).sum(-1) - OFF * div.entropy(Q) / beta
    off = div.divergence(Q, div.canonical(E, OFF * beta))
    return {
        "kl_free_energy": ("deviation", D - gap),
        "kl_free_energy_wrong_beta": ("median", np.abs(off - gap)),
        "free_energy_gap": ("smallest", gap),
        "canonical_gap": ("deviation", own),
        "warmer_gap": ("median", beta * (div.variational_free_energy(warm, E, beta) - F)),
        "free_energy_entropy_off": ("median", np.abs(D - beta * (rich - F))),
    }


def _bayes(rng, n, size):
    """ln P(X) = ELBO + D, the lines of its derivation, and the bound."""
    log_joint = rng.normal(scale=3.0, size=(size, n)) - 5.0
    Q = random_distributions(rng, (size, n))
    joint = np.exp(log_joint)
    evidence = joint.sum(-1)
    elbo = div.elbo(Q, log_joint)
    lines = elbo_lines(Q, log_joint)
    posterior = joint / evidence[:, None]
    best = div.elbo(posterior, log_joint)
    sharper = np.exp(OFF * log_joint)
    sharper /= sharper.sum(-1, keepdims=True)
    return {
        "elbo_plus_kl": ("deviation", np.log(evidence) - elbo - div.divergence(Q, posterior)),
        "elbo_lines": ("deviation", lines - lines[0]),
        "elbo_plus_kl_off": ("median", np.abs(np.log(evidence) - elbo - div.divergence(Q, sharper))),
        "elbo_below_evidence": ("smallest", np.log(evidence) - elbo),
        "elbo_at_posterior": ("deviation", np.log(evidence) - best),
        "elbo_entropy_off": ("median", np.log(evidence) - best - (OFF - 1) * div.entropy(posterior)),
    }


def _pairs(rng, pairs):
    """D >= 2 (total variation)^2 (Pinsker), asymmetry, triangles."""
    A, B, C = random_distributions(rng, (3, pairs, PAIR_STATES))
    ab, bc, ac = div.divergence(A, B), div.divergence(B, C), div.divergence(A, C)
    variation, distance = np.abs(A - B).sum(-1) / 2, div.jensen_shannon_distance
    near = A * np.where(np.arange(PAIR_STATES) % 2, OFF, 1.0)
    near /= near.sum(-1, keepdims=True)
    return {
        "divergence": ("smallest", ab),
        "divergence_of_itself": ("deviation", div.divergence(A, A)),
        "pinsker_margin": ("smallest", ab - 2 * variation**2),
        "not_normalized": ("smallest", div.divergence(A / OFF, A)),
        "asymmetry": ("largest", np.abs(ab - div.divergence(B, A))),
        "asymmetry_nearby": ("largest", np.abs(div.divergence(A, near) - div.divergence(near, A))),
        "triangle_excess": ("largest", ac - ab - bc),
        "triangle_excess_distance": ("largest", distance(A, C) - distance(A, B) - distance(B, C)),
    }


def derivation():
    """Every expression of the book's second derivation, as printed and with the right sign of ln Z.

    Returns
    -------
    pandas.DataFrame
        ``expression`` (1 to 8), ``printed``, ``corrected``, ``spoiled`` (corrected but for a ln Z that is one
        per cent too large), ``log_z``, ``divergence``; for an open chain of four spins and Q of
        independent spins.
    """
    n, beta = EXAMPLE["n"], EXAMPLE["beta"]
    J = EXAMPLE["coupling"] * (np.eye(n, k=1) + np.eye(n, k=-1))
    E = energies(J, np.zeros(n))
    up = (np.arange(2**n)[:, None] >> np.arange(n)) & 1
    Q = np.where(up, 1 + EXAMPLE["mean"], 1 - EXAMPLE["mean"]).prod(1) / 2**n
    log_z = special.logsumexp(-beta * E)
    return pd.DataFrame({
        "expression": np.arange(1, 9),
        "printed": free_energy_lines(Q, E, beta, BOLTZMANN, printed=True),
        "corrected": free_energy_lines(Q, E, beta, BOLTZMANN),
        "spoiled": free_energy_lines(Q, E, beta, BOLTZMANN, log_z_factor=OFF),
        "log_z": log_z,
        "divergence": special.rel_entr(Q, np.exp(-beta * E - log_z)).sum(),
    })  # fmt: skip


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(identities=table(params.draws, params.pairs, params.seed), derivation=derivation())
