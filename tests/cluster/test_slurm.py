"""The profiles on a real Slurm of two nodes: the same bytes as locally, also when jobs die.

Skipped with the reason where no Slurm can be started; `make test-slurm` installs it.
"""

import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

from tests.cluster.two_nodes import obstacle, start_node, two_nodes
from tests.tiny import TINY, copy_repository, digests, evidence, snakemake

if importlib.util.find_spec("snakemake_executor_plugin_slurm") is None:
    pytest.skip("no plugin for Slurm in this environment: make test-slurm", allow_module_level=True)
pytestmark = pytest.mark.skipif(obstacle() is not None, reason=str(obstacle()))
# This cluster has no accounting database, and its jobs take seconds.
SLURM = ["--workflow-profile", "profiles/slurm", "--slurm-status-command", "squeue"]
SLURM += ["--slurm-init-seconds-before-status-checks", "3", "--latency-wait", "10"]
ONE = "tiny/ising/tables/naive.csv"  # one job, a second of work


@pytest.fixture(scope="module")
def cluster():
    """Folder and daemons of a running cluster."""
    base = Path(tempfile.mkdtemp(prefix="slurm-"))
    with two_nodes(base) as daemons:
        yield base, daemons
    shutil.rmtree(base)


@pytest.mark.parametrize(
    "experiment", [pytest.param("ising/", id="ising"), pytest.param("", id="all", marks=pytest.mark.long)]
)
def test_the_slurm_profile_gives_the_bytes_of_a_local_run(cluster, tiny_digests, tmp_path, experiment):
    folder = copy_repository(tmp_path)
    before = len(completed(cluster))
    snakemake(folder, *evidence(tiny_digests, experiment), "--configfile", TINY, *SLURM)
    assert len(completed(cluster)) > before + 10
    assert digests(folder / "tiny") == {
        name: digest for name, digest in tiny_digests.items() if name.startswith(experiment)
    }


def completed(cluster):
    """Final states of the jobs that ended, in order."""
    file = cluster[0] / "log" / "completed"
    return re.findall(r"JobState=(\w+)", file.read_text(encoding="utf-8")) if file.exists() else []


@pytest.mark.long
def test_one_allocation_gives_the_bytes_of_a_local_run(cluster, tiny_digests, tmp_path):
    folder = copy_repository(tmp_path)
    (folder / ".venv").symlink_to(Path(sys.prefix))
    options = ["--wait", "--cpus-per-task=2", "--mem=4G"]
    command = [
        "sbatch",
        *options,
        "profiles/slurm-onejob/run.sbatch",
        *evidence(tiny_digests),
        "--configfile",
        TINY,
    ]
    subprocess.run(command, cwd=folder, check=True)
    assert digests(folder / "tiny") == tiny_digests


def timed(command, folder):
    """Wall time in seconds of a command that must succeed."""
    started = time.monotonic()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.monotonic() - started


@pytest.mark.long
def test_the_quick_workflow_takes_little_longer_on_the_cluster(cluster, tmp_path):
    """Whole, from results that are not there; all three share the machine code of the kernels."""
    local = copy_repository(tmp_path / "local")
    (local / ".venv").symlink_to(Path(sys.prefix))
    quick, one = ["--configfile", "config/quick.yaml"], "profiles/slurm-onejob/run.sbatch"
    ways = {
        "local": [sys.executable, "-m", "snakemake", *quick],
        "slurm": [sys.executable, "-m", "snakemake", *quick, *SLURM],
        "slurm-onejob": ["sbatch", "--wait", "--cpus-per-task=2", "--mem=8G", one, *quick],
    }
    timed(ways["local"], local)
    seconds, made = {}, {}
    for way, command in ways.items():
        shutil.rmtree(local / "quick")
        seconds[way] = timed(command, local)
        made[way] = digests(local / "quick")
    print(seconds)
    assert made["local"] == made["slurm"] == made["slurm-onejob"]
    assert seconds["slurm"] <= 2 * seconds["local"] + 60
    assert seconds["slurm-onejob"] <= seconds["local"] + 20


