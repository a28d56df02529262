"""A chapter that is half there, or not as it must be, stops a run at its start, in one line that names it."""

import shutil

import pytest
import yaml

from scripts.common import chapters
from scripts.common.errors import InputError
from tests.tiny import ROOT
from workflow import configuration
from workflow.configuration import ConfigurationError, check

CONFIGURATION = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def rooms(tmp_path, monkeypatch):
    """A copy of all chapters that a test may spoil."""
    folder = shutil.copytree(chapters.CHAPTERS, tmp_path / "chapters")
    for module in (chapters, configuration):
        monkeypatch.setattr(module, "CHAPTERS", folder)
    monkeypatch.setattr(chapters, "chapters", chapters.chapters.__wrapped__)
    return folder


def refusal():
    with pytest.raises((ConfigurationError, InputError)) as refused:
        check(CONFIGURATION, [])
    assert "\n" not in str(refused.value)
    return str(refused.value)


def edited(path, **changes):
    """A chapter.yaml with other values; None takes a key away."""
    content = yaml.safe_load(path.read_text(encoding="utf-8")) | changes
    kept = {key: value for key, value in content.items() if value is not None}
    path.write_text(yaml.safe_dump(kept, allow_unicode=True), encoding="utf-8")


def test_all_chapters_are_as_they_must_be(rooms):
    check(CONFIGURATION, [])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": None}, "grokking/chapter.yaml: title: missing; allowed: the title in both languages"),
        (
            {"question": {"en": "Why?"}},
            "grokking/chapter.yaml: question.ja: missing; allowed: text in Japanese",
        ),
        ({"number": 0}, "grokking/chapter.yaml: number: 0 is not allowed; allowed: an integer from 1"),
        ({"part": "third"}, "grokking/chapter.yaml: part: 'third' is not allowed; allowed: book, lectures"),
        ({"colour": "red"}, "grokking/chapter.yaml: colour: unknown key"),
    ],
)
def test_a_chapter_that_is_not_as_its_schema_says_is_named(rooms, changes, said):
    edited(rooms / "grokking" / "chapter.yaml", **changes)
    assert refusal().startswith(said)


def test_two_chapters_of_one_number_are_named(rooms):
    edited(rooms / "mcmc" / "chapter.yaml", number=1)
    assert refusal().startswith("mcmc/chapter.yaml: number: 1 is that of 'hopfield'")


@pytest.mark.parametrize("name", chapters.FILES)
def test_a_chapter_with_rules_that_lacks_a_file_is_named(rooms, name):
    (rooms / "maxent" / name).unlink()
    assert refusal().startswith(f"maxent/{name}: missing; a chapter with rules.smk has claims.yaml")


def test_yaml_that_cannot_be_read_is_one_line(rooms):
    (rooms / "maxent" / "chapter.yaml").write_text("title: [\n", encoding="utf-8")
    assert "chapter.yaml:2: not valid YAML" in refusal()
    with pytest.raises(InputError, match="cannot be read"):
        chapters.read_yaml(rooms / "none.yaml")
