"""Checks a configuration before any job starts; every fault is one line that names the key."""

import tempfile
from functools import cache
from pathlib import Path

import jsonschema
import yaml
from snakemake.utils import update_config

from scripts.common.chapters import CHAPTERS, FILES, LOADER, PARTS, SCHEMAS, read_yaml, written

LONGEST = 80  # characters of a refused value that a message repeats


class ConfigurationError(ValueError):
    """One line: the key, what is wrong, what is allowed."""


def check(config, files):
    """Check a merged configuration against the schemas.

    Parameters
    ----------
    config : dict
        What Snakemake merged.
    files : iterable of str
        The files it came from, read again to find what merging hides.

    Raises
    ------
    ConfigurationError
        With one line for the first fault found.
    """
    _check_chapters()
    for file in files:
        check_file(file)
    _check_values(config)
    for name in config["experiments"]:
        if name not in config:
            raise ConfigurationError(f"{name}: missing; an experiment under 'experiments:' needs its block")
    for name in config["pathvars"]:
        _check_writable(f"pathvars.{name}", Path(config["pathvars"][name]))
    _check_temperatures(config)


def _check_chapters():
    """Every chapter.yaml is as its schema says, no two have one number, none that has rules is half there."""
    rules = read_yaml(SCHEMAS / "chapter.schema.yaml")
    rules["properties"]["part"]["enum"] = list(read_yaml(PARTS))
    validator = jsonschema.Draft202012Validator(rules)
    numbers = {}
    for path in sorted(CHAPTERS.glob("*/chapter.yaml")):
        chapter, file = read_yaml(path), path.relative_to(CHAPTERS)
        for error in validator.iter_errors(chapter):
            raise ConfigurationError(f"{file}: {_one_line(error)}")
        other = numbers.setdefault(chapter["number"], path.parent.name)
        if other != path.parent.name:
            used = f"number: {chapter['number']} is that of '{other}'"
            raise ConfigurationError(f"{file}: {used}; allowed: one that no other chapter has")
    for name in written():
        lacking = [file for file in FILES if not (CHAPTERS / name / file).exists()]
        if lacking:
            wanted = f"missing; a chapter with rules.smk has {', '.join(FILES)}"
            raise ConfigurationError(f"{name}/{lacking[0]}: {wanted}")


def completed(config, defaults):
    """The configuration laid over the default one: mappings merge, lists are replaced."""
    whole = read_yaml(defaults)
    update_config(whole, config)
    return whole


@cache
def schema():
    """Of the whole configuration: with the name and the block of every experiment put in."""
    whole, names = read_yaml(SCHEMAS / "config.schema.yaml"), written()
    whole["properties"]["experiments"] |= {"items": {"enum": names}, "default": names}
    whole["properties"] |= {name: read_yaml(CHAPTERS / name / "config.schema.yaml") for name in names}
    return whole


def _check_values(config):
    errors = jsonschema.Draft202012Validator(schema()).iter_errors(config)
    for error in sorted(errors, key=lambda error: [str(part) for part in error.path]):
        raise ConfigurationError(_one_line(error))


def _one_line(error):
    """A schema error in the words of the schema's own description."""
    key = ".".join(str(part) for part in error.absolute_path)
    if error.validator == "additionalProperties":
        unknown = next(name for name in error.instance if name not in error.schema["properties"])
        where = f"{key}.{_short(unknown)}" if key else _short(unknown)
        return f"{where}: unknown key; allowed: {', '.join(error.schema['properties'])}"
    if error.validator == "required":
        missing = next(name for name in error.validator_value if name not in error.instance)
        wanted = error.schema["properties"][missing].get("description", "a value")
        return f"{f'{key}.{missing}' if key else missing}: missing; allowed: {wanted}"
    if error.validator == "uniqueItems":
        twice = next(item for item in error.instance if error.instance.count(item) > 1)
        return f"{key}: {_short(repr(twice))} is given twice; allowed: each value once"
    hint = _hint(error.instance, error.schema)
    return f"{key}: {_short(repr(error.instance))} is not allowed; allowed: {_allowed(error)}{hint}"


