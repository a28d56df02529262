"""The workflow with other seeds: which ones, how it is configured, what counts as a change."""

from pathlib import Path

import pytest

from scripts.common.io import InputError
from scripts.common.other_seeds import changed_verdicts, fresh_seeds, merged_configuration, overlay, run


def test_fresh_seeds_are_fixed_by_seed_and_purpose_and_differ_from_each_other():
    seeds = fresh_seeds(1, ("recheck", "1.1-01"), 10)
    assert seeds == fresh_seeds(1, ("recheck", "1.1-01"), 10)
    assert (
        len(
            {
                1,
                *seeds,
                *fresh_seeds(1, ("recheck", "1.1-02"), 10),
                *fresh_seeds(2, ("recheck", "1.1-01"), 10),
            }
        )
        == 31
    )
    assert all(0 <= seed < 2**31 for seed in seeds)


def test_the_configuration_merges_like_that_of_a_run(tmp_path):
    (tmp_path / "a.yaml").write_text(
        "seed: 1\nscale: default\npathvars: {results: results, logs: logs}\nsizes: [1, 2]\n"
    )
    (tmp_path / "b.yaml").write_text("scale: quick\npathvars: {results: quick}\nsizes: [3]\n")
    found = merged_configuration([tmp_path / "a.yaml", tmp_path / "b.yaml"])
    assert found == {
        "seed": 1,
        "scale": "quick",
        "pathvars": {"results": "quick", "logs": "logs"},
        "sizes": [3],
    }
    assert overlay(7, "work")["pathvars"]["results"] == "work/results"


def test_a_verdict_that_one_seed_changes_is_named_with_the_seed():
    runs = {f"seed {k}": {"1.1-01": "holds", "1.1-02": "holds"} for k in range(3)}
    assert changed_verdicts(runs) == []
    runs["seed 2"]["1.1-02"] = "failed"
    assert changed_verdicts(runs) == ["1.1-02: holds with most seeds; seed 2 failed"]


def test_a_run_that_fails_is_one_line(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # no Snakefile here
    with pytest.raises(InputError, match="the run with seed 7 in work failed"):
        run(7, Path("work"), ["claims.json"], [])
