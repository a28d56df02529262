"""Theory against itself: published digits, limits, two roads to one number, brute force on small networks."""

import itertools

import mpmath
import numpy as np
import pytest

from scripts.common.io import InputError
from scripts.hopfield.theory import gardner, lines, one_step, temperature, twin, zero_temperature


def test_capacity_to_nine_digits():
    """The two numbers as found by 30-digit arithmetic; a wrong factor 2 in one term moves the third digit."""
    mpmath.mp.dps = 30

    def g(y):
        return mpmath.erf(y) / y - 2 / mpmath.sqrt(mpmath.pi) * mpmath.exp(-(y**2))

    y = mpmath.findroot(lambda y: mpmath.diff(g, y), 1.5)
    alpha_c, m_c = zero_temperature.capacity()
    assert abs(alpha_c - float(g(y) ** 2 / 2)) < 1e-12
    assert abs(m_c - float(mpmath.erf(y))) < 1e-9
    assert abs(alpha_c - 0.137905566495) < 1e-9
    assert abs(m_c - 0.967417116) < 1e-9


@pytest.mark.parametrize(
    ("alpha", "m", "energy"),
    [
        (0.05, 0.99999223, -0.5),
        (0.08, 0.99955738, -0.500030),
        (0.10, 0.99799927, -0.500154),
        (0.12, 0.99322273, -0.500527),
        (0.135, 0.98079132, -0.501206),
    ],
)
def test_retrieval_state_at_zero_temperature(alpha, m, energy):
    assert abs(zero_temperature.overlap(alpha) - m) < 1e-8
    assert abs(zero_temperature.energy(alpha) - energy) < 1e-6


def test_a_load_beyond_the_capacity_is_refused_in_one_line():
    with pytest.raises(InputError, match=r"load 0\.14: no retrieval state at T = 0; allowed") as error:
        zero_temperature.overlap(0.14)
    assert "\n" not in str(error.value)


def test_low_temperature_theory_tends_to_that_at_zero():
    """At load 0.08 the slope in T is tiny: T = 0.02 agrees to 2e-5 in overlap and free energy."""
    state = temperature.retrieval(0.08, 0.02)
    assert abs(state.m - zero_temperature.overlap(0.08)) < 2e-5
    assert abs(state.r - zero_temperature.noise(0.08)) < 1e-3
    assert abs(temperature.free_energy(0.08, 0.02, state) - zero_temperature.energy(0.08)) < 1e-5


@pytest.mark.parametrize(
    ("alpha", "T", "m", "q", "f"),
    [
        (0.05, 0.20, 0.99887776, 0.99783041, -0.50011116),
        (0.05, 0.50, 0.90410608, 0.83335796, -0.51701378),
        (0.10, 0.20, 0.98908516, 0.98441706, -0.50104066),
        (0.02, 0.65, 0.82795741, 0.69758359, -0.54070277),
    ],
)
def test_retrieval_state_at_finite_temperature(alpha, T, m, q, f):
    state = temperature.retrieval(alpha, T)
    assert abs(state.m - m) < 1e-8
    assert abs(state.q - q) < 1e-8
    assert abs(temperature.free_energy(alpha, T, state) - f) < 1e-8


def test_solutions_are_stationary_points_of_the_free_energy():
    """A change of m or q by h moves f by order h^2: 1e-4 moves it by less than 1e-7."""
    state = temperature.retrieval(0.05, 0.5)
    f = temperature.free_energy(0.05, 0.5, state)
    for h in (1e-4, -1e-4):
        assert abs(temperature.free_energy(0.05, 0.5, state._replace(m=state.m + h)) - f) < 1e-7
        assert abs(temperature.free_energy(0.05, 0.5, state._replace(q=state.q + h)) - f) < 1e-7
        assert abs(temperature.free_energy(0.05, 0.5, state._replace(r=state.r + h)) - f) < 1e-7


def test_paramagnetic_energy_is_the_derivative_of_the_free_energy():
    """The limit q -> 0 of the free energy, alpha/2 + (alpha T/2) ln(1 - 1/T) - T ln 2, times beta."""

    def action(beta):
        return beta * 0.05 + 0.05 * np.log(1 - beta) - np.log(2)

    slope = (action(0.5 + 1e-5) - action(0.5 - 1e-5)) / 2e-5
    assert abs(slope - temperature.paramagnetic_energy(0.1, 2.0)) < 1e-9
    glass = temperature.spin_glass(0.1, 1.3161)
    assert abs(temperature.free_energy(0.1, 1.3161, glass) - 1.3161 * action(1 / 1.3161)) < 1e-6


@pytest.mark.parametrize(
    ("alpha", "T"), [(0.005, 0.859994), (0.02, 0.716481), (0.05, 0.542255), (0.1, 0.315432), (0.13, 0.148919)]
)
def test_retrieval_line_by_two_routes(alpha, T):
    assert abs(lines.retrieval_temperature(alpha) - T) < 1e-5
    near = temperature.retrieval(alpha, 0.97 * T)
    again = twin.retrieval_temperature(alpha, (near.m, near.q, 0.99 * T))
    assert abs(again - lines.retrieval_temperature(alpha)) < 1e-9


@pytest.mark.parametrize(("alpha", "T"), [(0.005, 0.807363), (0.02, 0.591300), (0.05, 0.216383)])
def test_thermodynamic_line(alpha, T):
    assert abs(lines.thermodynamic_temperature(alpha) - T) < 1e-5


