# What all rule files use; what one chapter alone needs stands with it.
import atexit
import gc
import re
import sys
import time
from functools import cache
from pathlib import Path

# The workflow's own files are found from here, wherever it runs and whoever includes it.
HERE = workflow.current_basedir.get_path_or_uri(secret_free=True)
if not Path(HERE).is_dir():
    sys.exit(f"{HERE}: not a folder of this machine; allowed: a clone, whose rules can import its scripts")
sys.path.insert(0, str(Path(HERE).parents[1]))

from scripts.common.chapters import CHAPTERS, ROOT, chapters, read_yaml
from scripts.common.errors import InputError
from workflow.code_digest import code_digest as code
from workflow.configuration import ConfigurationError, check, check_file, completed
from workflow.environment import set_environment

# Snakemake keeps nearly all that it makes: to search it for garbage took 7 % of the time of a plan,
# and at the end another fifth.
gc.set_threshold(200_000)
atexit.register(gc.freeze)

STARTED = time.time()
# In the clone its files have the names that a reader knows; elsewhere they are absolute.
HOME = Path() if Path.cwd() == ROOT else ROOT
REPORT = HOME / "workflow" / "report"
# Where the pages of each language stand, below the top of the report.
WAY = {"en": "", "ja": "ja/"}
WAYS = list(WAY.values())


def checked(check, *arguments):
    """Stop with one line where the configuration is not as it must be."""
    try:
        check(*arguments)
    except (ConfigurationError, InputError) as error:
        sys.exit(f"configuration: {error}")


# Another workflow may use this one as a module. Its own files are none of ours; it hands over a configuration.
IS_MODULE = not workflow.modifier.is_main_snakefile()
RENAMED = workflow.modifier.modify_rulename("*")
# The default configuration, and one that the folder of a run elsewhere holds. Both are looked at before Snakemake
# reads them: to text that is no UTF-8, or holds itself, it answers with a traceback.
for file in dict.fromkeys([HOME / "config.yaml", *([] if IS_MODULE else Path().glob("config.yaml"))]):
    checked(check_file, file)

    configfile: file


# What a module's configuration leaves out is as in the default one.
config = completed(config, HOME / "config.yaml")
checked(check, config, [] if IS_MODULE else workflow.configfiles)


pathvars:
    results=config["pathvars"]["results"],
    logs=config["pathvars"]["logs"],
    book=config["pathvars"]["book"],


# The module's statement may have named other folders.
config["pathvars"] = {name: workflow.pathvars.get(name) for name in config["pathvars"]}
set_environment()


wildcard_constraints:
    experiment="[a-z_]+",
    figure="[a-z_]+",
    language="en|ja",
    L="[0-9]+",
    T="[0-9.]+",
    N="[0-9]+",


def by_attempt(amount):
    """A resource that grows when a cluster ended the job for want of it; locally nothing is retried."""
    return lambda wildcards, attempt: amount * attempt


def figure_paths(stem):
    """All forms of one figure: two themes for the page, print resolution for lectures."""
    forms = ["{language}.{theme}.svg", "{language}.{theme}.webp", "{language}.png"]
    values = {"language": ["en", "ja"], "theme": ["light", "dark"]}
    return sorted(set(expand([f"{stem}.{form}" for form in forms], **values, allow_missing=True)))


def figure_files(stem):
    """`figure_paths` as the output of a rule."""
    paths = figure_paths(stem)
    return [in_snakemake_report(path) if path.endswith(".light.svg") else path for path in paths]


def in_snakemake_report(path):
    """A figure as Snakemake's own report shows it, the second view of the results."""
    _, experiment, _, name = Path(path).parts
    language = name.split(".")[1]
    return report(
        path,
        caption=str(ROOT / "workflow/report/figure.rst"),
        category=chapters()[experiment]["title"]["en"],
        labels=lambda wildcards: {
            "figure": figure_words(experiment, wildcards.figure)[language][0],
            "language": {"en": "English", "ja": "日本語"}[language],
        },
    )


