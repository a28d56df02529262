"""The ledger, its table, the last word of a run, numbers for prose, manifest and provenance."""

import json
import os

import pytest

from scripts.common.claims.counting import ground
from scripts.common.io import InputError, read_json, write_json
from scripts.common.merge_claims import flat, ledger
from scripts.common.numbers import number, write_numbers
from scripts.common.provenance import (
    configuration_digest,
    data_digest,
    elapsed,
    manifest,
    provenance,
    wall_times,
)
from scripts.common.recheck import rechecked, row_to_recheck
from scripts.common.tables import write_table
from scripts.common.verdict import faults, summary
from tests.common.claims_examples import check, measured, registry_row

ROWS = [
    registry_row(check()),
    registry_row(check(claim="2.2-01"), id="2.2-01", experiments=["maxent", "ising"]),
    registry_row(id="3.1-01", experiments=["bayes"], source="added"),
    registry_row(id="9.1-03", experiments=["bayes"], inherits=["1.1-01"]),
]


def merged(*records, rechecks=(), rows=ROWS, scale="quick"):
    return ledger(rows, {"ising": list(records)}, list(rechecks), scale, 1)


def claims(found):
    return {claim["id"]: claim for claim in found["claims"]}


GOOD = merged(measured(), measured(claim="2.2-01"))
BAD = merged(measured(9.0), measured(claim="2.2-01"))


def test_the_ledger_counts_verdicts_and_keeps_the_order_of_the_registry():
    assert [claim["id"] for claim in GOOD["claims"]] == [row["id"] for row in ROWS]
    assert GOOD["counts"]["holds"] == 3
    assert GOOD["counts"]["not_run"] == 1
    assert GOOD["counts_apart"]["added"]["verdicts"] == {**dict.fromkeys(GOOD["counts"], 0), "not_run": 1}
    assert sum(sum(group["verdicts"].values()) for group in GOOD["counts_apart"].values()) == 4


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (["identity"], "identity"),
        (["identity", "exact"], "exact"),
        (["trend", "bound"], "bound"),
        (["published", "identity"], "published"),
        ([], None),
    ],
)
def test_a_row_counts_under_the_strongest_kind_that_settles_it(kinds, expected):
    records = [{"kind": kind, "role": "statement"} for kind in kinds]
    idle = [{"kind": "exact", "role": "control"}, {"kind": "published", "role": "observation"}]
    assert ground({"records": records + idle}) == expected


def test_sources_and_grounds_are_counted_apart():
    found = GOOD["counts_apart"]
    assert set(found) == {"book", "added"}
    grounds = {name: sum(each.values()) for name, each in found["book"]["grounds"].items()}
    assert grounds == {"exact": 2, "inherited": 1}
    assert found["added"]["grounds"] == {}


def test_a_row_says_which_experiments_it_still_misses():
    found = claims(GOOD)["2.2-01"]
    assert (found["verdict"], found["missing"]) == ("holds", ["maxent"])
    assert found["reason"] == "a part is not run: maxent"
    assert claims(GOOD)["3.1-01"]["reason"] == "not run: bayes"


def test_a_failed_claim_fails_those_that_inherit_and_not_the_merge():
    assert claims(BAD)["1.1-01"]["verdict"] == claims(BAD)["9.1-03"]["verdict"] == "failed"
    assert "worst of its rows: 1.1-01" in claims(BAD)["9.1-03"]["reason"]


def test_an_experiment_that_is_not_configured_leaves_its_rows_not_run():
    found = ledger(ROWS, {}, [], "quick", 1)
    assert found["counts"]["not_run"] == 4


def test_a_verdict_typed_by_hand_is_computed_anew():
    typed = measured(9.0) | {"passed": True, "outcome": "agrees", "z": 0.0}
    assert merged(typed, measured(claim="2.2-01")) == BAD


def test_a_missing_and_an_extra_record_are_refused():
    with pytest.raises(InputError, match=r"no record for 2\.2-01/energy"):
        merged(measured())
    with pytest.raises(InputError, match=r"1\.1-01/more is not in the registry"):
        merged(measured(), measured(claim="2.2-01"), measured(part="more"))


