"""Walks and energies against plain twins, and samplers against distributions known in closed form."""

import math

import numpy as np
import pytest
from scipy import special

from scripts.bayes.kernels import energies, evidence, maximum, metropolis, tempering, variational
from scripts.bayes.theory import conjugate
from scripts.common.seeds import generator

SEED = 3
Y = generator(SEED, "data").normal(1.0, 2.0, 9)
X = np.polynomial.legendre.legvander(np.linspace(-1, 1, 9), 2)
PRIOR = (0.5, 0.7, 2.0, 3.0)


def log_normal(y, mean, sigma):
    return np.sum(-0.5 * np.log(2 * np.pi * sigma**2) - 0.5 * ((y - mean) / sigma) ** 2)


def coin_twin(theta):
    p = theta[0]
    likelihood = np.prod([p] * 7 + [1 - p] * 3)
    return -np.log(likelihood), -np.log(conjugate.beta_density(p, 2.0, 3.0))


def normal_twin(theta):
    mu, precision = theta
    m, kappa, a, b = PRIOR
    gamma = a * np.log(b) - special.gammaln(a) + (a - 1) * np.log(precision) - b * precision
    prior = gamma + log_normal(mu, m, (kappa * precision) ** -0.5)
    return -log_normal(Y, mu, precision**-0.5), -prior


def linear_twin(theta):
    return -log_normal(Y, X @ theta, 0.8), -log_normal(theta, 0.0, 1.5**-0.5)


def square_twin(theta):
    return -log_normal(Y, theta[0] ** 2, 1.2), -log_normal(theta[0], 0.3, 2.0**-0.5)


MODELS = {
    "coin": (energies.coin(7, 10, 2.0, 3.0), coin_twin, [0.4]),
    "normal": (energies.normal(Y, PRIOR), normal_twin, [0.7, 0.4]),
    "linear": (energies.linear(X, Y, 0.8, 1.5), linear_twin, [0.3, -0.5, 1.0]),
    "square": (energies.square(Y, 1.2, 0.3, 2.0), square_twin, [0.9]),
}


@pytest.mark.parametrize("name", MODELS)
def test_an_energy_is_the_sum_over_the_data(name):
    """All constants included: a missing one would shift every evidence."""
    problem, twin, theta = MODELS[name]
    for shift in (0.0, 0.1, -0.05):
        at = np.array(theta) + shift
        np.testing.assert_allclose(energies.energies(at, problem), twin(at), rtol=1e-12)


def test_an_energy_is_infinite_where_the_prior_is_zero():
    for theta, name in (([-0.1], "coin"), ([1.0], "coin"), ([0.0, -0.2], "normal"), ([0.0, 0.0], "normal")):
        assert energies.energy(np.array(theta), MODELS[name][0], 1.0) == math.inf


def plain_chain(theta, n, problem, scales, rng, power):
    """The algorithm of the book, step by step."""
    theta, samples = np.array(theta), []
    now = energies.energy(theta, problem, power)
    for _ in range(n):
        trial = np.array([x + s * rng.standard_normal() for x, s in zip(theta, scales, strict=True)])
        then = energies.energy(trial, problem, power)
        if rng.random() < math.exp(min(0.0, now - then)):
            theta, now = trial, then
        samples.append(theta)
    return np.array(samples)


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("power", [1.0, 0.3])
def test_a_chain_equals_its_plain_twin_bit_for_bit(name, power):
    problem, _, start = MODELS[name]
    scales = np.full(len(start), 0.4)
    found, _ = metropolis.chain(start, 100, problem, scales, generator(SEED, name), thinning=3, power=power)
    twin = plain_chain(start, 300, problem, scales, generator(SEED, name), power)
    np.testing.assert_array_equal(found, twin[2::3])


def test_ranks_are_those_of_single_chains():
    problems = np.stack([energies.coin(k, 10, 2.0, 3.0) for k in (2, 5, 9)])
    truths, starts, scales = np.array([[0.2], [0.5], [0.8]]), np.full((3, 1), 0.5), np.full((3, 1), 0.3)
    found, samples = metropolis.ranks(truths, problems, (starts, scales, 7, 20, 2), generator(SEED, "ranks"))
    rng = generator(SEED, "ranks")
    for k in range(3):
        start = plain_chain(starts[k], 7, problems[k], scales[k], rng, 1.0)[-1]
        twin = plain_chain(start, 40, problems[k], scales[k], rng, 1.0)[1::2]
        np.testing.assert_array_equal(samples[k], twin)
        assert found[k, 0] == np.sum(twin < truths[k])


def test_a_first_passage_is_the_first_step_beyond_the_target():
    problem = energies.square(np.ones(4), 1.0)
    steps = tempering.first_passages(20, -1.0, 1.0, problem, 0.5, generator(SEED, "passage"))
    rng = generator(SEED, "passage")
    for n in steps:
        path = plain_chain([-1.0], n, problem, [0.5], rng, 1.0)[:, 0]
        assert path[-1] >= 1
        assert (path[:-1] < 1).all()


