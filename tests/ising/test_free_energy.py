"""Thermodynamic integration: the rule, its nodes, small tori, and the claims that rest on it."""

import numpy as np
import pandas as pd
import pytest

from scripts.common.claims.findings import recorded
from scripts.common.claims.registry import registered_checks
from scripts.ising import integrate, panels
from scripts.ising.claims import field, free_energy
from scripts.ising.claims.derivatives import first_derivative, second_derivative
from scripts.ising.theory import enumeration, kaufman
from scripts.ising.theory.onsager import critical_temperature
from tests.common.claims_examples import by_part

SEED = 20260821
BAR = 1e-4  # what the free energy must reach
REGISTRY = "workflow/chapters/ising/claims.yaml"


@pytest.mark.parametrize("size", [4, 16, 128, 1024])
def test_the_quadrature_error_is_far_below_the_bar(size):
    """Kaufman's energies in place of measured ones: what is left is the rule's own error."""
    assert np.abs(free_energy.quadrature_error(size)).max() < BAR / 100


def test_energies_of_a_temperature_off_by_one_per_cent_miss_the_bar():
    T = np.array(panels.TEMPERATURES)
    exact = kaufman.log_partition_function(16, T) / 256
    off = panels.log_partition_function(kaufman.energy(16, 1.01 / panels.inverse_temperatures()))
    assert np.abs(off - exact)[T < 3.2].min() > 10 * BAR


def test_the_rule_is_exact_for_a_polynomial_of_degree_seven():
    beta = panels.inverse_temperatures()
    edges = 1 / np.array(panels.TEMPERATURES)
    np.testing.assert_allclose(panels.log_partition_function(beta**7), np.log(2) - edges**8 / 8, rtol=1e-13)


def test_the_nodes_fill_a_word_and_hold_every_edge():
    beta = panels.inverse_temperatures()
    assert beta.shape == (64,)
    assert (np.diff(beta, prepend=0) > 0).all()
    assert (beta[3::4] == 1 / np.array(panels.TEMPERATURES)).all()
    assert critical_temperature() in panels.TEMPERATURES


def test_measured_free_energy_and_entropy_of_a_small_torus_agree_with_kaufman():
    """16 edges, two quantities: |z| < 5 with 7 degrees of freedom each; 1 % in T is 20 sigma at T_c."""
    energies = integrate.measured_energies(4, 16, 4000, 100, SEED)
    table = integrate.free_energy(4, energies)
    for name in ("free_energy", "energy", "entropy"):
        z = (table[name] - getattr(kaufman, name)(4, table["T"].to_numpy())) / table[f"{name}_err"]
        assert z.abs().max() < 5
        assert 0.2 < (z**2).mean() < 3
    nodes = integrate.integrand(4, energies)
    exact = kaufman.energy(4, nodes["T"].to_numpy())
    assert (((nodes["energy"] - exact) / nodes["energy_err"]) ** 2).mean() < 2.5
    row = table[table["T"] == critical_temperature()].iloc[0]
    off = kaufman.free_energy(4, 1.01 * row["T"])
    assert abs(row["free_energy"] - off) > 5 * row["free_energy_err"]


def test_streams_are_independent_of_how_many_there_are():
    one = integrate.measured_energies(4, 1, 200, 10, SEED)
    two = integrate.measured_energies(4, 2, 200, 10, SEED)
    np.testing.assert_array_equal(one[0], two[0])
    assert not np.array_equal(two[0], two[1])


def test_enumeration_agrees_with_kaufman():
    for size in (3, 4):
        levels = enumeration.energies(enumeration.torus_couplings(size))
        log_z = enumeration.log_partition_function(levels, 2.5)
        assert np.isclose(log_z, kaufman.log_partition_function(size, 2.5), rtol=1e-14)
    assert np.isclose(enumeration.probabilities(levels, 2.5).sum(), 1, rtol=1e-14)


def test_the_stencils_are_exact_for_polynomials_of_degree_four():
    def quartic(x):
        return 2 * x**4 - x**3 + 5 * x

    assert np.isclose(first_derivative(quartic, 0.7, 0.1), 8 * 0.7**3 - 3 * 0.7**2 + 5, rtol=1e-12)
    assert np.isclose(second_derivative(quartic, 0.7, 0.1), 24 * 0.7**2 - 6 * 0.7, rtol=1e-11)


def test_the_partition_function_overflows_from_twenty_eight_on():
    """The registry's tolerance is 0.5, so a neighboring even size would fail."""
    assert free_energy.overflow_size() == 28
    assert free_energy._overflows(28)
    assert not free_energy._overflows(26)


def evidence():
    """Integration tables of a 4 x 4 torus, and a measured table that holds nothing the claims ask for."""
    energies = integrate.measured_energies(4, 8, 1000, 100, SEED)
    lone = pd.DataFrame({"L": [24], "T": [2.35], "h": [0.0], "energy": [-1.2], "energy_err": [1e-3]})
    tables = {
        "free_energy": integrate.free_energy(4, energies),
        "integrand": integrate.integrand(4, energies),
    }
    return tables | {"thermodynamics": lone}


def test_claims_of_a_lone_size_and_temperature_say_what_they_need():
    checks = registered_checks(REGISTRY, "quick")
    records = recorded(checks, free_energy.findings(evidence()))
    found = {(each["claim"], each["part"]): each for each in records}
    assert found["2.2-01", "monte_carlo"]["outcome"] == "unmeasured"
    assert "24 in ising.sizes" in found["2.2-01", "monte_carlo"]["needs"]
    settled = [each for each in records if each["kind"] in ("identity", "bound")]
    assert len(settled) == 14
    assert all(each["passed"] for each in settled)


def test_a_response_at_another_temperature_is_rejected_and_the_right_one_accepted():
    checks = registered_checks(REGISTRY, "quick")
    rows = [(3.0, 0.0, 3.86), (3.03, 0.0, 3.62), (2.0, 0.1, 0.161)]
    table = pd.DataFrame(rows, columns=["T", "h", "slope"]).assign(
        susceptibility=lambda t: t["slope"] * 1.001, replicas=64
    )
    table = table.assign(slope_err=0.005 * table["slope"], susceptibility_err=0.002 * table["slope"])
    found = by_part(checks, field._responses(table))
    outcomes = {part: each["outcome"] for part, each in found.items()}
    assert outcomes == {"disordered": "agrees", "in_field": "agrees", "temperature_off": "rejected"}


def test_the_bend_of_a_response_is_that_of_its_third_derivative():
    """Half of the step leaves a quarter of it."""
    whole, half = (field.bend(3.0, 0.0, step) for step in (0.02, 0.01))
    assert whole < 0
    assert abs(half / whole - 0.25) < 0.01
