"""Steps of the renormalization chapter on input of known answer, and on configurations that allow little."""

import numpy as np
import pandas as pd
import pytest

from scripts.common.claims.registry import registered_checks
from scripts.common.io import InputError
from scripts.common.seeds import generator
from scripts.common.settle import settled
from scripts.common.statistics import jackknife
from scripts.common.tables import read_named, write_table
from scripts.renormalization import (
    exact,
    linearized,
    machine,
    mcrg,
    pooling,
    scale,
    tensors,
    universality,
    widgets,
)
from scripts.renormalization.claims import flow as flow_claims
from scripts.renormalization.claims import universality as universality_claims
from scripts.renormalization.kernels import rules
from scripts.renormalization.kernels.words import packed
from scripts.renormalization.settle import GROUPS
from scripts.renormalization.theory import square

SEED = 20250918
TC = square.critical_temperature()


def random_words(n, L, *label):
    spins = 2 * generator(SEED, "test", *label).integers(0, 2, (n, L, L), dtype=np.int8) - 1
    return packed(spins.astype(np.int8))


def test_the_linearized_step_is_found_where_it_is_known():
    """Gaussian interactions with S' = noise and <S' S> = B T: eigenvalue 2^1 within 1 %, not 2^1.05."""
    rng = generator(SEED, "linear")
    T = np.array([[2.0, 0.3], [0.0, 0.5]])
    after = 5 + rng.standard_normal((64 * 2000, 2)) @ np.array([[1.0, 0.4], [0.0, 0.8]])
    before = -3 + (after - 5) @ T + 0.3 * rng.standard_normal(after.shape)
    means = linearized.group_products(before, after)
    found = jackknife(means, lambda m: linearized.exponents(m, [0, 1]))
    assert found.value[-1] == pytest.approx(1.0, abs=0.01)
    assert 0 < found.err[-1] < 0.01
    assert abs(found.value[-1] - 1) < 4.5 * found.err[-1]


def test_rows_of_a_replica_stay_together():
    values = np.arange(64 * 3, dtype=float)
    assert np.array_equal(linearized.grouped(values), np.arange(64) + 64.0)


def test_a_mean_has_the_error_of_its_replicas():
    values = generator(SEED, "mean").standard_normal((10, 64)) + np.arange(64) % 2
    found = linearized.mean(values.ravel())
    assert found.value == pytest.approx(values.mean())
    assert found.err == pytest.approx(values.mean(axis=0).std(ddof=1) / 8)


def test_blocking_random_spins_multiplies_their_magnetization_by_what_the_majority_gives():
    """At T = infinity lambda_h is known: N/4 blocks, and a spin tips its block with 3/8: 4 x 3/8 = 3/2.

    dm'/dm of the majority is 3/2, so that the field grows by 4 x (3/2)/4 = 3/2: y_h = log2(3/2) for one
    odd interaction. Detects 1 % at 4 sigma.
    """
    words = random_words(64 * 64, 16, "random")
    levels = mcrg.chain(words, generator(SEED, "ties"))
    rows = pd.DataFrame(mcrg.exponent_rows(16, levels))
    first = rows.query("level == 0 and n_odd == 1").iloc[0]
    assert first["y_h"] == pytest.approx(np.log2(1.5) + 0, abs=0.02)


def test_the_distance_of_distributions_is_that_of_their_functions():
    x = np.linspace(0, 1, 1001)
    assert scale.distance(x, x) == pytest.approx(0, abs=2e-3)
    assert scale.distance(x, x + 0.25) == pytest.approx(0.25, abs=2e-3)


def test_curves_that_cross_at_a_known_temperature_are_found():
    """The error covers the distance, and a shift of 1 % would be 10 sigma."""
    rng, rows = generator(SEED, "crossing"), []
    crossing = TC + 0.003
    for L, level, slope in ((32, 2, -1.0), (64, 3, -2.5)):
        for T in (2.24, 2.255, TC, 2.285, 2.30):
            value = 0.7 + slope * (T - crossing) + 2e-3 * rng.standard_normal()
            rows.append({"L": L, "T": str(T), "level": level, "product": value, "product_err": 2e-3})
    found = scale.transition_table(pd.DataFrame(rows)).iloc[-1]
    assert abs(found["T"] - crossing) < 4 * found["T_err"] < 0.0227
    assert found["points"] == 5


def test_matching_needs_three_temperatures():
    rows = [
        {"L": L, "T": T, "level": k, "product": 0.7, "product_err": 0.1}
        for L, k in ((32, 2), (64, 3))
        for T in ("2.26", "2.28")
    ]
    assert scale.transition_table(pd.DataFrame(rows)).empty


def test_pooling_of_random_spins_is_what_counting_says():
    """Detects 1 % of 7/8 and of 3/8 at 4 sigma."""
    table = pooling.pooling_table({}, 512, SEED).query("step == 1").set_index("rule")
    assert table.loc["maximum", "mean"] == pytest.approx(0.875, abs=2e-3)
    assert table.loc["average", "ties"] == pytest.approx(0.375, abs=2e-3)
    assert abs(table.loc["average", "mean"]) < 4.5 * table.loc["average", "mean_err"]


