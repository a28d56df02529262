"""Confirm that both languages of a chapter say the same: ``python -m scripts.report.review ising``.

Run it after you compared the changed paragraphs. It writes the digests of all pairs
of paragraphs into ``workflow/report/<experiment>.reviewed``, and the build accepts them.
"""

import sys

from scripts.common.io import write_text
from scripts.report.checks import check_in_step, reviewed_pairs
from scripts.report.sources import LANGUAGES, THEME


def confirm(experiment, folder=THEME):
    """Write the lock of one chapter; raises `InputError` if the languages are out of step."""
    paths = {language: folder / f"{experiment}.{language}.md" for language in LANGUAGES}
    texts = {language: path.read_text(encoding="utf-8") for language, path in paths.items()}
    check_in_step(paths, texts)
    write_text(folder / f"{experiment}.reviewed", "\n".join(reviewed_pairs(texts)) + "\n")


def main(names):
    """Confirm the named chapters, or all of them."""
    for name in names or sorted(path.name.split(".")[0] for path in THEME.glob("*.en.md")):
        confirm(name)


if __name__ == "__main__":
    main(sys.argv[1:])
