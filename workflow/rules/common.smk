# What every rule file uses. Functions stand here and nowhere else in the rules.
import sys
import time
from pathlib import Path

import yaml

sys.path.insert(0, workflow.basedir)

from workflow.code_digest import code_digest as code
from workflow.configuration import ConfigurationError, check
from workflow.environment import set_environment

STARTED = time.time()
REPORT = Path("workflow/report")

try:
    check(config, workflow.configfiles)
except ConfigurationError as error:
    sys.exit(f"configuration: {error}")

set_environment()


wildcard_constraints:
    experiment="[a-z_]+",
    figure="[a-z_]+",
    language="en|ja",
    L="[0-9]+",
    T="[0-9.]+",
    N="[0-9]+",


def figure_files(stem):
    """All forms of one figure: two themes for the page, print resolution for lectures."""
    forms = ["{language}.{theme}.svg", "{language}.{theme}.webp", "{language}.png"]
    values = {"language": ["en", "ja"], "theme": ["light", "dark"]}
    return sorted(set(expand([f"{stem}.{form}" for form in forms], **values, allow_missing=True)))


def repeat_errors():
    """Print this run's one-line errors once more, after all that Snakemake has to say."""
    for log in sorted(Path(config["pathvars"]["logs"]).rglob("*.log")):
        if log.stat().st_mtime >= STARTED:
            lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
            if lines and lines[-1].startswith("error: "):
                print(lines[-1], file=sys.stderr)


def pictures(folder):
    """The pictures of a folder that a user named, so that a changed one is noticed; none for ''."""
    return sorted(map(str, Path(folder).glob("*.png"))) if folder else []


def figure_list(experiment):
    """The words of a chapter's figures and players."""
    with open(REPORT / f"{experiment}.figures.yaml", encoding="utf-8") as stream:
        return yaml.safe_load(stream)


def shown_figures(experiment):
    """Figures of a chapter and what they are drawn from: <EXPERIMENT>_FIGURES of its rules.

    One that no rule draws is left to the page, which names it in its error.
    """
    drawn = globals()[f"{experiment.upper()}_FIGURES"]
    return {name: drawn[name] for name in figure_list(experiment)["figures"] if name in drawn}


def chapter_sources(wildcards):
    """Prose in both languages, because they must stay in step, and the words of the figures."""
    name = wildcards.experiment
    return [REPORT / f"{name}.{kind}" for kind in ("en.md", "ja.md", "figures.yaml", "reviewed")]


def chapter_results(experiment):
    """What a chapter shows: numbers, pictures, and the files its pictures were drawn from."""
    home, figures = f"<results>/{experiment}", FIGURES[experiment]
    pictures = [file for name in figures for file in figure_files(f"{home}/figures/{name}")]
    drawn_from = [f"{home}/{path}" for path in dict.fromkeys(sum(figures.values(), []))]
    return [f"{home}/numbers.json", *pictures, *drawn_from, *chapter_widgets(experiment)]


def chapter_widgets(experiment):
    """Data of the players that the chapter's figure list names."""
    names = figure_list(experiment).get("widgets", {})
    return [f"<results>/{experiment}/widgets/{name.partition('.')[2]}.js" for name in names]
