"""The steps: analysis on synthetic data of known answer, honest errors, exact laws, broken conditions."""

import numpy as np
import pandas as pd
import pytest

from scripts.common.io import InputError
from scripts.common.seeds import generator
from scripts.hopfield import analyze, basins, retrieve, rules, samples, spin_glass, stability, thermal
from scripts.hopfield.claims import capacity as capacity_claims
from scripts.hopfield.claims import recall as recall_claims
from scripts.hopfield.kernels import learning, matrix
from scripts.hopfield.theory import one_step, temperature, zero_temperature

SEED = 20250918


def synthetic(size, center, width, sets, label="synthetic"):
    """Runs that keep their memory below a load that scatters from set to set."""
    rng = generator(SEED, label, f"{size}")
    loads = center + np.linspace(-2.4, 2.4, 7) * width
    lost = rng.normal(center, width, sets)
    overlaps = np.where(loads[None, :] < lost[:, None], 0.97, 0.25) + rng.normal(0, 0.005, (sets, 7))
    return {
        "size": size,
        "transition_loads": loads,
        "transition_overlaps": overlaps,
    }


def test_both_thresholds_find_the_center_of_a_known_transition():
    """400 sets: 0.05 widths of error; |z| < 4.5 for both, and errors within 40 % of width/sqrt(n)."""
    table = analyze.threshold_table([synthetic(1000, 0.16, 0.01, 400)])
    assert table["definition"].tolist() == ["half_kept", "jump"]
    for _, row in table.iterrows():
        assert abs(row["alpha"] - 0.16) < 4.5 * row["alpha_err"]
        assert 0.3e-3 < row["alpha_err"] < 1.0e-3


def test_error_bars_of_thresholds_are_honest():
    """200 experiments of 40 sets: the spread of z is 1 to 15 %; errors wrong by a factor 1.4 fail."""
    z = []
    for k in range(200):
        row = analyze.threshold_table([synthetic(1000, 0.16, 0.01, 40, label=f"honest {k}")]).iloc[0]
        z.append((row["alpha"] - 0.16) / row["alpha_err"])
    assert 0.8 < np.std(z) < 1.25
    assert abs(np.mean(z)) < 0.35


def test_a_size_of_few_sets_has_the_error_of_all_sizes():
    """8 sets of a size beside 300: its error follows from the common scatter N^(-1/2), to 20 %."""
    runs = [synthetic(1000, 0.16, 0.01, 300), synthetic(4000, 0.15, 0.005, 8)]
    table = analyze.threshold_table(runs).set_index(["N", "definition"])["alpha_err"]
    ratio = table[4000, "half_kept"] / table[1000, "half_kept"]
    assert abs(ratio - np.sqrt(1000 * 300 / (4000 * 8))) < 1e-9
    assert 0.8 < table[4000, "half_kept"] / (0.005 / np.sqrt(8) * 1.25) < 1.25


def test_extrapolation_recovers_a_known_limit_and_the_wrong_form_does_not():
    sizes = np.array([5000, 10000, 20000, 50000, 100000])
    rows = [
        {"N": n, "definition": name, "alpha": 0.138 + 0.8 * n**-0.5, "alpha_err": 3e-4}
        for n in sizes
        for name in analyze.DEFINITIONS
    ]
    table = analyze.extrapolations(pd.DataFrame(rows)).set_index(["definition", "form"])
    right = table.loc[("half_kept", "inverse_root")]
    assert abs(right["alpha_c"] - 0.138) < 1e-10
    assert right["n_sizes"] == 5
    assert table.loc[("jump", "inverse"), "alpha_c"] > 0.1395
    value, error, spread = capacity_claims.simulated_capacity(table.reset_index())
    assert abs(value - 0.138) < error
    assert spread > 0.0015


def test_too_few_sizes_give_no_capacity_and_no_crash():
    rows = [{"N": n, "definition": "jump", "alpha": 0.15, "alpha_err": 1e-3} for n in (1000, 2000)]
    assert analyze.extrapolations(pd.DataFrame(rows)).empty
    empty = pd.DataFrame(columns=["N", "definition", "alpha", "alpha_err"])
    assert capacity_claims.simulated_capacity(analyze.extrapolations(empty)) is None


