"""The network of the magnets: its symmetry, and the sampler with a perfect noise remover."""

import numpy as np
import pandas as pd

from scripts.common.seeds import generator
from scripts.common.statistics import Estimate
from scripts.diffusion import learn_magnets, magnets, tabulate
from scripts.diffusion.claims import spins
from scripts.diffusion.kernels import spin_network as network
from scripts.diffusion.theory import ising
from scripts.ising.theory import kaufman

SEED = 20250918


def given(n, size=8, beta=0.4):
    count = size * size + 1
    rows = np.full(n, beta), np.ones((n, size, size // 2 + 1)), np.full((n, count), 1 / count)
    return tuple(part.astype(np.float32) for part in rows)


def test_the_network_is_odd():
    """Turning all noisy spins turns the field, to rounding."""
    parameters = network.initial_parameters(generator(SEED, "odd"))
    y = generator(SEED, "noisy").normal(size=(3, 8, 8)).astype(np.float32)
    sigma = np.array([0.5, 2.0, 9.0], np.float32)
    plus, minus = (np.asarray(network.local_field(parameters, sign * y, sigma, given(3))) for sign in (1, -1))
    np.testing.assert_allclose(plus, -minus, rtol=1e-4, atol=1e-5)
    assert np.abs(plus).max() > 0.1


def test_the_sampler_with_the_perfect_noise_remover_makes_perfect_magnets():
    """Energies of 4 x 4 magnets out of noise against enumeration; at the wrong temperature they differ."""
    table, rng = ising.states(4), generator(SEED, "perfect")

    def remove(y, sigma, told):
        return ising.posterior_mean(np.asarray(y, float), sigma.astype(float), 2.5, table).astype(np.float32)

    told = tuple(np.zeros(shape, np.float32) for shape in ((), (4, 3), (17,)))
    spins = np.concatenate([learn_magnets.generated(remove, told, (128, 4, 4), rng)[0] for _ in range(3)])
    e = magnets.energies(spins) / 16
    error = e.std(ddof=1) / np.sqrt(len(e))
    assert abs(e.mean() - kaufman.energy(4, 2.5)) < 4.5 * error
    assert abs(e.mean() - kaufman.energy(4, 3.2)) > 4.5 * error


def test_the_orbit_mean_is_the_sum_over_all_translations_and_reversals():
    rng = generator(SEED, "orbit")
    clean = rng.choice([-1.0, 1.0], (3, 4, 4)).astype(np.float32)
    sigma = np.array([0.8, 2.5, 8.0], np.float32)
    y = (clean + sigma[:, None, None] * rng.standard_normal(clean.shape)).astype(np.float32)
    found = learn_magnets.orbit_mean(clean, y, sigma)
    for k, level in enumerate(sigma):
        orbit = np.array([
            sign * np.roll(clean[k], shift, (0, 1)) for sign in (1, -1) for shift in np.ndindex(4, 4)
        ])  # fmt: skip
        weights = np.exp((orbit * y[k]).sum((1, 2), dtype=float) / level**2)
        np.testing.assert_allclose(found[k], np.tensordot(weights / weights.sum(), orbit, 1), atol=1e-5)


def test_the_orbit_mean_has_the_mean_of_the_exact_noise_remover():
    """Averaged over magnets of 4 x 4 spins; times a function of y, so that a wrong field would show."""
    table, rng, level = ising.states(4), generator(SEED, "mean of orbits"), 2.5
    clean = magnets.magnets(4, ["2.50"], {"sweeps": 2000, "configurations": 4000}, SEED)["second"][0]
    clean = magnets.unpacked(clean, 4).astype(np.float32)
    sigma = np.full(len(clean), level, np.float32)
    y = (clean + level * rng.standard_normal(clean.shape)).astype(np.float32)
    exact = ising.posterior_mean(y.astype(float), sigma.astype(float), 2.5, table)
    along = np.tanh(y / 4)
    off = ((learn_magnets.orbit_mean(clean, y, sigma) - exact) * along).mean((1, 2))
    own = ((clean - exact) * along).mean((1, 2))
    assert abs(off.mean()) < 4.5 * off.std(ddof=1) / np.sqrt(len(off))
    assert off.std() < 0.8 * own.std()
    hot = ising.posterior_mean(y.astype(float), sigma.astype(float), 4.0, table)
    wrong = ((learn_magnets.orbit_mean(clean, y, sigma) - hot) * along).mean((1, 2))
    assert abs(wrong.mean()) > 4.5 * wrong.std(ddof=1) / np.sqrt(len(wrong))


def test_a_short_training_beats_spins_one_by_one():
    plan = {"small_steps": 450, "batch": 32, "configurations": 2000}
    found = learn_magnets.small_test(["2.50"], plan, SEED)
    middle = found["small_sigma"].tolist().index(1.2)
    errors = found["small_errors"][:, middle, 0]
    assert (errors < 0.9 * found["small_naive"][middle, 0]).all()
    assert errors[0] != errors[1]  # two trainings are two


def test_the_worst_temperature_is_quoted_and_a_test_that_was_left_out_is_a_dash():
    rows = [("2.00", "energy", -1.02, -1.0), ("3.00", "energy", -0.9, -1.0)]
    rows += [("2.00", "abs_magnetization", 0.5, 0.5), ("2.00", "total_variation", 0.01, 0.0)]
    rows += [("2.00", "susceptibility", 4.0, 1.0), ("2.269185314213022", "susceptibility", 0.9, 1.0)]
    table = pd.DataFrame(rows, columns=["T", "observable", "generated", "monte_carlo"])
    table = table.assign(generated_err=0.03, monte_carlo_err=0.0, samples=100)
    table = pd.concat([table.assign(by=by) for by in ("network", "filter")])
    made = {"spins": np.zeros((1, 1, 8, 8), np.uint8), "steps": np.int64(5), "small_steps": np.int64(0)}
    data = {"ising_physics": table, "generated": made, "magnets": {"size": np.int64(8)}}
    found = spins.numbers(data)
    np.testing.assert_allclose(found["diffusion.spins.energy"]["value"], -10.0)
    np.testing.assert_allclose(found["diffusion.spins.energy"]["err"], 3.0)
    assert found["diffusion.spins.susceptibility_at"]["value"] == 2.0
    np.testing.assert_allclose(found["diffusion.spins.susceptibility_critical"]["value"], -10.0)
    warm = spins.numbers(data | {"ising_physics": table[table["T"] == "2.00"]})
    assert warm["diffusion.spins.susceptibility_critical"]["value"] is None
    assert found["diffusion.spins.small"]["value"] is None
    tested = {"small_errors": np.full((2, 2, 1), 0.05), "small_naive": np.full((2, 1), 0.4)}
    found = spins.numbers(data | {"generated": made | tested})
    np.testing.assert_allclose(found["diffusion.spins.small"]["value"], 5.0)


def test_several_trainings_widen_the_error():
    found = [Estimate(value, 0.03, 63) for value in (1.0, 1.2, 1.1)]
    value, error = tabulate._pooled(found)
    np.testing.assert_allclose((value, error), (1.1, np.hypot(0.03 / np.sqrt(3), 0.1)))
    assert tabulate._pooled(found[:1]) == (1.0, 0.03)


def test_the_network_is_told_its_training_data_and_nothing_of_the_chain_that_judges_it():
    """Two chains of references of different length change nothing of what is told; other training data do."""
    plan = {"configurations": 512, "sweeps": 1000}
    first, second = (magnets.magnets(8, ["2.50"], plan | {"sweeps": n}, SEED) for n in (1000, 2000))
    other = magnets.magnets(8, ["2.50"], plan, SEED + 1)
    for one, two, three in zip(*map(learn_magnets.knowledge, (first, second, other)), strict=True):
        np.testing.assert_array_equal(one, two)
        assert one.size == 1 or np.abs(one - three).max() > 0
    spins_seen = magnets.unpacked(first["training"][0], 8)
    ups = np.bincount((spins_seen > 0).sum((1, 2)), minlength=65)
    np.testing.assert_allclose(first["magnetizations"][0], (ups + ups[::-1]) / (2 * len(spins_seen)))


def test_the_plaquette_is_the_product_of_four_neighbors():
    one = generator(SEED, "plaquette").choice([-1, 1], (1, 4, 4)).astype(np.int8)
    s = one[0].astype(int)
    mean = np.mean([
        s[i, j] * s[i - 1, j] * s[i, j - 1] * s[i - 1, j - 1] for i in range(4) for j in range(4)
    ])  # fmt: skip
    np.testing.assert_allclose(magnets.correlations(one)[0, -1], mean)
