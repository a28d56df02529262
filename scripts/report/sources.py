"""The report's own sources: interface texts, parts and chapters, templates, and one chapter's files."""

import re
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

import jinja2

from scripts.common.chapters import CHAPTERS, ROOT, chapters, read_yaml
from scripts.common.io import InputError, read_json
from scripts.report.evidence import scientific
from scripts.report.records import limit

THEME = ROOT / "workflow" / "report"
LANGUAGES = ("en", "ja")
_FOLD = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef])")


@cache
def interface(language):
    """Texts of buttons, headings and labels in one language, by key; titles as ``experiment_{name}``.

    What a reference value rests on is ``rests_on_{English text}``, if it has words to translate.
    """
    texts = read_yaml(THEME / "interface.yaml")
    texts |= {f"experiment_{name}": chapter["title"] for name, chapter in chapters().items()}
    texts |= {f"rests_on_{english}": {"en": english, "ja": text} for english, text in references().items()}
    return {key: _one_language(key, text, language) for key, text in texts.items()}


@cache
def parts():
    """The parts of the report in their order: name -> title, and the sentence that counts its statements."""
    return read_yaml(THEME / "parts.yaml")


@cache
def templates():
    """The Jinja2 environment: everything escaped, an unknown name is an error."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(THEME / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"scientific": scientific, "limit": limit}
    return environment


def unfolded(content):
    """The content of a YAML file without the spaces that its line breaks left in Japanese text."""
    if isinstance(content, dict):
        return {key: unfolded(value) for key, value in content.items()}
    return _FOLD.sub("", content) if isinstance(content, str) else content


@cache
def dictionary():
    """The correspondences between physics and machine learning, in parts, as ``dictionary.yaml`` has them."""
    return read_yaml(THEME / "dictionary.yaml")


@cache
def terms():
    """Words that mean the same, in groups: ``words``, the first of which the report writes."""
    return read_yaml(THEME / "terms.yaml")


@cache
def references():
    """What the reference values of all chapters rest on: English text of the claims -> Japanese one."""
    files = [read_yaml(path) or {} for path in sorted(CHAPTERS.glob("*/references.ja.yaml"))]
    return {english: text for texts in files for english, text in texts.items()}


@dataclass
class Run:
    """The results that a report shows.

    Attributes
    ----------
    results : path
        The folder of results.
    figures : dict
        Experiment -> figure -> files it was drawn from, relative to ``<results>/<experiment>``.
    folder : path
        Where the folders of the chapters are, with their prose and figure lists.
    """

    results: Path
    figures: dict
    folder: Path = CHAPTERS

    @property
    def experiments(self):
        """Those of this run: their chapters exist."""
        return list(self.figures)

    @cached_property
    def claims(self):
        """``claims.json``."""
        return read_json(Path(self.results) / "claims.json")

    @cached_property
    def provenance(self):
        """``provenance.json``."""
        return read_json(Path(self.results) / "provenance.json")


@dataclass
class Chapter:
    """What the prose of one experiment may refer to.

    Attributes
    ----------
    experiment, language : str
    numbers : dict
        ``numbers.json``: key -> value, err, unit, rule, data.
    figures, widgets : dict
        From ``figures.yaml``: captions, alt texts, data, in the order of the page.
    claims : list of dict
        The rows of ``claims.json`` that this experiment settles, with their records.
    equations : dict of str to int
        Number within the chapter, by label, in the order of the prose.
    provenance : dict
        ``provenance.json``.
    root : str
        Way from the page to the top of the report.
    sizes : dict of str to (int, int)
        Pixels of each figure on the page.
    """

    experiment: str
    language: str
    numbers: dict
    figures: dict
    widgets: dict
    claims: list
    equations: dict = field(default_factory=dict)
    provenance: dict = field(default_factory=dict)
    root: str = ""
    sizes: dict = field(default_factory=dict)

    @property
    def number(self):
        """Number of the chapter in the book's order."""
        return chapters()[self.experiment]["number"]

    @property
    def text(self):
        """Interface texts in the chapter's language."""
        return interface(self.language)

    @property
    def label(self):
        """Such as "Chapter 4", and where the book begins to speak of it, if it does."""
        section = chapters()[self.experiment].get("section")
        label = [self.text["chapter_label"].format(number=self.number)]
        return label + ([self.text["section_label"].format(number=section)] if section else [])

    def figure_label(self, name):
        """Such as "Figure 4.2"."""
        position = list(self.figures).index(name) + 1
        return self.text["figure_label"].format(number=f"{self.number}.{position}")

    def equation_number(self, label):
        """Such as "4.1"."""
        return f"{self.number}.{self.equations[label]}"


def chapter_claims(ledger, experiment):
    """The rows of the ledger that name an experiment, each with that experiment's records only."""
    rows = [row for row in ledger["claims"] if experiment in row["experiments"]]
    return [
        row | {"records": [record for record in row["records"] if record["experiment"] == experiment]}
        for row in rows
    ]


def _one_language(key, text, language):
    if set(text) != set(LANGUAGES):
        raise InputError(f"workflow/report/interface.yaml: '{key}' needs a text in en and in ja")
    return text[language]
