"""The small magnet: chains against enumeration, mutants that must be noticed, rejection, and the rules."""

import numpy as np
import pytest

from scripts.common.seeds import generator
from scripts.mcmc import spins, tabulate
from scripts.mcmc.claims import rules, states
from scripts.mcmc.kernels import demons
from scripts.mcmc.kernels import spins as kernel
from scripts.mcmc.theory import chains
from scripts.mcmc.theory import spins as theory

SEED, T = 20250918, 4.0


@pytest.fixture(scope="module")
def sampled():
    found = spins.chain_counts(3, T, 40000, SEED) | spins.rejection_counts(3, T, [3, 4, 5], 400000, SEED)
    found |= spins.demon_counts(3, T, 40000, SEED)
    return found | {"columns": np.int64(3), "temperature": np.float64(T)}


def test_neighbors_are_four_and_mutual():
    for columns in (3, 4, 5):
        table = kernel.neighbor_bits(columns)
        assert all(len(set(row)) == 4 for row in table.tolist())
        assert all(site in table[other] for site, row in enumerate(table) for other in row)


def test_the_energy_of_a_flip_is_the_difference_of_enumerated_energies():
    """The kernel's (spin, up neighbors) against the theory's table of energies, every state and site."""
    levels, neighbors = theory.energies(3), kernel.neighbor_bits(3)
    for state in range(512):
        for site in range(9):
            up = sum((state >> other) & 1 for other in neighbors[site])
            cost = 2 * (2 * ((state >> site) & 1) - 1) * (2 * up - 4)
            assert levels[state ^ (1 << site)] - levels[state] == cost


@pytest.mark.parametrize("sequential", [False, True])
def test_the_compiled_chain_is_its_plain_twin_bit_for_bit(sequential):
    """The twin draws the same numbers, and looks up energies instead of counting neighbors."""
    levels, rng = theory.energies(3), generator(SEED, "twin")
    counts, moves = kernel.state_counts("metropolis", T, 3, (40, 9), generator(SEED, "twin"), sequential)
    state, found = 0, np.zeros(512, np.int64)
    for sample in range(41):
        for t in range(90 if sample == 0 else 9):
            chance = rng.random()
            site = t % 9 if sequential else int(chance * 9)
            other = state ^ (1 << site)
            fraction = chance if sequential else chance * 9 - site
            if fraction < np.exp(-max(levels[other] - levels[state], 0) / T):
                state = other
        found[state] += sample > 0
    assert (counts == found).all()
    assert moves[..., 0].sum() == 90 + 40 * 9


def test_the_transfer_matrix_agrees_with_enumeration():
    for columns in (3, 4):
        sum_of_states = np.log(np.exp(-theory.energies(columns) / T).sum())
        assert np.isclose(theory.log_partition_function(columns, T), sum_of_states, rtol=1e-14)


@pytest.mark.parametrize("rule", kernel.RULES)
def test_the_matrix_of_flips_keeps_the_boltzmann_law(rule):
    matrix, law = theory.flip_matrix(3, T, rule), theory.law(3, T)
    np.testing.assert_allclose(matrix.T @ law, law, rtol=1e-13)
    np.testing.assert_allclose(matrix.sum(axis=1), 1, rtol=1e-14)
    dense = matrix.toarray()
    assert np.isclose(theory.second_eigenvalue(matrix, law), chains.second_eigenvalue(dense), rtol=1e-10)
    f = theory.energies(3).astype(float)
    exact = chains.autocorrelation_time(law, dense, f)
    assert np.isclose(theory.autocorrelation_time(matrix, law, f), exact, rtol=1e-8)


def test_the_strict_box_does_not_connect_twelve_spins():
    assert theory.is_connected(theory.flip_matrix(3, T, "strict"))
    assert not theory.is_connected(theory.flip_matrix(4, T, "strict"))
    assert theory.is_connected(theory.flip_matrix(4, T, "metropolis"))


def test_every_chain_counts_states_as_boltzmann_says_and_mutants_are_rejected(sampled):
    """40000 samples: a temperature 3 % off moves the level chi-square beyond 5 sigma, T itself by 9."""
    table = tabulate.chain_table(sampled).set_index("chain")
    assert set(table.index) == {*spins.CHAINS, "demons", "rejection"}
    assert table["deviate"].abs().max() < 4.5
    z = (table["temperature"] - table["set"]) / table["temperature_err"]
    assert z.abs().max() < 4.5
    mutants = table.loc[[*spins.CHAINS, "demons"]]
    assert ((mutants["temperature_off"] - T) / mutants["temperature_off_err"]).min() > 5


