"""The chapters of the book: each is a folder below ``workflow/chapters/``, and its name is the folder's.

====================  =================================================================
chapter.yaml          part of the book, number, section where the book begins to speak of it, title, question,
                      decimals that its prose may show although nothing measured them
claims.yaml           the statements, and the checks that settle them
references.ja.yaml    what its reference values rest on, in Japanese
rules.smk             the rules that compute it; without them a chapter is planned, its rows are not run
config.schema.yaml    what its block of the configuration may hold
tables.yaml           unit and meaning of every column of its tables
figures.yaml          captions and alternative texts of figures and players
en.md, ja.md          its prose; ``reviewed`` says which paragraphs were compared
====================  =================================================================
"""

from functools import cache
from pathlib import Path

import yaml

from scripts.common.errors import InputError

ROOT = Path(__file__).resolve().parents[2]
"""The folder of the workflow, wherever it runs."""
CHAPTERS = ROOT / "workflow" / "chapters"
SCHEMAS = ROOT / "workflow" / "schemas"
PARTS = ROOT / "workflow" / "report" / "parts.yaml"
FILES = ("claims.yaml", "config.schema.yaml", "tables.yaml", "figures.yaml", "en.md", "ja.md", "reviewed")
"""What a chapter that can be run has besides ``chapter.yaml`` and ``rules.smk``."""
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Of YAML; that of libyaml, where it is there, is ten times faster."""


def read_yaml(path):
    """YAML as plain objects.

    Raises
    ------
    InputError
        If it is not there, or not valid; names the line.
    """
    try:
        return yaml.load(Path(path).read_text(encoding="utf-8"), Loader=LOADER)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}:{mark.line + 1}" if mark else path
        raise InputError(f"{where}: not valid YAML: {getattr(error, 'problem', error)}") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error


@cache
def chapters():
    """All chapters in the order of the book, planned ones too: ``chapter.yaml`` by name.

    That each is as its schema says is seen when the workflow starts (`workflow.configuration`).
    """
    found = {path.parent.name: read_yaml(path) for path in sorted(CHAPTERS.glob("*/chapter.yaml"))}
    return dict(sorted(found.items(), key=lambda chapter: chapter[1]["number"]))


def written():
    """Names of the chapters that can be run, in the order of the book."""
    return [name for name in chapters() if (CHAPTERS / name / "rules.smk").exists()]
