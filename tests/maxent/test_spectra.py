"""Maximum entropy at a given mean: the optimizer against closed forms, ln Z against its derivatives."""

import numpy as np
import pytest

from scripts.common.enumeration import energies
from scripts.common.io import InputError
from scripts.common.seeds import generator
from scripts.maxent import spectra
from scripts.maxent.kernels import simplex
from scripts.maxent.theory import canonical, derivatives, states

SEED = 20250918
LEVELS = np.array([0.0, 1.0, 1.0, 2.5, 4.0])


@pytest.mark.parametrize("energy", [0.4, 1.0, 2.1, 2.9, 3.8])
def test_the_optimum_is_canonical_and_one_per_cent_in_beta_is_not(energy):
    p, steps = simplex.maximize_entropy(LEVELS[None, :], [energy])
    beta = canonical.inverse_temperature(LEVELS, energy)
    assert steps < 30
    assert canonical.divergence(p, canonical.probabilities(LEVELS, beta)) < 1e-15
    assert canonical.divergence(p, canonical.probabilities(LEVELS, 1.01 * beta + 1e-6)) > 1e-14
    assert (beta > 0) == (energy < LEVELS.mean())


def test_nothing_near_the_optimum_has_more_entropy():
    """Brute force: moves along the null space of the constraints, in every direction of it."""
    p, _ = simplex.maximize_entropy(LEVELS[None, :], [1.3])
    constraints = np.vstack([np.ones(5), LEVELS])
    null = np.linalg.svd(constraints)[2][2:]
    for direction in generator(SEED, "directions").standard_normal((50, 3)) @ null:
        for size in (1e-3, -1e-3, 0.02):
            moved = p + size * direction / np.abs(direction).max()
            assert canonical.entropy(moved) < canonical.entropy(p)


def test_the_die_of_jaynes_has_the_published_faces():
    """Reference values, to all digits given."""
    table = spectra.dice_table([spectra.JAYNES])
    faces = [0.05435317, 0.07877155, 0.11415998, 0.1654468, 0.23977444, 0.34749407]
    np.testing.assert_allclose(table["optimum"], faces, atol=6e-9)
    assert np.isclose(table["beta"].iloc[0], -0.3710489381, atol=1e-10)
    assert np.isclose(canonical.entropy(table["optimum"].to_numpy()), 1.6135810982, atol=1e-10)


def test_an_impossible_mean_is_refused():
    for energy in (-0.1, 4.1):
        with pytest.raises(InputError, match="at or beyond the rim"):
            simplex.maximize_entropy(LEVELS[None, :], [energy])


def test_beta_is_found_from_the_mean_and_back():
    for beta in (-3.0, -0.01, 0.0, 0.7, 5.0):
        energy = float(canonical.mean_energy(LEVELS, beta))
        assert np.isclose(canonical.inverse_temperature(LEVELS, energy), beta, atol=1e-9)


def test_two_levels_give_the_tanh():
    levels = np.array([-1.0, 1.0])
    assert np.isclose(canonical.mean_energy(levels, 0.8), -np.tanh(0.8), rtol=1e-15)
    assert np.isclose(canonical.log_z(levels, 0.8), np.log(2 * np.cosh(0.8)), rtol=1e-15)


def test_automatic_derivatives_agree_with_finite_differences():
    """A road of its own: central differences of the closed form."""
    found = np.asarray(derivatives.energy_derivatives(LEVELS, 0.6, 8))
    step = 1e-3
    values = canonical.log_z(LEVELS, 0.6 + step * np.arange(-2, 3))
    assert np.isclose(found[0], np.array([1, -8, 0, 8, -1]) @ values / (12 * step), atol=1e-9)
    assert np.isclose(found[1], np.array([-1, 16, -30, 16, -1]) @ values / (12 * step**2), atol=1e-7)
    assert np.isclose(found[2], np.array([-1, 2, 0, -2, 1]) @ values / (2 * step**3), atol=1e-4)


def test_levels_without_states_change_no_derivative():
    short, long = (np.asarray(derivatives.energy_derivatives(LEVELS, 0.6, size)) for size in (5, 40))
    np.testing.assert_allclose(short, long, rtol=1e-14)


def test_all_identities_hold_on_other_spectra_and_their_controls_fail():
    table = spectra.spectrum_table(20, 12, SEED + 1)
    assert table["divergence"].max() < 1e-10
    assert table["curvature"].max() < 1e-6
    assert table["worst"].abs().max() < 1e-8 < table["worst_off"].median()
    assert (table["others"] > 0).all()
    for name in ("first", "second", "third", "helmholtz"):
        assert table[name].abs().max() < 1e-12, name
        if f"{name}_off" in table:
            assert table[f"{name}_off"].abs().median() > 1e-10, name
    assert (table["rise"] < 0).all()
    assert (table["beta_optimum"] - table["beta"]).abs().max() < 1e-7
    assert ((table["beta"] > 0) == (table["energy"] < table["uniform"])).all()


def test_a_spectrum_depends_on_its_number_alone():
    few, many = spectra.spectrum_table(3, 10, SEED), spectra.spectrum_table(5, 10, SEED)
    assert few.equals(many.head(3))
    assert not few.equals(spectra.spectrum_table(3, 10, SEED + 1))


def test_given_mean_and_variance_make_a_gaussian_and_no_other_curve():
    table = spectra.shape_table()
    for _, rows in table.groupby("shape"):
        p, exact, rival = (rows[name].to_numpy() for name in ("optimum", "expected", "rival"))
        assert abs(canonical.divergence(p, exact)) < 1e-12
        assert canonical.divergence(p, rival) > 0.01
        assert canonical.entropy(p) > canonical.entropy(rival)


def test_the_derivatives_in_a_field_are_the_moments_of_a_magnet():
    table = spectra.magnet_table(SEED)
    np.testing.assert_allclose(table["derivative"], table["moment"], rtol=1e-13)


def test_energies_of_spins_count_each_pair_once():
    spins = states.spin_states(3)
    couplings = np.array([[0, 1.0, 2.0], [1.0, 0, 3.0], [2.0, 3.0, 0]])
    found = energies(couplings, np.array([0.5, 0, 0]))
    for s, energy in zip(spins, found, strict=True):
        assert np.isclose(energy, -0.5 * s[0] - s[0] * s[1] - 2 * s[0] * s[2] - 3 * s[1] * s[2])


def test_a_divergence_counts_states_that_never_occur():
    p = np.array([0.5, 0.5, 0.0])
    assert np.isclose(canonical.divergence(p, np.full(3, 1 / 3)), np.log(1.5))
    assert canonical.divergence(p[:2], p[:2]) == 0
