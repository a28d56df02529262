"""The book as one PDF/UA-1 file per language, set by Typst; equal results give equal bytes."""

import importlib.util
import re
import shutil
import tempfile
from pathlib import Path

import typst

from scripts.common.chapters import chapters
from scripts.common.io import InputError, atomic, job
from scripts.report import differences
from scripts.report.bibliography import work_view, works
from scripts.report.errata import corrections, summary
from scripts.report.evidence import commit
from scripts.report.ledger import claim_views, glance
from scripts.report.markup import fragment
from scripts.report.page import chapter, chapter_text
from scripts.report.prose import filled
from scripts.report.sources import THEME, Run, interface
from scripts.report.typst_parts import condition, header, ledger_line, plain, quoted, rows

# What defines a label: a heading, a figure, an equation or a claim.
_LABELS = (re.compile(r"^<([\w.-]+)>$", re.MULTILINE), re.compile(r"<((?:fig|eq|claim)-[\w.-]+)>"))


def pdf(path, language, run):
    """Write the PDF of one language.

    Parameters
    ----------
    path : path
        The file to write.
    language : {"en", "ja"}
    run : Run

    Raises
    ------
    InputError
        If Typst refuses the book; the message is Typst's own.
    """
    with tempfile.TemporaryDirectory() as desk:
        desk = Path(desk)
        shutil.copy(THEME / "book.typ", desk)
        shutil.copy(THEME / "assets" / "compass.svg", desk)
        parts = [_front(language, run)]
        parts += [_chapter(name, language, run, desk) for name in chapters() if name in run.experiments]
        parts += [_errata(language, run), _ledger(language, run), _sources(language)]
        (desk / "main.typ").write_text("\n\n".join(parts), encoding="utf-8")
        with atomic(path) as temporary:
            Path(temporary).write_bytes(_compiled(desk))


def _compiled(desk):
    fonts = Path(importlib.util.find_spec("matplotlib_fontja").submodule_search_locations[0]) / "fonts"
    try:
        # A fixed time, because the PDF's own date would change its bytes.
        return typst.compile(
            desk / "main.typ",
            font_paths=[fonts],
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
            timestamp=0,
        )
    except typst.TypstError as error:
        raise InputError(f"PDF: {error} {' '.join(getattr(error, 'hints', None) or [])}") from error


def _front(language, run):
    texts = interface(language)
    said = [line for tally in glance(language, run.claims)["tallies"] for line in _counted(tally, texts)]
    facts = [*said, texts["licence"], f"{texts['commit']} {commit(run.provenance)}"]
    arguments = {
        "title": quoted(texts["name"]),
        "subtitle": quoted(texts["pdf_subtitle"]),
        "about": quoted(texts["about_book"]),
        "language": quoted(language),
        "contents": quoted(texts["contents"]),
        "facts": "(" + ", ".join(map(quoted, facts)) + ")",
    }
    listed = ", ".join(f"{name}: {value}" for name, value in arguments.items())
    return f'#import "book.typ": *\n#show: book.with({listed})'


def _chapter(experiment, language, run, desk):
    """The Typst of one chapter; its pictures are laid beside it."""
    made = chapter(experiment, language, run)
    text, path = chapter_text(experiment, language, run.folder)
    for name, entry in made.figures.items():
        kind = entry.get("pdf", "svg")
        source = f"{name}.{language}.png" if kind == "png" else f"{name}.{language}.light.svg"
        (desk / experiment).mkdir(exist_ok=True)
        shutil.copy(Path(run.results) / experiment / "figures" / source, desk / experiment / f"{name}.{kind}")
    about = chapters()[experiment]
    label = " · ".join(made.label)
    words = (str(made.number), label, about["title"][language], about["question"][language])
    body = fragment(filled(text, path, made, "typst"), "typst", path)
    return f"#opening({', '.join(map(quoted, words))})\n\n{_own_labels(body, experiment)}"


def _own_labels(body, experiment):
    """A chapter's labels and links to them with its name before them: each chapter has a heading "law"."""
    labels = {label for pattern in _LABELS for label in pattern.findall(body)}
    return re.sub(r"<([\w.-]+)>", lambda found: _owned(found, labels, experiment), body)


def _owned(found, labels, experiment):
    label = found.group(1)
    return f"<{experiment}-{label}>" if label in labels else found.group()


