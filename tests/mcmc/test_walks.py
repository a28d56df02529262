"""The house of rooms: walkers against matrices, and the records that rest on them."""

import numpy as np
import pandas as pd
import pytest

from scripts.common.claims.findings import recorded
from scripts.common.claims.registry import registered_checks
from scripts.common.io import InputError
from scripts.common.seeds import generator
from scripts.mcmc import averages, house, rooms, tabulate
from scripts.mcmc.claims import house as claims
from scripts.mcmc.kernels import walk
from scripts.mcmc.theory import chains
from tests.common.claims_examples import by_part

SEED = 20250918
POPULARITY = [10, 6, 1, 2, 4, 7]
REGISTRY = "workflow/chapters/mcmc/claims.yaml"


def plan(popularity=POPULARITY):
    return np.asarray(popularity, float), *rooms.door_lists(rooms.doors(len(popularity)))


def stationary_law(matrix):
    """The law that the chain keeps, float64[n], by solving pi (T - 1) = 0 with sum pi = 1."""
    n = len(matrix)
    system = np.vstack([matrix.T - np.eye(n), np.ones(n)])
    return np.linalg.lstsq(system, np.append(np.zeros(n), 1.0), rcond=None)[0]


@pytest.fixture(scope="module")
def walks():
    return house.walks(POPULARITY, 16, 2**15, SEED)


def test_the_plan_of_the_house_is_two_rows():
    found = rooms.doors(6)
    assert (found == found.T).all()
    assert found.sum(axis=1).tolist() == [2, 2, 3, 3, 2, 2]
    assert found[0, 1]
    assert found[0, 2]
    assert not found[0, 3]
    assert not rooms.closed_wing(6)[4:, :4].any()


@pytest.mark.parametrize("rule", [walk.METROPOLIS, walk.BARKER, walk.WITHOUT_FACTOR])
def test_the_compiled_walk_is_its_plain_twin_bit_for_bit(rule):
    start, found = np.arange(6), []
    for step in (walk._step, walk._step.py_func):
        rng, path = generator(SEED, "twin"), []
        for room in start:
            here = int(room)
            for _ in range(300):
                here = int(step(here, plan(), rule, rng))
                path.append(here)
        found.append(path)
    assert found[0] == found[1]
    counts = walk.transitions(start, 300, plan(), rule, generator(SEED, "twin"))
    same = np.zeros_like(counts)
    for k, room in enumerate(start):
        path = [room, *found[0][300 * k : 300 * (k + 1)]]
        np.add.at(same[k], (path[:-1], path[1:]), 1)
    assert (counts == same).all()


@pytest.mark.parametrize("walk_name", house.WALKS)
def test_every_single_transition_has_the_probability_of_the_matrix(walks, walk_name):
    """Chi-square of each row of 2^19 steps; see below for its power."""
    matrix = house.matrices(POPULARITY)[walk_name][1]
    counts = walks[f"transitions_{walk_name}"].sum(axis=0)
    for row, want in zip(counts, matrix, strict=True):
        expected = row.sum() * want
        assert row[want < 1e-15].sum() == 0
        allowed = want >= 1e-15
        chi_square = ((row - expected)[allowed] ** 2 / expected[allowed]).sum()
        certain = allowed.sum() == 1
        assert chi_square < 1e-12 if certain else abs(tabulate.deviate(chi_square, allowed.sum() - 1)) < 4.5


def test_a_probability_off_by_three_per_cent_is_noticed(walks):
    matrix = house.matrices(POPULARITY)["metropolis"][1].copy()
    matrix[1, 0] *= 1.03
    counts = walks["transitions_metropolis"].sum(axis=0)[1]
    expected = counts.sum() * chains.with_rest(matrix)[1]
    allowed = expected > 1e-9
    chi_square = ((counts - expected)[allowed] ** 2 / expected[allowed]).sum()
    assert tabulate.deviate(chi_square, allowed.sum() - 1) > 5


def test_each_walk_keeps_the_law_that_its_matrix_says():
    for law, matrix in house.matrices(POPULARITY).values():
        np.testing.assert_allclose(matrix.sum(axis=1), 1, rtol=1e-14)
        np.testing.assert_allclose(stationary_law(matrix), law, atol=1e-14)