def test_replica_exchange_samples_every_power():
    """Mean of x^2 at all powers against quadrature: detects a power that is 10 % off at 4 sigma."""
    problem, powers = energies.square(np.ones(12), 1.0, 0.3, 1.0), np.array([1.0, 0.4, 0.1])
    scales = np.array([[0.4], [0.6], [1.0]])
    runs = [
        tempering.temper(-np.ones((3, 1)), 8000, powers, scales, problem, generator(SEED, "temper", f"{k}"))[
            0
        ]
        for k in range(12)
    ]
    squares = np.array(runs)[:, 500:, :, 0].mean(axis=1)  # of x: which mode, the hard part
    x = np.linspace(-6, 6, 20001)
    for k, power in enumerate(powers):
        weight = np.exp(-6 * power * (x**2 - 1) ** 2 - 0.5 * (x - 0.3) ** 2)
        exact = np.sum(x * weight) / np.sum(weight)
        assert abs(squares[:, k].mean() - exact) < 4.5 * squares[:, k].std(ddof=1) / np.sqrt(12)
        assert squares[:, k].std(ddof=1) / np.sqrt(12) < 0.02


def test_exchanges_with_the_wrong_sign_are_noticed():
    """The control of the test above: swaps accepted with the inverse ratio spoil the posterior."""
    problem, powers = energies.square(np.ones(12), 1.0, 0.3, 1.0), np.array([0.1, 1.0])
    samples, exchanged = tempering.temper(
        -np.ones((2, 1)), 4000, powers, np.array([[1.0], [0.4]]), problem, generator(SEED, "order")
    )
    assert np.mean(samples[:, 0, 0] ** 2) < np.mean(samples[:, 1, 0] ** 2) + 0.5
    assert 0 < exchanged[0] < 1


LINEAR = (X, Y, 0.8, 1.5)


def test_three_samplers_find_the_evidence():
    """Each within 4.5 errors of 0.1 or less: detects a factor 1.5 of P(D)."""
    problem, exact = MODELS["linear"][0], conjugate.linear_evidence(*LINEAR)
    rng = generator(SEED, "evidence")
    prior = rng.standard_normal((1500, 3)) / 1.5**0.5
    powers = np.linspace(0, 1, 301) ** 3
    width = 1.4 / np.sqrt(1.5 + powers[:, None] * (X**2).sum(axis=0) / 0.8**2)
    work = evidence.anneal(prior, powers, width, problem, rng)
    weights = np.exp(work.min() - work)
    err = weights.std() / weights.mean() / np.sqrt(1500)
    assert err < 0.1
    assert abs(np.log(weights.mean()) - work.min() - exact) < 4.5 * err
    runs = [evidence.nested(rng.standard_normal((100, 3)) / 1.5**0.5, 40, problem, rng)[0] for _ in range(12)]
    assert np.std(runs) / np.sqrt(12) < 0.1
    assert abs(np.mean(runs) - exact) < 4.5 * np.std(runs, ddof=1) / np.sqrt(12)
    at = np.array([0.0, 0.3, 1.0])
    scales = 1.4 / np.sqrt(1.5 + at[:, None] * (X**2).sum(axis=0) / 0.8**2)
    means = evidence.mean_energies(prior[:200], at, scales, (50, 200), problem, rng)
    z = (means.mean(axis=0) - conjugate.linear_mean_energy(*LINEAR, at)) / (means.std(axis=0) / np.sqrt(200))
    assert np.abs(z).max() < 4.5


def test_rejection_keeps_the_evidence():
    kept = evidence.reject(200000, MODELS["linear"][0], generator(SEED, "reject")) / 200000
    exact = np.exp(conjugate.linear_acceptance(*LINEAR))
    assert abs(kept - exact) < 4.5 * np.sqrt(exact / 200000)


def test_the_complex_step_differentiates_and_newton_finds_the_top():
    def hill(x):
        return -np.cosh(x[0] - 1) - np.exp(x[1]) + 2 * x[1] - 0.1 * (x[0] * x[1]) ** 2

    at = np.array([0.3, -0.4])
    numeric = [(hill(at + h) - hill(at - h)) / 2e-6 for h in 1e-6 * np.eye(2)]
    np.testing.assert_allclose(maximum.gradient(hill, at), numeric, rtol=1e-8)
    top = maximum.maximum(hill, [0.0, 0.0])
    np.testing.assert_allclose(maximum.gradient(hill, top), 0, atol=1e-12)
    with pytest.raises(ValueError, match="did not settle"):
        maximum.maximum(lambda x: x[0] + 0 * x[0] ** 2, [0.0], steps=5)


def test_coordinate_ascent_ends_in_the_exact_mean_and_narrow_widths():
    means, variances = variational.coordinate_ascent(MODELS["linear"][0], 200)
    exact, covariance = conjugate.linear_posterior(*LINEAR)
    A, mean = np.linalg.inv(covariance), np.zeros(3)
    for i in range(3):  # one sweep by hand: each mean is best for the present others
        mean[i] = (X[:, i] @ Y / 0.64 - A[i] @ mean + A[i, i] * mean[i]) / A[i, i]
    np.testing.assert_allclose(means[1], mean, rtol=1e-12)
    np.testing.assert_allclose(means[-1], exact, rtol=1e-12)
    np.testing.assert_allclose(variances, conjugate.mean_field(covariance)[0], rtol=1e-12)
    assert (variances <= np.diag(covariance) * (1 + 1e-12)).all()
