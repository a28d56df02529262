"""The workflow as a machine: what reruns, what does not, what survives a kill, what bad input says.

All of it runs on a copy of the repository with the tiny configuration.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile

import pytest
import yaml

from scripts.common.tables import declared_columns
from tests.tiny import ROOT, TINY, copy_repository, digests, evidence, snakemake

KERNEL = "scripts/ising/kernels/multispin/driver.py"


def planned(folder, *arguments):
    """Names of the rules that a dry run would execute (targets that do nothing left out)."""
    output = snakemake(folder, "--dry-run", "--configfile", TINY, *arguments).stdout
    targets = {"all", *yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))["experiments"]}
    return set(re.findall(r"^(?:local)?rule (\w+):", output, flags=re.MULTILINE)) - targets


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path}: the text to edit is gone"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def edited(finished):
    """The finished copy; every file that a test edits is put back, with its old time."""
    kept = {}

    def editable(name):
        path = finished / name
        kept[path] = (path.read_bytes(), path.stat())
        return path

    yield editable
    for path, (content, status) in kept.items():
        path.write_bytes(content)
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def test_the_tiny_workflow_builds_the_report(finished):
    assert (finished / "tiny/report/index.html").stat().st_size > 1000
    assert (finished / "tiny/report/ja/ising.html").stat().st_size > 1000


def test_the_provenance_knows_the_time_of_every_job_of_the_experiment(finished):
    seconds = json.loads((finished / "tiny/provenance.json").read_text(encoding="utf-8"))["seconds"]
    jobs = {f"ising/{path.stem}" for path in (finished / "tiny/logs/ising").glob("*.tsv")}
    assert {"ising/figure_spins", "ising/settle"} <= jobs <= set(seconds)


def test_the_report_of_snakemake_itself_is_a_zip_with_the_figures(finished):
    snakemake(finished, "--configfile", TINY, "--report", "tiny/snakemake.zip")
    with zipfile.ZipFile(finished / "tiny/snakemake.zip") as packed:
        names = [name.rpartition("/")[2] for name in packed.namelist()]
    assert {"report.html", "spins.en.light.svg", "spins.ja.light.svg"} <= set(names)


def test_every_table_has_exactly_the_columns_that_its_schema_declares(finished):
    """A column that is missing, added, renamed or moved shows up, as does a table more or less."""
    schema = finished / "workflow/chapters/ising/tables.yaml"
    folder = finished / "tiny/ising/tables"
    written = {path.stem: path.read_text(encoding="utf-8").split("\n")[0] for path in folder.glob("*.csv")}
    declared = yaml.safe_load(schema.read_text(encoding="utf-8"))
    assert written == {name: ",".join(declared_columns(folder / f"{name}.csv")) for name in declared}


def test_a_second_run_has_nothing_to_do(finished):
    started = time.monotonic()
    assert "Nothing to be done" in snakemake(finished, "--configfile", TINY).stdout
    assert time.monotonic() - started < 20  # the bar is 2 s on an idle machine; this one only guards


def test_touching_code_reruns_nothing(finished):
    for path in (finished / "scripts").rglob("*.py"):
        path.touch()
    assert planned(finished) == set()


def test_a_comment_or_a_docstring_reruns_nothing(finished, edited):
    path = edited(KERNEL)
    edit(path, '"""', '"""Another word. ')
    path.write_text(path.read_text(encoding="utf-8") + "\n# another comment\n", encoding="utf-8")
    assert planned(finished) == set()


def test_a_kernel_edit_reruns_exactly_its_dependents_and_a_revert_nothing(finished, edited):
    path = edited(KERNEL)
    before = path.read_text(encoding="utf-8")
    path.write_text(before + "\nUNUSED = 1\n", encoding="utf-8")
    reruns = planned(finished)
    assert {"ising_simulate", "ising_thermodynamics", "ising_settle", "claims", "report_page"} <= reruns
    assert not {"ising_exact", "ising_naive", "report_assets"} & reruns
    path.write_text(before, encoding="utf-8")
    assert planned(finished) == set()


def test_a_theory_edit_reruns_no_simulation(finished, edited):
    path = edited("scripts/ising/theory/onsager.py")
    path.write_text(path.read_text(encoding="utf-8") + "\nUNUSED = 1\n", encoding="utf-8")
    reruns = planned(finished)
    assert "ising_exact" in reruns
    assert "ising_simulate" not in reruns


def test_results_brought_home_are_gone_on_from(finished, tmp_path):
    """They, and what Snakemake knows of them, in a clone whose files are all newer: only pages are set."""
    home = copy_repository(tmp_path)
    for path in home.rglob("*"):
        path.touch()
    for name in ("tiny", ".snakemake/metadata"):
        shutil.copytree(finished / name, home / name, ignore=shutil.ignore_patterns("report"))
    rules = planned(home) - {"provenance", "verdict"}
    assert "report_page" in rules
    assert all(rule.startswith("report_") for rule in rules)


def numba_cache(folder):
    """Where the jobs of this copy keep their machine code."""
    probe = "import os, workflow.environment as e; e.set_environment(); print(os.environ['NUMBA_CACHE_DIR'])"
    command = [sys.executable, "-c", probe]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


def test_an_edited_kernel_gets_a_new_cache(finished, edited):
    """Numba alone would keep the old machine code of a jitted function that another one calls."""
    before = numba_cache(finished)
    path = edited(KERNEL)
    path.write_text(path.read_text(encoding="utf-8") + "\nUNUSED = 1\n", encoding="utf-8")
    assert numba_cache(finished) != before


def test_the_seed_reruns_every_rule_that_draws(finished, tmp_path):
    overlay = tmp_path / "seed.yaml"
    overlay.write_text("seed: 7\n", encoding="utf-8")
    reruns = planned(finished, str(overlay))
    assert "ising_simulate" in reruns
    assert "ising_exact" not in reruns


ORDERS = {
    "another order, ising": ("ising/", ["--cores", "2", "--prioritize", "ising_exact"]),
    "another order": ("", ["--cores", "2", "--prioritize", "ising_exact"]),
    "one core": ("", ["--cores", "1"]),
}


@pytest.mark.parametrize(
    ("experiment", "options"),
    [
        pytest.param(*order, id=name, marks=() if order[0] else pytest.mark.long)
        for name, order in ORDERS.items()
    ],
)
def test_same_bytes_whatever_the_cores_and_the_order(finished, tmp_path, experiment, options):
    """Tables and arrays. Another order still is that of a cluster, in tests/cluster."""
    reference = {name: it for name, it in digests(finished / "tiny").items() if name.startswith(experiment)}
    assert len(reference) > 4
    folder = copy_repository(tmp_path)
    snakemake(folder, *evidence(reference), "--configfile", TINY, *options)
    assert digests(folder / "tiny") == reference


def test_a_killed_run_resumes_and_keeps_what_was_done(finished, tmp_path):
    folder, targets = copy_repository(tmp_path / "killed"), evidence(digests(finished / "tiny"), "ising/")
    run = subprocess.Popen(
        [sys.executable, "-m", "snakemake", *targets, "--configfile", TINY, "--cores", "1"],
        cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    done = folder / "tiny/ising/data/moments_L4.npz", folder / "tiny/ising/data/moments_L8.npz"
    while run.poll() is None and not any(path.exists() for path in done):
        time.sleep(0.05)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    kept = {path: path.stat().st_mtime_ns for path in done if path.exists()}
    assert not list((folder / "tiny").rglob(".*.npz")) or not (folder / "tiny/verdict.txt").exists()
    snakemake(folder, "--unlock", "--configfile", TINY)
    snakemake(folder, *targets, "--configfile", TINY, "--cores", "2")
    assert kept, "the kill came before the first result"
    assert digests(folder / "tiny/ising") == digests(finished / "tiny/ising")


def ising(**options):
    return {"ising": options}


BAD_CONFIGURATIONS = {
    "unknown key": (ising(sices=[8]), ["ising.sices", "unknown key", "sizes"]),
    "unknown experiment": ({"experiments": ["izing"]}, ["experiments.0", "izing", "ising"]),
    "negative temperature": (ising(temperatures=["-1.0"]), ["ising.temperatures.0", "-1.0", "T > 0"]),
    "zero temperature": (ising(temperatures=["0.0"]), ["ising.temperatures.0", "0.0", "T > 0"]),
    "temperature not text": (ising(temperatures=[2.3]), ["ising.temperatures.0", "2.3", "quotes"]),
    "temperature no number": (ising(temperatures=["warm"]), ["ising.temperatures.0", "warm"]),
    "temperature twice": (ising(temperatures=["2.0", "2.00"]), ["ising.temperatures", "2.00", "twice"]),
    "odd size": (ising(sizes=[7]), ["ising.sizes.0", "7", "even"]),
    "tiny size": (ising(sizes=[2]), ["ising.sizes.0", "2", "from 4"]),
    "negative count": (ising(sweeps=-5), ["ising.sweeps", "-5", "from 100"]),
    "count that YAML takes for text": (ising(sweeps="1.0e5"), ["ising.sweeps", "1.0e5", "write 100000"]),
    "seed not an integer": ({"seed": "abc"}, ["seed", "abc", "integer"]),
    "unwritable results": ({"pathvars": {"results": "/proc/no"}}, ["pathvars.results", "/proc/no", "write"]),
}


@pytest.mark.parametrize(("overlay", "words"), BAD_CONFIGURATIONS.values(), ids=BAD_CONFIGURATIONS)
def test_a_bad_configuration_gives_one_line_and_starts_no_job(finished, tmp_path, overlay, words):
    path = tmp_path / "bad.yaml"
    path.write_text(yaml.safe_dump(overlay), encoding="utf-8")
    done = snakemake(finished, "--configfile", TINY, str(path), check=False)
    lines = [line for line in done.stdout.splitlines() if line.strip()]
    message = [line for line in lines if line.startswith("configuration: ")]
    assert done.returncode != 0
    assert len(message) == 1
    assert all(word in message[0] for word in words), message[0]
    assert "Traceback" not in done.stdout
    assert not any("rule " in line for line in lines)


@pytest.mark.parametrize(
    ("text", "words"), [("seed: 1\nseed: 2\n", ["seed", "twice"]), ("yes: 1\n", ["quotes"])]
)
def test_what_yaml_would_mend_silently_is_refused(finished, tmp_path, text, words):
    path = tmp_path / "bad.yaml"
    path.write_text(text, encoding="utf-8")
    done = snakemake(finished, "--configfile", TINY, str(path), check=False)
    assert done.returncode != 0
    assert "Traceback" not in done.stdout
    message = next(line for line in done.stdout.splitlines() if line.startswith("configuration: "))
    assert str(path) in message
    assert all(word in message for word in words)


DAMAGE = {
    "truncated array": ("data/moments_L4.npz", lambda content: content[: len(content) // 2], "damaged"),
    "missing column": (
        "tables/thermodynamics.csv",
        lambda content: content.replace(b"energy", b"enegry", 1),
        "column",
    ),
}


@pytest.mark.parametrize(("name", "damage", "word"), DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_intermediate_file_is_named_and_no_array_is_lost(finished, tmp_path, name, damage, word):
    folder = shutil.copytree(finished, tmp_path / "damaged", symlinks=True)
    path = folder / "tiny/ising" / name
    path.write_bytes(damage(path.read_bytes()))
    before = digests(folder / "tiny/ising/data")
    targets = evidence(digests(finished / "tiny"), "ising/")
    done = snakemake(folder, *targets, "--configfile", TINY, check=False)
    errors = [line for line in done.stdout.splitlines() if line.startswith("error: ")]
    assert done.returncode != 0
    assert errors, done.stdout[-3000:]
    assert name in errors[-1]
    assert word in errors[-1]
    assert digests(folder / "tiny/ising/data") == before
    path.unlink()
    assert "ising_thermodynamics" in planned(folder), "the advice to delete the file and run again fails"
    snakemake(folder, *targets, "--configfile", TINY)
    assert digests(folder / "tiny") == digests(finished / "tiny")
