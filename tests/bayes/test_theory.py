"""Closed forms against quadrature, limits, published digits, and each other."""

import numpy as np
import pytest
from scipy import integrate, special

from scripts.bayes.kernels import lines
from scripts.bayes.theory import conjugate, least_squares, walks
from scripts.common.seeds import generator

SEED = 4
Y = generator(SEED, "theory").normal(1.0, 2.0, 8)
X = np.polynomial.legendre.legvander(np.linspace(-1, 1, 8), 1)
PRIOR = (0.5, 0.7, 2.0, 3.0)
LINEAR = (X, Y, 0.8, 1.5)


def coin_evidence(heads, tosses, alpha, beta):
    """ln P(D) of the tosses in their order: ln B(alpha + h, beta + t) - ln B(alpha, beta)."""
    posterior = conjugate.coin_posterior(heads, tosses, alpha, beta)
    return float(special.betaln(*posterior) - special.betaln(alpha, beta))


def normal_evidence(y, prior):
    """ln P(D) of normal data of unknown mean and precision."""
    _, kappa, a, b = prior
    _, kappa_n, a_n, b_n = conjugate.normal_posterior(y, prior)
    constant = special.gammaln(a_n) - special.gammaln(a) + a * np.log(b) - a_n * np.log(b_n)
    return float(constant + (np.log(kappa / kappa_n) - len(y) * np.log(2 * np.pi)) / 2)


def test_the_coin_has_its_evidence():
    """-7.314219887423 for seven heads of ten in order and the prior Beta(2, 3)."""
    assert coin_evidence(7, 10, 2, 3) == pytest.approx(-7.314219887423, abs=1e-11)
    p = np.linspace(0, 1, 20001)
    weight = p**7 * (1 - p) ** 3 * conjugate.beta_density(p, 2.0, 3.0)
    assert np.log(integrate.simpson(weight, x=p)) == pytest.approx(coin_evidence(7, 10, 2, 3), abs=1e-9)
    posterior = conjugate.beta_density(p, *conjugate.coin_posterior(7, 10, 2, 3))
    mean = integrate.simpson(p * posterior, x=p)
    variance = integrate.simpson((p - mean) ** 2 * posterior, x=p)
    np.testing.assert_allclose([mean, variance], conjugate.beta_moments(9, 6), rtol=1e-9)


def test_the_coin_predicts_with_all_its_posterior():
    k, p = np.arange(5.0), np.linspace(0, 1, 20001)
    found = conjugate.coin_predictive(k, 4, 9, 6)
    assert found.sum() == pytest.approx(1, abs=1e-13)
    binomial = special.comb(4, k)[:, None] * p ** k[:, None] * (1 - p) ** (4 - k[:, None])
    exact = integrate.simpson(binomial * conjugate.beta_density(p, 9, 6), x=p, axis=1)
    np.testing.assert_allclose(found, exact, rtol=1e-9)


def normal_grid():
    mu, log_precision = np.linspace(-25, 25, 3201), np.linspace(-11, 4, 1201)
    precision = np.exp(log_precision)
    m, kappa, a, b = PRIOR
    scatter = np.sum((Y - Y.mean()) ** 2) + len(Y) * (Y.mean() - mu[:, None]) ** 2
    log = 0.5 * len(Y) * (log_precision - np.log(2 * np.pi)) - 0.5 * precision * scatter
    log += (
        0.5 * (np.log(kappa / 2 / np.pi) + log_precision) - 0.5 * kappa * precision * (mu[:, None] - m) ** 2
    )
    log += (
        a * np.log(b) - special.gammaln(a) + a * log_precision - b * precision
    )  # d lambda = lambda d ln lambda
    return mu, precision, np.exp(log) * (mu[1] - mu[0]) * (log_precision[1] - log_precision[0])


def test_normal_data_have_their_posterior():
    """Evidence, marginals, moments and prediction against a grid of four million points."""
    mu, precision, weight = normal_grid()
    posterior = conjugate.normal_posterior(Y, PRIOR)
    assert np.log(weight.sum()) == pytest.approx(normal_evidence(Y, PRIOR), abs=1e-6)
    weight = weight / weight.sum()
    means, variances = conjugate.normal_moments(posterior)
    found = np.array([weight.sum(axis=1) @ mu, weight.sum(axis=0) @ precision])
    np.testing.assert_allclose(found, means, rtol=1e-6)
    squares = np.array([weight.sum(axis=1) @ mu**2, weight.sum(axis=0) @ precision**2])
    np.testing.assert_allclose(squares - found**2, variances, rtol=1e-5)
    below = weight.sum(axis=1)[mu < 0.9].sum()
    step = mu[1] - mu[0]
    assert conjugate.mean_cdf(mu[mu < 0.9][-1] + step / 2, posterior) == pytest.approx(below, abs=1e-5)
    tail = (weight * special.ndtr((mu[:, None] - 4) * np.sqrt(precision))).sum()
    assert conjugate.predictive_tail(4.0, posterior) == pytest.approx(tail, abs=1e-6)
    density = (
        -(conjugate.predictive_tail(4.001, posterior) - conjugate.predictive_tail(3.999, posterior)) / 0.002
    )
    assert np.exp(conjugate.predictive_log_density(4.0, posterior)) == pytest.approx(density, rel=1e-5)
    assert conjugate.precision_cdf(
        special.gammaincinv(posterior[2], 0.3) / posterior[3], posterior
    ) == pytest.approx(0.3)