def test_the_ledger_can_be_written_and_flattened(tmp_path):
    write_json(tmp_path / "claims.json", BAD)
    assert read_json(tmp_path / "claims.json") == json.loads(json.dumps(BAD))
    table = flat(BAD)
    assert list(table["id"]) == ["1.1-01", "2.2-01", "3.1-01", "9.1-03"]
    assert table["z"][0] == pytest.approx(9.0)
    write_table(tmp_path / "claims.csv", table)


def test_the_last_word_names_what_failed_and_by_how_much():
    text = summary(BAD)
    assert text.startswith("4 claims at scale quick: 1 hold, 2 failed, 1 were not run.")
    assert "1.1-01 failed: fails: ising/energy" in text
    assert "1.45 +- 0.05 against 1, z = +9.0, rejected" in text
    assert faults(BAD) == "2 of the claims failed: 1.1-01, 9.1-03"
    assert faults(GOOD) == ""


def test_wrong_error_bars_fail_the_run_even_if_every_claim_holds():
    parts = [f"part_{k}" for k in range(30)]
    rows = [registry_row(*[check(part=part, stream=part) for part in parts])]
    found = merged(*[measured(0.01, part=part, stream=part) for part in parts], rows=rows)
    assert found["counts"]["holds"] == 1
    assert found["collection"]["passed"] is False
    assert "chi-square" in faults(found)
    assert "the error bars are too large" in summary(found)


def recheck_of(deviation, replaced, scale="quick"):
    runs = [[measured(deviation, numbers={"n_effective": 1.0})] for _ in range(10)]
    found = rechecked(ROWS[0], runs)
    replaces = [{"experiment": "ising", "part": "energy", "measured": replaced["measured"]}]
    return {"claim": "1.1-01", "scale": scale, "seeds": list(range(10)), "replaces": replaces} | found


def test_a_chance_failure_is_judged_on_the_pooled_value_and_stays_visible():
    failed = measured(4.8)
    found = claims(merged(failed, measured(claim="2.2-01"), rechecks=[recheck_of(0.1, failed)]))["1.1-01"]
    assert (found["verdict"], found["reason"]) == ("holds", "judged on fresh seeds: 10")
    assert found["records"][0]["outcome"] == "differs"
    assert found["recheck"]["records"][0]["seeds"] == 10


def test_a_real_failure_is_confirmed_by_the_recheck():
    failed = measured(4.8)
    found = claims(merged(failed, measured(claim="2.2-01"), rechecks=[recheck_of(3.0, failed)]))["1.1-01"]
    assert found["verdict"] == "failed"


def test_a_recheck_of_other_numbers_or_another_scale_lapses():
    failed = measured(4.8)
    for old in (recheck_of(0.1, measured(4.7)), recheck_of(0.1, failed, scale="default")):
        found = claims(merged(failed, measured(claim="2.2-01"), rechecks=[old]))["1.1-01"]
        assert (found["verdict"], found["recheck"]) == ("failed", None)


@pytest.mark.parametrize(
    ("claim", "configured", "fault"),
    [
        ("7-77", ["ising"], "'7-77' is no claim"),
        ("9.1-03", ["ising"], "inherits its verdict; recheck 1.1-01"),
        ("3.1-01", ["ising"], "no configured experiment checks 3.1-01; it needs bayes"),
        ("1.1-01", ["maxent"], "it needs ising"),
    ],
)
def test_a_claim_that_cannot_be_rechecked_is_refused_in_one_line(claim, configured, fault):
    with pytest.raises(InputError, match=fault):
        row_to_recheck(ROWS, claim, configured)


def test_the_experiments_to_run_for_a_recheck():
    assert row_to_recheck(ROWS, "2.2-01", ["ising"])[1] == ["ising"]