def test_runs_that_all_keep_their_memory_have_no_threshold():
    run = synthetic(1000, 0.16, 0.01, 20)
    run["transition_overlaps"] = np.full((20, 7), 0.97)
    assert "half_kept" not in analyze.threshold_table([run])["definition"].tolist()


@pytest.fixture(scope="module")
def run():
    return retrieve.retrieve(3000, [0.05, 0.10], 40, SEED)


def test_simulated_overlaps_agree_with_replica_theory(run):
    """133 sets at N = 3000: detects a shift of the overlap by 9e-4 at 4.5 sigma."""
    m, error = run["overlaps"][:, 1].mean(), run["overlaps"][:, 1].std(ddof=1) / np.sqrt(len(run["overlaps"]))
    assert error < 2.5e-4
    assert abs(m - zero_temperature.overlap(0.10)) < 4.5 * error


def test_the_pilots_find_the_transition(run):
    kept = (run["transition_overlaps"] > samples.RETRIEVED).mean(axis=0)
    assert kept[0] > 0.7
    assert kept[-1] < 0.3


def test_another_load_changes_no_number(run):
    more = retrieve.retrieve(3000, [0.05, 0.08, 0.10], 40, SEED)
    assert (more["overlaps"][:, [0, 2]] == run["overlaps"]).all()
    assert (more["transition_overlaps"] == run["transition_overlaps"]).all()


def test_larger_networks_need_fewer_sets():
    assert [samples.sample_sizes(60, n) for n in (500, 10_000, 100_000)] == [600, 60, 8]
    assert samples.sample_sizes(2, 100_000) == 2


@pytest.mark.parametrize("overlap", [1.0, 0.6, 0.0, -1.0])
def test_a_corrupted_cue_has_its_overlap_exactly(overlap):
    pattern = stability.signs(generator(SEED, "cue"), 1000)
    assert (
        samples.corrupted(pattern, overlap, generator(SEED, "turn")) @ pattern.astype(int) == overlap * 1000
    )


@pytest.mark.parametrize(
    ("overlaps", "kind"),
    [
        ([0.95, 0.0, 0.0], "nearest"),
        ([0.1, 0.99, 0.0], "other"),
        ([-0.99, 0.0, 0.1], "reversed"),
        ([0.5, -0.5, 0.5], "mixture"),
        ([0.3, 0.2, 0.2], "glass"),
    ],
)
def test_ends_are_told_apart(overlaps, kind):
    assert basins.ending(np.array(overlaps)) == kind


def test_a_share_of_all_or_none_has_an_error():
    assert basins.share(np.ones(100, bool)) == (1.0, 0.005)
    p, error = basins.share(np.arange(100) < 50)
    assert p == 0.5
    assert abs(error - 0.05) < 1e-3


def test_critical_cues_of_known_basins():
    """Networks that need 0.30 to 0.36 and twice that: 400 of them give the means to 0.001."""
    needed = generator(SEED, "needed").uniform(0.30, 0.36, 400)[:, None, None] * [[1.0], [2.0]]
    kept = needed < basins.CUES
    found = basins.critical_cues(np.array([0.05, 0.10]), kept)
    assert np.allclose(found["m_critical"], [0.33, 0.66], atol=4.5 * found["m_critical_err"].max())
    assert abs(found["increase"].iloc[1] - 0.33) < 4.5 * found["increase_err"].iloc[1]
    assert 0 < found["m_critical_err"].max() < 0.002
    assert basins.critical_cues(np.array([0.2]), np.zeros((4, 1, 19), bool)).empty


