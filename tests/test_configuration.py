"""Configurations spoiled at random: each is a valid one, or one clear line, never a traceback."""

import copy
import random

import pytest
import yaml

from scripts.common.other_seeds import merged_configuration
from tests.tiny import ROOT, TINY, copy_repository, snakemake
from workflow.configuration import ConfigurationError, check, check_file

BASE = merged_configuration([ROOT / "config.yaml", ROOT / TINY])
# Wrong types, numbers beyond every bound, text that is none, things that YAML or a shell would read twice.
VALUES = [
    *(None, True, "", " ", "0", "-1", "1e400", "NaN", "0x10", "1_000", "½", "二", "../..", "a\nb", "a\x07b"),
    *("{wildcards.L}", "<results>", "$(touch pwned)", "`touch pwned`", "'; touch pwned; '", "%s", "*", "𝕏"),
    *(0, 1, -1, 3, 7, 10**6, 10**30, -(10**30), 2**63, 0.0, -0.0, 0.5, 1e-320, 1e308),
    *(float("inf"), float("nan"), [], {}, [[]], [None], [1, 1], ["2.0", "2.00"], {"a": {"b": 1}}),
    *(["x"] * 1000, "~", "\\"),
]
NAMES = ["sices", "", " ", "二", "__use_yte__x", "0", "a.b", "a b", "x" * 5000, "a\nb"]
RAW = [
    *("seed: 1\nseed: 2\n", "ising: &a {sizes: [4]}\nhopfield: *a\n", "yes: 1\n", "1: 2\n", "? [a]\n: 1\n"),
    *("seed: !!python/object/apply:os.getcwd []\n", "seed: !foo 1\n", "seed: !!binary aGk=\n", "seed: [1\n"),
    *("ising: &a\n  sizes: *a\n", "a: &a [x, x]\nb: &b [*a, *a]\n", "\tseed: 1\n", "seed: 1\x00\n"),
    *("seed: 2026-11-21\n", "seed: 0o17\n", "seed: 12:30:45\n", "<<: {seed: 1}\n", "---\na: 1\n---\na: 2\n"),
]


def spoiled(chance):
    """A small configuration with one thing wrong, as the text of its file."""
    overlay, here, path = {}, BASE, []
    while isinstance(here, dict | list) and here and (not path or chance.random() < 0.8):
        step = chance.choice(list(here)) if isinstance(here, dict) else chance.randrange(len(here))
        path.append(step)
        here = here[step]
    top = path[0]
    overlay[top] = copy.deepcopy(BASE[top])
    if len(path) == 1:
        overlay[top] = chance.choice(VALUES)
        return overlay
    inner = overlay[top]
    for step in path[1:-1]:
        inner = inner[step]
    harm = chance.choice(["value", "value", "value", "name", "gone"])
    if harm == "value" or isinstance(inner, list):
        inner[path[-1]] = chance.choice(VALUES)
    elif harm == "name":
        inner[chance.choice(NAMES)] = inner.pop(path[-1])
    else:
        del inner[path[-1]]
    return overlay


def texts(n):
    """Text of ``n`` spoiled files: always the same ones."""
    chance = random.Random(1)
    made = (spoiled(chance) for _ in range(n - len(RAW)))
    return RAW + [yaml.safe_dump(overlay, allow_unicode=True) for overlay in made]


def outcome(file):
    """ "valid", or the line that refuses the file."""
    try:
        merged = merged_configuration([ROOT / "config.yaml", ROOT / TINY, file])
    except (yaml.YAMLError, RecursionError):
        merged = BASE  # Snakemake's own loader refuses what cannot be merged; the validator must, too
    try:
        check(merged, [file])
    except ConfigurationError as error:
        return str(error)
    return "valid"


def test_five_hundred_spoiled_configurations_are_valid_or_one_line(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    seen = []
    for k, text in enumerate(texts(500)):
        file = tmp_path / f"{k}.yaml"
        file.write_text(text, encoding="utf-8")
        seen.append(outcome(file))
        assert "\n" not in seen[-1], text
        assert len(seen[-1]) < 1000, text[:200]
    assert 20 < seen.count("valid") < 250  # a number may still be a number
    assert not (tmp_path / "pwned").exists()


@pytest.mark.long
def test_twenty_of_them_through_snakemake(finished, tmp_path):
    """Snakemake itself refuses what is no YAML, in two lines of its own."""
    for k, text in enumerate(texts(500)[::25]):
        file = tmp_path / f"{k}.yaml"
        file.write_text(text, encoding="utf-8")
        done = snakemake(finished, "--dry-run", "--configfile", TINY, str(file), check=False)
        assert "Traceback" not in done.stdout, f"{text[:500]}\n{done.stdout[-2000:]}"
        lines = done.stdout.splitlines()
        refused = [line for line in lines if line.startswith(("configuration: ", "WorkflowError"))]
        assert len(refused) == (outcome(file) != "valid"), f"{text[:500]}\n{done.stdout[-2000:]}"
        assert bool(done.returncode) == bool(refused)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"# caf\xe9\n", "config.yaml, line 1: not UTF-8"),
        (b"seed: &a [*a]\n", "config.yaml: seed: an alias within what it stands for"),
        (b"a: &a {x: [1, {y: *a}]}\n", "config.yaml: a: an alias within what it stands for"),
        (b"", "config.yaml: holds no keys"),
        (b"3\n", "config.yaml: holds no keys"),
        (b"__use_yte__: true\n?True:\n  seed: 1\n", "config.yaml: __use_yte__ is not allowed"),
        (None, "config.yaml: cannot be read (No such file or directory)"),
    ],
)
def test_what_snakemake_would_answer_with_a_traceback_is_one_line(tmp_path, monkeypatch, text, said):
    monkeypatch.chdir(tmp_path)
    if text is not None:
        (tmp_path / "config.yaml").write_bytes(text)
    with pytest.raises(ConfigurationError) as refused:
        check_file("config.yaml")
    assert str(refused.value).startswith(said)
    assert "\n" not in str(refused.value)


def test_an_alias_may_stand_twice(tmp_path):
    file = tmp_path / "config.yaml"
    file.write_text("a0: &a0 [x]\n" + "".join(f"a{i + 1}: &a{i + 1} [*a{i}, *a{i}]\n" for i in range(60)))
    check_file(file)


def test_config_yaml_is_read_before_snakemake_reads_it(tmp_path):
    folder = copy_repository(tmp_path)
    (folder / "config.yaml").write_bytes(b"ising: &a\n  sizes: *a\n")
    done = snakemake(folder, "--dry-run", check=False)
    assert done.returncode
    assert "Traceback" not in done.stdout
    assert "configuration: config.yaml: ising: an alias within what it stands for" in done.stdout