def test_the_walk_without_the_factor_keeps_popularity_times_doors():
    law = house.matrices(POPULARITY)["without_factor"][0]
    weights = np.array(POPULARITY) * rooms.doors(6).sum(axis=1)
    np.testing.assert_allclose(law, weights / weights.sum(), rtol=1e-15)
    assert np.abs(law / (np.array(POPULARITY) / 30) - 1).max() > 0.3


def test_a_house_that_never_settles_is_refused_in_one_line():
    with pytest.raises(InputError, match=r"mcmc\.house\.popularity: .* periodic; allowed") as error:
        house.matrices([1, 1, 1, 1])
    assert "\n" not in str(error.value)


def test_popularities_of_another_unit_change_no_step(walks):
    assert walks["changed"] == 0


def test_the_errors_of_shares_are_those_of_many_houses():
    """200 short walks: mean of z^2 per room within 5 of its errors of one; errors 15 % off are found."""
    law, matrix = house.matrices(POPULARITY)["metropolis"]
    rng = generator(SEED, "calibration")
    start = rng.choice(6, size=400, p=law)
    shares = walk.transitions(start, 4096, plan(), walk.METROPOLIS, rng).sum(axis=1) / 4096
    z = (shares - law) / np.sqrt(np.diag(chains.share_covariance(law, matrix)) / 4096)
    assert np.abs((z**2).mean(axis=0) - 1).max() < 5 * np.sqrt(2 / 400)
    forms = [tabulate.quadratic_form(s - law, chains.share_covariance(law, matrix) / 4096) for s in shares]
    assert {freedom for _, freedom in forms} == {5}
    assert abs(np.mean([value for value, _ in forms]) - 5) < 5 * np.sqrt(10 / 400)


@pytest.mark.parametrize("name", ["metropolis", "suwa_todo"])
def test_the_errors_of_currents_are_those_of_many_houses(name):
    law, matrix = house.matrices(POPULARITY)[name]
    rng = generator(SEED, "currents")
    counts = walk.matrix_transitions(rng.choice(6, size=400, p=law), 4096, matrix, rng)
    edges = np.argwhere(np.triu(matrix + matrix.T, 1) > 0)
    net = (counts - counts.transpose(0, 2, 1))[:, edges[:, 0], edges[:, 1]] / 4096
    covariance = chains.current_covariance(law, matrix, edges) / 4096
    expected = chains.currents(law, matrix)[tuple(edges.T)]
    forms = [tabulate.quadratic_form(row - expected, covariance) for row in net]
    freedom = forms[0][1]
    # Around circuits only: what flows through a bridge comes back. Some steps of Suwa and Todo are certain.
    assert freedom == len(edges) - 6 + 1 if name == "metropolis" else 0 < freedom < len(edges) - 6 + 1
    assert abs(np.mean([value for value, _ in forms]) - freedom) < 6 * np.sqrt(2 * freedom / 400)


def test_the_exact_variance_of_a_mean_joins_its_limits():
    law, matrix = house.matrices(POPULARITY)["metropolis"]
    f = np.eye(6)[0]
    one, two, long = chains.mean_variance(law, matrix, f, [1, 2, 10**7])
    sigma2 = law[0] * (1 - law[0])
    rho = (law[0] * matrix[0, 0] - law[0] ** 2) / sigma2
    assert np.isclose(one, sigma2, rtol=1e-12)
    assert np.isclose(two, sigma2 * (1 + rho) / 2, rtol=1e-12)
    tau = chains.autocorrelation_time(law, matrix, f)
    assert np.isclose(long * 10**7, 2 * tau * sigma2, rtol=1e-5)


def test_the_autocorrelation_time_is_the_sum_of_the_matrix_powers():
    for law, matrix in house.matrices(POPULARITY).values():
        f, power, total = np.eye(6)[0], np.eye(6), 0.5
        deviation = f - law @ f
        for _ in range(600):
            power = power @ matrix
            total += (law * deviation) @ power @ deviation / (law @ deviation**2)
        if np.linalg.eigvals(matrix).real.min() < 1e-9 - 1:
            continue  # the sum of a walk that alternates for ever has no end
        assert np.isclose(chains.autocorrelation_time(law, matrix, f), total, rtol=1e-9)


