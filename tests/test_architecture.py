"""The shape of the code: who may import whom, and how long things may be.

The limits are smell detectors. A thing that is clear at 310 lines is not cut in
two to please them: it goes into ``EXCUSED`` with its reason.
"""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
EXPERIMENTS = sorted(path.stem for path in (ROOT / "workflow" / "rules").glob("*.smk"))
EXPERIMENTS = [name for name in EXPERIMENTS if (ROOT / "scripts" / name / "kernels").exists()]
MODULES = sorted((ROOT / "scripts").rglob("*.py")) + sorted((ROOT / "workflow").glob("*.py"))
MAX_FILE, MAX_BODY, MAX_ARGUMENTS, MAX_RULE, MAX_SNAKEFILE = 300, 40, 7, 30, 40
EXCUSED = {}
FRAMES = ("io.py", "figure.py", "common/settle.py", "common/step.py")  # what a step hands its `snakemake` to


def modules(*folders):
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def identifier(path):
    return str(path.relative_to(ROOT))


def imports(path):
    """Dotted names that a file imports."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def functions(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def body_lines(function):
    """Lines of a function without its signature and docstring."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("experiment", EXPERIMENTS)
def test_theory_and_kernels_do_not_know_each_other(experiment):
    for path in modules(f"scripts/{experiment}/theory"):
        assert not [name for name in imports(path) if f"scripts.{experiment}.kernels" in name], path
    for path in modules(f"scripts/{experiment}/kernels"):
        assert not [name for name in imports(path) if f"scripts.{experiment}.theory" in name], path


@pytest.mark.parametrize("experiment", EXPERIMENTS)
def test_an_experiment_imports_only_itself_and_common(experiment):
    for path in modules(f"scripts/{experiment}"):
        own = (f"scripts.{experiment}", "scripts.common")
        assert not [
            name for name in imports(path) if name.startswith("scripts") and not name.startswith(own)
        ], path


@pytest.mark.parametrize("path", MODULES, ids=identifier)
def test_files_and_functions_stay_short(path):
    text = path.read_text(encoding="utf-8")
    too_long = [] if text.count("\n") <= MAX_FILE else [f"{text.count(chr(10))} lines"]
    for function in functions(path):
        arguments = function.args
        n_arguments = len(arguments.posonlyargs) + len(arguments.args) + len(arguments.kwonlyargs)
        if f"{identifier(path)}:{function.name}" in EXCUSED:
            continue
        if body_lines(function) > MAX_BODY:
            too_long.append(f"{function.name}: {body_lines(function)} lines")
        if n_arguments > MAX_ARGUMENTS:
            too_long.append(f"{function.name}: {n_arguments} arguments")
    assert identifier(path) in EXCUSED or not too_long, too_long


def test_rules_stay_short():
    assert (ROOT / "Snakefile").read_text().count("\n") <= MAX_SNAKEFILE
    for path in (ROOT / "workflow" / "rules").glob("*.smk"):
        for rule in re.split(r"\n(?=(?:rule|use rule) )", path.read_text())[1:]:
            assert len(rule.strip().splitlines()) <= MAX_RULE, f"{path.name}: {rule.splitlines()[0]}"


@pytest.mark.parametrize("path", modules("scripts"), ids=identifier)
def test_snakemake_stands_only_in_the_main_block(path):
    """A step is pure functions; and a global ``snakemake.config`` would hide what a rule depends on."""
    text = path.read_text(encoding="utf-8")
    head, _, main = text.partition('if __name__ == "__main__":')
    names = {node.id for node in ast.walk(ast.parse(head)) if isinstance(node, ast.Name)}
    assert "snakemake" not in names or identifier(path).endswith(FRAMES)
    assert "snakemake.config" not in main


@pytest.mark.parametrize("experiment", EXPERIMENTS)
def test_an_experiment_has_its_shape(experiment):
    """One word names folder, rule file, schema, registry, chapter and tests."""
    for name in (
        f"scripts/{experiment}/kernels",
        f"scripts/{experiment}/theory",
        f"workflow/schemas/{experiment}.schema.yaml",
        f"workflow/claims/{experiment}.yaml",
        f"workflow/report/{experiment}.en.md",
        f"workflow/report/{experiment}.ja.md",
        f"workflow/report/{experiment}.figures.yaml",
        f"tests/{experiment}",
    ):
        assert (ROOT / name).exists(), name


def test_the_project_speaks_of_itself_alone():
    """No paths of the machine it was written on."""
    command = ["git", "grep", "-nIE", r"/(home|root|work)/[a-z]", "--", ".", ":!tests/test_architecture.py"]
    tracked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert not tracked.stdout


@pytest.mark.parametrize("path", modules("scripts"), ids=identifier)
def test_no_step_loads_the_slow_parts_of_scipy(path):
    """scipy.stats and scipy.signal cost every job half a second; scipy.special has the tails."""
    assert not {name for name in imports(path) if name.startswith(("scipy.stats", "scipy.signal"))}


def test_all_profiles_share_their_common_keys():
    """A workflow profile replaces the default one whole, so each must repeat what all need."""
    import yaml

    profiles = [yaml.safe_load(path.read_text()) for path in (ROOT / "profiles").glob("*/profile.yaml")]
    for key in ("rerun-triggers", "rerun-incomplete", "keep-going"):
        assert len({str(profile.get(key)) for profile in profiles}) == 1, key


def test_environment_yml_is_the_lock():
    from workflow.lock import environment_yml

    assert (ROOT / "environment.yml").read_text() == environment_yml((ROOT / "requirements.lock").read_text())
