"""Finite-size scaling of synthetic data with known answers, and of exact moments of small tori."""

import numpy as np
import pandas as pd
import pytest

from scripts.common import fits
from scripts.common.seeds import generator
from scripts.ising import finite_size, scaling
from tests.common.calibration import assert_calibrated

TC = 2.269185314213022
SIZES = (16, 32, 64, 128)
NEAR = (2.0, 2.1, 2.15, 2.2, 2.22, 2.24, 2.25, 2.26, TC, 2.28, 2.29, 2.3, 2.32, 2.35, 2.4, 2.5)
U_STAR = 0.61069
RUNS = 200

# Exact at Tc, L x L torus, transfer matrix that resolves M. For L = 4 `test_observables` has the same
# numbers from all 65536 states.
EXACT = pd.DataFrame(
    {
        "L": [4, 6, 8, 10, 12],
        "abs_magnetization": [0.84386044481, 0.80497655844, 0.77733109279, 0.75627437293, 0.73940046896],
        "squared_magnetization": [0.76135890857, 0.69331659114, 0.64691157499, 0.61256768275, 0.58567543702],
        "binder": [0.61719931841, 0.61435623913, 0.61304538494, 0.61234053399, 0.61191782220],
        "dln_abs_magnetization": [1.96949857793, 3.24928914777, 4.54488799639, 5.84540466730, 7.14802027767],
        "dln_squared_magnetization": [3.022652437, 5.137756393, 7.277785471, 9.426360614, 11.578791722],
        "binder_slope": [0.67587858463, 1.03110140795, 1.38463764907, 1.73706433393, 2.08879502870],
    }
)


def rng(*labels):
    return generator(20260803, "tests/finite size", *labels)


def with_errors(frame, relative):
    columns = [name for name in frame if name not in ("L", "T", "h")]
    errors = {f"{name}_err": relative * frame[name].abs() for name in columns}
    return frame.assign(T=str(TC), h=0.0, **errors)


def binder(size, temperature, tc=TC):
    """A curve with the height and slope at Tc, and their corrections, of the exact one."""
    x = finite_size.scaling_field(temperature, tc) * size / 1.2465  # = (tc/T - 1) L to first order
    height = 1 / (1 + (2 / 3 / U_STAR - 1) * np.exp(-1.5 * x)) * 2 / 3
    return height + size**-1.75 * (0.1 - 0.032 * x)


def binder_table(generator_, tc=TC, noise=1.0):
    """Errors as 64 replicas of 160 000 Metropolis sweeps give them: 1.6e-4 (L/16)^1.08."""
    size = np.repeat(np.array(SIZES, dtype=float), len(NEAR))
    temperature = np.tile(NEAR, len(SIZES))
    err = 1.6e-4 * (size / 16) ** 1.08
    value = binder(size, temperature, tc) + noise * err * generator_.standard_normal(len(size))
    return pd.DataFrame({"L": size, "T": temperature, "h": 0.0, "binder": value, "binder_err": err})


def test_the_critical_point_from_one_fit_is_calibrated_and_as_sharp_as_asked():
    """Tc to 3e-4, U4* to 1e-3, nu to 1 %; detects errors wrong by 1.5 and a bias of half an error."""
    generator_ = rng("critical point")
    runs = [finite_size.critical_point(binder_table(generator_))[1] for _ in range(RUNS)]
    for name, truth, limit in (("tc", TC, 3e-4), ("f0", U_STAR, 1e-3), ("inverse_nu", 1.0, 0.01)):
        assert np.mean([run[name].err for run in runs]) < limit
        assert_calibrated([(run[name].value - truth) / run[name].err for run in runs])


def test_the_fit_finds_another_tc_if_the_data_have_another():
    """Negative control: nothing is pinned to Onsager's value."""
    table = binder_table(rng("control"), tc=TC + 0.002)
    _, fit, scan = finite_size.critical_point(table)
    assert abs(fit["tc"].value - TC - 0.002) < 4 * fit["tc"].err
    assert fit["tc"].value - TC > 5 * fit["tc"].err
    assert list(scan) == [16, 32]


def test_the_scaling_field_is_odd_under_duality_and_linear_at_tc():
    """sinh(2K) sinh(2K*) = 1 maps tau to -tau; its slope in K is 2 sqrt(2)."""
    dual = 1 / (0.5 * np.arcsinh(1 / np.sinh(2 / 2.0)))
    assert np.isclose(finite_size.scaling_field(2.0, TC), -finite_size.scaling_field(dual, TC), rtol=1e-12)
    step = 1e-6
    slope = finite_size.scaling_field(1 / (1 / TC + step), TC) / step
    assert np.isclose(slope, 2 * np.sqrt(2), rtol=1e-5)


def test_crossings_of_small_sizes_shift_and_those_of_large_ones_do_not():
    """Without noise: 16/32 cross 1e-3 away from Tc, 64/128 within 2e-4."""
    sizes, found = finite_size.binder_crossings(binder_table(rng("shift"), noise=0.0))
    assert sizes.tolist() == [[16, 32], [32, 64], [64, 128]]
    assert abs(found.x[0] - TC) > 5e-4
    assert abs(found.x[2] - TC) < 2e-4


def test_exact_tori_extrapolate_to_the_universal_binder_parameter():
    """L = 6 .. 12 with powers 7/4 and 11/4; with 1/L and 1/L^2 the limit is off four times as far."""
    size = EXACT["L"].to_numpy(dtype=float)[1:]
    limits = []
    for omega in (7 / 4, 1.0):
        design = np.stack([np.ones(4), size**-omega, size ** -(omega + 1)], axis=1)
        y = EXACT["binder"].to_numpy()[1:]
        limits.append(fits.linear_fit(design, y, np.full(4, 1e-6), ["limit", "b", "c"])["limit"].value)
    assert abs(limits[0] - U_STAR) < 1e-4
    assert abs(limits[1] - U_STAR) > 4e-4


