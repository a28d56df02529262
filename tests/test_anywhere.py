"""The workflow runs from anywhere: it finds its own files from the Snakefile and writes where one works."""

import pytest
import yaml

from scripts.common.io import read_json, sha256
from tests.tiny import TINY, digests, snakemake
from workflow import code_digest

MODULE = """\
configfile: "{clone}/{tiny}"


module rashinban:
    snakefile: "{clone}/workflow/Snakefile"
    config: config


use rule * from rashinban as book_*
"""


def with_directory(clone, folder, *overlays):
    """``snakemake --directory``, from the clone."""
    snakemake(clone, "--directory", str(folder), "--configfile", TINY, *overlays)


def with_snakefile(clone, folder, *overlays):
    """``snakemake -s``, from another folder."""
    asked = ["-s", str(clone / "workflow/Snakefile"), "--cores", "2"]
    snakemake(folder, *asked, "--configfile", str(clone / TINY), *overlays)


def with_top_snakefile(clone, folder, *overlays):
    """The file at the top brings the profile that stands beside it."""
    asked = ["-s", str(clone / "Snakefile")]
    return snakemake(folder, *asked, "--configfile", str(clone / TINY), *overlays)


def as_module(clone, folder, *overlays):
    """``module`` and ``use rule *`` in somebody's own Snakefile."""
    (folder / "Snakefile").write_text(MODULE.format(clone=clone, tiny=TINY), encoding="utf-8")
    snakemake(folder, "--cores", "2", "--configfile", str(clone / TINY), *overlays)


ROADS = [with_directory, with_snakefile, as_module]


def files(folder):
    """All files below a folder, without what may be made again."""
    hidden = {".cache", ".snakemake", "__pycache__"}
    return {path for path in folder.rglob("*") if path.is_file() and not hidden & set(path.parts)}


def same_bytes(finished, folder, experiment):
    """Whether claims, numbers, figures and players of an experiment are those of the run in the clone."""
    theirs = finished / "tiny" / experiment
    kinds = ("*.json", "figures/*", "widgets/*")
    return all(
        sha256(path) == sha256(folder / "tiny" / experiment / path.relative_to(theirs))
        for kind in kinds
        for path in theirs.glob(kind)
    )


@pytest.fixture
def one_experiment(tmp_path):
    """An overlay with one experiment alone, so that its report needs no other one."""
    (tmp_path / "one.yaml").write_text("experiments: [maxent]\n", encoding="utf-8")
    return str(tmp_path / "one.yaml")


@pytest.mark.parametrize("road", ROADS)
def test_an_experiment_has_the_same_bytes_from_anywhere(road, finished, tmp_path, one_experiment):
    """Tables, arrays, claims, numbers, figures; the report stands where one works, nothing in the clone."""
    before = files(finished)
    road(finished, tmp_path, one_experiment)
    assert len(digests(tmp_path / "tiny/maxent")) > 4
    assert digests(tmp_path / "tiny/maxent") == digests(finished / "tiny/maxent")
    assert same_bytes(finished, tmp_path, "maxent")
    assert (tmp_path / "tiny/report/ja/index.html").stat().st_size > 1000
    assert files(finished) == before
    rules = read_json(tmp_path / "tiny/provenance.json")["rules"]
    assert rules["maxent_spectra"]["jobs"] == 1  # under the name that the claims know, whatever the module's


@pytest.mark.long
@pytest.mark.parametrize("road", [*ROADS, with_top_snakefile])
def test_everything_has_the_same_bytes_from_anywhere(road, finished, tmp_path):
    road(finished, tmp_path)
    assert digests(tmp_path / "tiny") == digests(finished / "tiny")
    assert (tmp_path / "tiny/verdict.txt").read_text() == (finished / "tiny/verdict.txt").read_text()
    assert (tmp_path / "tiny/report/index.html").exists()


def test_a_second_run_elsewhere_has_nothing_to_do(finished, tmp_path, one_experiment):
    with_top_snakefile(finished, tmp_path, one_experiment)
    assert "Nothing to be done" in with_top_snakefile(finished, tmp_path, one_experiment).stdout


def test_a_configuration_in_the_working_folder_is_laid_over_the_default_one(finished, tmp_path):
    (tmp_path / "config.yaml").write_text("experiments: [maxent]\nmaxent: {spectra: {levels: 41}}\n")
    asked = ["-s", str(finished / "Snakefile"), "--dry-run"]
    said = snakemake(tmp_path, *asked).stdout
    assert "maxent_spectra" in said
    assert "ising_simulate" not in said
    (tmp_path / "config.yaml").write_text("maxent: {spectra: {levels: some}}\n")
    said = snakemake(tmp_path, *asked, check=False).stdout
    assert "configuration: maxent.spectra.levels: 'some' is not allowed" in said


def test_a_module_may_be_given_a_part_of_the_configuration_other_folders_and_other_names(finished, tmp_path):
    mine = {"rashinban": {"experiments": ["maxent"]}, "another": 3}
    (tmp_path / "mine.yaml").write_text(yaml.safe_dump(mine), encoding="utf-8")
    text = MODULE.format(clone=finished, tiny=TINY).replace(f"{finished}/{TINY}", "mine.yaml")
    text = text.replace("config: config", 'config: config["rashinban"]\n    pathvars: results="numbers"')
    (tmp_path / "Snakefile").write_text(text)
    (tmp_path / "config.yaml").write_text("1: a file of the other workflow's, with keys of its own\n")
    said = snakemake(tmp_path, "--dry-run", "--cores", "1").stdout
    assert "book_maxent_spectra" in said
    assert "numbers/maxent/tables/spectra.csv" in said
    assert "results/" not in said


def test_the_cache_stands_in_the_working_folder_if_the_clone_is_read_only(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert code_digest.cache() == code_digest.ROOT / ".cache"
    monkeypatch.setattr(code_digest.os, "access", lambda path, mode: False)
    assert code_digest.cache() == tmp_path / ".cache"
    monkeypatch.setattr(code_digest, "_parse", code_digest._parse.__wrapped__)
    assert code_digest.code_digest("ising/naive.py")
    assert list((tmp_path / ".cache" / "code").iterdir())
