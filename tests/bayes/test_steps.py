"""The steps of the chapter: known answers, planted faults, small configurations, seeds."""

import numpy as np
import pandas as pd
import pytest

from scripts.bayes import (
    analyze,
    barrier,
    calibrate,
    compare,
    evidence,
    line,
    samples,
    settle,
    widgets,
    widths,
)
from scripts.bayes.claims import barrier as barrier_claims
from scripts.bayes.claims import comparison as comparison_claims
from scripts.bayes.claims import line as line_claims
from scripts.bayes.claims import posterior as posterior_claims
from scripts.bayes.kernels import energies, metropolis
from scripts.bayes.kernels.ladder import Ladder
from scripts.common.chapters import CHAPTERS, read_yaml
from scripts.common.claims.findings import recorded
from scripts.common.claims.registry import registered_checks
from scripts.common.io import InputError
from scripts.common.seeds import generator
from scripts.common.settle import settled
from scripts.common.tables import declared_columns

SEED = 6
REGISTRY = CHAPTERS / "bayes" / "claims.yaml"
TINY = {
    "data": 12, "degrees": [0, 1], "particles": 400, "temperatures": 100, "walkers": 60, "steps": 100,
    "runs": 8, "live": 40, "proposals": 20000,
}  # fmt: skip


@pytest.fixture(scope="module")
def arrays():
    return samples.sampled((7, 10), 12, 600, SEED)


@pytest.fixture(scope="module")
def data(arrays):
    """All evidence of a small configuration, by name."""
    truth = 0.8, 0.2, 1.0
    found = {"fits": line.fits(truth, [5, 10], 2000, SEED), "optima": line.optima(truth, (7, 10), SEED)}
    found |= {f.__name__: f(arrays) for f in (analyze.moments, analyze.histograms, analyze.averages)}
    found |= {"predictions": analyze.predictions(arrays), "ratios": analyze.ratios(arrays), "samples": arrays}
    found["widths"] = widths.scan([1, 3], 1500, SEED)
    found |= calibrate.calibrated(800, (20, 39), SEED)
    found |= evidence.measured(TINY, SEED)
    found |= compare.compared(1.5, 20, (40, [64, 1024, 2048, 4096]), SEED)
    found["passages"] = barrier.passages([4, 6, 8], 1500, SEED)
    return found | barrier.modes(4, 30, 20000, SEED)


def records_of(group, data):
    checks = registered_checks(REGISTRY, "quick")
    return {(r["claim"], r["part"]): r for r in recorded(checks, group.findings(data))}


def test_all_tables_have_the_columns_that_the_schema_declares(data):
    schema = read_yaml(CHAPTERS / "bayes" / "tables.yaml")
    for name in schema:
        assert sorted(data[name]) == sorted(declared_columns(f"results/bayes/tables/{name}.csv")), name


def test_a_small_configuration_settles_without_a_failure(data):
    """Nothing is wrong with few samples; what they cannot show is open or unmeasured."""
    records, numbers = settled(settle.GROUPS, registered_checks(REGISTRY, "quick"), data)
    failed = [(r["claim"], r["part"], r["measured"]) for r in records if r["passed"] is False]
    assert not failed
    unmeasured = {(r["claim"], r["part"]) for r in records if r["outcome"] == "unmeasured"}
    assert ("3.1-02", "many") in unmeasured
    assert ("5.2-05", "planted_mu") in unmeasured
    assert ("5.2-06", "wrong_power") in unmeasured
    assert numbers["bayes.coin.map"]["value"] == pytest.approx(0.7)


def test_one_of_everything_does_not_crash(data):
    small = dict(data)
    small["fits"] = line.fits((0.8, 0.2, 1.0), [5], 200, SEED)
    small["widths"] = data["widths"][data["widths"]["dimensions"] == 3]
    small["comparison"] = data["comparison"][data["comparison"]["evaluations"] < 1024]
    small["passages"] = data["passages"].iloc[:1]
    small["histograms"] = data["histograms"].iloc[-1:]
    small["evidence"] = data["evidence"][data["evidence"]["parameters"] == 1]
    small["rejection"] = data["rejection"].iloc[:1]
    records, numbers = settled(settle.GROUPS, registered_checks(REGISTRY, "quick"), small)
    unmeasured = {(r["claim"], r["part"]) for r in records if r["outcome"] == "unmeasured"}
    assert {("5.2-08", "slope"), ("5.2-09", "growth"), ("3.1-01", "divergence")} <= unmeasured
    assert numbers["bayes.comparison.slope"]["value"] is None


def test_the_same_seed_gives_the_same_bytes():
    again = [samples.from_afar(SEED), samples.from_afar(SEED), samples.from_afar(SEED + 1)]
    assert all((again[0][name] == again[1][name]).all() for name in again[0])
    assert (again[0]["far"] != again[2]["far"]).any()


