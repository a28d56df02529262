"""The demands of the Snakemake Workflow Catalog, one by one, as `catalog.yaml` lists them."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.tiny import ROOT, snakemake

DEMANDS = yaml.safe_load((ROOT / "tests/catalog.yaml").read_text(encoding="utf-8"))
SMK = sorted((ROOT / "workflow").rglob("*.smk"))


def usage():
    return yaml.safe_load((ROOT / ".snakemake-workflow-catalog.yml").read_text(encoding="utf-8"))["usage"]


def readme_says_what_it_is(tmp_path):
    text = (ROOT / "README.md").read_text(encoding="utf-8").lower()
    assert "snakemake" in text
    assert "workflow" in text


def workflow_is_where_it_is_looked_for(tmp_path):
    assert "rule all:" in (ROOT / "workflow/Snakefile").read_text(encoding="utf-8")


def rules_have_their_suffix(tmp_path):
    assert [path for path in SMK if path.parent == ROOT / "workflow/rules"]


def repository_is_small(tmp_path):
    """Ten megabytes, a hundredth of what would be a burden."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    files = [ROOT / name for name in listed.decode().split("\0") if name]
    assert sum(file.stat().st_size for file in files if file.is_file()) < 10e6


def configuration_is_explained(tmp_path):
    assert (ROOT / "config/README.md").read_text(encoding="utf-8").strip()


def flags_are_named(tmp_path):
    flags = usage()["mandatory-flags"]
    assert flags["desc"].strip()
    assert isinstance(flags["flags"], str) or all(isinstance(flag, str) for flag in flags["flags"])


def deployment_is_named(tmp_path):
    ways = usage()["software-stack-deployment"]
    assert ways["conda"] is True
    assert {"apptainer", "apptainer+conda"} <= set(ways)
    assert all(isinstance(works, bool) for works in ways.values())
    images = [path for path in SMK if re.search(r"^\s*container(ized)?:", path.read_text(), re.MULTILINE)]
    assert ways["apptainer"] == bool(images)


def every_rule_has_an_environment(tmp_path):
    for path in SMK:
        for rule in re.split(r"\n(?=(?:use )?rule )", path.read_text(encoding="utf-8"))[1:]:
            if re.search(r"^    (script|shell|run|notebook|wrapper):", rule, re.MULTILINE):
                named = re.search(r'^    conda:\n\s+"(.+)"', rule, re.MULTILINE)
                assert named, f"{path}: {rule.splitlines()[0]}"
                assert (path.parent / named[1]).resolve() == ROOT / "environment.yml"


def report_is_promised_and_there(tmp_path):
    """That it can be made is seen by `make snakemake-report`; here, that it has words, and figures."""
    assert usage()["report"] is usage()["software-stack-deployment"]["report"] is True
    words = re.search(
        r'^report: "(.+)"', (ROOT / "workflow/Snakefile").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert (ROOT / "workflow" / words[1]).read_text(encoding="utf-8").strip()
    assert any("report(" in path.read_text(encoding="utf-8") for path in SMK)


def lint_is_clean(tmp_path):
    assert "good condition" in snakemake(ROOT, "--lint").stdout


def format_is_clean(tmp_path):
    files = [ROOT / "workflow/Snakefile", *sorted((ROOT / "workflow/rules").glob("*.smk"))]
    done = subprocess.run([sys.executable, "-m", "snakefmt", "--check", *files], cwd=ROOT, check=False)
    assert not done.returncode


def rules_can_be_drawn(tmp_path):
    folder = shutil.copytree(ROOT / ".test", tmp_path / ".test", ignore=shutil.ignore_patterns(".snakemake"))
    drawn = snakemake(
        ROOT, "-s", "workflow/Snakefile", "-c", "1", "-d", folder, "--forceall", "--rulegraph"
    ).stdout
    assert 'label = "all"' in drawn
    assert "report_proofread" in drawn


def parameters_are_described(tmp_path):
    schema = yaml.safe_load((ROOT / "workflow/schemas/config.schema.yaml").read_text(encoding="utf-8"))
    properties = schema["properties"] | schema["properties"]["pathvars"]["properties"]
    assert all(about["description"] for about in properties.values())
    assert set(schema["required"]) <= set(schema["properties"])


@pytest.mark.parametrize("demand", DEMANDS, ids=lambda demand: demand["check"])
def test_the_catalog_finds_what_it_demands(demand, tmp_path):
    globals()[demand["check"]](tmp_path)


def test_every_demand_has_a_place_and_a_check_of_its_own():
    assert all(demand["demand"] and demand["stands"] for demand in DEMANDS)
    checks = [demand["check"] for demand in DEMANDS]
    assert len(set(checks)) == len(checks)
    written = re.findall(r"^def (\w+)\(tmp_path\)", Path(__file__).read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(checks) == sorted(written)
