"""The front page in one language."""

from scripts.common.chapters import chapters
from scripts.common.io import InputError
from scripts.report.ledger import claim_views, glance
from scripts.report.markup import framed
from scripts.report.sources import dictionary, interface
from scripts.report.step import page_step


def front_page(language, run):
    """The HTML of the front page: what this is, the ledger at a glance, the dictionary, the chapters.

    Parameters
    ----------
    language : {"en", "ja"}
    run : Run

    Returns
    -------
    str
    """
    texts = interface(language)
    return framed(
        "index",
        language,
        run,
        title=texts["name"],
        description=texts["tagline"],
        dictionary=correspondences(language, run),
        **glance(language, run.claims),
    )


def correspondences(language, run):
    """The dictionary in one language: parts with their lines, each with its evidence.

    Returns
    -------
    list of dict
        ``part``, ``lines``: physics, learning, chapters (names), claims (`evidence.claim_view`).

    Raises
    ------
    InputError
        If a line names a chapter or a claim that does not exist.
    """
    views = {view["id"]: view for view in claim_views(language, run)}
    return [
        {
            "part": part["part"][language],
            "lines": [
                {
                    "physics": line["physics"][language],
                    "learning": line["learning"][language],
                    "chapters": [_known(name, chapters()) and name for name in line["chapters"]],
                    "claims": [_known(name, views) for name in line["claims"]],
                }
                for line in part["lines"]
            ],
        }
        for part in dictionary()
    ]


def _known(name, known):
    if name not in known:
        raise InputError(f"workflow/report/dictionary.yaml: there is no '{name}'")
    return known[name]


if __name__ == "__main__":
    page_step(front_page, snakemake)
