"""The records: right numbers pass, faults are rejected, a small configuration is left open and not broken."""

import pandas as pd
import pytest

from scripts.boltzmann import annealing, divergence, free_energy
from scripts.boltzmann.claims import learning, likelihood, partition_function
from scripts.common.claims.registry import registered_checks

CHECKS = registered_checks("workflow/chapters/boltzmann/claims.yaml", "quick")


def by_part(records):
    return {(each["claim"], each["part"]): each for each in records}


def bars_table(*rows):
    columns = [
        "size",
        "convention",
        "images",
        "hidden",
        "optimum",
        "log_likelihood",
        "start",
        "mass",
        "sampled_mass",
    ]
    return pd.DataFrame(rows, columns=columns)


FULL = bars_table(
    *[
        (size, convention, 30, 12, -100.0, -100.2, -330.0, 0.999, 1.0)
        for size in (3, 4)
        for convention in ("distinct", "multiplicity")
    ]
)


def test_a_size_that_is_not_configured_is_recorded_as_unmeasured():
    found = by_part(learning._bars(CHECKS, FULL[FULL["size"] == 3]))
    assert found["3.1-03", "bars_3"]["outcome"] == "agrees"
    for part in ("bars_4", "bars_4_multiplicity", "sampled_images", "untrained", "noise_images"):
        assert found["3.1-03", part]["outcome"] == "unmeasured"
        assert found["3.1-03", part]["needs"] == "4 in boltzmann.bars.sizes"


def test_a_machine_two_per_cent_below_the_optimum_does_not_pass():
    worse = FULL.assign(log_likelihood=-102.0)
    assert by_part(learning._bars(CHECKS, worse))["3.1-03", "bars_4"]["outcome"] == "differs"
    found = by_part(learning._bars(CHECKS, FULL))
    assert found["3.1-03", "untrained"]["outcome"] == "rejected"
    assert found["3.1-03", "noise_images"]["outcome"] == "rejected"


def test_a_configuration_that_hardly_learns_is_left_open():
    checks = pd.DataFrame({"value": 0.0, "value_err": 1.0}, index=["gain"])
    assert {each["outcome"] for each in learning._digits(CHECKS, checks, 10)} == {"unmeasured"}
    few = FULL.assign(hidden=6)
    assert {each["outcome"] for each in learning._bars(CHECKS, few)} == {"unmeasured"}
    rules = divergence.rules(1, 50, 8)
    assert learning._rules(CHECKS, rules)["needs"] == "800 or more in boltzmann.rules.updates"
    runs = pd.DataFrame({"temperatures": 10, "z": [0.1] * 5})
    assert {each["outcome"] for each in partition_function._calibration(CHECKS, runs)} == {"unmeasured"}


def test_steps_that_are_not_configured_are_recorded_as_unmeasured():
    table = divergence.contrastive(1, [3], 2000).set_index("k")
    found = by_part(learning._bias(CHECKS, table))
    assert found["3.3-08", "one_step"]["needs"] == "1 in boltzmann.divergence.steps"
    assert found["3.3-08", "decay"]["outcome"] == "agrees"
    assert found["3.3-08", "persistent"]["measured"] is not None


def test_dropping_the_partition_function_is_refuted_and_keeping_it_is_not():
    found = by_part(likelihood._sculpted(CHECKS, free_energy.sculpting(2, 200)))
    assert found["3.4-05", "free_energy_alone"]["outcome"] == "rejected"
    assert found["3.4-05", "with_log_z"]["outcome"] == "differs" or found["3.4-05", "with_log_z"]["passed"]
    assert found["3.4-05", "free_energy_rises"]["outcome"] == "rejected"
    assert found["3.1-05", "digging_alone"]["outcome"] == "rejected"


def test_expectation_maximization_passes_inside_its_condition_and_fails_outside():
    found = by_part(likelihood._em(CHECKS, free_energy.expectation_maximization(2, 10)))
    assert found["3.4-07", "descent"]["passed"]
    assert found["3.4-07", "touching"]["passed"]
    assert found["3.4-07", "no_log_z"]["outcome"] == "rejected"
    assert found["9.0-01", "with_log_z"]["passed"]
    assert found["9.0-01", "without_log_z"]["outcome"] == "rejected"


@pytest.mark.parametrize(("shift", "outcome"), [(0.0, "agrees"), (0.2, "rejected")])
def test_a_shifted_partition_function_is_rejected(shift, outcome):
    """Power: 0.2 is what parameters larger by one per cent change, forty errors."""
    table, each, _ = annealing.calibrated(3, [400], 40, 60).values()
    table["log_z"] += shift
    row = partition_function._finest(table)
    assert by_part(partition_function._annealed(CHECKS, row))["3.3-03", "annealed"]["outcome"] == outcome
    found = by_part(partition_function._calibration(CHECKS, each))
    assert found["3.3-03", "calibration"]["outcome"] == "agrees"
    assert found["3.3-03", "errors_too_small"]["outcome"] == "rejected"
