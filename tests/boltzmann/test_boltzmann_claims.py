"""The records: right numbers pass, faults are rejected, a small configuration is left open and not broken."""

import numpy as np
import pandas as pd
import pytest

from scripts.boltzmann import annealing, divergence, free_energy
from scripts.boltzmann.claims import learning, likelihood, partition_function
from scripts.common.claims.findings import compared
from scripts.common.claims.registry import registered_checks

CHECKS = registered_checks("workflow/chapters/boltzmann/claims.yaml", "quick")


def judged(rows):
    return {(claim, part): compared(CHECKS[claim, part], *rest) for claim, part, *rest in rows}


def bars_table():
    row = {"images": 30, "hidden": 12, "optimum": -100.0, "log_likelihood": -100.2, "mass": 0.999, "parts":
    40,
           "chains": 2000, "soft_mass": 0.76, "sampled_mass": 0.761, "sampled_mass_err": 0.005,
           "sampled_mass_off": 0.72, "sampled_mass_off_err": 0.005}  # fmt: skip
    places = [(size, convention) for size in (3, 4) for convention in ("distinct", "multiplicity")]
    return pd.DataFrame([{"size": size, "convention": convention} | row for size, convention in places])


FULL = bars_table()


def test_a_size_that_is_not_configured_is_recorded_as_unmeasured():
    found = judged(learning._bars(FULL[FULL["size"] == 3]))
    assert found["3.1-03", "bars_3"]["outcome"] == "agrees"
    for part in ("bars_4", "bars_4_multiplicity", "sampled_images", "sampled_off"):
        assert found["3.1-03", part]["outcome"] == "unmeasured"
        assert found["3.1-03", part]["needs"] == "4 in boltzmann.bars.sizes"


def test_a_machine_two_per_cent_below_the_optimum_does_not_pass():
    worse = FULL.assign(log_likelihood=-102.0)
    assert judged(learning._bars(worse))["3.1-03", "bars_4"]["outcome"] == "differs"
    found = judged(learning._bars(FULL))
    assert found["3.1-03", "sampled_images"]["outcome"] == "agrees"
    assert found["3.1-03", "sampled_off"]["outcome"] == "rejected"


def test_a_configuration_that_hardly_learns_is_left_open():
    few, runs = FULL.assign(hidden=6), pd.DataFrame({"temperatures": 10, "z": [0.1] * 5})
    rules = judged(learning._rules(divergence.rules(1, 50, 8)))
    assert rules["3.3-08", "learning"]["needs"] == "800 or more in boltzmann.rules.updates"
    for found in (judged(learning._bars(few)), judged(partition_function._calibration(runs))):
        assert {each["outcome"] for each in found.values()} == {"unmeasured"}


def test_digits_are_judged_after_enough_epochs_only():
    names = (
        "gain", "independent", "auc", "auc_swapped", "log_z_other_path", "discrepancy_gain",
        "nearest_samples", "nearest_test",
    )  # fmt: skip
    evidence = {
        "bars": FULL,
        "digit_checks": pd.DataFrame({"quantity": names, "value": 0.6, "value_err": 0.01, "units": 30}),
        "contrastive": divergence.contrastive(1, [3], 2000),
        "rules": divergence.rules(1, 50, 8),
    }
    for epochs, unmeasured in ((59, True), (60, False)):
        curve = pd.DataFrame({"epoch": [1, epochs]}).assign(
            log_likelihood_test=2.0, log_z=0.6, log_z_err=0.01
        )
        found = learning.findings(evidence | {"digits_learning": curve})
        digits = judged(next(rows for source, rows in found if source == learning.CHECKS))
        assert {each["outcome"] == "unmeasured" for each in digits.values()} == {unmeasured}


def test_steps_that_are_not_configured_are_recorded_as_unmeasured():
    table = divergence.contrastive(1, [3], 2000).set_index("k")
    found = judged(learning._bias(table))
    assert found["3.3-08", "one_step"]["needs"] == "1 in boltzmann.divergence.steps"
    assert found["3.3-08", "decay"]["outcome"] == "agrees"
    assert found["3.3-08", "persistent"]["measured"] is not None


def test_dropping_the_partition_function_is_refuted_and_keeping_it_is_not():
    found = judged(likelihood._sculpted(free_energy.sculpting(2, 200)))
    assert found["3.4-05", "free_energy_alone"]["outcome"] == "rejected"
    assert found["3.4-05", "with_log_z"]["outcome"] == "differs" or found["3.4-05", "with_log_z"]["passed"]
    assert found["3.4-05", "split"]["passed"]
    assert found["3.4-05", "log_z_off"]["outcome"] == "rejected"
    assert found["3.4-02", "learned"]["passed"]
    assert abs(found["3.1-05", "digging_alone"]["measured"]) < 0.01


def test_expectation_maximization_passes_inside_its_condition_and_fails_outside():
    found = judged(likelihood._em(free_energy.expectation_maximization(2, 10)))
    assert found["3.4-07", "descent"]["passed"]
    assert found["3.4-07", "touching"]["passed"]
    assert found["3.4-07", "no_log_z"]["outcome"] == "rejected"
    assert found["9.0-01", "with_log_z"]["passed"]
    assert found["9.0-01", "without_log_z"]["outcome"] == "rejected"


@pytest.mark.parametrize(("shift", "outcome"), [(0.0, "agrees"), (0.2, "rejected")])
def test_a_shifted_partition_function_is_rejected(shift, outcome):
    """Power: 0.2 is what parameters larger by one per cent change, forty errors."""
    table, each, _ = annealing.calibrated(3, [100, 400], 40, 60).values()
    table["log_z"] += shift
    row, data = partition_function._finest(table), {"annealing": table, "annealing_runs": each}
    assert judged(partition_function._annealed(row))["3.3-03", "annealed"]["outcome"] == outcome
    if shift:
        return
    found = judged(partition_function._calibration(partition_function._finest_runs(data)))
    found |= judged(partition_function._steps(table))
    assert found["3.3-03", "calibration"]["outcome"] == found["3.3-03", "errors"]["outcome"] == "agrees"
    assert found["3.3-03", "step_short"]["outcome"] == "rejected"


def test_statistics_short_by_one_per_mille_are_rejected():
    table = divergence.contrastive(5, [1], 20000).set_index("k")
    found = judged(learning._bias(table))
    assert found["3.3-08", "persistent"]["outcome"] == "agrees"
    assert found["3.3-08", "statistics_short"]["outcome"] == "rejected"


def test_hotellings_deviate_is_normal_for_normal_batches():
    """Power: a mean and width of 200 deviates wrong by 0.3 are 4 errors off."""
    rng, found = np.random.default_rng(6), []
    for _ in range(200):
        batches = rng.normal(size=(60, 8)) @ rng.normal(size=(8, 8))
        row = divergence._compared(batches, np.zeros(8))
        found.append(learning.hotelling(row, "t2").value)
    assert abs(np.mean(found)) < 0.3
    assert abs(np.std(found) - 1) < 0.2