def test_propagation_finds_the_second_eigenvalue_and_the_bound_holds():
    law, matrix = house.matrices(POPULARITY)["metropolis"]
    second = chains.second_eigenvalue(matrix)
    assert np.isclose(chains.decay_rate(matrix, law, np.eye(6)[5], 400), second, rtol=1e-12)
    times = np.arange(0, 100)
    distance = chains.total_variation(law, chains.laws_in_time(matrix, 5, times))
    assert (distance <= np.sqrt((1 - law[5]) / law[5]) / 2 * second**times + 1e-14).all()


def test_two_rooms_settle_as_they_should():
    """For two states lambda_2 = 1 - T_01 - T_10."""
    matrix = np.array([[0.7, 0.3], [0.1, 0.9]])
    law = stationary_law(matrix)
    np.testing.assert_allclose(law, [0.25, 0.75], rtol=1e-14)
    assert np.isclose(chains.second_eigenvalue(matrix), 0.6)
    assert np.isclose(chains.autocorrelation_time(law, matrix, np.eye(2)[0]), 0.5 + 0.6 / 0.4)


@pytest.mark.parametrize("n", [3, 5, 9])
def test_suwa_and_todo_keep_the_law_and_break_detailed_balance(n):
    weights = generator(SEED, f"suwa{n}").uniform(1, 2, n)
    matrix, law = chains.suwa_todo(weights), weights / weights.sum()
    np.testing.assert_allclose(matrix.sum(axis=1), 1, rtol=1e-13)
    np.testing.assert_allclose(law @ matrix, law, rtol=1e-13)
    assert (matrix >= 0).all()
    assert np.abs(chains.currents(law, matrix)).max() > 0.01
    # No weight stays behind where none dominates: a walker always moves.
    assert np.diag(matrix).max() < 1e-12


def test_counterexamples_obey_detailed_balance_and_never_arrive():
    for law, matrix in tabulate.counterexamples(POPULARITY).values():
        assert np.abs(chains.currents(law, matrix)).max() < 1e-16
        assert chains.total_variation(law, chains.laws_in_time(matrix, 5, [5000]))[0] > 0.1


def test_the_crowd_settles_and_early_it_has_not(walks):
    checks = registered_checks(REGISTRY, "quick")
    found = by_part(checks, claims._crowd(walks))
    assert found["early"]["outcome"] == found["late"]["outcome"] == "agrees"
    spoiled = walks | {"crowd": np.roll(walks["crowd"], 1, axis=2)}
    found = by_part(checks, claims._crowd(spoiled))
    assert found["early"]["outcome"] == found["late"]["outcome"] == "rejected"


def test_four_rooms_lack_what_their_claims_need():
    """All rooms of four have two doors, so a forgotten factor changes nothing: unmeasured, not failed."""
    from scripts.mcmc.claims import rules

    walks = house.walks([3, 1, 1, 2], 4, 4096, SEED)
    assert rules.biased_room(tabulate.room_table(walks)) is None
    evidence = {"rooms": tabulate.room_table(walks), "walks": tabulate.walk_table(walks), "house": walks}
    evidence["averages"] = averages.spread([3, 1, 1, 2], [128, 512], 64, SEED)
    evidence["chains"] = pd.DataFrame({"chain": ["heat_bath"], "deviate": [0.0], "samples": [1000]})
    checks = registered_checks(REGISTRY, "quick")
    found = {record["part"]: record for record in recorded(checks, rules.findings(evidence))}
    assert found["without_factor"]["outcome"] == "unmeasured"
    assert "five or more rooms" in found["without_factor"]["needs"]


def test_a_dominant_room_leaves_nothing_to_circulate():
    walks = house.walks([30, 1, 1, 2, 3], 4, 4096, SEED)
    checks = registered_checks(REGISTRY, "quick")
    found = by_part(checks, claims._currents(tabulate.walk_table(walks).set_index("walk")))
    assert {part for part, each in found.items() if each["outcome"] == "unmeasured"} == {
        "current",
    }


def test_averages_have_the_exact_error_and_a_closed_wing_does_not_improve():
    table = averages.spread(POPULARITY, [128, 512], 1000, SEED)
    own, closed = (table[table["chain"] == name] for name in ("metropolis", "closed"))
    z = (own["error"] - own["exact"]) / own["error_err"]
    assert z.abs().max() < 4.5
    assert (own["error"] > 2 * own["naive"]).all()
    assert closed["error"].iloc[1] > 0.9 * closed["error"].iloc[0]