def figure_words(experiment, name):
    """Title and description of a figure by language; empty for one that the chapter does not list yet."""
    words = figure_list(experiment)["figures"].get(name, {})
    texts = {key: words.get(key, {}) for key in ("title", "alt")}
    return {language: [texts[key].get(language, "") for key in texts] for language in ("en", "ja")}


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


@cache
def figure_list(experiment):
    """The words of a chapter's figures and players."""
    return read_yaml(chapter_file(experiment, "figures.yaml"))


def shown_figures(experiment):
    """Figures of a chapter and what they are drawn from: <EXPERIMENT>_FIGURES of its rules.

    One that no rule draws is left to the page, which names it in its error.
    """
    drawn = globals()[f"{experiment.upper()}_FIGURES"]
    return {name: drawn[name] for name in figure_list(experiment)["figures"] if name in drawn}


def language_of(wildcards):
    """The language of a page, by its folder."""
    return "ja" if wildcards.way else "en"


def chapter_file(experiment, name):
    """A file of a chapter's folder."""
    return HOME / "workflow" / "chapters" / experiment / name


def of_all_chapters(name):
    """The files of this name of all chapters, planned ones too."""
    return sorted((HOME / "workflow" / "chapters").glob(f"*/{name}"))


def chapter_files(experiment):
    """Prose in both languages, because they must stay in step, and the words of the figures."""
    return [chapter_file(experiment, name) for name in ("en.md", "ja.md", "figures.yaml", "reviewed")]


def chapter_sources(wildcards):
    """`chapter_files` of a page's chapter."""
    return chapter_files(wildcards.experiment)


def part_sources(part):
    """What a page of the book as a whole shows besides claims and provenance."""
    if part == "data":
        return of_all_chapters("tables.yaml")
    if part == "bibliography":
        return of_all_chapters("??.md") + of_all_chapters("claims.yaml")
    return sorted(Path("results/benchmarks").glob("*")) if part == "provenance" else []


@cache
def chapter_results(experiment):
    """What a chapter shows: numbers, pictures, and the files its pictures were drawn from."""
    home, figures = f"<results>/{experiment}", FIGURES[experiment]
    pictures = [file for name in figures for file in figure_paths(f"{home}/figures/{name}")]
    drawn_from = [f"{home}/{path}" for path in dict.fromkeys(sum(figures.values(), []))]
    return [f"{home}/numbers.json", *pictures, *drawn_from, *chapter_widgets(experiment)]


def declared_tables(experiment):
    """All tables of an experiment, by their schema."""
    listed = read_yaml(chapter_file(experiment, "tables.yaml"))
    return [f"<results>/{experiment}/tables/{name}.csv" for name in listed]


def chapter_widgets(experiment):
    """Data of the players that the chapter's figure list names."""
    names = figure_list(experiment).get("widgets", {})
    return [f"<results>/{experiment}/widgets/{name.partition('.')[2]}.js" for name in names]


def own_name(rule):
    """Name of a rule as it stands here, whatever a workflow that uses this one as a module calls it."""
    before, _, after = RENAMED.partition("*")
    return rule.removeprefix(before).removesuffix(after)


def timed_rules():
    """Script and benchmark files of the rules that compute, which the provenance sums up.

    It is written before the report, so that of the report's own rules it would know the last run.
    """
    logs = config["pathvars"]["logs"]
    return {
        own_name(each.name): (
            f"scripts/{str(each.script).partition('scripts/')[2]}",
            re.sub(r"\{[^}]*\}", "*", str(each.benchmark)).removeprefix(f"{logs}/").removesuffix(".tsv"),
        )
        for each in workflow.rules
        if each.script
        and str(each.benchmark).startswith(tuple(f"{logs}/{name}/" for name in config["experiments"]))
    }
