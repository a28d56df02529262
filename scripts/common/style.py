"""How every figure of the report looks, and how it reaches the disk in all its variants.

A figure is ``draw(data, language, theme) -> Figure``. `render` calls it once for each
language and theme and writes what the rule asks for::

    <name>.{en,ja}.{light,dark}.svg     the vector picture behind the link
    <name>.{en,ja}.{light,dark}.webp    144 dpi, lossless, what the page shows
    <name>.{en,ja}.png                  300 dpi on white, for slides and the PDF

The same data give the same bytes: fixed identifiers, no date, no program version.
Lines use four colors that stay apart for color-blind readers and that keep a contrast
of at least 3:1 with the ground (after Okabe and Ito); markers and dashes say the same
again without color.
"""

import contextlib
import importlib.util
import io
from pathlib import Path

import matplotlib
import typst
from cycler import cycler
from matplotlib import font_manager
from matplotlib.colors import LinearSegmentedColormap, ListedColormap
from PIL import Image

from scripts.common.io import atomic

matplotlib.use("agg")

import matplotlib.pyplot as plt
from matplotlib.backends.backend_svg import FigureCanvasSVG

LANGUAGES = ("en", "ja")
THEMES = ("light", "dark")
WIDTH = 7.2
"""Width of a full figure in inches: the text column of page and PDF."""
PICTURES = {
    "webp": (144, {"lossless": True, "method": 4, "quality": 80}),
    "png": (300, {"compress_level": 4, "dpi": (300, 300)}),
}
"""Dots per inch of each kind of picture, and the options of its encoder."""

COLORS = {
    "light": {
        "ground": "#ffffff",
        "ink": "#1b2430",
        "muted": "#68717d",
        "grid": "#e3e6ea",
        "blue": "#0072b2",
        "vermilion": "#d55e00",
        "green": "#009e73",
        "purple": "#cc79a7",
        "spin_up": "#f3e3b3",
        "spin_down": "#0b4f7d",
    },
    "dark": {
        "ground": "#171d25",
        "ink": "#e3e8ee",
        "muted": "#98a3b0",
        "grid": "#2d3743",
        "blue": "#5bb5ee",
        "vermilion": "#f2a154",
        "green": "#4cc9a0",
        "purple": "#e4a3c8",
        "spin_up": "#f0dfae",
        "spin_down": "#1f6a9c",
    },
}
SERIES = ("blue", "vermilion", "green", "purple")
MARKERS = ("o", "s", "^", "D")
DASHES = ("-", (0, (5, 1.6)), (0, (1.2, 1.4)), (0, (6, 1.5, 1.2, 1.5)))

LOOK = {
    "font.size": 9.5,
    "axes.titlesize": 10,
    "axes.labelsize": 10,
    "legend.fontsize": 8.5,
    "xtick.labelsize": 8.5,
    "ytick.labelsize": 8.5,
    "mathtext.fontset": "stix",
    "axes.linewidth": 0.8,
    "axes.grid": False,
    "grid.linewidth": 0.7,
    "xtick.direction": "in",
    "ytick.direction": "in",
    "xtick.top": True,
    "ytick.right": True,
    "lines.linewidth": 1.4,
    "lines.markersize": 3.6,
    "errorbar.capsize": 1.8,
    "legend.frameon": False,
    "figure.figsize": (WIDTH, 4.2),
    "figure.constrained_layout.use": True,
    "savefig.bbox": None,
    "svg.fonttype": "path",
    "svg.hashsalt": "rashinban",
}
"""Settings that are the same in every language and theme."""


def series(theme, n):
    """Colors of ``n`` ordered curves, such as lattice sizes.

    Parameters
    ----------
    theme : str
        "light" or "dark".
    n : int
        Up to four curves take the four named colors; more take steps of one
        sequential scale, so that order shows.

    Returns
    -------
    list of str or tuple
    """
    if n <= len(SERIES):
        return [COLORS[theme][name] for name in SERIES[:n]]
    return steps(theme, n)


def steps(theme, n):
    """Colors of ``n`` curves on the sequential scale, from the first that stands out from the ground."""
    scale = sequential(theme)
    return [scale(0.48 + 0.52 * i / max(n - 1, 1)) for i in range(n)]


def spin_colormap(theme):
    """Two colors for spins: down (0 or -1) dark, up (1) light."""
    colors = COLORS[theme]
    return ListedColormap([colors["spin_down"], colors["spin_up"]], name=f"spins_{theme}")


def sequential(theme):
    """A map from the ground to a strong blue: more is further from the ground."""
    ends = {
        "light": ["#f4f8fb", "#7db7dc", "#0072b2", "#05314f"],
        "dark": ["#1d2731", "#1f6a9c", "#5bb5ee", "#dff1fd"],
    }
    return LinearSegmentedColormap.from_list(f"sequential_{theme}", ends[theme])


def diverging(theme):
    """A map for signed quantities: blue below zero, the ground at zero, vermilion above."""
    colors = COLORS[theme]
    ends = [colors["blue"], colors["ground"], colors["vermilion"]]
    return LinearSegmentedColormap.from_list(f"diverging_{theme}", ends)


