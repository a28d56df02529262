"""The parts of a chapter's page: what each macro becomes in HTML."""

from scripts.report.bibliography import described, work_at
from scripts.report.evidence import claim_view, commit
from scripts.report.sources import templates

TARGET = "html"
_CAPTION = "\x1a"  # stands for the caption while a template is rendered: no text holds it


def number(key, printed):
    """A number that links to its line in the page's table of numbers."""
    return f'`<a class="n" href="#n-{key}">{printed.html}</a>`{{=html}}'


def address(text):
    """The address of a link; that of a listed work gets its description in Latin letters."""
    key = work_at(text)
    return f'{text[:-1]} "{described(key)}")' if key else text


def figure(chapter, name, caption):
    """The card of a figure: both themes, caption, files, code, rule, citation."""
    entry = chapter.figures[name]
    label = chapter.figure_label(name)
    card = _rendered(
        "figure.html",
        chapter,
        name=name,
        entry=entry,
        label=label,
        size=chapter.sizes[name],
        seconds=chapter.provenance["seconds"].get(f"{chapter.experiment}/figure_{name}"),
        citation=_citation(chapter, label, entry["title"][chapter.language]),
    )
    return _around(card, caption)


def widget(chapter, name, caption):
    """The card of a player."""
    return _around(_rendered("widget.html", chapter, name=name, entry=chapter.widgets[name]), caption)


def claims(chapter):
    """All claims of the chapter with their records."""
    rules = chapter.provenance["rules"]
    views = [claim_view(row, chapter.text, chapter.language, rules) for row in chapter.claims]
    values = {"local": True, "root": chapter.root, "drawn": {chapter.experiment: chapter.figures}}
    return _raw(_rendered("claims.html", chapter, claims=views, **values))


def _citation(chapter, label, title):
    configuration = chapter.provenance["configuration"]
    facts = {"seed": configuration["seed"], "scale": configuration["scale"]}
    return chapter.text["cite_line"].format(
        label=label, title=title, commit=commit(chapter.provenance), **facts
    )


def _rendered(template, chapter, **values):
    values |= {"chapter": chapter, "language": chapter.language, "t": chapter.text, "caption": _CAPTION}
    files = f"{chapter.root}files/{chapter.experiment}"
    return templates().get_template(template).render(files=files, **values)


def _around(card, caption):
    before, after = card.split(_CAPTION)
    return f"{_raw(before)}{caption.strip()}{_raw(after)}"


def _raw(html):
    lines = "\n".join(line for line in html.splitlines() if line.strip())
    return f"\n\n`````{{=html}}\n{lines}\n`````\n\n"
