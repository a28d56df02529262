"""Fits of data with known answers; errors are proven over hundreds of runs."""

import numpy as np
import pytest

from scripts.common import fits
from scripts.common.seeds import generator
from tests.common.calibration import assert_calibrated

SIZES = np.array([8.0, 16, 32, 64, 128])
RUNS = 300


def rng(*labels):
    return generator(20260802, "tests/fits", *labels)


def test_a_linear_fit_solves_the_normal_equations():
    x, y, err = np.arange(6.0), np.array([1.0, 3, 2, 5, 4, 7]), np.array([1.0, 2, 1, 3, 1, 2])
    fit = fits.polynomial(x, y, err, degree=1)
    design = np.stack([np.ones(6), x], axis=1)
    covariance = np.linalg.inv(design.T @ np.diag(err**-2) @ design)
    assert np.allclose(fit.covariance, covariance, rtol=1e-12)
    assert np.allclose(fit.values, covariance @ design.T @ (y / err**2), rtol=1e-12)
    assert fit.chi2 == pytest.approx(np.sum(((y - design @ fit.values) / err) ** 2))
    assert fit.degrees_of_freedom == 4


def test_a_linear_fit_of_correlated_data_is_calibrated_only_with_their_covariance():
    """Five points that share an error of 1: the plain error is too small by about 2."""
    generator_, x = rng("correlated"), np.arange(5.0)
    covariance = 0.25 * np.eye(5) + 1.0
    white = np.linalg.cholesky(covariance)
    full, plain = [], []
    for _ in range(RUNS):
        y = 2 + 3 * x + white @ generator_.standard_normal(5)
        for err, z in ((covariance, full), (np.sqrt(np.diag(covariance)), plain)):
            constant = fits.polynomial(x, y, err, degree=1)["c0"]
            z.append((constant.value - 2) / constant.err)
    assert_calibrated(full)
    assert not 0.75 < np.var(plain) < 1.33


@pytest.mark.parametrize("form", ["power", "power with correction", "log", "log with correction"])
def test_every_parameter_of_every_law_is_calibrated(form):
    """Also chi-square: p is uniform. Detects an error or a weight wrong by 1.5, a bias of half an error."""
    generator_ = rng(form)
    correction = 1.75 if "correction" in form else None
    bend = 0.4 * SIZES**-1.75 if correction else 0.0
    power = form.startswith("power")
    y = 2 * SIZES**-0.125 * (1 + bend) if power else 0.5 * np.log(SIZES) + 0.1 + bend
    truth = {"amplitude": 2, "exponent": -0.125} if power else {"slope": 0.5, "constant": 0.1}
    truth |= {"correction": 0.4} if correction else {}
    law, err = (fits.power_law if power else fits.log_law), 0.002 * y
    runs = [
        law(SIZES, y + err * generator_.standard_normal(5), err, correction=correction) for _ in range(RUNS)
    ]
    assert runs[0].names == tuple(truth)
    for name, value in truth.items():
        assert_calibrated([(run[name].value - value) / run[name].err for run in runs])
    assert abs(np.mean([run.p_value for run in runs]) - 0.5) < 4 / np.sqrt(12 * RUNS)


def test_a_power_law_may_have_a_negative_amplitude():
    fit = fits.power_law(SIZES, -3 * SIZES**1.5, 0.01 * SIZES**1.5)
    assert np.allclose(fit.values, [-3, 1.5], rtol=1e-9)


def test_a_form_that_the_data_reject_is_reported_with_its_chi_square():
    y = 2 * SIZES**-0.125 * (1 + 0.5 * SIZES**-1.75)
    fit = fits.power_law(SIZES, y, 1e-3 * y)
    row = fit.row()
    assert not row["acceptable"]
    assert row["p_value"] < 1e-3
    assert row["chi2"] > 16
    assert row["exponent_err"] < 1e-3  # not stretched by the misfit
    assert fits.power_law(SIZES, y, 1e-3 * y, correction=1.75).acceptable


def test_a_fit_without_freedom_is_not_called_acceptable():
    fit = fits.power_law(SIZES[:2], SIZES[:2], 0.1 * SIZES[:2])
    assert np.isnan(fit.p_value)
    assert not fit.acceptable


