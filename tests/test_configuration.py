"""What the schemas say of a key is so; a spoiled configuration is one clear line, never a traceback."""

import copy
import random
import re

import pytest
import yaml
from jsonschema import Draft202012Validator

from scripts.common.other_seeds import merged_configuration
from tests.tiny import ROOT, TINY, copy_repository, snakemake
from workflow.config_readme import kind, leaves
from workflow.configuration import ConfigurationError, check, check_file, schema

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
BLOCKS = {key: block for key, block in leaves(schema()).items() if "properties" not in block}
LIMITS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
# Of each value: the schema of the key, or of the items of its list.
VALUE_BLOCKS = {key: block.get("items", block) for key, block in BLOCKS.items()}


def flat(configuration, above=""):
    """Dotted keys of a configuration with their values."""
    found = {}
    for name, value in configuration.items():
        key = f"{above}{name}"
        found |= flat(value, f"{key}.") if isinstance(value, dict) else {key: value}
    return found


def differences(stated, configured):
    """One line for each default of the schemas that is not what config.yaml holds; 1, 1.0 and "1" differ."""
    untold, unused = configured.keys() - stated.keys(), stated.keys() - configured.keys()
    lines = [f"{key}: in config.yaml, no default in its schema" for key in untold]
    lines += [f"{key}: default in its schema, not in config.yaml" for key in unused]
    for key in stated.keys() & configured.keys():
        if repr(stated[key]) != repr(configured[key]):
            lines.append(f"{key}: default {stated[key]!r}, in config.yaml {configured[key]!r}")
    return sorted(lines)


def test_every_default_is_what_config_yaml_holds():
    stated = {key: block["default"] for key, block in leaves(schema()).items() if "default" in block}
    assert differences(stated, flat(merged_configuration([ROOT / "config.yaml"]))) == []


def test_a_default_that_is_missing_too_many_or_another_is_named():
    stated = {"a.b": 1, "a.c": [0.1], "gone": "x", "same": True}
    assert differences(stated, flat({"a": {"b": 1.0, "c": [0.1]}, "same": True, "new": {"d": "x"}})) == [
        "a.b: default 1, in config.yaml 1.0",
        "gone: default in its schema, not in config.yaml",
        "new.d: in config.yaml, no default in its schema",
    ]


def test_every_default_is_allowed_by_its_own_schema():
    for key, block in BLOCKS.items():
        assert "default" not in block or Draft202012Validator(block).is_valid(block["default"]), key


def test_units_are_spelled_in_one_way_and_stand_at_numbers():
    units = {key: block["unit"] for key, block in BLOCKS.items() if "unit" in block}
    spelled = {unit: re.sub(r"[^a-z/]|s\b", "", unit.lower()) for unit in units.values()}
    assert len(set(spelled.values())) == len(spelled)
    assert not {key for key in units if kind(BLOCKS[key]).split()[-1] in ("word", "text", "words", "false")}


def promised(words):
    """Bounds that a description states: "from 2 to 9", "to below 9", "T > 0", "a multiple of 4", "even"."""
    number = r"(-?\d[\de.-]*\b)"
    patterns = {
        "minimum": f"from {number}",
        "maximum": f"from {number} to {number}",
        "exclusiveMinimum": f" T > {number}",
        "exclusiveMaximum": f"from {number} to below {number}",
        "multipleOf": f"multiple of {number}",
    }
    found = {key: re.search(pattern, words) for key, pattern in patterns.items()}
    bounds = {key: float(match.groups()[-1]) for key, match in found.items() if match}
    return bounds | ({"multipleOf": 2} if re.search(r"\beven\b", words) else {})


def test_the_words_of_a_key_promise_the_bounds_of_its_keywords():
    """Detects a bound that is changed, lost or added on one side."""
    for key, block in VALUE_BLOCKS.items():
        if "enum" not in block:
            limits = {name: block[name] for name in LIMITS if name in block}
            assert promised(block["description"]) == limits, key


def test_the_words_of_a_list_promise_the_bounds_of_its_items():
    for key, block in BLOCKS.items():
        if "items" in block and "enum" not in block["items"]:
            limits = {name: block["items"][name] for name in LIMITS if name in block["items"]}
            assert promised(block["description"].partition(";")[0]).items() <= limits.items(), key


def test_a_number_in_quotes_passes_its_pattern_exactly_within_its_bounds():
    """JSON Schema does not apply bounds to text: the pattern must do it."""
    parts = ["0", "00", "001", "01", "02", "04", "039", "049", "05", "09", "099", "1", "10", "5", "99", "990"]
    texts = [f"{whole}.{part}" for whole in (*range(12), 99, 100) for part in parts]
    for key, block in VALUE_BLOCKS.items():
        limits = {name: block[name] for name in LIMITS if name in block}
        if limits and block.get("type") == "string":
            within = [text for text in texts if Draft202012Validator(limits).is_valid(float(text))]
            assert [text for text in texts if Draft202012Validator(block).is_valid(text)] == within, key


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"ising": {"correlation": {"temperatures": ["0.0"]}}}, "ising.correlation.temperatures.0: '0.0' is"),
        (
            {"ising": {"temperatures": ["0"]}},
            "ising.temperatures.0: '0' is not allowed; allowed: a temperature",
        ),
        ({"pathvars": {"results": "quick\n"}}, "pathvars.results: "),
        ({"hopfield": {"samples": 100001}}, "hopfield.samples: 100001 is not allowed; allowed: how many"),
    ],
)
def test_a_value_beyond_its_bounds_is_refused_by_name(tmp_path, change, said):
    overlay = tmp_path / "overlay.yaml"
    overlay.write_text(yaml.safe_dump(change))
    with pytest.raises(ConfigurationError) as refused:
        check(merged_configuration([ROOT / "config.yaml", overlay]), [])
    assert str(refused.value).startswith(said)


def test_a_key_that_config_yaml_lacks_is_named_with_what_it_may_be():
    config = merged_configuration([ROOT / "config.yaml"])
    del config["hopfield"]["thermal"]["sweeps"]
    said = r"^hopfield\.thermal\.sweeps: missing; allowed: sweeps of a run"
    with pytest.raises(ConfigurationError, match=said):
        check(config, [])


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