def test_rules_agree_and_differ_where_they_should():
    chains = {(16, "3.0"): mcrg.chain(random_words(128, 16, "identity"), generator(SEED, "c"))}
    shares = pooling.identity_table(chains, SEED).set_index("comparison")["share"]
    assert shares["pooling"] == 0
    assert shares["position"] == 0
    assert shares["maximum"] > 0.3
    assert shares["ties_up"] == pytest.approx(3 / 16, abs=0.02)


def test_the_length_of_a_known_decay_is_found():
    r = np.arange(3)
    assert scale._length(np.append(np.cosh((r - 20.0) / 4.0), 0.0)) == pytest.approx(4.0)


def test_distributions_of_two_halves_of_one_ensemble_agree():
    words = random_words(2048, 16, "halves")
    first, second = scale.magnetizations(words[:1024]), scale.magnetizations(words[1024:])
    assert scale.distance(first, second) < 0.09  # 4.5 sigma of two samples of 1024
    assert (first**2).mean() == pytest.approx(1 / 256, rel=0.2)


def test_a_mean_is_no_correlation():
    """Spins that lean up by 0.2 and know nothing of each other, beside a decay of known length."""
    C = np.cosh((np.arange(3) - 20.0) / 4.0)
    plain, lifted = np.append(C, 0.0), np.append(C + 0.04, 0.2)
    assert scale._length(lifted) == pytest.approx(scale._length(plain), rel=1e-12)
    assert abs(scale._length(np.append(C + 0.04, 0.0)) / 4 - 1) > 1e-4


def test_a_convolution_of_stride_one_is_fair_with_coins():
    """Ties are 3/8 of all windows: without coins random spins get that mean, with them none."""
    spins = (2 * generator(SEED, "fair").integers(0, 2, (200, 32, 32), dtype=np.int8) - 1).astype(np.int8)
    assert abs(rules.convolution(spins, 1, generator(SEED, "coins")).mean()) < 0.01
    assert rules.convolution(spins, 1).mean() == pytest.approx(0.375, abs=0.01)


def test_phases_differ_by_what_they_are_given():
    means = np.where(np.arange(640) % 3 == 0, 0.9, -0.1)
    found = pooling.phase_difference(means, means - 0.4)
    assert found.value == pytest.approx(1.0)


def test_tensor_rows_have_the_bars_that_were_set():
    """HOTRG with 16 states, the largest error that is allowed; eight must not reach it."""

    def error(method, chi):
        row = tensors.free_energy(method, chi, TC)
        return abs(row["ln_z_per_site"] / row["exact"] - 1)

    assert error("hotrg", 16) <= 6e-7 < error("hotrg", 8)
    assert error("trg", 16) == pytest.approx(4.6e-6, rel=0.02)
    row = tensors.spectrum_rows(16, 16, TC)[-1]
    assert row["central_charge"] == pytest.approx(0.5, rel=0.01)
    assert row["spin"] == pytest.approx(0.125, rel=0.01)


def test_exponents_of_a_made_up_power_law_come_back():
    """Three octaves: errors a third of what one octave would leave."""
    rows = [
        {
            "lattice": "square", "L": L, "u4": 0.61, "u4_err": 1e-3,
            "m2": L**-0.25, "m2_err": 1e-2 * L**-0.25, "slope": 3.0 * L, "slope_err": 1e-2 * 3.0 * L,
        }
        for L in (4, 8, 16, 32, 64)
    ]  # fmt: skip
    data = {"universality": pd.DataFrame(rows[2:]), "binder": pd.DataFrame(rows[:2])}
    y_t, y_h = (universality_claims.exponent(data, "square", kind) for kind in ("y_t", "y_h"))
    assert y_t[:2] == pytest.approx((1, 1e-2 / np.log(8)))
    assert y_h[:2] == pytest.approx((1.875, 0.5e-2 / np.log(8)))
    assert universality_claims.exponent_drift(data, "square", "y_h") == pytest.approx(0, abs=1e-12)


def test_the_slope_of_the_binder_parameter_is_its_derivative():
    """Exact moments of the 4x4 torus in place of measured ones."""
    from scripts.renormalization.theory import blocks, strips

    p, e = blocks.probabilities(1 / 0.4), blocks.bonds().astype(float)
    m2, m4 = (blocks.states().mean((1, 2)).astype(float) ** k for k in (2, 4))
    means = np.array([p @ x for x in (m2, m4, m2, m4, e, m2 * e, m4 * e)])
    u4, _, slope = universality._observables(means)
    difference = (strips.binder("square", 4, 0.4005) - strips.binder("square", 4, 0.3995)) / 1e-3
    assert u4 == pytest.approx(strips.binder("square", 4, 0.4), abs=1e-12)
    assert slope == pytest.approx(difference, rel=1e-4)


def test_the_thermometer_reads_the_training_temperatures():
    _, energies = machine.training_data(60, SEED)
    assert machine.temperature(energies[7], energies) == pytest.approx(machine.TEMPERATURES[7])
    assert machine.temperature(0.0, energies) == machine.TEMPERATURES[-1]
    assert np.all(np.diff(energies) < 0.02)