def _short(text):
    """Text as a line of a terminal can hold it."""
    text = text if text.isprintable() else repr(text)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."


def _allowed(error):
    if error.validator == "enum":
        return ", ".join(map(str, error.validator_value))
    return error.schema.get("description", f"{error.validator} {error.validator_value}")


def _hint(value, schema):
    """The traps of YAML: numbers that are text, and text that is a number."""
    if isinstance(value, str) and "e" in value.lower() and _is_number(value):
        number = float(value)
        written = int(number) if number.is_integer() else yaml.safe_dump(number).splitlines()[0]
        return f" (YAML reads {value} as text: write {written})"
    if isinstance(value, float) and schema.get("type") == "string":
        return f" (YAML read a number: quotes make it text, '{value}')"
    return ""


def _is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True


def _check_temperatures(config):
    """Two spellings of one temperature would be two jobs for the same physics."""
    for name in config["experiments"]:
        temperatures = config[name].get("temperatures", [])
        values = [float(text) for text in temperatures]
        for i, (text, value) in enumerate(zip(temperatures, values, strict=True)):
            if value in values[:i]:
                raise ConfigurationError(f"{name}.temperatures: '{text}' is given twice; allowed: each once")


def _check_writable(key, folder):
    """Try to write where the folder is or will be: permissions alone do not tell (read-only disks)."""
    existing = next(path for path in [folder, *folder.absolute().parents] if path.exists())
    try:
        tempfile.TemporaryFile(dir=existing).close()
    except OSError as error:
        problem = f"cannot write to '{folder}' ({error.strerror})"
        raise ConfigurationError(f"{key}: {problem}; allowed: a folder you may write to") from None


class _StrictLoader(LOADER):
    """YAML that refuses what it would otherwise mend silently: keys given twice, keys that are no text."""

    def construct_mapping(self, node, deep=False):
        seen = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            line = f"line {key_node.start_mark.line + 1}"
            if not isinstance(key, str):
                raise ConfigurationError(f"{line}: key {key_node.value!r} reads as {key!r}; put it in quotes")
            if key in seen:
                raise ConfigurationError(f"{line}: key '{key}' is given twice; allowed: each key once")
            seen.add(key)
        return super().construct_mapping(node, deep)


def check_file(file):
    """Check the text of one configuration file: what no merged configuration shows any more.

    Raises
    ------
    ConfigurationError
        With one line for the first fault found.
    """
    try:
        found = yaml.load(Path(file).read_text(encoding="utf-8"), Loader=_StrictLoader)
    except ConfigurationError as error:
        raise ConfigurationError(f"{file}: {error}") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        problem = " ".join(str(getattr(error, "problem", error)).split())
        raise ConfigurationError(f"{file}{line}: not valid YAML: {problem}") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ConfigurationError(f"{file}, line {line}: not UTF-8; allowed: text in UTF-8") from None
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise ConfigurationError(f"{file}: {problem}; run snakemake where it stands") from None
    if not isinstance(found, dict):
        raise ConfigurationError(f"{file}: holds no keys; allowed: keys with their values")
    if "__use_yte__" in found:  # Snakemake would run the Python in such a file
        raise ConfigurationError(f"{file}: __use_yte__ is not allowed; allowed: values, no code")
    for key, value in found.items():
        if _holds_itself(value):
            raise ConfigurationError(f"{file}: {key}: an alias within what it stands for; allowed: values")


def _holds_itself(value):
    """Whether a list or mapping is its own member, at any depth."""
    above, seen = [], set()

    def walk(value):
        if not isinstance(value, dict | list) or id(value) in seen:
            return False
        if any(value is outer for outer in above):
            return True
        above.append(value)
        found = any(map(walk, value.values() if isinstance(value, dict) else value))
        seen.add(id(above.pop()))
        return found

    return walk(value)