def _errata(language, run):
    """What the measurements would change in the book, as the page of errata has it."""
    texts, found = interface(language), corrections(language, run)
    corrected = [_correction(view, texts) for view in found["corrected"]]
    conditions = [condition(view, texts) for view in found["conditions"]]
    return "\n\n".join(
        [
            f"#appendix({quoted(texts['errata'])})",
            plain(texts["errata_how"]),
            plain(texts["marks_note"]),
            f"== #{quoted(texts['corrections'])}",
            *(
                [plain(summary(found["corrected"], texts)), *corrected]
                if corrected
                else [plain(texts["no_corrections"])]
            ),
            f"== #{quoted(texts['conditions'])}",
            plain(texts["conditions_note"]),
            *(conditions or [plain(texts["no_conditions"])]),
        ]
    )


def _correction(view, texts):
    """An erratum: the sentence as printed, the corrected one with the changes marked, and its checks."""
    old = [differences.typst(old, "removed") for _, old, _ in view["wordings"]]
    new = [differences.typst(new, "added") for _, _, new in view["wordings"]]
    lines = [(texts["printed"], old), (texts["should_read"], new)]
    lines += [(texts["note"], [differences.mixed(view["note"], "typst")])] if view["note"] else []
    said = ", ".join(
        f"({quoted(name)}, ({', '.join(f'[{part}]' for part in parts)},))" for name, parts in lines
    )
    shown = f"{header(texts)}, {rows(view['shown'], texts)}"
    return f"#erratum({quoted(view['id'])}, {quoted(texts['kind_' + view['kind']])}, ({said}), {shown})"


def _ledger(language, run):
    """All claims in a table: what the book says, what was measured, and the verdict."""
    texts = interface(language)
    head = ", ".join(quoted(texts[key]) for key in ("claim", "statement", "one_result", "verdict"))
    lines = "\n".join(f"  ({', '.join(ledger_line(view, texts))})," for view in claim_views(language, run))
    facts = "".join(f"{quoted(fact)}, " for fact in [*counted_lines(language, run), texts["marks_note"]])
    return f"#ledger({quoted(texts['appendix_ledger'])}, ({facts}), ({head}), (\n{lines}\n))"


def counted_lines(language, run):
    """How many statements there are and what their verdicts rest on, as lines of text."""
    texts, found = interface(language), glance(language, run.claims)
    lines = []
    for tally in found["tallies"]:
        lines += _counted(tally, texts)
        lines += [
            _grounds(tally, verdict, texts) for verdict in ("holds", "holds_if") if tally["counts"][verdict]
        ]
    return lines + ([found["errors"]] if found["errors"] else [])


def _counted(tally, texts):
    beside = [texts["beside_line"].format(what=other["what"], n=other["n"]) for other in tally["beside"]]
    return [tally["line"], *beside]


def _grounds(tally, verdict, texts):
    """Such as "holds 102: exact value 60, identities only 21"."""
    rest = [
        f"{texts['ground_' + name]} {counted[verdict]}"
        for name, counted in tally["grounds"].items()
        if counted[verdict]
    ]
    head = f"{tally['labels'][verdict]} {tally['counts'][verdict]}"
    return head + texts["colon"] + texts["comma"].join(rest)


def _sources(language):
    """The works that the book rests on, numbered as in the text."""
    texts = interface(language)
    entries = "".join(f"\n  {_work(work_view(key, language), texts)}," for key in works())
    return f"#sources({quoted(texts['bibliography'])}, {quoted(texts['bibliography_how'])}, ({entries}\n))"


def _work(view, texts):
    links = " ".join(f"#link({quoted(address)}, {quoted(name)})" for name, address in view["links"])
    about = f"{view['authors']}, {view['title']}, {view['place']}. "
    users = texts["comma"].join(user["text"] for user in view["users"])
    below = [f"{texts['used_in']}{texts['colon']}{users}"] if users else []
    below += [texts["how_checked"].format(value=view["how"])]
    words = f"[#{quoted(about)}{links}], {quoted(' · '.join(below))}"
    return f"({view['number']}, <source-{view['key']}>, {words})"


if __name__ == "__main__":
    with job(snakemake):
        run = Run(snakemake.params.results, snakemake.params.figures)
        pdf(snakemake.output[0], snakemake.wildcards.language, run)
