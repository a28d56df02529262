"""The container without an engine: hadolint and rules judge its Dockerfile, its steps are run by hand."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path, PurePosixPath

import pytest

from scripts.common.crate_parts import TREE
from tests.tiny import ROOT, TINY

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
TEXT = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def instructions(text):
    """(name, arguments) of each instruction: comments dropped, continued lines joined."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    return [tuple(line.split(maxsplit=1)) for line in joined.splitlines() if line.strip()]


def values(text, name):
    """Arguments of all instructions of one name."""
    return [arguments for found, arguments in instructions(text) if found == name]


def pairs(text, name):
    """The name=value pairs of LABEL or ENV."""
    found = re.findall(r'([\w.]+)=("[^"]*"|\S+)', " ".join(values(text, name)))
    return {key: value.strip('"') for key, value in found}


def base_has_a_python_that_the_project_takes(text):
    (image,) = values(text, "FROM")
    return re.fullmatch(r"python:3\.(11|12|13)-slim-[a-z]+(@sha256:[0-9a-f]{64})?", image)


def no_system_package_is_installed(text):
    return not re.search(r"apt|apk|curl|wget", " ".join(values(text, "RUN")))


def packages_are_those_of_the_lock(text):
    pip = [command for command in values(text, "RUN") if "pip" in command]
    return pip == ["pip install --no-cache-dir --require-hashes --requirement requirements.lock"]


def what_comes_in_is_copied_from_the_context(text):
    return not values(text, "ADD") and values(text, "COPY") == ["requirements.lock ./", ". ./"]


def nobody_is_root_in_the_end(text):
    last = [name for name, _ in instructions(text) if name in ("USER", "ENTRYPOINT")]
    return last == ["USER", "ENTRYPOINT"] and re.fullmatch(r"[1-9]\d*:[1-9]\d*", values(text, "USER")[0])


def folders_are_absolute(text):
    return all(PurePosixPath(folder).is_absolute() for folder in values(text, "WORKDIR"))


def no_command_hides_a_failure(text):
    return not re.search(r"[|;]", " ".join(values(text, "RUN")))


def what_starts_is_snakemake_with_files_that_are_there(text):
    program, *arguments = json.loads(values(text, "ENTRYPOINT")[0])
    home = values(text, "WORKDIR")[0]
    files = [ROOT / PurePosixPath(path).relative_to(home) for path in arguments[1::2]]
    return program == "snakemake" and all(path.exists() for path in files)


def caches_have_a_place_for_any_user(text):
    named = pairs(text, "ENV")
    return all(named.get(key, "").startswith("/tmp") for key in ("HOME", "XDG_CACHE_HOME", "MPLCONFIGDIR"))


def a_user_without_a_name_gets_one(text):
    return bool(pairs(text, "ENV").get("USER"))


def one_thread_per_call(text):
    libraries = ("OMP", "OPENBLAS", "MKL")
    return {pairs(text, "ENV").get(f"{name}_NUM_THREADS") for name in libraries} == {"1"}


def labels_say_what_the_project_says(text):
    label = "org.opencontainers.image."
    said = {key.removeprefix(label): value for key, value in pairs(text, "LABEL").items()}
    return said["version"] == PROJECT["version"] and said["licenses"] == f"{PROJECT['license']} AND CC-BY-4.0"


# Each with a change of the Dockerfile that it must see.
RULES = {
    base_has_a_python_that_the_project_takes: ("3.13-slim-bookworm", "latest"),
    no_system_package_is_installed: ("RUN pip", "RUN apt-get install -y gcc && pip"),
    packages_are_those_of_the_lock: ("--require-hashes ", ""),
    what_comes_in_is_copied_from_the_context: ("COPY . ./", "ADD . ./"),
    nobody_is_root_in_the_end: ("USER 1000:1000", "USER root"),
    folders_are_absolute: ("WORKDIR /data", "WORKDIR data"),
    no_command_hides_a_failure: ("RUN python", "RUN true | python"),
    what_starts_is_snakemake_with_files_that_are_there: ("profiles/default", "profiles/none"),
    caches_have_a_place_for_any_user: ("ENV HOME=/tmp", "ENV HOME=/root"),
    a_user_without_a_name_gets_one: ("USER=rashinban", "NAME=rashinban"),
    one_thread_per_call: ("OPENBLAS_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=4"),
    labels_say_what_the_project_says: (f'version="{PROJECT["version"]}"', 'version="0.0.9"'),
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_dockerfile_keeps_each_rule_and_each_rule_sees_its_breach(rule):
    old, new = RULES[rule]
    assert TEXT.count(old) == 1
    assert rule(TEXT)
    assert not rule(TEXT.replace(old, new))


def hadolint(text):
    command = [Path(sys.executable).with_name("hadolint"), "--failure-threshold", "style", "-"]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=False)


