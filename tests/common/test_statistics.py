"""Chains with known correlations; every error bar is tested from both sides."""

import pickle

import numpy as np
import pytest

from scripts.common import statistics
from scripts.common.seeds import generator
from tests.common.calibration import ar1, ar1_tau, assert_calibrated

RUNS = 400


def rng(*labels):
    return generator(20260801, "tests/statistics", *labels)


def test_the_calibration_test_detects_error_bars_wrong_by_half():
    z = rng("power").standard_normal((200, 250))
    assert_calibrated(z[0])
    for factor in (1.5, 1 / 1.5):
        assert sum(_rejected(factor * run) for run in z) >= 198
    assert sum(_rejected(run + 0.5) for run in z) >= 198


def test_the_calibration_test_knows_students_t():
    t = rng("student").standard_t(9, 2000)
    assert_calibrated(t, degrees_of_freedom=9)
    assert _rejected(t)


def test_autocovariance_is_the_direct_sum_around_the_common_mean():
    x = ar1(rng("sum"), 0.7, 50, 3)
    deviation = x - x.mean()
    direct = [(deviation[: 50 - t] * deviation[t:]).sum() / (3 * (50 - t)) for t in range(50)]
    assert np.allclose(statistics.autocovariance(x), direct, rtol=0, atol=1e-12)


@pytest.mark.parametrize("r", [0.0, 0.5, 0.9, 0.98])
def test_the_autocorrelation_time_of_a_long_chain_is_exact_within_its_error(r):
    """Detects a tau off by 1/2 (the other convention) or by 10 %, at 4 sigma or more."""
    n = int(80_000 * ar1_tau(r))
    time = statistics.integrated_autocorrelation_time(ar1(rng("long", str(r)), r, n))
    assert time.err < 0.025 * ar1_tau(r)
    assert abs(time.tau - ar1_tau(r)) < 4 * time.err
    assert abs(time.variance - 1) < 0.05


@pytest.mark.parametrize(("r", "shape"), [(0.5, (4000, None)), (0.9, (20000, None)), (0.8, (200, 64))])
def test_the_error_of_the_autocorrelation_time_is_calibrated(r, shape):
    generator_ = rng("tau error", str(r))
    times = [statistics.integrated_autocorrelation_time(ar1(generator_, r, *shape)) for _ in range(RUNS)]
    # tau and its error rise together: z is skewed, which shifts its mean by up to 0.15
    assert_calibrated([(time.tau - ar1_tau(r)) / time.err for time in times], bias=0.15)
    assert abs(np.mean([time.tau for time in times]) / ar1_tau(r) - 1) < 0.02
    # four times what 400 runs leave open: detects the usual bound 4W + 2, which is 25 % too long
    assert abs(np.mean([time.err for time in times]) / np.std([time.tau for time in times]) - 1) < 0.15


@pytest.mark.parametrize(("r", "shape"), [(0.0, (1000, None)), (0.8, (4000, None)), (0.8, (200, 64))])
def test_the_error_of_a_correlated_mean_is_calibrated(r, shape):
    generator_ = rng("mean", str(r))
    means = [statistics.correlated_mean(ar1(generator_, r, *shape)) for _ in range(RUNS)]
    freedom = np.mean([mean.degrees_of_freedom for mean in means])
    assert_calibrated([mean.value / mean.err for mean in means], freedom)
    scatter = np.var([mean.err**2 for mean in means]) / np.mean([mean.err**2 for mean in means]) ** 2
    assert 0.7 < scatter * freedom / 2 < 1.5  # chi-square: Var(err^2)/<err^2>^2 = 2/freedom


def test_a_chain_too_short_for_its_tau_raises_and_tells():
    chain = ar1(rng("short"), 0.99, 400)  # tau = 99.5, four of them
    with pytest.raises(statistics.AutocorrelationError) as caught:
        statistics.correlated_mean(chain)
    assert isinstance(caught.value, ValueError)
    assert caught.value.n == 400
    assert caught.value.tau > 400 / statistics.autocorrelation.SHORTEST
    assert "400 measurements are too few" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert pickle.loads(pickle.dumps(caught.value)).tau == caught.value.tau  # noqa: S301


def test_short_chains_hardly_ever_pass_for_long_ones():
    """50 tau: half of what is asked for. Accepted runs would underestimate tau by more than a third."""
    generator_, accepted = rng("verdicts"), 0
    for _ in range(200):
        try:
            time = statistics.integrated_autocorrelation_time(ar1(generator_, 0.9, 475))
            accepted += time.tau < 0.5 * ar1_tau(0.9)
        except statistics.AutocorrelationError:
            pass
    assert accepted <= 20