def exact_exponent(name):
    return scaling.exponent(with_errors(EXACT[EXACT["L"] >= 6], 1e-3), name)


@pytest.mark.parametrize(("name", "exact"), [("beta_over_nu", 1 / 8), ("gamma_over_nu", 7 / 4)])
def test_exponents_of_exact_tori_are_off_by_less_than_the_stated_systematic(name, exact):
    row = exact_exponent(name)
    assert abs(row["value"] - exact) < row["correction_err"]
    assert abs(row["value"] - exact) > 0.2 * row["correction_err"]  # a bound that is not idle


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("inverse_nu", 0.002, 0.01),
        ("inverse_nu_abs_magnetization", 0.015, 0.1),
        ("inverse_nu_squared_magnetization", 0.015, 0.1),
    ],
)
def test_inverse_nu_of_exact_tori_is_right_with_its_correction_and_wrong_without(name, right, wrong):
    row = exact_exponent(name)
    assert abs(row["value"] - 1) < right
    data = finite_size.values_at_tc(
        with_errors(EXACT[EXACT["L"] >= 6], 1e-3), finite_size.EXPONENTS[name].column
    )
    assert abs(finite_size.exponent_scan(data, None)[6.0]["exponent"].value - 1) > wrong


@pytest.mark.parametrize("name", list(finite_size.EXPONENTS))
def test_every_exponent_is_calibrated(name):
    """Relative errors of 0.1 to 0.8 %; detects an error wrong by 1.5, a sign or an offset."""
    law, generator_, z = finite_size.EXPONENTS[name], rng(name), []
    truth = {"beta_over_nu": 1 / 8}.get(name, 7 / 4 if name.startswith("gamma") else 1.0)
    size = np.array(SIZES, dtype=float)
    power = law.sign * (truth - law.offset)
    clean = size**power * (1 if law.omega is None else 1 - 0.5 * size**-law.omega)
    err = clean * 1e-3 * (size / 16)
    for _ in range(RUNS):
        columns = {law.column: clean + err * generator_.standard_normal(4), f"{law.column}_err": err}
        table = pd.DataFrame({"L": size, "T": TC, "h": 0.0, **columns})
        row = scaling.exponent(table, name)
        z.append((row["value"] - truth) / row["value_err"])
    assert_calibrated(z, bias=0.1)  # the cut-off is chosen by the data, which skews a little
    assert (row["correction_err"] > 0) == (law.omega is None)


# Kaufman's exact torus at Tc: energy and specific heat per spin
HEAT = pd.DataFrame(
    {
        "L": [8, 16, 32, 64, 128],
        "energy": [-1.49158910744, -1.453064852813, -1.433658466146, -1.423938389833, -1.419076272085],
        "specific_heat": [1.145559239894, 1.4987049594, 1.84676759004, 2.192211393141, 2.536331335109],
    }
)
SLOPE = 8 / (np.pi * TC**2)


def test_the_logarithm_of_the_exact_specific_heat_has_the_exact_slope():
    """To 0.05 % from L = 8 .. 128; the plain logarithm is off by over 1 %: the subtracted term matters."""
    table = with_errors(HEAT, 1e-3)
    assert abs(finite_size.specific_heat_law(table)["slope"].value / SLOPE - 1) < 5e-4
    plain = fits.log_law(*finite_size.values_at_tc(table, "specific_heat"))
    assert abs(plain["slope"].value / SLOPE - 1) > 0.01


def test_the_slope_of_a_measured_specific_heat_is_calibrated():
    generator_, clean = rng("heat"), with_errors(HEAT, 2e-3)
    runs = []
    for _ in range(RUNS):
        heat = clean["specific_heat"] + clean["specific_heat_err"] * generator_.standard_normal(5)
        runs.append(finite_size.specific_heat_law(clean.assign(specific_heat=heat))["slope"])
    assert_calibrated([(run.value - SLOPE) / run.err for run in runs])
    assert np.mean([run.err for run in runs]) < 0.01 * SLOPE


def test_only_rows_without_field_near_tc_and_with_errors_count():
    table = pd.concat([with_errors(EXACT, 1e-3), with_errors(EXACT, 1e-3).assign(h=0.1)])
    table = pd.concat([table, with_errors(EXACT, 1e-3).assign(T="9.0")])
    assert finite_size.points(table, "binder").shape == (4, 5)
    assert finite_size.points(table.assign(binder_err=0.0), "binder").shape == (4, 0)
    assert finite_size.values_at_tc(table, "binder")[0].tolist() == [4, 6, 8, 10, 12]


def test_too_few_sizes_are_refused_in_one_line():
    two = binder_table(rng("few")).query("L < 64")
    with pytest.raises(fits.FitError, match="at least 3 sizes"):
        finite_size.critical_point(two)
    with pytest.raises(fits.FitError, match="at least 2 sizes"):
        finite_size.binder_crossings(two.query("L < 32"))
    with pytest.raises(fits.FitError, match="at least 2 sizes"):
        scaling.exponent(with_errors(EXACT, 1e-3).assign(T="3.0"), "beta_over_nu")


def test_nu_is_the_inverse_with_its_error():
    value, err = finite_size.inverse(0.8, 0.016)
    assert (value, err) == (pytest.approx(1.25), pytest.approx(0.025))
