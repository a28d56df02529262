"""One chapter in one language as a page of HTML."""

from functools import partial
from pathlib import Path

from markupsafe import Markup
from PIL import Image

from scripts.common.chapters import CHAPTERS, chapters, read_yaml
from scripts.common.io import InputError, read_json, sha256
from scripts.common.stamp import drawn_from
from scripts.report.bibliography import chapter_works
from scripts.report.checks import check_captions, check_in_step, check_prose, check_translations
from scripts.report.markup import fragment, framed, headings, root, titles
from scripts.report.prose import equation_labels, filled, used
from scripts.report.provenance import facts
from scripts.report.quantities import quantity
from scripts.report.sources import LANGUAGES, Chapter, chapter_claims, interface, unfolded
from scripts.report.step import page_step


def chapter_text(experiment, language, folder=CHAPTERS):
    """The checked prose of a chapter and its path.

    Raises
    ------
    InputError
        For everything that `checks` refuses.
    """
    paths = {each: folder / experiment / f"{each}.md" for each in LANGUAGES}
    texts = {each: path.read_text(encoding="utf-8") for each, path in paths.items()}
    constants = chapters()[experiment].get("constants", ())
    for each in LANGUAGES:
        check_prose(paths[each], texts[each], constants)
    check_in_step(paths, texts)
    lock = folder / experiment / "reviewed"
    check_translations(paths, texts, lock.read_text(encoding="utf-8").splitlines() if lock.exists() else [])
    return texts[language], paths[language]


def chapter(experiment, language, run):
    """What the prose of a chapter may refer to, read from the results.

    Parameters
    ----------
    experiment : str
    language : {"en", "ja"}
    run : Run

    Returns
    -------
    Chapter
    """
    results = Path(run.results)
    text, path = chapter_text(experiment, language, run.folder)
    listed = run.folder / experiment / "figures.yaml"
    content = unfolded(read_yaml(listed))
    check_captions(listed, content, chapters()[experiment].get("constants", ()))
    figures = _in_order(content["figures"], used(text, path, "figure"), listed, path)
    made = Chapter(
        experiment=experiment,
        language=language,
        numbers=read_json(results / experiment / "numbers.json"),
        figures=_with_data(figures, run.figures[experiment], listed),
        widgets=content.get("widgets", {}),
        claims=chapter_claims(run.claims, experiment),
        equations=equation_labels(text),
        provenance=run.provenance,
        root=root(language),
    )
    for name, entry in made.figures.items():
        _refuse_stale(results / experiment, name, entry["data"])
    made.sizes.update({name: _size(results, experiment, name) for name in made.figures})
    return made


def page(experiment, language, run):
    """The HTML of one chapter in one language.

    Parameters
    ----------
    experiment : str
    language : {"en", "ja"}
    run : Run

    Returns
    -------
    str
    """
    text, path = chapter_text(experiment, language, run.folder)
    made = chapter(experiment, language, run)
    body = fragment(filled(text, path, made, "html"), "html", path)
    about = chapters()[experiment]
    before, after = _neighbors(experiment, language, run.experiments)
    return framed(
        experiment,
        language,
        run,
        template="chapter.html",
        page_class="reading",
        title=about["title"][language],
        description=about["question"][language],
        question=about["question"][language],
        label=made.label,
        body=Markup(body),
        toc=headings(body),
        widgets=used(text, path, "widget"),
        numbers=_numbers(text, path, made),
        sources=chapter_works(experiment),
        provenance=facts(made.provenance, interface(language)),
        previous=before,
        next=after,
    )


def _numbers(text, path, made):
    """The numbers that the chapter and its captions show, in order of the keys."""
    shown = set(used(text, path, "n", "m"))
    for entry in [*made.figures.values(), *made.widgets.values()]:
        shown |= set(used(entry["caption"][made.language], path, "n", "m"))
    printed = {key: quantity(made.numbers[key]["value"], made.numbers[key]["err"]) for key in sorted(shown)}
    return {key: made.numbers[key] | {"printed": printed[key]} for key in printed}


def _neighbors(experiment, language, built):
    """The chapters before and after this one among those that exist."""
    links = [{"name": name, "title": title} for name, title in titles(language).items() if name in built]
    place = [link["name"] for link in links].index(experiment)
    return (links[place - 1] if place else None), (links[place + 1] if place + 1 < len(links) else None)


def _in_order(figures, shown, listed, path):
    """Figures as the prose shows them; each one once, and none left out."""
    for name in figures:
        if name not in shown:
            line = f'<<figure("{name}")>>'
            raise InputError(f"{listed}: figure '{name}' is never shown: write {line} in {path}")
    return {name: figures[name] for name in dict.fromkeys(shown) if name in figures}


def _with_data(figures, drawn, listed):
    """Figures with the files they were drawn from, as the rules know them."""
    for name in figures:
        if name not in drawn:
            raise InputError(f"{listed}: no rule draws figure '{name}'; there are {', '.join(drawn)}")
    return {name: entry | {"data": drawn[name]} for name, entry in figures.items()}


def _refuse_stale(home, name, data):
    """A figure must have been drawn from the very bytes that its links offer."""
    picture = home / "figures" / f"{name}.en.light.svg"
    drawn = drawn_from(picture)
    for path in data:
        if drawn.get(path) != sha256(home / path):
            changed = f"{home / path}: changed after figure '{name}' was drawn from it"
            raise InputError(f"{changed}; delete {picture} and run again")


def _size(results, experiment, name):
    """Width and height of a figure on the page, so that the text does not jump while it loads."""
    with Image.open(results / experiment / "figures" / f"{name}.en.light.webp") as image:
        return image.size


if __name__ == "__main__":
    page_step(partial(page, snakemake.wildcards.experiment), snakemake)
