"""Figures come out the same each time, in colors that can be told from their ground."""

import hashlib
import importlib
from pathlib import Path

import pytest
from matplotlib import font_manager
from matplotlib.colors import to_hex
from matplotlib.ft2font import FT2Font
from PIL import Image

from scripts.common import style
from scripts.common.figure import render
from scripts.common.style import COLORS, LANGUAGES, SERIES, THEMES, figure_style, plt, series, steps, words

ROOT = Path(__file__).resolve().parents[2]
LABELS = {"en": "temperature $T$", "ja": "温度 $T$（臨界点）"}


def draw(data, language, theme):
    figure, axis = plt.subplots()
    for color in series(theme, 2):
        axis.plot(data, color=color)
    axis.set_xlabel(LABELS[language])
    return figure


def outputs(folder):
    pages = [folder / f"a.{x}.{y}.{z}" for x in LANGUAGES for y in THEMES for z in ("svg", "webp")]
    return [*pages, *(folder / f"a.{language}.png" for language in LANGUAGES)]


def luminance(color):
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, two):
    """Contrast ratio of WCAG 2.2."""
    bright, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_lines_and_letters_can_be_told_from_the_ground(theme):
    colors = COLORS[theme]
    assert min(contrast(colors[name], colors["ground"]) for name in SERIES) >= 3.0
    assert min(contrast(colors[name], colors["ground"]) for name in ("ink", "muted")) >= 4.5
    shades = [to_hex(color) for n in (1, 5, 8) for color in steps(theme, n)]
    assert min(contrast(shade, colors["ground"]) for shade in shades) >= 3.0


def test_equal_data_give_equal_bytes(tmp_path):
    digests = []
    for name in ("one", "two"):
        render(draw, [1, 3, 2], outputs(tmp_path / name))
        digests.append([hashlib.sha256(path.read_bytes()).hexdigest() for path in outputs(tmp_path / name)])
    assert digests[0] == digests[1]
    assert len(set(digests[0])) == len(digests[0])


def test_every_glyph_of_japanese_is_drawn(tmp_path, caplog):
    """Matplotlib only logs a missing glyph where a text holds mathematics."""
    render(draw, [1, 2], outputs(tmp_path))
    assert not caplog.records


FIGURES = sorted((ROOT / "scripts").glob("*/figures/[!_]*.py"))


@pytest.mark.parametrize("path", FIGURES, ids=lambda path: f"{path.parts[-3]}/{path.stem}")
def test_the_font_has_every_letter_that_a_figure_writes(path):
    module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    font = FT2Font(font_manager.findfont(style._japanese_font()))
    written = {letter for text in words(module.TEXT, "ja").values() for letter in str(text)} - {"\n"}
    assert written <= set(map(chr, font.get_charmap()))


def test_words_are_those_of_the_language_and_one_text_may_stand_for_both():
    texts = {"T": ("temperature", "温度"), "x": "$x$", "names": {"wolff": ("Wolff", "ウォルフ法")}}
    assert words(texts, "en") == {"T": "temperature", "x": "$x$", "names": {"wolff": "Wolff"}}
    assert words(texts, "ja") == {"T": "温度", "x": "$x$", "names": {"wolff": "ウォルフ法"}}


@pytest.mark.parametrize("path", FIGURES, ids=lambda path: f"{path.parts[-3]}/{path.stem}")
def test_every_text_of_a_figure_stands_in_both_languages(path):
    texts = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts)).TEXT
    rows = [each for text in texts.values() for each in (text.values() if isinstance(text, dict) else [text])]
    pairs = [(text, text) if isinstance(text, str) else text for text in rows]
    assert all(len(pair) == len(LANGUAGES) and all(pair) for pair in pairs)


@pytest.mark.parametrize("theme", THEMES)
def test_the_players_draw_in_the_colors_of_the_figures(theme):
    css = (ROOT / "workflow/report/assets/book.css").read_text(encoding="utf-8")
    names = [*SERIES, "spin_up", "spin_down"]
    line = "; ".join(f"--{name.replace('_', '-')}: {COLORS[theme][name]}" for name in names)
    for pair in (line.partition("; --spin")[0], "--spin" + line.partition("; --spin")[2]):
        assert css.count(pair) == {"light": 1, "dark": 2}[theme], pair


def test_a_picture_for_slides_knows_its_size(tmp_path):
    render(draw, [1, 2], [tmp_path / "a.ja.png"])
    with Image.open(tmp_path / "a.ja.png") as image:
        assert image.info["dpi"] == pytest.approx((300, 300), abs=0.1)


@pytest.mark.parametrize("size", [(7.2, 4.2), (7.2, 3.337)])
def test_a_picture_has_its_ground_up_to_the_rim(size, tmp_path):
    def empty(data, language, theme):
        return plt.figure(figsize=size, layout="none")

    render(empty, None, [tmp_path / "a.en.dark.webp"])
    with Image.open(tmp_path / "a.en.dark.webp") as image:
        assert image.size == (int(144 * size[0]), int(144 * size[1]))
        assert image.convert("RGB").getcolors() == [(image.width * image.height, (0x17, 0x1D, 0x25))]


def test_the_style_leaves_no_trace():
    before = dict(plt.rcParams)
    with figure_style("ja", "dark"):
        assert plt.rcParams["axes.facecolor"] == COLORS["dark"]["ground"]
    assert dict(plt.rcParams) == before


@pytest.mark.parametrize("name", ["a.svg", "a.de.light.svg", "a.en.light.gif"])
def test_an_output_that_names_no_variant_is_refused(name, tmp_path):
    with pytest.raises(ValueError, match=r"expected <name>"):
        render(draw, [1, 2], [tmp_path / name])