def test_hadolint_has_nothing_to_say():
    assert hadolint(TEXT).stdout == ""
    assert not hadolint(TEXT).returncode


def test_hadolint_speaks_where_there_is_something_to_say():
    bad = (
        TEXT.replace("3.13-slim-bookworm", "latest")
        .replace("--no-cache-dir ", "")
        .replace("[", "")
        .replace("]", "")
    )
    assert {"DL3007", "DL3042", "DL3025"} <= set(re.findall(r"DL\d+", hadolint(bad).stdout))


def let_through():
    """Files of the working tree that .dockerignore lets into the context."""
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    first, *tops, last = [line for line in lines if not line.startswith("#")]
    assert (first, last) == ("*", "**/__pycache__")
    assert all(re.fullmatch(r"![\w.-]+", top) for top in tops)
    inside = [path for top in tops for path in [ROOT / top[1:], *(ROOT / top[1:]).rglob("*")]]
    found = [path for path in inside if path.is_file()]
    return {path.relative_to(ROOT).as_posix() for path in found if "__pycache__" not in path.parts}


def test_what_is_copied_is_what_git_knows_and_a_run_needs():
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *TREE]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    known = {name for name in listed.split("\0") if name and (ROOT / name).exists()}
    assert let_through() == known


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    """A way to run commands in what `docker build` would make, its folders being folders of this machine."""
    folder = tmp_path_factory.mktemp("image")
    places = {"/opt/rashinban": str(folder / "opt"), "/data": str(folder / "data")}
    python = re.search(r"python:([\d.]+)", TEXT)[1]
    found = next((name for name in (f"python{python}", sys.executable) if answers(name)), sys.executable)
    subprocess.run([found, "-m", "venv", folder / "venv"], check=True)
    environment = {"PATH": f"{folder / 'venv/bin'}:{os.environ['PATH']}"}

    def run(command, cwd, **options):
        for place, here in places.items():
            command = command.replace(place, here)
        return subprocess.run(command, shell=True, cwd=cwd, env=environment, text=True, **options)  # noqa: S602

    for name, arguments in instructions(TEXT):
        if name == "COPY":
            copy(arguments.split()[0], folder / "opt")
        elif name == "RUN":
            run(arguments, folder / "opt", check=True)
        elif name == "ENV":
            environment |= pairs(TEXT, "ENV")
    return lambda command, **options: run(command, folder / "data", **options)


def answers(python):
    """Whether there is such a Python."""
    done = subprocess.run(["sh", "-c", f"{python} -c 'import venv'"], capture_output=True, check=False)
    return done.returncode == 0


def copy(source, target):
    for name in let_through() if source == "." else [source]:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, target / name)


@pytest.mark.long
def test_the_container_works_on_a_mounted_folder(image):
    """Installs what it would hold, plans the whole workflow in another folder, and makes a table there."""
    entry = " ".join(json.loads(values(TEXT, "ENTRYPOINT")[0]))
    version = image(f"{entry} --version", capture_output=True, check=True).stdout.strip()
    assert f"snakemake=={version} " in (ROOT / "requirements.lock").read_text(encoding="utf-8")
    image(f"cp {ROOT / TINY} tiny.yaml", check=True)
    planned = image(f"{entry} --configfile tiny.yaml --dry-run", capture_output=True, check=True).stdout
    assert "report_proofread" in planned
    image(f"{entry} --configfile tiny.yaml --cores 1 tiny/ising/tables/exact.csv", check=True)
    made = image("ls tiny/ising/tables /opt/rashinban", capture_output=True, check=True).stdout.split()
    assert "exact.csv" in made
    assert not {"tiny", ".snakemake", "logs"} & set(made)