def test_samples_far_apart_are_nearly_independent(arrays):
    """Correlation of neighbors below 0.03, so that chi-square over them is fair."""
    for name in ("coin", "normal"):
        x = arrays[name] - arrays[name].mean(axis=1, keepdims=True)
        rho = (x[:, 1:] * x[:, :-1]).mean(axis=(0, 1)) / (x**2).mean(axis=(0, 1))
        assert np.abs(rho).max() < 0.03


def test_a_planted_error_is_found_in_the_moments(data, arrays):
    """Chains with the likelihood raised to 1.1, handed over as if they were right, fail their claims."""
    spoiled = arrays | {"coin": arrays["coin_off"], "normal": arrays["normal_off"]}
    found = records_of(posterior_claims, data | {"moments": analyze.moments(spoiled)})
    assert found["5.2-01", "p_variance"]["outcome"] in ("rejected", "differs")
    assert found["5.2-03", "p"]["z"] > 2


def test_calibration_finds_the_planted_error_and_nothing_else():
    """24000 draws: a posterior that is 4.6 % too narrow spreads the ranks by five errors and more."""
    table = calibrate.calibrated(24000, (100, 39), SEED)["calibration"]
    right, wrong = table[table["power"] == 1], table[table["power"] != 1]
    assert (right["deviate"].abs() < 3.72).all()
    assert ((right["spread"] - 1).abs() < 4 * right["spread_err"]).all()
    assert (wrong["spread"] - 1 > 5 * wrong["spread_err"]).all()


@pytest.mark.parametrize("n_data", [2, 8])
def test_few_data_leave_the_ranks_uniform_too(n_data):
    """Wide posteriors and wild data: a start that a burn-in does not forget shows in the coverage first."""
    ranks = calibrate.ranked("normal", 6000, (n_data, 39), 1.0, SEED)[0]
    for column in ranks.T:
        row = calibrate.row("mu", 1.0, column, 39)
        assert abs(row["deviate"]) < 3.72
        assert abs(row["coverage"] - 0.95) < 4 * row["coverage_err"]


def test_uniform_ranks_have_a_spread_of_one():
    ranks = np.tile(np.arange(40), 50)
    row = calibrate.row("p", 1.0, ranks, 39)
    assert row["spread"] == pytest.approx(1, abs=1e-12)
    assert row["coverage"] == pytest.approx(row["coverage_expected"], abs=1e-12)
    assert calibrate.row("p", 1.0, np.full(2000, 20), 39)["deviate"] > 30


def test_predictions_are_scored_against_the_exact_one():
    """An average over many samples loses nothing; maximum likelihood loses."""
    _, drawn, problems, new = calibrate.ranked("normal", 400, (8, 199), 1.0, SEED)
    table = calibrate.scores(drawn, problems, new).set_index("prediction")
    assert abs(table.loc["averaged", "excess"]) < 0.01
    assert table.loc["maximum_likelihood", "excess"] > 0.05


def test_the_exact_mean_deviation_is_that_of_the_binomial():
    from scipy.special import comb

    k = np.arange(21)
    weights = comb(20, k) * 0.3**k * 0.7 ** (20 - k)
    assert analyze.mean_deviation(20, np.array([0.3]))[0] == pytest.approx(np.sum(np.abs(k - 6) * weights))


def test_the_printed_average_of_a_constant_is_too_large():
    assert posterior_claims.average_as_printed(np.ones(31), 20, 30) == pytest.approx(1.1)


def test_a_coin_without_a_maximum_inside_is_refused():
    with pytest.raises(InputError, match=r"bayes\.coin\.heads: 10 of 10 .* allowed: 1 to 9"):
        line.optima((0.8, 0.2, 1.0), (10, 10), SEED)


def test_a_prior_that_is_not_flat_is_noticed(data):
    found = records_of(line_claims, data)
    assert found["3.4-01", "tilted"]["passed"] is True


def test_a_wrong_divergence_is_noticed(data):
    fits = data["fits"].assign(divergence=data["fits"]["divergence_expected"] * 1.15)
    found = records_of(line_claims, data | {"fits": fits.assign(divergence_err=0.002)})
    assert found["3.1-01", "divergence"]["passed"] is False


def test_chains_overtake_mean_field_and_without_correlation_they_need_not(data):
    found = records_of(comparison_claims, data)
    assert found["5.2-08", "exact"]["measured"] < 1
    found = records_of(comparison_claims, compare.compared(0.1, 20, (40, [1024, 2048, 4096]), SEED))
    assert found["5.2-08", "data_off"]["outcome"] == "unmeasured"


def test_a_crossing_of_laws_is_found_where_it_is():
    x, y = np.array([1024.0, 2048, 4096, 8192]), np.array([0.4, 0.4 / 2**0.5, 0.2, 0.2 / 2**0.5])
    table = pd.DataFrame({"method": "chain", "evaluations": x, "error": y, "error_err": 0.01 * y})
    fit, last = comparison_claims.law(table)
    assert fit["c1"].value == pytest.approx(-0.5)
    assert last["evaluations"] == 8192
    at, err = comparison_claims.evaluations_until(fit, 0.1)
    assert at == pytest.approx(np.log10(16384))
    assert 0 < err < 0.1


