"""The pages as a reader gets them: links that lead somewhere, nothing from outside, nothing unescaped."""

import ast
import json
import re
from html.parser import HTMLParser
from pathlib import Path

from scripts.common.claims import verdicts
from scripts.common.io import read_json
from scripts.report import evidence
from scripts.report.ledger import ledger
from scripts.report.page import page
from scripts.report.sources import interface, unfolded


class Links(HTMLParser):
    """Addresses, ids and pictures of a page."""

    def __init__(self, html):
        super().__init__()
        self.links, self.loaded, self.ids, self.alts = [], [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.ids += [values["id"]] if "id" in values else []
        self.links += [values["href"]] if tag == "a" else []
        self.loaded += [values["src"]] if "src" in values else []
        self.loaded += [values["href"]] if tag == "link" else []
        self.alts += [values.get("alt")] if tag == "img" else []


def pages(book):
    return sorted(book.rglob("*.html"))


def test_every_link_leads_to_a_file_and_an_id_that_exist(book):
    ids = {path.resolve(): set(Links(path.read_text(encoding="utf-8")).ids) for path in pages(book)}
    for path in pages(book):
        for link in Links(path.read_text(encoding="utf-8")).links:
            if link.startswith("https://"):
                continue
            address, _, anchor = link.partition("#")
            target = (path.parent / address).resolve() if address else path.resolve()
            assert target.exists(), f"{path.name}: {link}"
            if anchor and not anchor.startswith("verdict="):
                assert anchor in ids[target], f"{path.name}: {link}"


def test_nothing_is_loaded_from_outside(book):
    for path in pages(book):
        for address in Links(path.read_text(encoding="utf-8")).loaded:
            assert not re.match(r"[a-z]+:|//", address), f"{path.name}: {address}"
            assert (path.parent / address).exists(), f"{path.name}: {address}"
    for style in book.rglob("*.css"):
        for address in re.findall(r"url\(([^)]*)\)", style.read_text(encoding="utf-8")):
            assert (style.parent / address).exists(), f"{style.name}: {address}"


def test_ids_are_unique_and_pictures_described(book):
    for path in pages(book):
        found = Links(path.read_text(encoding="utf-8"))
        assert len(found.ids) == len(set(found.ids)), path.name
        assert None not in found.alts, path.name


def test_both_languages_have_the_same_ids(book):
    for name in ("index", "ising", "ledger"):
        one, two = (Links((book / way / f"{name}.html").read_text(encoding="utf-8")) for way in ("", "ja"))
        assert one.ids == two.ids


def test_the_ledger_shows_every_claim_with_its_verdict(book, run):
    rows = read_json(run.results / "claims.json")["claims"]
    for language, way in (("en", ""), ("ja", "ja")):
        html = (book / way / "ledger.html").read_text(encoding="utf-8")
        shown = dict(re.findall(r'<tr id="([^"]+)" data-verdict="(\w+)"', html))
        assert shown == {row["id"]: row["verdict"] for row in rows}
        for row in rows:
            assert interface(language)[f"verdict_{row['verdict']}"] in html


def test_the_chapter_shows_its_numbers_and_where_they_come_from(book):
    html = (book / "ising.html").read_text(encoding="utf-8")
    assert '<a class="n" href="#n-ising.energy_cold">−1.745571(12)</a>' in html
    assert '<tr id="n-ising.energy_cold">' in html
    assert "2.269185314" in html


def test_claims_cannot_smuggle_markup_into_a_page(run):
    claims = read_json(run.results / "claims.json")
    claims["claims"][0]["statement_en"] = "<script>alert(1)</script>"
    html = ledger(claims, "en", run.figures)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_equal_results_give_an_equal_page(run):
    assert page("ising", "ja", run) == page("ising", "ja", run)


def test_the_search_index_is_one_assignment_with_both_languages(book):
    text = (book / "search-index.js").read_text(encoding="utf-8")
    entries = json.loads(text.removeprefix("REPORT_DATA.search = ").removesuffix(";\n"))
    assert {entry["language"] for entry in entries} == {"en", "ja"}
    assert any("自由エネルギー" in entry["text"] for entry in entries)
    for entry in entries:
        assert (book / entry["href"].partition("#")[0]).exists(), entry["href"]


def test_a_chapter_loads_little(book):
    theme = ["book.css", "theme.js", "book.js", "search.js", "players.js"]
    size = sum((book / "assets" / name).stat().st_size for name in theme)
    size += sum(path.stat().st_size for path in (book / "assets" / "fonts").glob("*.woff2"))
    size += (book / "ising.html").stat().st_size
    size += sum(path.stat().st_size for path in (book / "files").rglob("*.en.light.webp"))
    assert size <= 1.5e6


def test_line_breaks_of_yaml_leave_no_gaps_in_japanese():
    folded, whole = "大小の 斑が $T_c$ の両側で 失われる", "大小の斑が $T_c$ の両側で失われる"
    assert unfolded({"ja": folded}) == {"ja": whole}
    assert unfolded({"en": "patches of all sizes"}) == {"en": "patches of all sizes"}


def test_every_reason_of_a_verdict_has_words_in_both_languages():
    """No page falls back to English: each sentence that the engine gives as a reason is in interface.yaml."""
    tree = ast.parse(Path(verdicts.__file__).read_text(encoding="utf-8"))
    values = [node.value for node in ast.walk(tree) if isinstance(node, ast.Yield | ast.Return)]
    pairs = [node.elts[:2] for node in values if isinstance(node, ast.Tuple)]
    spoken = [words for verdict, words in pairs if getattr(verdict, "value", "") in verdicts.VERDICTS]
    texts = {part.value for words in spoken for part in ast.walk(words) if isinstance(part, ast.Constant)}
    reasons = {text.removesuffix(": ") for text in texts if text}
    assert len(reasons) > 8
    assert {evidence.reason(text, interface("ja")) for text in reasons}.isdisjoint(reasons)


def test_a_reason_names_experiments_by_the_titles_of_their_chapters():
    """Names that are no experiment, such as the parts of a claim, stay as they are."""
    reason = evidence.reason("a part is not run: mcmc, maxent; fails: ising/potts", interface("ja"))
    assert "マルコフ連鎖モンテカルロ法, 最大エントロピー原理とカノニカル分布" in reason
    assert reason.endswith(": ising/potts")