def _japanese_font():
    """Register the IPAexGothic of the matplotlib-fontja wheel and name it.

    The package is located, not imported: its import would restyle every figure.
    """
    folder = importlib.util.find_spec("matplotlib_fontja").submodule_search_locations[0]
    font_manager.fontManager.addfont(str(Path(folder) / "fonts" / "ipaexg.ttf"))
    return "IPAexGothic"


def _parameters(language, theme):
    colors = COLORS[theme]
    fonts = ["DejaVu Sans"] if language == "en" else [_japanese_font(), "DejaVu Sans"]
    cycle = (
        cycler(color=[colors[name] for name in SERIES]) + cycler(marker=MARKERS) + cycler(linestyle=DASHES)
    )
    ink = dict.fromkeys(
        ["text.color", "axes.labelcolor", "axes.edgecolor", "axes.titlecolor", "xtick.color", "ytick.color"],
        colors["ink"],
    )
    ground = dict.fromkeys(["figure.facecolor", "savefig.facecolor", "axes.facecolor"], colors["ground"])
    return {
        **LOOK,
        **ink,
        **ground,
        "font.family": fonts,
        "axes.prop_cycle": cycle,
        "grid.color": colors["grid"],
        "hatch.color": colors["muted"],
    }


@contextlib.contextmanager
def figure_style(language, theme):
    """The look of one variant as a context; yields the theme's colors by name.

    Parameters
    ----------
    language : str
        "en" or "ja"; "ja" puts a font with Japanese glyphs first.
    theme : str
        "light" or "dark".

    Yields
    ------
    dict of str to str
        ``COLORS[theme]``: ground, ink, muted, grid, blue, vermilion, green, purple,
        spin_up, spin_down.
    """
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.use("agg")
        matplotlib.rcParams.update(_parameters(language, theme))
        yield COLORS[theme]


def _drawing(figure):
    """The figure as SVG; not by ``savefig``, which draws everything twice."""
    buffer = io.BytesIO()
    figure.dpi = PICTURES["webp"][0]  # of pictures inside the drawing
    FigureCanvasSVG(figure).print_svg(buffer, metadata={"Date": None, "Creator": None})
    return buffer.getvalue()


def _picture(svg, size, kind):
    """The drawing in pixels. Typst takes a tenth of the time of drawing it again.

    Only marks far outside a panel make it slow: a figure that zooms draws what is near its window.
    """
    dpi, options = PICTURES[kind]
    # Whole pixels only: a rim of half-filled ones would show as a pale line on the dark page.
    width, height = (int(inches * dpi) / dpi for inches in size)
    page = f"#set page(width: {width}in, height: {height}in, margin: 0in)\n"
    page += f'#place(image("figure.svg", width: {size[0]}in))'
    files = {"main.typ": page.encode(), "figure.svg": svg}
    pixels = typst.compile(files, format="png", ppi=dpi, ignore_system_fonts=True)
    buffer = io.BytesIO()
    Image.open(io.BytesIO(pixels)).convert("RGB").save(buffer, format=kind, **options)
    return buffer.getvalue()


def _variant(path):
    """(language, theme, format) of an output path; a ``.png`` without a theme is light."""
    parts = Path(path).name.split(".")
    language, theme, kind = parts[-3:] if parts[-2] in THEMES else (parts[-2], "light", parts[-1])
    if language not in LANGUAGES or kind not in ("svg", *PICTURES):
        raise ValueError(
            f"{path}: expected <name>.{{en,ja}}.{{light,dark}}.{{svg,webp}} or <name>.{{en,ja}}.png"
        )
    return language, theme, kind


def render(draw, data, outputs, stamp=lambda svg, language: svg):
    """Draw a figure in every variant the outputs name, and write them.

    Parameters
    ----------
    draw : callable
        ``draw(data, language, theme) -> matplotlib.figure.Figure``; called inside
        `figure_style`, once for each language and theme.
    data : object
        Handed to ``draw`` unchanged: tables and arrays, already read.
    outputs : iterable of path-like
        Such as ``snakemake.output``.
    stamp : callable, optional
        ``stamp(svg, language) -> svg``: what is written into each SVG file besides the drawing.

    Raises
    ------
    ValueError
        If a path does not name language, theme and format.
    """
    variants = {}
    for path in outputs:
        language, theme, kind = _variant(path)
        variants.setdefault((language, theme), []).append((path, kind))
    places = {}
    for (language, theme), files in variants.items():
        with figure_style(language, theme):
            figure = draw(data, language, theme)
            places[language] = _laid_out(figure, places.get(language))
            svg, size = _drawing(figure), figure.get_size_inches()
            plt.close(figure)
        for path, kind in files:
            _write(path, stamp(svg, language) if kind == "svg" else _picture(svg, size, kind))


def _laid_out(figure, places):
    """Fix where the axes lie; returns their places.

    The layout takes as long as a drawing and is the same in both themes, since only colors
    differ: it is solved once for each language.
    """
    engine = figure.get_layout_engine()
    if places is None and engine is not None:
        FigureCanvasSVG(figure)  # texts are measured as they will be drawn
        figure.dpi = 72
        engine.execute(figure)
    figure.set_layout_engine("none")
    for axis, place in zip(figure.axes, places or [], strict=bool(places)):
        axis.set_position(place)
    return places or [axis.get_position(original=True) for axis in figure.axes]


def _write(path, content):
    with atomic(path) as temporary:
        Path(temporary).write_bytes(content)
