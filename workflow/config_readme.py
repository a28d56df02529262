"""The tables of config/README.md, one row per key of the configuration, from the schemas.

Run as ``python -m workflow.config_readme``. The prose above the first table is written by hand and stays.
"""

import re
from functools import reduce
from operator import getitem

import yaml

from scripts.common.chapters import ROOT, chapters, read_yaml, written
from scripts.common.io import write_text
from workflow.configuration import completed, schema

README = ROOT / "config" / "README.md"
LONGEST = 5  # values of a list that are all shown
COLUMNS = ("key", "type", "unit", "allowed", "default", "quick", "meaning")
TYPES = {"boolean": "true or false", "object": "mapping", "string": "text"}
BOUNDS = {"minimum": "from", "exclusiveMinimum": "above", "maximum": "to", "exclusiveMaximum": "to below"}
FIRST = "## The run as a whole\n"


def leaves(block, above=""):
    """Dotted keys of a block of the schema with the schema of each; a mapping stands before its own keys.

    Parameters
    ----------
    block : dict
        JSON Schema of a mapping.
    above : str
        What stands before each key, with its dot.

    Returns
    -------
    dict of str to dict
    """
    found = {}
    for name, each in block["properties"].items():
        found[above + name] = each
        if "properties" in each:
            found |= leaves(each, f"{above}{name}.")
    return found


def as_yaml(value):
    """A value as a configuration file would hold it, on one line."""
    line = yaml.safe_dump(value, default_flow_style=True, width=float("inf"), allow_unicode=True)
    return line.removesuffix("...\n").strip().replace("'", '"')


def shown(value):
    """A value as code in Markdown: of a long list the ends, and how many values there are."""
    if isinstance(value, list) and len(value) > LONGEST:
        first, second, *_, last = map(as_yaml, value)
        return f"`[{first}, {second}, ..., {last}]` ({len(value)} values)"
    return f"`{as_yaml(value)}`"


def kind(block):
    """The type of a value in words."""
    if "items" in block:
        noun, space, rest = kind(block["items"]).partition(" ")
        return f"list of {noun}s{space}{rest}"
    if "enum" in block:
        return "integer" if isinstance(block["enum"][0], int) else "word"
    is_number = block["type"] == "string" and bounds(block)
    return "number in quotes" if is_number else TYPES.get(block["type"], block["type"])


def bounds(block):
    """The range of a number, or of a number in quotes, in words."""
    return " ".join(f"{word} {as_yaml(block[key])}" for key, word in BOUNDS.items() if key in block)


def allowed(block):
    """What the keywords of a schema ask of a value, in few words; of a list, of each of its values."""
    each, least = block.get("items", block), block.get("minItems", 0)
    words = [
        f"{least} to {block['maxItems']} values" if "maxItems" in block else "",
        ", ".join(map(str, each.get("enum", []))),
        bounds(each),
        f"a multiple of {each['multipleOf']}" if "multipleOf" in each else "",
        "each once" if "uniqueItems" in block else "",
        "may be empty" if "items" in block and not least else "",
    ]
    return ", ".join(filter(None, words))


def meaning(block):
    """The description without what `kind` and `allowed` say."""
    each, text = block.get("items", block), block["description"]
    if "minimum" in each:
        numbers = [re.escape(as_yaml(each[key])) for key in ("minimum", "maximum") if key in each]
        noun = r"(,? an? (integer|number|multiple of \d+)|,( integers| numbers)?)?"
        text = re.sub(rf"{noun} from {' to '.join(numbers)}\b(?!\.\d)( on)?", "", text, count=1)
    *names, last = block.get("properties", [""])
    listed = f"{', '.join(names)} and {last}" if names else last
    mapping = rf"^a mapping( with {listed},| with|;) "
    return re.sub(rf"{mapping}|^a list of |, each once|, a multiple of \d+", "", text)


def row(key, block, default, quick):
    """The cells of one key, in the order of `COLUMNS`."""
    if "properties" in block:
        return [f"`{key}`", kind(block), "", "", "", "", meaning(block)]
    values = [shown(default), shown(quick) if quick != default else ""]
    return [f"`{key}`", kind(block), block.get("unit", ""), allowed(block), *values, meaning(block)]


def table(block, *configurations):
    """The Markdown table of a block, with its values in the default and in the quick configuration."""
    rows = [COLUMNS, ["---"] * len(COLUMNS)]
    for key, each in leaves(block).items():
        values = [reduce(getitem, key.split("."), configuration) for configuration in configurations]
        rows.append(row(key, each, *values))
    return "".join(f"| {' | '.join(cells)} |\n" for cells in rows)


def readme(text):
    """The text of config/README.md with its tables made anew."""
    default = read_yaml(ROOT / "config.yaml")
    quick = completed(read_yaml(ROOT / "config" / "quick.yaml"), ROOT / "config.yaml")
    blocks, names = schema()["properties"], written()
    whole = {"properties": {key: block for key, block in blocks.items() if key not in names}}
    text = text.partition(FIRST)[0] + FIRST + table(whole, default, quick)
    for name in names:
        text += f"\n## {name}: {chapters()[name]['title']['en']}\n{blocks[name]['description']}.\n\n"
        text += table(blocks[name], default[name], quick[name])
    return text


if __name__ == "__main__":
    write_text(README, readme(README.read_text(encoding="utf-8")))