def test_a_chain_too_short_for_its_tau_goes_on_until_it_is_long_enough():
    found = averages.deviations(POPULARITY, 64, SEED)
    table = averages.calibration(POPULARITY, found)
    assert abs(table["tau"].iloc[0] - table["tau_exact"].iloc[0]) < 4.5 * table["tau_err"].iloc[0]


def test_a_house_that_settles_too_slowly_is_refused_in_one_line():
    with pytest.raises(
        InputError, match=r"mcmc\.house\.popularity: .* only after about \d+ steps, 1000"
    ) as error:
        house.matrices([1000, 0.1, 0.1, 900])
    assert "\n" not in str(error.value)


def test_the_errors_in_the_table_are_those_of_the_walkers(walks):
    """Scatter of 16 walkers: 18 %; errors without autocorrelation would be three times smaller."""
    table = tabulate.room_table(walks)
    for name in ("metropolis", "barker", "without_factor"):
        counts = walks[f"transitions_{name}"].sum(axis=1)
        scatter = (counts / counts.sum(axis=1, keepdims=True)).std(axis=0, ddof=1) / 4
        ratio = scatter / table.loc[table["walk"] == name, "share_err"].to_numpy()
        assert 0.5 < np.sqrt((ratio**2).mean()) < 1.7


def test_deviations_of_independent_samples_are_normal_and_naive_ones_are_not():
    found = averages.deviations(POPULARITY, 4096, SEED)
    table = averages.calibration(POPULARITY, found).set_index("samples")
    z = (table["variance"] - table["expected"]) / table["variance_err"]
    assert z.abs().max() < 4.5
    assert table.loc["naive", "variance"] > 5
    assert abs(table["tau"].iloc[0] - table["tau_exact"].iloc[0]) < 4.5 * table["tau_err"].iloc[0]
    assert table["tau_usual"].iloc[0] < table["tau_exact"].iloc[0]


def test_walks_of_one_seed_are_the_same_and_of_another_are_not(walks):
    again, other = (house.walks(POPULARITY, 16, 2**15, seed) for seed in (SEED, SEED + 1))
    assert all((walks[name] == again[name]).all() for name in walks)
    assert (walks["transitions_metropolis"] != other["transitions_metropolis"]).any()


def test_the_law_that_a_chain_keeps_is_the_only_one_if_all_states_are_reached():
    law, matrix = house.matrices(POPULARITY)["metropolis"]
    np.testing.assert_allclose(claims.kept_law(matrix), law, atol=1e-14)
    assert claims.kept_law(tabulate.counterexamples(POPULARITY)["closed"][1]) is None


def test_passages_keep_the_popularity_and_liu_is_better_than_metropolis():
    """Published for any law: Liu's Metropolized heat bath has no larger variance than Metropolis's walk."""
    law, others = house.passages(POPULARITY)
    for matrix in others.values():
        np.testing.assert_allclose(law @ matrix, law, atol=1e-15)
    tau = {name: chains.autocorrelation_time(law, each, np.eye(6)[0]) for name, each in others.items()}
    assert tau["suwa_todo"] < tau["liu"] < 0.5 < tau["metropolis"]


def test_a_slope_needs_three_lengths():
    from scripts.mcmc.claims.averages import slope

    table = pd.DataFrame(
        {"chain": "metropolis", "steps": [64, 128], "error": 1.0, "error_err": 0.1, "exact": 1.0}
    )
    assert slope(table, "metropolis") is None


def test_among_equals_suwa_and_todo_go_round_in_order_and_nothing_is_judged_by_chance():
    walks = house.walks([1, 1, 1, 1, 1], 4, 4096, SEED)
    table = tabulate.walk_table(walks).set_index("walk")
    assert not claims.circulates(table.loc["suwa_todo"])
    assert np.isfinite(table.to_numpy(float)).all()
    checks = registered_checks(REGISTRY, "quick")
    rows = claims._currents(table) + claims._occupation(tabulate.room_table(walks), table, [1] * 5)
    found = by_part(checks, rows)
    assert {part for part, each in found.items() if each["outcome"] == "unmeasured"} == {
        "current",
        "without_balance",
    }