def test_numbers_for_prose_are_checked_and_sorted(tmp_path):
    entry = number(2.25, 0.01, "", "ising/tables/exponents.csv", "ising_exponents")
    write_numbers(tmp_path / "numbers.json", {"ising.tc": entry, "ising.l64.e": entry})
    assert list(read_json(tmp_path / "numbers.json")) == ["ising.l64.e", "ising.tc"]
    assert entry["err"] == 0.01
    with pytest.raises(ValueError, match="cannot be quoted"):
        number(float("nan"), None, "", "x.csv", "r")
    with pytest.raises(ValueError, match="cannot be quoted"):
        number(1.0, -1.0, "", "x.csv", "r")
    with pytest.raises(ValueError, match="'Tc' is no key"):
        write_numbers(tmp_path / "numbers.json", {"Tc": entry})


def test_the_manifest_lists_tables_and_arrays_of_the_experiments_and_nothing_else(tmp_path):
    for name in ("data/a.npz", "data/.b.npz", "tables/t.csv", "timings/s.csv", "numbers.json"):
        (tmp_path / "ising" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "ising" / name).write_text("x")
    (tmp_path / "other/data").mkdir(parents=True)
    (tmp_path / "other/data/c.npz").write_text("x")
    found = manifest(tmp_path, ["ising"])
    assert [entry["path"] for entry in found] == ["ising/data/a.npz", "ising/tables/t.csv"]
    assert found[0]["bytes"] == 1
    assert found[0]["sha256"] == "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"


def test_provenance_names_versions_and_times_and_does_without_git(tmp_path):
    (tmp_path / "pyproject.toml").write_text('[project]\ndependencies = ["numpy>=2", "no-such-package"]\n')
    (tmp_path / "logs/ising").mkdir(parents=True)
    for size, seconds in ((8, 1.5), (16, 4.25)):
        file = tmp_path / f"logs/ising/simulate_L{size}.tsv"
        file.write_text(f"s\th:m:s\tmax_rss\n{seconds}\t0:00:01\t10\n")
    rules = {"ising_simulate": ("simulate.py", "ising/simulate_L*")}
    rules["ising_exact"] = ("exact.py", "ising/exact")
    found = provenance(tmp_path, {"seed": 1}, tmp_path / "logs", rules)
    assert found["versions"]["numpy"]
    assert found["versions"]["no-such-package"] is None
    seconds = {"ising/simulate_L16": 4.25, "ising/simulate_L8": 1.5}
    assert found["seconds"] == seconds == wall_times(tmp_path / "logs")
    assert found["rules"] == {
        "ising_simulate": {"script": "simulate.py", "jobs": 2, "seconds": 5.75, "slowest": 4.25},
        "ising_exact": {"script": "exact.py", "jobs": 0, "seconds": 0.0, "slowest": 0.0},
    }
    assert found["cpu"]
    assert found["data_sha256"] == data_digest([])
    assert (found["commit"], found["dirty"]) == (None, None)


def test_the_clock_runs_while_a_job_runs_and_counts_jobs_side_by_side_once(tmp_path):
    """Jobs from 0 to 10, 5 to 15 and 100 to 101 s took 16 s; what no rule names is left out."""
    for name, end, seconds in (
        ("a/x", 10, 10.0),
        ("a/y", 15, 10.0),
        ("a/z", 101, 1.0),
        ("report/b", 500, 99.0),
    ):
        file = tmp_path / f"{name}.tsv"
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"s\tmax_rss\n{seconds}\t10\n")
        os.utime(file, (end, end))
    assert elapsed(tmp_path, ["a/*"]) == 16.0


def test_one_digest_changes_with_any_byte_of_the_data():
    file = {"path": "a.csv", "bytes": 1, "sha256": "0" * 64}
    assert data_digest([file]) != data_digest([file | {"sha256": "1" * 64}])
    assert data_digest([file]) != data_digest([file | {"path": "b.csv"}])


def test_the_digest_of_a_configuration_ignores_the_order_of_keys():
    assert configuration_digest({"a": 1, "b": [2]}) == configuration_digest({"b": [2], "a": 1})
    assert configuration_digest({"a": 1, "b": [2]}) != configuration_digest({"a": 1, "b": [3]})