def test_a_replica_stuck_apart_is_a_long_correlation_and_raises():
    x = ar1(rng("stuck"), 0.5, 500, 16)
    statistics.integrated_autocorrelation_time(x)
    x[:, 3] += 3.0
    with pytest.raises(statistics.AutocorrelationError):
        statistics.integrated_autocorrelation_time(x)


def test_a_constant_series_has_no_error_and_the_least_tau():
    mean = statistics.correlated_mean(np.full(100, 7))
    assert (mean.value, mean.err) == (7, 0)
    assert statistics.integrated_autocorrelation_time(np.full((50, 4), 7)).tau == 0.5


def test_effective_samples_of_an_independent_chain_are_all_of_it():
    assert statistics.effective_sample_size(1000, 0.5) == 1000
    assert statistics.effective_sample_size(1000, 10) == 50


@pytest.mark.parametrize("shape", [(3, 3, 3), (1,)])
def test_a_series_of_the_wrong_shape_is_refused(shape):
    with pytest.raises(ValueError, match="a series has shape"):
        statistics.autocovariance(np.zeros(shape))


def test_bin_means_leave_out_the_start():
    assert statistics.bin_means(np.arange(7.0), 3).tolist() == [2.0, 5.0]


def test_the_jackknife_of_a_mean_is_the_error_from_replicas():
    x = rng("linear").standard_normal((20, 3))
    jackknife, plain = statistics.jackknife(x, lambda means: means), statistics.replica_mean(x)
    assert np.allclose(jackknife.value, plain.value, rtol=1e-12)
    assert np.allclose(jackknife.err, plain.err, rtol=1e-12)
    assert jackknife.degrees_of_freedom == plain.degrees_of_freedom == 19


def variance(means):
    return means[..., 1] - means[..., 0] ** 2


def blocks_of_normals(generator_, n_blocks=64, length=20):
    x = 3 + generator_.standard_normal((n_blocks, length))
    return np.stack([x.mean(axis=1), (x * x).mean(axis=1), (x**4).mean(axis=1)], axis=-1)


def test_the_jackknife_of_a_variance_is_calibrated_and_unbiased():
    generator_ = rng("variance")
    runs = [
        statistics.jackknife(blocks_of_normals(generator_), variance, bias_corrected=True)
        for _ in range(RUNS)
    ]
    assert_calibrated([(run.value - 1) / run.err for run in runs], 63, bias=0.1)  # skewed as chi-square is


def test_bias_correction_makes_a_squared_mean_unbiased_exactly():
    """<x>^2 of B numbers is too large by s^2/B: what is taken off is just that."""
    x = rng("square").standard_normal((12, 1))
    value = statistics.jackknife(x, lambda means: means[..., 0] ** 2, bias_corrected=True).value
    assert np.isclose(value, x.mean() ** 2 - x.var(ddof=1) / 12, rtol=0, atol=1e-14)


def test_the_error_from_few_replicas_follows_students_t():
    x = rng("replicas").standard_normal((5, 4000))
    mean = statistics.replica_mean(x)
    assert_calibrated(mean.value / mean.err, mean.degrees_of_freedom)
    assert _rejected(mean.value / mean.err)  # five replicas are no Gaussian
    with pytest.raises(ValueError, match="at least 2"):
        statistics.replica_mean([1.0])


def test_one_block_has_no_error():
    with pytest.raises(ValueError, match="at least 2 blocks"):
        statistics.jackknife(np.ones((1, 2)), variance)


def test_the_weighted_mean_is_calibrated_and_its_chi_square_uniform():
    generator_ = rng("weights")
    errs = np.array([0.1, 0.2, 0.5, 1.0])
    runs = [statistics.weighted_mean(2 + errs * generator_.standard_normal(4), errs) for _ in range(RUNS)]
    assert_calibrated([(run.value - 2) / run.err for run in runs])
    assert abs(np.mean([run.p_value for run in runs]) - 0.5) < 4 / np.sqrt(12 * RUNS)
    assert runs[0].degrees_of_freedom == 3


def test_a_weighted_mean_of_values_that_disagree_says_so_and_keeps_its_error():
    mean = statistics.weighted_mean([0.0, 10.0], [1.0, 1.0])
    assert mean.p_value < 1e-11
    assert np.isclose(mean.err, np.sqrt(0.5))
    with pytest.raises(ValueError, match="above zero"):
        statistics.weighted_mean([1.0, 2.0], [0.0, 1.0])


def _rejected(z):
    try:
        assert_calibrated(z)
    except AssertionError:
        return True
    return False
