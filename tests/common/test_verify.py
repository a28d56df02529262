"""Results against the manifest of their run, and against another run."""

import sys
from pathlib import Path

import pytest

from scripts.common.io import InputError, read_json, write_json
from scripts.common.provenance import manifest
from scripts.common.verify import _main, damage, differences


def finished(folder, cpu="a", seed=1, table=b"T,m\n2.0,0.9\n", verdict="holds", z=0.5):
    """A finished run with one table, one array and one claim."""
    for name, content in {"tables/t.csv": table, "data/a.npz": b"0123"}.items():
        path = folder / "ising" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    record = {"experiment": "ising", "part": "tc", "z": z}
    write_json(
        folder / "claims.json", {"claims": [{"id": "1.1-01", "verdict": verdict, "records": [record]}]}
    )
    provenance = {"commit": "c", "dirty": False, "cpu": cpu, "versions": {"numpy": "2"}}
    provenance["configuration"] = {"seed": seed, "pathvars": {"results": str(folder)}}
    write_json(folder / "provenance.json", provenance)
    write_json(folder / "manifest.json", manifest(folder, ["ising"]))
    return folder


def test_an_untouched_run_is_as_its_manifest_says(tmp_path):
    assert damage(finished(tmp_path)) == []


DAMAGE = {
    "bit": (lambda path: path.write_bytes(b"T,m\n2.0,0.8\n"), "ising/tables/t.csv: other bytes"),
    "end": (lambda path: path.write_bytes(b"T,m\n"), "ising/tables/t.csv: 4 bytes, 12 in the manifest"),
    "gone": (lambda path: path.unlink(), "ising/tables/t.csv: missing"),
    "more": (lambda path: path.with_name("u.csv").touch(), "ising/tables/u.csv: not in the manifest"),
}


@pytest.mark.parametrize(("harm", "words"), DAMAGE.values(), ids=DAMAGE)
def test_damage_is_named(tmp_path, harm, words):
    harm(finished(tmp_path) / "ising/tables/t.csv")
    (line,) = damage(tmp_path)
    assert line.startswith(words)


def test_a_verdict_changed_by_hand_is_damage(tmp_path):
    claims = read_json(finished(tmp_path) / "claims.json")
    claims["claims"][0]["verdict"] = "refuted_as_printed"
    write_json(tmp_path / "claims.json", claims)
    assert [line.split(":")[0] for line in damage(tmp_path)] == ["claims.json"]


OTHER = {
    "equal": ({}, "same bytes", False),
    "unexplained": ({"table": b"T,m\n2.0,0.8\n"}, "should be equal", True),
    "processor": ({"table": b"T,m\n2.0,0.8\n", "cpu": "b"}, "another processor", False),
    "verdict": ({"cpu": "b", "verdict": "failed"}, "1.1-01: holds here, failed there", True),
    "seed": ({"seed": 2, "verdict": "failed"}, "not to be compared", False),
    "deviation": ({"cpu": "b", "z": 0.6}, "differ by at most 0.1 (1.1-01, ising/tc): beyond 0.01", False),
}


@pytest.mark.parametrize(("options", "words", "matters"), OTHER.values(), ids=OTHER)
def test_what_differs_between_two_runs_and_whether_it_matters(tmp_path, options, words, matters):
    lines, found = differences(finished(tmp_path / "a"), finished(tmp_path / "b", **options))
    assert words in "; ".join(lines)
    assert found is matters


def test_a_folder_without_a_finished_run_is_one_line(tmp_path, monkeypatch):
    with pytest.raises(InputError, match=r"no manifest\.json; allowed: the results folder of a finished run"):
        damage(tmp_path)
    monkeypatch.setattr(sys, "argv", ["verify", str(tmp_path)])
    with pytest.raises(SystemExit, match=r"^error: "):
        _main()


def test_the_exit_status_tells_damage(tmp_path, monkeypatch, capsys):
    finished(tmp_path)
    monkeypatch.setattr(sys, "argv", ["verify", str(tmp_path)])
    with pytest.raises(SystemExit) as ended:
        _main()
    assert not ended.value.code
    assert "every file is as its manifest says" in capsys.readouterr().out
    Path(tmp_path / "ising/data/a.npz").unlink()
    with pytest.raises(SystemExit) as ended:
        _main()
    assert ended.value.code