def test_both_programs_make_the_same_runs_and_a_fault_in_one_is_seen(monkeypatch):
    assert (basins.twin_table(3, SEED)[["units_apart", "energy_apart"]] == 0).all(axis=None)
    hebb = matrix.hebb
    monkeypatch.setattr(
        matrix, "hebb", lambda values: hebb(values) + np.eye(values.shape[1], dtype=np.int32) * 3
    )
    assert basins.twin_table(3, SEED)["units_apart"].sum() > 0


def test_recall_ends_below_the_memory():
    """60 runs of 3000 units at load 0.10: three tenths of the depth; the memory itself is five errors off."""
    row = basins.depth_table([3000], 60, SEED).iloc[0]
    assert abs(row["depth"] - recall_claims.gained(0.10)) < 4.5 * row["depth_err"]
    assert row["depth"] > 5 * row["depth_err"]


def test_the_majority_of_three_is_a_mixture_of_one_half():
    """20 sets of 3000 units: 0.004 each; a share of 1/3 or 1 is far off."""
    found = basins.mixture_runs(3000, 20, SEED)
    assert abs(found.mean() - 0.5) < 4.5 * found.mean(axis=1).std() / np.sqrt(20) + 1e-3
    assert (found < 0.6).all()


def test_relaxation_time_counts_sweeps_to_the_last_flip():
    curves, times = basins.relaxation_tables([300], 6, SEED)
    assert (times["rises"] == 0).all()
    assert 1 <= times["sweeps"].iloc[0] <= 30
    assert curves["energy"].iloc[0] > curves["energy"].iloc[-1] + 0.2


def test_growth_of_a_known_power():
    times = pd.DataFrame(
        {"N": [1000, 4000, 16000], "sweeps": [4.0, 4 * 4**0.1, 4 * 16**0.1], "sweeps_err": 0.05}
    ).assign(n_samples=10)
    value, error, *_ = recall_claims.growth(times)
    assert abs(value - 0.1) < 1e-9
    assert error < 0.01
    assert recall_claims.growth(times.iloc[:1]) is None


def test_unstable_bits_of_small_networks_follow_the_exact_law():
    """2000 sets at N = 50, P = 6: 1.5 % of the mean; leaving the diagonal in is 40 % off."""
    rng = generator(SEED, "unstable")
    shares = np.array(
        [stability.unstable_counts(stability.signs(rng, 6, 50)).mean() / 50 for _ in range(3000)]
    )
    exact, error = one_step.bit_error(50, 6), shares.std(ddof=1) / np.sqrt(len(shares))
    assert abs(shares.mean() - exact) < 4.5 * error
    assert abs(shares.mean() - one_step.bit_error(50, 7)) > 5 * error


def test_unstable_bits_are_counted_like_by_hand():
    values = stability.signs(generator(SEED, "hand"), 5, 30)
    fields = matrix.hebb(values).astype(int) @ values.T.astype(int)
    assert (stability.unstable_counts(values) == (fields.T * values < 0).sum(axis=1)).all()


def test_every_broken_condition_is_seen_and_the_kept_one_is_not():
    table = stability.energy_table(300, SEED).set_index("dynamics")
    assert table.loc["asynchronous_hebb", ["rises", "misplaced"]].tolist() == [0, 0]
    assert table.loc["asynchronous_long", "rises"] == 0
    assert table.loc["asynchronous_long", "moves"] >= stability.FLIPS
    assert table.loc["asynchronous_diagonal", "misplaced"] > 100
    assert table.loc["asynchronous_diagonal", "rises"] == 0
    assert table.loc["asynchronous_negative_diagonal", "rises"] > 1000
    assert table.loc["asynchronous_diluted", "rises"] > 100
    assert table.loc["synchronous", "rises"] > 5
    assert table.loc["synchronous", "cycles"] > 3
    assert table.loc["sign_of_zero", "zeroed"] > 10


def test_pseudo_inverse_holds_every_pattern_and_refuses_dependent_ones():
    patterns = stability.signs(generator(SEED, "projection"), 20, 60)
    couplings = learning.pseudo_inverse(patterns)
    assert np.abs(couplings @ patterns.T - patterns.T).max() < 1e-12
    assert abs(np.trace(couplings) / 60 - 20 / 60) < 1e-12
    with pytest.raises(InputError, match="2 patterns of 60 units are linearly dependent"):
        learning.pseudo_inverse(np.array([patterns[0], -patterns[0]]))