def test_an_existing_configuration_is_left_alone(cluster, tmp_path):
    """The running cluster's own is one."""
    with pytest.raises(RuntimeError, match="is left alone"), two_nodes(tmp_path):
        pass


def submit(folder, *options):
    """Snakemake in the background with one job to run on the cluster; output goes to ``said``."""
    command = [sys.executable, "-m", "snakemake", ONE, "--configfile", TINY, *SLURM, *options]
    with (folder / "said").open("w") as stream:
        return subprocess.Popen(command, cwd=folder, stdout=stream, stderr=subprocess.STDOUT)


def running_job():
    """Wait until a job runs; its number and its node."""
    for _ in range(600):
        asked = ["squeue", "--noheader", "--states=RUNNING", "--format", "%i %N"]
        said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split()
        if said:
            return said[:2]
        time.sleep(0.1)
    raise TimeoutError("no job started")


def slow(folder):
    """Make the one job take a while, without changing what it computes."""
    step = folder / "scripts/ising/naive.py"
    text = step.read_text(encoding="utf-8")
    assert 'if __name__ == "__main__":\n' in text
    pause = "    __import__('time').sleep(20)\n"
    step.write_text(text.replace('if __name__ == "__main__":\n', f'if __name__ == "__main__":\n{pause}'))


def kill_job(base, daemons, job, node):
    subprocess.run(["scancel", "--signal=KILL", "--full", job], check=True)


def lose_node(base, daemons, job, node):
    """The node vanishes with its job, and comes back after the job was given up."""
    for process in Path("/proc").glob("[0-9]*"):
        if f"slurmstepd: [{job}" in _command(process):
            os.kill(int(process.name), signal.SIGKILL)
    os.kill(daemons[node], signal.SIGKILL)
    subprocess.run(["scontrol", "update", f"NodeName={node}", "State=DOWN", "Reason=lost"], check=True)
    threading.Timer(5.0, start_node, (base, node, daemons)).start()


def _command(process):
    try:
        return (process / "cmdline").read_bytes().decode()
    except OSError:
        return ""


@pytest.mark.long
@pytest.mark.parametrize(("harm", "state"), [(kill_job, "CANCELLED"), (lose_node, "NODE_FAIL")])
def test_a_job_that_dies_is_tried_again(cluster, tiny_digests, tmp_path, harm, state):
    folder = copy_repository(tmp_path)
    slow(folder)
    before = len(completed(cluster))
    run = submit(folder)
    harm(*cluster, *running_job())
    assert run.wait(timeout=300) == 0, (folder / "said").read_text()
    assert all(Path(f"/proc/{process}").exists() for process in cluster[1].values())  # and will be stopped
    assert completed(cluster)[before:] == [state, "COMPLETED"]
    name = ONE.removeprefix("tiny/")
    assert digests(folder / "tiny")[name] == tiny_digests[name]


@pytest.mark.long
@pytest.mark.parametrize(
    ("resource", "state"),
    [("ising_naive:runtime=1 if attempt == 1 else 10", "TIMEOUT"),
     ("ising_naive:mem_mb=60 if attempt == 1 else 1000", "FAILED")],
    ids=["time", "memory"],
)  # fmt: skip
def test_a_job_that_wants_more_gets_more(cluster, tiny_digests, tmp_path, resource, state):
    folder = copy_repository(tmp_path)
    slow(folder)
    if "runtime" in resource:
        step = folder / "scripts/ising/naive.py"
        step.write_text(step.read_text(encoding="utf-8").replace("sleep(20)", "sleep(80)"))
    before = len(completed(cluster))
    run = submit(folder, "--set-resources", resource)
    assert run.wait(timeout=600) == 0, (folder / "said").read_text()
    assert completed(cluster)[before:] == [state, "COMPLETED"]
    name = ONE.removeprefix("tiny/")
    assert digests(folder / "tiny")[name] == tiny_digests[name]
