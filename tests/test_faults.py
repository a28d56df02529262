"""What machines do to a run: kills, full and read-only disks, flipped bits, two at once.

Nothing computed is lost, nothing is half-written, no wrong number is taken for a right one.
"""

import base64
import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
import yaml

from scripts.common.io import InputError, load_arrays
from scripts.common.verify import damage
from tests.tiny import TINY, copy_repository, digests, evidence, snakemake

ROOT_ON_LINUX = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="needs root on Linux to mount a small disk"
)


def start(folder, *targets):
    """Snakemake with two cores in the background, in a process group of its own; its words go to ``said``."""
    with (folder / "said").open("a") as stream:
        return subprocess.Popen(
            [sys.executable, "-m", "snakemake", *targets, "--configfile", TINY, "--cores", "2"],
            cwd=folder, stdout=stream, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip


def finished_jobs(folder):
    """Tables and arrays of the jobs that Snakemake saw end, with the time of their making.

    What a job had written just before the kill does not count: Snakemake's mark of a job that
    has begun still stands, and it is run again.
    """
    marks = (folder / ".snakemake/incomplete").glob("*")
    begun = {base64.urlsafe_b64decode(mark.name).decode() for mark in marks}
    standing = {f"tiny/{name}" for name in digests(folder / "tiny")} - begun
    return {name: (folder / name).stat().st_mtime_ns for name in standing}


@pytest.mark.long
@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGINT])
def test_a_run_killed_ten_times_resumes_to_the_same_bytes(finished, tmp_path, ending):
    """The resume that the README states: --unlock after a kill, then the same command."""
    folder, chance = copy_repository(tmp_path / "killed"), random.Random(int(ending))
    targets = evidence(digests(finished / "tiny"), "ising/")
    for _ in range(10):
        before = finished_jobs(folder)
        run = start(folder, *targets)
        time.sleep(chance.uniform(2, 20))
        os.killpg(run.pid, ending)
        run.wait()
        snakemake(folder, "--unlock", "--configfile", TINY)
        after = finished_jobs(folder)
        assert after.items() >= before.items(), "a finished job was repeated"
    before = finished_jobs(folder)
    snakemake(folder, *targets, "--configfile", TINY, "--cores", "2")
    assert finished_jobs(folder).items() >= before.items()
    assert digests(folder / "tiny/ising") == digests(finished / "tiny/ising")


def test_of_two_runs_at_once_the_second_stops_with_a_clear_line(tmp_path, tiny_digests):
    folder, targets = copy_repository(tmp_path), evidence(tiny_digests, "ising/")
    first = start(folder, *targets)
    while not list((folder / ".snakemake").glob("locks/*")) and first.poll() is None:
        time.sleep(0.05)
    second = snakemake(folder, *targets, "--configfile", TINY, check=False)
    assert first.poll() is None, "the first run ended before the second began"
    os.killpg(first.pid, signal.SIGINT)
    first.wait()
    assert second.returncode != 0
    assert "cannot be locked" in second.stdout
    assert "Traceback" not in second.stdout


def test_a_flipped_bit_or_a_cut_is_seen_by_verify_and_gives_no_wrong_array(finished, tmp_path):
    """One hundred cases. An array also refuses itself when it is read; a table is only seen by verify."""
    results = shutil.copytree(finished / "tiny", tmp_path / "tiny")
    assert damage(results) == []
    # What a step hands to the next, below parts/, is no result and not in the manifest.
    names = sorted(name for name in digests(results) if "/parts/" not in name)
    chance = random.Random(1)
    refused = 0
    for case in range(100):
        path = results / chance.choice(names)
        whole, arrays = path.read_bytes(), path.suffix == ".npz" and load_arrays(path)
        path.write_bytes(flipped(whole, chance) if case % 2 else whole[: chance.randrange(len(whole))])
        assert [line.split(":")[0] for line in damage(results)] == [path.relative_to(results).as_posix()]
        if arrays:
            refused += gives_no_wrong_number(path, arrays)
        path.write_bytes(whole)
    assert refused > 10


def flipped(content, chance):
    """The same bytes but for one bit."""
    spoiled = bytearray(content)
    spoiled[chance.randrange(len(spoiled))] ^= 1 << chance.randrange(8)
    return bytes(spoiled)


def gives_no_wrong_number(path, arrays):
    """Whether the damaged file is refused; what it still gives must be right."""
    try:
        found = load_arrays(path, *arrays)
    except InputError:
        return True
    for name, array in arrays.items():
        np.testing.assert_array_equal(found[name], array)
    return False


@pytest.fixture
def small_disk(tmp_path):
    """A disk of one megabyte."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)], check=False)
    if mounted.returncode:
        pytest.skip("this machine does not let root mount a disk (a container?)")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def overlay_on(disk, folder):
    """A configuration file that writes to the disk."""
    file = folder / "disk.yaml"
    file.write_text(yaml.safe_dump({"pathvars": {"results": str(disk / "tiny")}}), encoding="utf-8")
    return file


@ROOT_ON_LINUX
def test_a_full_disk_leaves_nothing_half_written_and_the_run_resumes(small_disk, tmp_path, tiny_digests):
    folder, name = copy_repository(tmp_path / "project"), "ising/tables/naive.csv"
    filler = small_disk / "filler"
    with filler.open("wb", buffering=0) as stream, contextlib.suppress(OSError):
        while True:
            stream.write(bytes(4096))
    arguments = [str(small_disk / "tiny" / name), "--configfile", TINY, str(overlay_on(small_disk, folder))]
    done = snakemake(folder, *arguments, check=False)
    assert done.returncode != 0
    assert "No space left" in done.stdout
    assert not (small_disk / "tiny" / name).exists()
    assert not list(small_disk.rglob(".*"))
    filler.unlink()
    snakemake(folder, *arguments)
    assert digests(small_disk / "tiny")[name] == tiny_digests[name]


@ROOT_ON_LINUX
def test_results_on_a_read_only_disk_are_refused_in_one_line(small_disk, tmp_path):
    folder = copy_repository(tmp_path / "project")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    overlay = overlay_on(small_disk, folder)
    done = snakemake(folder, "--configfile", TINY, str(overlay), check=False)
    assert done.returncode != 0
    assert "Traceback" not in done.stdout
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("configuration: ")]
    assert "pathvars.results" in line
    assert "Read-only file system" in line