def test_a_quadratic_dense_memory_is_the_hopfield_network():
    rng = generator(SEED, "quadratic")
    patterns = stability.signs(rng, 12, 101)
    start = samples.corrupted(patterns[0], 0.5, rng)
    dense, _ = learning.dense_memory(patterns, start, 2)
    couplings, end = matrix.hebb(patterns).astype(float), start.copy()
    matrix.greedy(couplings, end, couplings @ end)
    assert (dense == end).all()


@pytest.mark.parametrize("power", [3, 4, 0])
def test_a_dense_memory_ends_where_no_flip_lowers_its_energy(power):
    rng = generator(SEED, "dense", f"{power}")
    patterns = stability.signs(rng, 30, 24)
    end, _ = learning.dense_memory(patterns, stability.signs(rng, 24), power)

    def energy(state):
        overlaps = patterns.astype(float) @ state
        return -np.exp(overlaps).sum() if power == 0 else -(overlaps**power).sum()

    for i in range(24):
        turned = end.copy()
        turned[i] *= -1
        assert energy(turned) >= energy(end) - 1e-9 * abs(energy(end))


def test_attention_finds_the_pattern_that_hebb_loses():
    rng = generator(SEED, "attention")
    patterns = stability.signs(rng, 300, 100)
    start = samples.corrupted(patterns[0], 0.8, rng)
    assert (np.sign(learning.attention(patterns, start.astype(float), rules.BETA)) == patterns[0]).all()
    end = rules.recall("hebb", patterns, start)
    assert abs(patterns[0].astype(float) @ end / 100) < 0.8


def test_linear_programs_tell_separable_labels_from_others():
    points = np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, -1.0]])
    assert rules.is_separable(points, np.array([1.0, 1.0, -1.0]))
    assert not rules.is_separable(points, np.array([1.0, 1.0, 1.0]))


def test_energies_of_network_and_spin_glass_are_the_same_in_all_states():
    table, levels = spin_glass.isomorphism_tables(SEED)
    row = table.iloc[0]
    assert row["difference"] == 0
    assert row["difference_off"] > 1e-3
    assert row["fixed_points"] == row["minima"] > 0
    assert levels["network"].sum() == levels["spin_glass"].sum() == 2**spin_glass.UNITS


def test_a_network_has_a_pattern_and_one_set_no_error():
    assert [samples.pattern_count(load, 100) for load in (0.001, 0.14)] == [1, 14]
    value, err = basins.mean_of_sets(np.array([0.5]))
    assert value == 0.5
    assert np.isnan(err)
    assert basins.mean_of_sets(np.array([0.0, 1.0])) == pytest.approx((0.5, 0.5))


def test_heat_bath_agrees_with_replica_theory():
    """8 sets of 4000 units at load 0.10, T = 0.2: error 1e-3; no feedback is 0.003 away."""
    found = thermal.points(4000, 100, 8, SEED)
    overlaps, energies = found["overlaps"], found["energies"]
    m, err = overlaps[:, 0].mean(), overlaps[:, 0].std(ddof=1) / np.sqrt(8)
    assert err < 1.5e-3
    assert abs(m - temperature.retrieval(0.10, 0.20).m) < 6 * err
    assert energies.shape == (8, len(thermal.POINTS))


def test_two_replicas_above_the_glass_resemble_each_other_as_they_should(monkeypatch):
    """30 networks of 500 units at T = 3: the susceptibility 1.143 to 4 %; of free spins it is one."""
    monkeypatch.setattr(thermal, "MELTED", 3.0)
    found = thermal.replica_overlaps(500, 30, 30, SEED)
    error = found.std(ddof=1) / np.sqrt(30)
    assert error < 0.05
    assert abs(found.mean() - 1 / (1 - 0.5 / 4)) < 4.5 * error