def test_the_linear_evidence_is_the_integral_of_the_mean_energy():
    """Thermodynamic integration of exact energies gives the exact evidence: two roads to one number."""
    nodes, weights = np.polynomial.legendre.leggauss(60)
    t = (nodes + 1) / 2
    energies = conjugate.linear_mean_energy(*LINEAR, t**4)
    assert -np.sum(weights / 2 * 4 * t**3 * energies) == pytest.approx(
        conjugate.linear_evidence(*LINEAR), abs=1e-9
    )


def test_the_linear_posterior_solves_its_equations():
    mean, covariance = conjugate.linear_posterior(*LINEAR)
    gradient = X.T @ (Y - X @ mean) / 0.64 - 1.5 * mean
    np.testing.assert_allclose(gradient, 0, atol=1e-12)
    np.testing.assert_allclose(np.linalg.inv(covariance), X.T @ X / 0.64 + 1.5 * np.eye(2), rtol=1e-12)
    assert conjugate.linear_acceptance(*LINEAR) < 0


def test_mean_field_of_two_gaussians():
    """Correlation 0.9: variances 1 - 0.81, gap -ln(1 - 0.81)/2 = 0.8303656."""
    variances, gap = conjugate.mean_field(np.array([[1, 0.9], [0.9, 1]]))
    np.testing.assert_allclose(variances, 0.19, rtol=1e-12)
    assert gap == pytest.approx(0.83036560, abs=1e-8)


def test_a_line_promises_what_simulation_finds():
    """200000 data sets of six: detects 0.5 % of the coverage at 4 sigma."""
    rng, x = generator(SEED, "line"), np.linspace(-1, 1, 6)
    y = 0.5 * x + rng.standard_normal((200000, 6))
    a, b, variance = lines.best_line(x, y)
    new = 0.5 * 0.7 + rng.standard_normal(200000)
    inside = np.abs(new - a * 0.7 - b) < 1.959963984540054 * np.sqrt(variance)
    exact = least_squares.plug_in_coverage(x, 0.7, 0.95)
    assert abs(inside.mean() - exact) < 4.5 * np.sqrt(exact * (1 - exact) / 200000)
    width = lines.student_half_width(x, 0.7, 0.95)
    assert abs(np.mean(np.abs(new - a * 0.7 - b) < width * np.sqrt(variance)) - 0.95) < 4.5 * 0.0005


def test_many_data_make_all_promises_good():
    x = np.linspace(-1, 1, 5000)
    assert least_squares.plug_in_coverage(x, 1.0, 0.95) == pytest.approx(0.95, abs=4e-4)
    assert lines.student_half_width(x, 1.0, 0.95) == pytest.approx(1.96, abs=3e-3)
    assert least_squares.expected_divergence(100000) * 100000 == pytest.approx(1.5, rel=1e-3)


def test_the_memory_of_the_walk_has_its_published_digits():
    """Best width 2.459 with 2 tau = 4.3944, acceptance 0.4347; in many dimensions 0.23381 at 2.381203."""
    assert 2 * walks.gaussian_memory(2.459) == pytest.approx(4.3944, abs=2e-4)
    assert all(walks.gaussian_memory(2.459) < walks.gaussian_memory(s) for s in (2.3, 2.6))
    assert walks.gaussian_acceptance(2.459) == pytest.approx(0.4347, abs=1e-4)
    assert walks.isotropic_acceptance(2.381203 / 1e3, 10**6) == pytest.approx(0.233810, abs=5e-6)
    assert walks.isotropic_acceptance(1.3, 1) == pytest.approx(walks.gaussian_acceptance(1.3), abs=1e-10)


def test_the_memory_of_many_parameters_has_its_limit():
    """At d = 1 it is another law; the shortest memory lies at the width 2.381203."""
    taus = [walks.limiting_memory(length, 100) for length in (2.3, 2.381203, 2.46)]
    assert min(taus) == taus[1]


