"""Confirm that both languages of a chapter say the same: ``python -m scripts.report.review ising``.

Run it after you compared the changed paragraphs. It writes the digests of all pairs
of paragraphs into ``workflow/chapters/<experiment>/reviewed``, and the build accepts them.
"""

import sys

from scripts.common.chapters import CHAPTERS, written
from scripts.common.io import write_text
from scripts.report.checks import check_in_step, reviewed_pairs
from scripts.report.sources import LANGUAGES


def confirm(experiment, folder=CHAPTERS):
    """Write the lock of one chapter; raises `InputError` if the languages are out of step."""
    home = folder / experiment
    paths = {language: home / f"{language}.md" for language in LANGUAGES}
    texts = {language: path.read_text(encoding="utf-8") for language, path in paths.items()}
    check_in_step(paths, texts)
    write_text(home / "reviewed", "\n".join(reviewed_pairs(texts)) + "\n")


def main(names):
    """Confirm the named chapters, or all of them."""
    for name in names or written():
        confirm(name)


if __name__ == "__main__":
    main(sys.argv[1:])
