"""A chapter is its three folders and its blocks of the configuration: a toy one runs to its pages.

`tests/toy` holds it. That nothing else has to be touched is what is tested here.
"""

import json
import re
import shutil
import subprocess
import sys

import pytest

from tests.tiny import ROOT, copy_repository, snakemake

TOY = ROOT / "tests" / "toy"
CONFIGURATIONS = {"config.yaml": "config.yaml", "quick.yaml": "config/quick.yaml"}
CONFIGURATIONS |= {"tiny.yaml": "tests/config/tiny.yaml"}
GUARDS = ["architecture", "tables", "claims", "registry_rules", "configuration"]


@pytest.fixture(scope="module")
def with_coin(tmp_path_factory):
    """A copy of the project with the chapter `coin` in it."""
    folder = copy_repository(tmp_path_factory.mktemp("toy"))
    for name in ("workflow", "scripts", "tests"):
        shutil.copytree(TOY / name, folder / name, dirs_exist_ok=True)
    for block, name in CONFIGURATIONS.items():
        text = (folder / name).read_text(encoding="utf-8") + (TOY / "config" / block).read_text("utf-8")
        listed = re.sub(r"(\nexperiments:\n(?:  - \w+\n)+)", r"\1  - coin\n", text)
        (folder / name).write_text(listed, encoding="utf-8")
    made = [["scripts.report.review", "coin"], ["workflow.config_readme"]]
    for module in made:
        subprocess.run([sys.executable, "-m", *module], cwd=folder, check=True)
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    return folder


def test_the_quick_run_of_a_toy_chapter_ends_with_its_verdict_and_its_pages(with_coin):
    (with_coin / "coin.yaml").write_text("experiments: [coin]\n", encoding="utf-8")
    snakemake(with_coin, "--configfile", "config/quick.yaml", "coin.yaml", "--cores", "2")
    claims = json.loads((with_coin / "quick/claims.json").read_text(encoding="utf-8"))["claims"]
    assert claims[-1]["id"] == "toy-01"
    assert claims[-1]["verdict"] == "holds"
    for way, title, place in (("", "A fair coin", "Lecture: 1"), ("ja/", "公平な硬貨", "講義：1")):
        page = (with_coin / f"quick/report/{way}coin.html").read_text(encoding="utf-8")
        assert title in page
        assert place in page
        assert title in (with_coin / f"quick/report/{way}index.html").read_text(encoding="utf-8")
    assert (with_coin / "quick/report/rashinban.ja.pdf").stat().st_size > 1000


def test_the_project_accepts_it_as_a_chapter_and_runs_its_tests(with_coin):
    """Its shape, tables, claims, translations and configuration, by the tests that guard those of all."""
    guards = [f"tests/test_{name}.py" for name in GUARDS]
    command = [sys.executable, "-m", "pytest", "-q", "tests/coin", "tests/report/test_references.py", *guards]
    done = subprocess.run(command, cwd=with_coin, capture_output=True, text=True, check=False)
    assert not done.returncode, done.stdout[-3000:]