def test_the_memory_of_a_start_is_that_of_many_walks():
    """From ten widths away, 4000 walks: detects 5 % of the way at 4 sigma."""
    rng, x, total = generator(SEED, "start"), np.full(4000, 10.0), np.zeros(4000)
    for _ in range(200):
        trial = x + 2.4 * rng.standard_normal(4000)
        x = np.where(rng.random(4000) < np.exp(np.minimum(0, (x**2 - trial**2) / 2)), trial, x)
        total += x
    exact = walks.memory_of_a_start(10.0, 2.4)
    assert abs(total.mean() - exact) < 4.5 * total.std() / np.sqrt(4000)
    assert total.std() / np.sqrt(4000) < 0.012 * exact


def test_exchanges_and_energies_of_replicas_against_draws():
    """Two Gaussian powers: the energy is half a chi-square, and draws of both give the share."""
    x, rng = np.linspace(-12, 12, 4001), generator(SEED, "swap")

    def energy(x):
        return x**2 / 2

    assert walks.power_energy(energy, 0.5, (0.0, 0.0), x) == pytest.approx(1.0, abs=1e-8)
    hot, cold = (rng.standard_normal(400_000) * power**-0.5 for power in (0.5, 1.0))
    share = np.exp(np.minimum(0, 0.5 * (energy(cold) - energy(hot))))
    exact = walks.swap_share(energy, (1.0, 0.5), (0.0, 0.0), x)
    assert abs(share.mean() - exact) < 4.5 * share.std() / np.sqrt(400_000)


def test_the_matrix_of_the_walk_is_reversible_and_accepts_as_the_formula_says():
    x = np.linspace(-7, 7, 701)
    matrix, law = walks.transition_matrix(x, 0.5 * x**2, 1.7), np.exp(-0.5 * x**2)
    law /= law.sum()
    np.testing.assert_allclose(law @ matrix, law, atol=1e-15)
    # What stays put is what was refused, but for proposals of the point itself.
    stayed = law @ np.diag(matrix) - (x[1] - x[0]) / (1.7 * np.sqrt(2 * np.pi))
    assert 1 - stayed == pytest.approx(walks.gaussian_acceptance(1.7), abs=1e-4)


def diffusive_passage(D):
    """Mean time from -1 to +1 of dx = -V'dt + sqrt(2D) dB in V = x^4/4 - x^2/2.

    (1/D) int_{-1}^{1} dy e^{V(y)/D} int_{-inf}^{y} dz e^{-V(z)/D}: Gardiner, Handbook of Stochastic
    Methods, 3rd ed. (2004), on first passage times.
    """
    z = np.linspace(-1 - 12 * np.sqrt(D), 1.0, 40001)
    V = z**4 / 4 - z**2 / 2 + 0.25
    inner = integrate.cumulative_simpson(np.exp(-V / D), x=z, initial=0.0)
    inside = z >= -1
    grid = np.linspace(-1, 1, 20001)
    outer = np.exp(-(0.25 - (grid**4 / 4 - grid**2 / 2 + 0.25)) / D) * np.interp(
        grid, z[inside], inner[inside]
    )
    return float(integrate.simpson(outer, x=grid) * np.exp(0.25 / D) / D)


def test_kramers_has_his_exact_times():
    """729.6707 at D = 0.05 and 102108.4 at 0.025; the ratio to his law falls to one."""
    assert diffusive_passage(0.05) == pytest.approx(729.6707, abs=1e-3)
    assert diffusive_passage(0.025) == pytest.approx(102108.4, abs=0.1)
    ratios = [diffusive_passage(D) / walks.kramers_time(D) for D in (0.05, 0.025, 0.0125)]
    np.testing.assert_allclose(ratios[:2], [1.1066, 1.0434], atol=1e-4)
    assert ratios[0] > ratios[1] > ratios[2] > 1


def test_first_passages_of_small_steps_are_those_of_the_diffusion():
    """Steps times s^2 n join the diffusive time as s falls; halving the grid changes nothing."""
    n = 8

    def steps(c, points=400):
        return walks.first_passage_steps(
            lambda x: n * (x**2 - 1) ** 2 / 2, -1.0, 1.0, c / np.sqrt(n), -2.6, points
        )

    exact = diffusive_passage(1 / (2 * n))
    excess = [steps(c) * c**2 / exact - 1 for c in (0.4, 0.2, 0.1)]
    assert excess[0] > excess[1] > excess[2] > 0
    assert excess[2] == pytest.approx(excess[1] / 2, rel=0.1)  # of first order in s: it overshoots the target
    assert steps(1.0, 200) == pytest.approx(steps(1.0, 800), rel=5e-5)
