"""Approximations against closed forms and brute force, and the records that the claims make of them."""

import itertools

import numpy as np
import pandas as pd
import pytest

from scripts.common.claims.findings import recorded
from scripts.common.claims.records import record_error
from scripts.common.claims.registry import registered_checks
from scripts.common.style import figure_style, plt
from scripts.ising import approximations
from scripts.ising.claims import mean_field as claims
from scripts.ising.figures import mean_field as figure
from scripts.ising.theory import bethe, mean_field

CHECKS = registered_checks("workflow/chapters/ising/claims.yaml", "default")
TC = 2.269185314213022
TEMPERATURES = ["1.50", "2.00", str(TC), "2.30", "3.00", "4.00"]
SIZES = (8, 16, 32, 64)
CURVES, QUANTITIES = approximations.curves(TEMPERATURES), approximations.quantities()


def measured(sizes=SIZES, temperatures=TEMPERATURES):
    """A table with |m| = L^-1/8 everywhere but at T = 3, and -e / 2 = 0.3 everywhere."""
    rows = [{"L": L, "T": float(T), "h": 0.0} for L in sizes for T in temperatures]
    table = pd.DataFrame(rows)
    m = table["L"] ** -table["T"].map({3.0: 1.0}).fillna(0.125)
    found = {"tau_energy": 2.0, "tau_abs_magnetization": 5.0, "energy": -0.6, "energy_err": 1e-3}
    return table.assign(abs_magnetization=m, abs_magnetization_err=1e-3 * m, n_effective=6.4e5, **found)


def data(table):
    return {"thermodynamics": table, "mean_field": CURVES, "approximations": QUANTITIES}


def found(given):
    records = recorded(CHECKS, claims.findings(given))
    assert not [record_error(each) for each in records if record_error(each)]
    return {(each["claim"], each["part"]): each for each in records}


@pytest.mark.parametrize("T", [0.3, 1.5, 2.0, 3.9, 4.0, 4.1, 8.0])
def test_the_counted_iteration_solves_the_equation_as_the_theory_does(T):
    m, evaluations = approximations.iterated_mean_field(T)
    assert abs(m - np.tanh(4 * m / T)) <= 1e-13
    assert abs(m - mean_field.magnetization(T)) < (1e-12 if T != 4.0 else 1e-4)  # a triple root at T_c
    assert 2 <= evaluations <= 40


def test_bisection_finds_the_critical_temperatures_of_both_approximations():
    """To 1e-8; the closed forms enter nowhere in the bisection."""
    for z in (2, 4, 6, 8):
        assert abs(approximations.mean_field_onset(z) - z) < 1e-8
        assert abs(approximations.bethe_onset(z) - bethe.critical_temperature(z)) < 1e-8


def test_the_ring_agrees_with_all_its_states_and_an_open_chain_does_not():
    """Detects one missing bond of the ring."""

    def squared(n, T, closing):
        total = weights = 0.0
        for s in itertools.product((-1, 1), repeat=n):
            weight = np.exp((sum(s[i] * s[i + 1] for i in range(n - 1)) + closing * s[0] * s[-1]) / T)
            total, weights = total + weight * (sum(s) / n) ** 2, weights + weight
        return total / weights

    assert abs(approximations.enumerated_ring(6, 1.0) - squared(6, 1.0, 1)) < 1e-14
    assert abs(approximations.enumerated_ring(6, 1.0) - squared(6, 1.0, 0)) > 0.01


def test_the_curves_of_the_complete_graph_are_those_of_all_states_of_ten_spins():
    rows = CURVES[(CURVES["lattice"] == "complete") & (CURVES["size"] == 10)]
    M = np.array([sum(s) for s in itertools.product((-1, 1), repeat=10)])
    for row in rows.iloc[::20].itertuples():
        p = np.exp(M**2 / 20 / row.T)
        p /= p.sum()
        assert abs(row.magnetization - p @ np.abs(M) / 10) < 1e-13


def test_bethe_is_exact_in_one_dimension_and_mean_field_is_not():
    chain = CURVES[CURVES["lattice"] == "chain"].set_index("approximation")["magnetization"]
    assert np.abs(chain["bethe"].to_numpy() - chain["exact"].to_numpy()).max() < 1e-14
    assert chain["mean_field"].max() > 0.4


def test_every_check_of_good_data_passes():
    records = found(data(measured()))
    judged = {key: each for key, each in records.items() if each["role"] != "observation"}
    assert all(each["passed"] for each in judged.values()), {k: v["outcome"] for k, v in judged.items()}


def test_neighbors_without_correlation_are_noticed():
    records = found(data(measured().assign(energy=1e-4)))
    assert records["4.1-03", "correlations"]["passed"] is not True


def test_the_cost_counts_every_sweep_of_every_replica_and_no_run_length():
    """6.4e5 = n / (2 * 5), on 64 x 64 spins at each temperature; four times as many halve the error."""
    needed = 6.4e6 * 64**2 * (measured((64,))["abs_magnetization"] ** 2).sum()
    records = found(data(measured()))
    cost = records["4.1-04", "cost"]["measured"]
    assert abs(cost - np.log10(needed / CURVES["evaluations"].sum())) < 1e-9
    table = measured()
    longer = table.assign(
        n_effective=4 * table["n_effective"], abs_magnetization_err=table["abs_magnetization_err"] / 2
    )
    assert abs(found(data(longer))["4.1-04", "cost"]["measured"] - cost) < 1e-12


@pytest.mark.parametrize(("size", "temperature"), [(24, "2.35"), (128, "3.00"), (64, str(TC))])
def test_a_lone_size_and_temperature_leave_open_what_they_cannot_show(size, temperature):
    given = data(measured((size,), (temperature,)))
    records = found(given)
    absent = {"false_order": "3.00", "correlations": "4.00"}
    for part, needed in absent.items():
        if needed != temperature:
            assert records["4.1-03", part]["outcome"] == "unmeasured"
            assert records["4.1-03", part]["needs"]
    assert records["4.1-01", "fixed_point"]["passed"]
    with figure_style("ja", "dark"):
        plt.close(figure.draw(given, "ja", "dark"))


def test_the_numbers_of_the_chapter_are_finite():
    values = claims.numbers(data(measured()))
    assert abs(values["ising.bethe_tc"]["value"] - 2 / np.log(2)) < 1e-8
    assert values["ising.mean_field_share_2d"]["value"] == pytest.approx(TC / 4)


def test_the_excess_of_neighbors_alone_follows_from_closed_loops():
    """N [2 ln cosh K + t^4 + 2 t^6 + 9/2 t^8 + ...], t = tanh K; detects one part in 10^5."""
    row = QUANTITIES.query("quantity == 'log_partition_excess' and method == 'square'").iloc[0]
    K, N = 1 / row["T"], row["size"]
    t = np.tanh(K)
    series = N * (2 * np.log(np.cosh(K)) + t**4 + 2 * t**6 + 4.5 * t**8)
    assert N == 256
    assert abs(row["value"] - series) < 20 * N * t**10
