"""The lattice in a field: response against enumeration, loops of known area, runs that are refused."""

import numpy as np
import pandas as pd
import pytest

from scripts.common.io import InputError
from scripts.ising import field, hysteresis
from scripts.ising.theory import enumeration, torus_in_field, transfer_matrix

SEED = 20260821
RUN = field.Run(size=4, sweeps=4000, equilibration=100, seed=SEED)
POINTS = ((2.5, 0.3), (2.5, -0.3), (3.0, 0.0), (2.8, 0.1))


def exact(T, h):
    """Magnetization and susceptibility per spin of the 4 x 4 torus from all its states."""
    levels = enumeration.energies(enumeration.torus_couplings(4))
    total = enumeration.configurations(16).sum(axis=1, dtype=float)
    p = enumeration.probabilities(levels - h * total, T)
    return p @ total / 16, (p @ total**2 - (p @ total) ** 2) / (16 * T)


def test_every_point_of_a_packed_word_agrees_with_enumeration():
    """Errors of m in a field are about 1e-3, so 1 % in T shows at 4 sigma at (2.5, 0.3)."""
    table = field.magnetizations(POINTS, 16, RUN)
    assert list(zip(table["T"], table["h"], strict=True)) == list(POINTS)
    for row in table.itertuples():
        m, chi = exact(row.T, row.h)
        assert row.magnetization_err < 0.02
        assert abs(row.magnetization - m) < 4 * row.magnetization_err
        assert abs(row.susceptibility - chi) < 4 * row.susceptibility_err


def test_an_error_of_one_per_cent_in_the_temperature_is_seen():
    row = field.magnetizations([(2.5, 0.3)], 64, RUN._replace(sweeps=8000)).iloc[0]
    assert abs(row["magnetization"] - exact(2.5, 0.3)[0]) < 4 * row["magnetization_err"]
    assert abs(row["magnetization"] - exact(2.525, 0.3)[0]) > 4 * row["magnetization_err"]


def test_the_slope_of_the_magnetization_is_the_exact_susceptibility():
    table = field._compared([(3.0, 0.0, 0.05), (2.5, 0.3, 0.05)], 16, RUN)
    for row in table.itertuples():
        slope = (exact(row.T, row.h + 0.05)[0] - exact(row.T, row.h - 0.05)[0]) / 0.1
        assert abs(row.slope - slope) < 4 * row.slope_err < 0.6 * slope
        assert abs(row.susceptibility - exact(row.T, row.h)[1]) < 4 * row.susceptibility_err


def test_the_map_is_odd_in_the_field_and_jumps_across_zero_only_below_the_transition():
    table = field.field_map(RUN._replace(size=16, sweeps=800)).pivot(
        index="h", columns="T", values="magnetization"
    )
    up, down = table[table.index > 0], -table[table.index < 0].iloc[::-1].to_numpy()
    assert np.abs(up - down).to_numpy().mean() < 0.03
    assert up.iloc[0].iloc[0] > 0.99  # T = 1.2, h = 0.0125
    assert up.iloc[0].iloc[-1] < 0.3  # T = 3.5


def test_a_run_too_short_for_its_autocorrelation_time_names_the_key():
    with pytest.raises(InputError, match=r"ising.field.sweeps: .* allowed: about \d+ or more"):
        field.magnetizations([(2.5, 0.0)], 64, RUN._replace(size=16, sweeps=60))


def test_a_point_keeps_its_numbers_whatever_else_is_asked_for():
    alone = field.magnetizations(POINTS[:1], 64, RUN)
    together = field.magnetizations(POINTS, 64, RUN).iloc[:1]
    pd.testing.assert_frame_equal(alone, together)


def test_a_square_loop_has_four_times_the_coercive_field_as_area():
    """Jumps at -0.3 and +0.3 from +1 to -1: the area is 2 x 0.6; half of it would be seen."""
    h = hysteresis.FIELDS
    shape = (len(h), 4, 16)
    down = np.broadcast_to(np.where(h > -0.3, 1.0, -1.0)[:, None, None], shape)
    up = np.broadcast_to(np.where(h > 0.3, 1.0, -1.0)[:, None, None], shape)
    np.testing.assert_allclose(hysteresis.areas(down, up), 1.2, rtol=1e-12)


def test_the_slow_limit_of_an_area_linear_in_the_rate_is_its_intercept():
    rate = np.array([0.04, 0.01, 0.0025])
    table = pd.DataFrame({"T": 2.6, "rate": rate, "area": 0.07 + 3 * rate, "area_err": 0.001})
    value, error = hysteresis.slow_limit(table, 2.6)
    assert np.isclose(value, 0.07)
    assert 0.001 < error < 0.002
    assert hysteresis.slow_limit(table.iloc[:1], 2.6) == (None, None)


def test_loops_stay_open_below_the_transition_and_close_above_it():
    loops, table = hysteresis.hysteresis(16, [4, 64], SEED)
    area = table.pivot(index="T", columns="hold", values="area")
    error = table["area_err"].max()
    assert (area[64] < area[4] + 4 * error).all()
    assert area.loc[1.8, 64] > 0.3
    assert area.loc[3.0, 64] < 0.05
    assert loops["down"].between(-1, 1).all()
    hot = loops[(loops["T"] == 3.0) & (loops["hold"] == 64)]
    assert (hot["up"] - hot["down"]).abs().max() < 0.2
    assert len(loops) == 2 * 4 * len(hysteresis.FIELDS)


def test_the_partition_function_in_a_field_generates_the_exact_moments():
    """d ln Z / dh = <M>/T, by an independent transfer matrix; and without a field all states of 4 x 4."""
    T, h, step = 2.4, 0.2, 1e-3
    slope = (
        torus_in_field.log_partition_function(6, T, h + step)
        - torus_in_field.log_partition_function(6, T, h - step)
    ) / (2 * step)
    assert np.isclose(T * slope / 36, transfer_matrix.observables(6, T, h)["magnetization"], atol=1e-5)
    levels = enumeration.energies(enumeration.torus_couplings(4))
    total = enumeration.configurations(16).sum(axis=1, dtype=float)
    log_z = enumeration.log_partition_function(levels - h * total, T)
    assert np.isclose(torus_in_field.log_partition_function(4, T, h), log_z, rtol=1e-13)
    with pytest.raises(ValueError, match="even"):
        torus_in_field.log_partition_function(5, T, h)
