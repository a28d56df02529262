"""Every profile is complete: Snakemake plans the whole workflow with it, whatever engine it names."""

import importlib.util

import pytest
import yaml

from tests.tiny import ROOT, TINY, snakemake

ENGINES = ("slurm", "htcondor")
PROFILES = sorted(path.parent.name for path in ROOT.glob("profiles/*/profile.yaml"))


@pytest.mark.parametrize("name", PROFILES)
def test_a_dry_run_with_the_profile_plans_every_experiment(name, tmp_path):
    if name in ENGINES and importlib.util.find_spec(f"snakemake_executor_plugin_{name}") is None:
        pytest.skip(f"no plugin for {name} in this environment: make test-slurm")
    options = ["--workflow-profile", f"profiles/{name}", "--directory", str(ROOT)]
    cores = ["--cores", "2"] if name == "slurm-onejob" else []  # the allocation's, by run.sbatch
    overlay = tmp_path / "elsewhere.yaml"
    overlay.write_text(yaml.safe_dump({"pathvars": {"results": str(tmp_path)}}), encoding="utf-8")
    said = snakemake(ROOT, "--dry-run", *options, *cores, "--configfile", TINY, str(overlay)).stdout
    assert "This was a dry-run" in said
    assert "ising_simulate" in said


@pytest.mark.parametrize("name", PROFILES)
def test_every_profile_reruns_for_the_same_reasons(name):
    """A profile replaces another whole: what one forgets is not there."""
    profile = yaml.safe_load((ROOT / f"profiles/{name}/profile.yaml").read_text(encoding="utf-8"))
    assert profile["rerun-triggers"] == ["mtime", "params", "input", "software-env"]
    assert profile["rerun-incomplete"] is True
    assert profile["keep-going"] is True
