"""Each guard of the build, proven by an injected fault that it must name with file and line."""

import re
import shutil

import pytest

from scripts.common.io import InputError
from scripts.report.page import page
from tests.report.fake import run as run_of

FAULTS = {
    "a decimal typed in prose": (
        "en.md",
        "A magnet has no plan",
        "A magnet of 2.269 has no plan",
        r"en\.md:3:.*2\.269",
    ),
    "a full-width decimal in Japanese": (
        "ja.md",
        "磁石には",
        "２．２７度の磁石には",
        r"ja\.md:3:.*２．２７",
    ),
    "a decimal typed in math": ("en.md", "$T = 2$", "$T = 2.3$", r"en\.md:\d+:.*2\.3 is typed"),
    "a decimal typed in a caption": (
        "figures.yaml",
        "One lattice in",
        "0.5 of it in",
        r"figures\.yaml:\d+:.*0\.5",
    ),
    "a decimal typed in an alt text": (
        "figures.yaml",
        "Three square",
        "3.0 square",
        r"figures\.yaml:\d+:.*3\.0",
    ),
    "a caption left out": (
        "figures.yaml",
        "    caption:\n",
        "    capture:\n",
        r"has no caption in 'en'",
    ),
    "an alt text left out": ("figures.yaml", "    alt:\n", "    alternative:\n", r"has no alt in 'en'"),
    "a title cut by its comma": (
        "figures.yaml",
        "{en: Heat a magnet,",
        "{en: Heat, a magnet,",
        "no language",
    ),
    "an unknown macro": ("en.md", "<<claims()>>", "<<clams()>>", "clams"),
    "a macro that is not closed": ("en.md", "<<claims()>>", "<<claims()", r"en\.md:\d+: '<<' without"),
    "a number macro in math": (
        "en.md",
        '<<m("ising.largest_size")>>',
        '<<n("ising.largest_size")>>',
        "in math",
    ),
    "a key in one language only": (
        "ja.md",
        'n("ising.tc_measured")',
        'n("ising.tc", digits=3)',
        "out of step",
    ),
    "an equation changed in one language": (
        "ja.md",
        r"\frac{2}{\ln",
        r"\frac{3}{\ln",
        r"ja\.md:\d+: out of step",
    ),
    "a heading without id": (
        "en.md",
        "## The law {#law}",
        "## The law",
        r"en\.md:\d+: heading without",
    ),
    "an id in one language only": ("ja.md", "{#law}", "{#laws}", "out of step"),
    "a paragraph left untranslated": (
        "en.md",
        "## The law",
        "More.\n\n## The law",
        "out of step|counterpart",
    ),
    "a paragraph whose translation was not reviewed": (
        "en.md",
        "has no plan",
        "has no aim",
        r"ja\.md:3: changed",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_build_refuses(fault, edited):
    name, old, new, message = FAULTS[fault]
    with pytest.raises(InputError, match=message) as caught:
        page("ising", "en", edited(name, old, new))
    assert "\n" not in str(caught.value)


def both(edited, old, new):
    """The same fault in both languages, reviewed, so that only the last guard can see it."""
    from scripts.report.review import confirm

    run = edited("en.md", old, new)
    path = run.folder / "ising" / "ja.md"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    confirm("ising", run.folder)
    return run


SHARED_FAULTS = {
    "an unknown number": (
        'n("ising.tc_measured")',
        'n("ising.no_such")',
        r"en\.md:\d+: .*unknown 'ising\.no_such'",
    ),
    "an unknown figure": ('<<figure("binder")>>', '<<figure("bender")>>', "binder' is never shown"),
    "an unknown equation": (
        'ref("eq:yang")',
        'ref("eq:young")',
        r"en\.md:\d+: .*unknown 'eq:young'.*eq:yang",
    ),
    "an unknown player": ('"ising.spins"', '"ising.spin"', r"en\.md:\d+: .*unknown 'ising\.spin'"),
    "a macro with too much in it": ('"ising.tc_measured"', '"ising.tc", places=3', r"en\.md:\d+: .*places"),
    "a typing error in TeX": (r"\frac{2}{\ln", r"\frac{2{\ln", "not valid TeX"),
    "a figure that is never shown": ('<<figure("binder")>>\n\n', "", "'binder' is never shown"),
}


@pytest.mark.parametrize("fault", SHARED_FAULTS)
def test_the_build_refuses_in_both_languages(fault, edited):
    old, new, message = SHARED_FAULTS[fault]
    with pytest.raises(InputError, match=message) as caught:
        page("ising", "en", both(edited, old, new))
    assert "\n" not in str(caught.value)


def test_a_reviewed_change_is_accepted(edited):
    assert "A magnet has no aim" in page("ising", "en", reviewed(edited, "has no plan", "has no aim"))


def reviewed(edited, old, new):
    from scripts.report.review import confirm

    run = edited("en.md", old, new)
    confirm("ising", run.folder)
    return run


def test_a_declared_constant_may_be_typed():
    from scripts.report.checks import check_prose

    with pytest.raises(InputError):
        check_prose("a.md", "Half of 0.5.")
    check_prose("a.md", "Half of 0.5.", constants=["0.5"])


def test_code_and_links_may_hold_decimals():
    from scripts.report.checks import check_prose

    check_prose("a.md", '`temperatures: ["2.35"]` and [a paper](https://doi.org/10.1103/PhysRev.65.117).')


def test_prose_is_cut_into_pieces_that_join_to_the_same_text():
    from scripts.common.chapters import CHAPTERS
    from scripts.report.tokens import tokens

    for path in CHAPTERS.glob("*/??.md"):
        text = path.read_text(encoding="utf-8")
        pieces = tokens(text)
        assert "".join(piece.text for piece in pieces) == text
        kinds = {piece.kind for piece in pieces}
        assert {"prose", "math", "display", "macro", "code", "url"} <= kinds
        assert not [piece for piece in pieces if piece.kind == "math" and re.search(r"\n\n", piece.text)]


def test_a_table_that_changed_after_its_figure_was_drawn_is_refused(run, tmp_path):
    results = tmp_path / "results"
    shutil.copytree(run.results, results)
    table = results / "ising/tables/thermodynamics.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("-1.7", "-1.8"), encoding="utf-8")
    with pytest.raises(InputError, match=r"thermodynamics\.csv: changed after figure 'spins'") as caught:
        page("ising", "en", run_of(results))
    assert "\n" not in str(caught.value)