def test_a_wrong_passage_time_is_noticed(data):
    """1500 walkers know a time to 2.6 %: a barrier that is off by a sixth of a k_B T is seen."""
    slow = data["passages"].assign(steps=data["passages"]["steps"] * 1.18)
    assert abs(records_of(barrier_claims, data)["5.2-09", "passages"]["z"]) < 4.5
    assert records_of(barrier_claims, data | {"passages": slow})["5.2-09", "passages"]["z"] > 4.5


def test_a_chain_that_had_time_to_cross_is_no_counterexample(data):
    modes = data["modes"].assign(evaluations=10**9)
    found = records_of(barrier_claims, data | {"modes": modes})
    assert found["5.2-09", "stuck"]["outcome"] == "unmeasured"


def test_a_wrong_share_of_exchanges_is_noticed(data):
    """All together are known to a third of a percent: three percent off are seen."""
    modes = data["modes"].assign(exchanges=1.03 * data["modes"]["exchanges"])
    assert abs(records_of(barrier_claims, data)["5.2-09", "exchanges"]["z"]) < 4.5
    assert records_of(barrier_claims, data | {"modes": modes})["5.2-09", "exchanges"]["z"] > 4.5


def test_data_that_say_nothing_are_as_probable_as_their_likelihood():
    table = evidence.flat(evidence.data(12, SEED)[1], SEED)
    assert (table["value"] - table["expected"]).abs().max() < 1e-8


def test_the_sum_over_hidden_units_is_that_of_a_table(data):
    table = evidence.clamped(SEED + 1)
    assert (table["log_clamped"] - table["log_z"] - table["log_probability"]).abs().max() < 1e-12
    assert np.exp(table["log_probability"]).sum() == pytest.approx(1, abs=1e-12)


def test_the_best_width_is_found_with_its_error(data):
    """A parabola with its minimum at 2.4."""
    width = np.array([1.5, 2.0, 2.4, 3.0, 4.0])
    table = pd.DataFrame({"dimensions": 10, "width": width, "acceptance": 0.7 - 0.18 * width, "chains": 16})
    table["tau"] = 15 * np.exp(np.log(width / 2.4) ** 2)
    table["tau_err"] = 0.02 * table["tau"]
    found, share, nearest = posterior_claims.best_width(table)
    assert found[0] == pytest.approx(2.4)
    assert share[0] == pytest.approx(0.7 - 0.18 * 2.4)
    assert 0.001 < share[1] < 0.05
    assert nearest["width"] == 2.4


def test_stuck_chains_agree_with_each_other(data):
    many = data["modes"].iloc[1]
    assert many["r_hat"] < 1.01 < many["r_hat_both"]
    assert abs(data["modes"].iloc[2]["weight"] - many["weight_expected"]) < 0.1


def test_the_ladder_leads_from_prior_to_posterior():
    x, _ = evidence.data(20, SEED)
    ladder = Ladder((evidence.model(x, 3) ** 2).sum(axis=0) / evidence.SIGMA**2, 1.0)
    t = np.linspace(0, 1, 2001)
    powers = ladder.powers(t)
    assert powers[0] == 0
    assert powers[-1] == pytest.approx(1)
    np.testing.assert_allclose(np.gradient(powers, t)[1:-1], ladder.slopes(t)[1:-1], rtol=1e-4)
    assert (np.diff(ladder.scales(powers)[:, 0]) < 0).all()


def test_the_quadrature_of_the_integration_is_exact_enough():
    """The nodes with exact energies give ln P(D) to 1e-5 of a nat: an edge weight off by 1 % is seen."""
    from scripts.bayes.theory import conjugate

    for degree in (0, 3, 6):
        x, y = evidence.data(40, SEED)
        X = evidence.model(x, degree)
        ladder = Ladder((X**2).sum(axis=0) / evidence.SIGMA**2, 1.0)
        powers, weights = ladder.quadrature(evidence.NODES)
        total = -weights @ conjugate.linear_mean_energy(X, y, evidence.SIGMA, 1.0, powers)
        assert total == pytest.approx(conjugate.linear_evidence(X, y, evidence.SIGMA, 1.0), abs=1e-5)


def test_the_player_shows_densities(data):
    player = widgets.tempered_densities(data["paths"], 30)
    assert len(player["frames"]) == len(player["labels"]["ja"]) == len(data["paths"]["powers"])
    for exact, measured in player["frames"]:
        assert np.sum(exact["y"]) * (exact["x"][1] - exact["x"][0]) == pytest.approx(1, abs=0.1)
        assert np.sum(measured["y"]) * (measured["x"][1] - measured["x"][0]) == pytest.approx(1, abs=0.1)


def test_the_unnormalized_posterior_walks_alike(arrays):
    """A constant factor changes no step; a factor that depends on p does."""
    assert arrays["changed"] == 0
    paths = [
        metropolis.chain([0.5], 2000, energies.coin(heads, 11, 2.0, 3.0), [0.3], generator(SEED, "factor"))[0]
        for heads in (7, 8)
    ]
    assert np.count_nonzero(paths[0] != paths[1]) > 100