def test_thermodynamic_line_by_two_routes():
    T = lines.thermodynamic_temperature(0.03)
    recall, glass = temperature.retrieval(0.03, T), temperature.spin_glass(0.03, T)
    assert abs(twin.coexistence_temperature(0.03, (recall.m, recall.q, glass.q, 0.98 * T)) - T) < 1e-9


def test_the_energy_is_the_derivative_of_the_free_energy():
    def action(beta):
        return beta * temperature.free_energy(0.05, 1 / beta, temperature.retrieval(0.05, 1 / beta))

    slope = (action(2.0 + 1e-4) - action(2.0 - 1e-4)) / 2e-4
    assert abs(temperature.energy(0.05, 0.5, temperature.retrieval(0.05, 0.5)) - slope) < 1e-7


def test_ground_states_at_zero_temperature():
    """The closed form leaves out the errors of memories, 3e-7; at T = 0.02 the load would be 0.0524."""
    load = zero_temperature.ground_state_load()
    assert abs(load - 0.05185433) < 1e-8
    assert abs(load - np.pi / 2 * (1 / 2 - 1 / np.pi) ** 2) < 5e-7


def test_slopes_of_the_lines_at_small_loads():
    """Amit et al. give 1.95 and 2.6 for (1 - T)/sqrt(alpha)."""
    alpha = 1e-4
    assert abs((1 - lines.retrieval_temperature(alpha)) / np.sqrt(alpha) - 1.958) < 2e-3
    assert abs((1 - lines.thermodynamic_temperature(alpha)) / np.sqrt(alpha) - 2.614) < 2e-3


def test_lines_end_where_there_is_no_state():
    assert lines.retrieval_temperature(0.15) is None
    assert lines.thermodynamic_temperature(0.06) is None
    assert lines.instability_temperature(0.15) is None
    assert temperature.retrieval(0.05, 0.6) is None
    assert temperature.spin_glass(0.05, 1.3) is None


def test_the_retrieval_line_bends_back_at_low_temperature():
    loads = {T: temperature.largest_load(T)[0] for T in (0.01, 0.0229, 0.05)}
    assert abs(loads[0.0229] - 0.138189) < 2e-6
    assert loads[0.0229] > max(loads[0.01], loads[0.05])
    assert loads[0.01] > zero_temperature.capacity()[0]


@pytest.mark.parametrize(("n_units", "n_patterns"), [(4, 3), (5, 3), (6, 3)])
def test_one_step_error_by_counting_all_patterns(n_units, n_patterns):
    """All choices of the other patterns against a first one of all ones, exactly."""
    turned = 0
    choices = list(itertools.product((-1, 1), repeat=n_units))
    for others in itertools.product(choices, repeat=n_patterns - 1):
        values = np.array([(1,) * n_units, *others])
        field = values[:, 0] @ (values[:, 1:].sum(axis=1))
        turned += field < 0
    assert one_step.bit_error(n_units, n_patterns) == pytest.approx(
        turned / len(choices) ** (n_patterns - 1), abs=1e-15
    )


def test_one_step_error_of_one_hundred_units():
    assert abs(one_step.bit_error(100, 14) - 0.00264602) < 5e-9
    assert one_step.bit_error(100, 1) == 0.0


def test_one_step_error_tends_to_the_gaussian_law_across_the_switch_of_formulas():
    """Just below and above 2^31 signs the two forms of the tail agree to 1e-6 of each other."""
    below, above = one_step.bit_error(125_000, 17_000), one_step.bit_error(126_000, 17_136)
    assert abs(below - above) < 1e-6
    assert abs(above - one_step.large_network_error(0.136)) < 1e-5


@pytest.mark.parametrize(("n", "load"), [(1e3, 0.0978), (1e4, 0.0689), (1e5, 0.0529)])
def test_error_free_load(n, load):
    assert abs(one_step.error_free_load(n) - load) < 1e-4
    assert one_step.stable_share(n, one_step.error_free_load(n)) == pytest.approx(0.5, abs=1e-9)


@pytest.mark.parametrize(
    ("kappa", "alpha"), [(0, 2.0), (0.5, 0.961205), (1, 0.519572), (1.5, 0.309871), (2, 0.200231)]
)
def test_gardner_capacity(kappa, alpha):
    assert abs(gardner.capacity(kappa) - alpha) < 1e-6


def test_cover_by_counting_labelings_in_the_plane():
    """Points at generic angles: a labeling is separable if some half-plane holds all signed points."""
    angles = np.array([0.1, 0.9, 2.3, 4.0, 5.1])
    points = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    directions = np.linspace(0, 2 * np.pi, 20001)
    normals = np.stack([np.cos(directions), np.sin(directions)])
    seen = {tuple(column) for column in np.sign(points @ normals).T.astype(int).tolist() if 0 not in column}
    assert gardner.separable_share(2, 5) == pytest.approx(len(seen) / 32)
    assert gardner.separable_share(50, 100) == 0.5
    assert abs(gardner.separable_share(50, 90) - 0.855452) < 1e-6


def test_a_temperature_too_low_for_the_quadrature_is_refused():
    with pytest.raises(InputError, match=r"temperature 0\.001"):
        temperature.largest_load(0.001)