def test_demons_keep_the_energy_and_lead_to_every_state():
    """With two quanta in all no state higher by more is reached, with one for each demon all states are."""
    levels = theory.energies(3)
    poor = demons.state_counts(2, 3, (5000, 900), generator(SEED, "poor"))
    assert not poor[levels > levels.min() + 2 * demons.QUANTUM].any()
    assert demons.state_counts(demons.DEMONS, 3, (20000, 90), generator(SEED, "rich")).all()


def test_demons_have_the_temperature_of_geometric_quanta():
    """Many demons: quanta n per demon mean T = 4 / ln(1 + 1/n) up to 1/(n M)."""
    n = 0.6
    exact = demons.QUANTUM / np.log(1 + 1 / n)
    assert np.isclose(spins.demons_temperature(n * demons.DEMONS), exact, rtol=1e-3)


def test_the_thermometer_reads_the_temperature_of_exact_counts():
    law, levels = theory.law(3, 3.7), theory.energies(3)
    found, err = tabulate.fitted_temperature(law * 1e6, levels, T)
    assert np.isclose(found, 3.7, rtol=1e-10)
    variance = law @ levels.astype(float) ** 2 - (law @ levels) ** 2
    assert np.isclose(err, 3.7**2 / np.sqrt(1e6 * variance), rtol=1e-10)


def test_moves_are_accepted_as_the_rule_says(sampled):
    table = tabulate.move_table(sampled).query("not hot")
    z = (table["accepted"] - table["expected"])[table["change"] > 0] / table["accepted_err"][
        table["change"] > 0
    ]
    assert z.abs().max() < 4.5
    assert (table["accepted"][table["change"] <= 0] == 1).all()


def test_rejection_keeps_the_exact_share_and_declines_at_the_exact_rate(sampled):
    table = tabulate.rejection_table(sampled)
    own, off = table[~table["hot"]], table[table["hot"]]
    assert ((own["share"] - own["expected"]).abs() < 4.5 * own["share_err"]).all()
    assert ((off["share"] - off["expected"]) > 5 * off["share_err"]).all()
    found = states.decline(table, T)
    assert abs(found["rate"].value - theory.decline_rate(T)) < 4.5 * found["rate"].error < 0.1
    assert set(states.decline(table.iloc[:1], T).values()) == {None}


def test_the_rate_of_long_strips_is_that_of_their_largest_eigenvalue():
    """Also the slope between two long strips; that of short ones is off by 2 %, 7 errors of a default run."""
    rate = -(theory.log_acceptance(61, T) - theory.log_acceptance(60, T)) / 3
    assert np.isclose(theory.decline_rate(T), rate, rtol=1e-9)
    assert np.isclose(theory.decline_rate(T), 0.4274529972, rtol=1e-9)


def test_rejection_counts_unlike_neighbors_right():
    """At infinite weight of one energy only: the kept states of a cold run are the two ground states."""
    kept, counts = kernel.rejection(0.05, 3, 20000, generator(SEED, "cold"), counted=True)
    assert kept == counts[0] + counts[511] > 0


def test_rare_states_share_cells():
    counts = np.array([50, 36, 4, 3, 4, 3])
    law = np.array([0.5, 0.36, 0.03, 0.04, 0.03, 0.04])
    chi_square, freedom = tabulate.state_chi_square(counts, law)  # 4 + 4 + 3 together, the last one to 36
    assert freedom == 2
    assert np.isclose(chi_square, 1 / 10 + 1 / 40)
    flat = tabulate.state_chi_square(np.full(512, 2), np.full(512, 1 / 512))
    assert flat == (0.0, 101)


def test_the_deviate_of_a_chi_square_is_normal():
    draws = generator(SEED, "chi").chisquare(7, 4000)
    z = np.array([tabulate.deviate(value, 7) for value in draws])
    assert abs(z.mean()) < 5 / np.sqrt(4000)
    assert abs(z.var() - 1) < 5 * np.sqrt(2 / 4000)


def test_rules_with_the_right_ratio_balance_and_others_do_not():
    law, proposal = rules.random_pair(generator(SEED, "pair"))
    for accept in (rules._metropolis, rules._barker, lambda r: 0.3 * np.minimum(1, r)):
        assert rules.imbalance(law, proposal, accept) < 1e-16
    assert rules.imbalance(law, proposal, lambda r: np.minimum(1, r**2)) > 1e-4
    assert rules.imbalance(law, proposal, lambda r: np.minimum(1, 1.01 * r)) > 1e-5


def test_peskun_orders_the_rules_and_not_the_other_way():
    for k in range(20):
        law, proposal = rules.random_pair(generator(SEED, f"peskun{k}"))
        assert rules.peskun_gap(law, proposal) > -1e-12
    barker, metropolis = (
        chains.share_covariance(law, chains.transition_matrix(law, proposal, rule))
        for rule in ("barker", "metropolis")
    )
    assert np.linalg.eigvalsh(metropolis - barker).min() < -1e-3