@pytest.mark.parametrize(
    ("y", "err", "message"),
    [
        ([1.0], [1.0], "too few"),
        ([1.0, 2.0, 3.0], [1.0, 0.0, 1.0], "above zero"),
        ([1.0, np.nan, 3.0], [1.0, 1.0, 1.0], "finite"),
    ],
)
def test_data_that_cannot_be_fitted_are_refused(y, err, message):
    x = np.arange(1.0, len(y) + 1)
    with pytest.raises(fits.FitError, match=message):
        fits.polynomial(x, y, err, degree=1)
    with pytest.raises(fits.FitError, match=message):
        fits.nonlinear_fit(lambda x, a, b: a + b * x, x, y, err, {"a": 0.0, "b": 0.0})


def test_columns_that_depend_on_each_other_and_mixed_signs_are_refused():
    with pytest.raises(fits.FitError, match="cannot tell apart"):
        fits.linear_fit(np.ones((4, 2)), np.arange(4.0), np.ones(4), ["a", "b"])
    with pytest.raises(fits.FitError, match="one sign"):
        fits.power_law([1.0, 2.0], [1.0, -1.0], [0.1, 0.1])


def test_the_scan_drops_small_sizes_until_the_data_accept_the_form():
    y = 2 * SIZES**-0.125 * (1 + 0.5 * SIZES**-1.75)
    scan = fits.smallest_size_scan(fits.power_law, SIZES, y, 1e-3 * y, fewest=2)
    assert list(scan) == [8, 16, 32, 64]
    assert scan[8.0].p_value < 1e-3 < 0.05 < scan[16.0].p_value
    assert fits.first_accepted(scan)[0] == 16
    hopeless = {8.0: scan[8.0]}
    cut, fit = fits.first_accepted(hopeless)
    assert cut == 8
    assert not fit.acceptable
    with pytest.raises(fits.FitError, match="at least 6 sizes"):
        fits.smallest_size_scan(fits.power_law, SIZES, y, y, fewest=6)


def test_the_scan_keeps_or_drops_all_points_of_a_size():
    sizes = np.repeat(SIZES, 3)
    scan = fits.smallest_size_scan(lambda size, y: len(y), sizes, sizes, fewest=2)
    assert scan == {8.0: 15, 16.0: 12, 32.0: 9, 64.0: 6}


def curves(noise, err=0.01, sizes=(1.0, 2.0, 4.0)):
    """Parabolas 0.6 - L x + L x^2/2 around x = 3.1, which cross there at 0.6."""
    x = 3 + np.linspace(-0.5, 0.5, 9)
    t = x - 3.1
    return [
        fits.polynomial(
            x, 0.6 - size * t + size * t * t / 2 + err * noise(9), np.full(9, err), degree=2, center=3.0
        )
        for size in sizes
    ]


def test_crossings_of_exact_curves_are_exact():
    found = fits.crossings(curves(np.zeros), center=3.0, low=2.5, high=3.5)
    assert np.allclose(found.x, 3.1, atol=1e-9)
    assert np.allclose(found.y, 0.6, atol=1e-9)


def test_crossings_and_their_covariance_are_calibrated():
    generator_ = rng("crossings")
    runs = [
        fits.crossings(curves(generator_.standard_normal), center=3.0, low=2.5, high=3.5) for _ in range(RUNS)
    ]
    for k in range(2):
        assert_calibrated([(run.x[k] - 3.1) / run.x_err[k] for run in runs])
        assert_calibrated([(run.y[k] - 0.6) / run.y_err[k] for run in runs])
    # neighbors share the middle curve: a chi-square of both with the full covariance has mean 2
    chi2 = [(run.x - 3.1) @ np.linalg.solve(run.covariance[:2, :2], run.x - 3.1) for run in runs]
    assert abs(np.mean(chi2) - 2) < 4 * 2 / np.sqrt(RUNS)
    assert abs(runs[0].covariance[0, 1]) > 0.2 * runs[0].x_err[0] * runs[0].x_err[1]


def test_curves_that_do_not_cross_are_refused():
    flat = [fits.polynomial(np.arange(4.0), np.full(4, level), np.ones(4), degree=1) for level in (0, 1)]
    with pytest.raises(fits.FitError, match="do not cross"):
        fits.crossings(flat, center=0.0, low=-1, high=5)