def test_shuffling_keeps_the_magnetization_and_takes_the_neighbors():
    data = np.zeros((100, 64), dtype=np.uint8)
    data[:, :32] = 1
    mixed = machine.shuffled(data, generator(SEED, "shuffle"))
    assert np.all(mixed.sum(axis=1) == 32)
    assert machine.products(data.astype(float)).mean() == pytest.approx(0.75)
    assert abs(machine.products(mixed.astype(float)).mean()) < 0.1


def test_the_player_shows_every_level_at_the_old_size():
    words = random_words(8, 32, "zoom")
    arrays = pooling.zoom_arrays({(32, "2.269185314213022"): words, (32, "3.0"): words}, ["3.0"], SEED)
    frames = widgets.pooling_frames(arrays)
    assert len(frames["frames"]) == 3 == int(arrays["levels"])
    assert (frames["width"], frames["height"]) == (3 * 32 + 2 * len(widgets.GAP), 32)
    assert len(frames["labels"]["en"]) == len(frames["labels"]["ja"]) == 3


def test_a_size_without_configurations_is_refused():
    diagonal = np.ones((128, 16, 16), dtype=np.int8)
    with pytest.raises(InputError, match=r"mcrg.sizes: no configurations of L = 64"):
        mcrg.tables({(16, "2.50"): random_words(128, 16, "few")}, diagonal, [64], 1.0, SEED)


def small_tables():
    """What a configuration of one size and two temperatures leaves."""
    words = {(32, T): random_words(128, 32, T) for T in (mcrg.CRITICAL, "2.50")}
    chains = scale.blocked(words, SEED)
    diagonal = np.ascontiguousarray(2 * np.eye(16, dtype=np.int8) - 1)[None].repeat(128, axis=0)
    exponent, flow, compared = mcrg.tables(words, diagonal, [32], 1.0, SEED)
    matching = scale.matching_table(chains)
    run = pd.DataFrame(
        [universality.measured(name, 0.2, 4, 640, SEED) for name in universality.clusters.BONDS]
    )
    run = pd.concat([run, run.iloc[-1:].assign(lattice="triangular_off")])
    spectrum = pd.DataFrame(tensors.spectrum_rows(4, 8, TC))
    return {
        "chain": exact.chain_table(5, SEED), "fixed_points": exact.fixed_point_table(),
        "orbits": exact.orbit_table(), "information": exact.information_table(1.0),
        "block_couplings": exact.coupling_table(1.0), "sampled": exact.sampled_table(640, SEED),
        "binder": universality.torus_table(dict.fromkeys(universality.clusters.BONDS, (0.2, 0.0))),
        "critical_line": exact.line_table(), "mcrg": exponent, "flow": flow, "rules": compared,
        "matching": matching,
        "transition": scale.transition_table(matching), "distances": scale.distance_table(chains, SEED),
        "correlations": scale.correlation_table(chains, SEED),
        "pooling": pooling.pooling_table(chains, 128, SEED),
        "identities": pooling.identity_table(chains, SEED), "spectrum": spectrum,
        "tensor_rg": pd.DataFrame([tensors.free_energy("trg", 4, TC)]),
        "universality": run.assign(K_err=0.0),
        "machine": machine.machine_table(16, 4, [1], 2, SEED),
    }  # fmt: skip


def test_checks_that_a_small_configuration_does_not_allow_are_left_open(tmp_path):
    """No check is missing, none crashes, and what needs more says what."""
    folder = tmp_path / "renormalization" / "tables"
    tables = small_tables()
    paths = [folder / f"{name}.csv" for name in tables]
    for path in paths:
        write_table(path, tables[path.stem])
    checks = registered_checks("workflow/chapters/renormalization/claims.yaml", "quick")
    records, numbers = settled(GROUPS, checks, read_named(paths))
    found = {(record["claim"], record["part"]): record for record in records}
    assert set(found) == set(checks)
    for key in (("6.1-10", "tc"), ("6.3-04", "critical"), ("6.1-07", "hotrg"), ("6.1-10", "spin")):
        assert found[key]["outcome"] == "unmeasured"
        assert "renormalization." in found[key]["needs"]
    assert numbers["renormalization.tc"]["value"] is None
    assert found["6.1-05", "quarter"]["passed"]


def test_two_lattices_are_compared_at_one_size():
    """The plain lattice is larger than the one with diagonals: its flow of that size is not mixed in."""
    columns = ["system", "T", "L", "level", "k_nearest", "k_nearest_err"]
    critical = str(square.critical_temperature())
    rows = [("square", critical, L, 0, k, 0.03) for L, k in ((64, 0.4), (128, 0.7))]
    flows = {
        "flow": pd.DataFrame([*rows, ("square_diagonal", "critical", 64, 0, 0.3, 0.04)], columns=columns)
    }
    np.testing.assert_allclose(flow_claims.apart(flows, 0)[:2], (-0.1, 0.05))
    np.testing.assert_allclose(flow_claims.coupling(flows, 0)[:2], (0.7, 0.03))
    assert flow_claims.sizes(flows) == {"critical": 128, "apart": 64, "hot": None}
