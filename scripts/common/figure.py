"""The step of every figure: how a drawing reaches the disk in all its variants.

A figure is ``draw(data, language, theme) -> Figure``. `render` calls it once for each
language and theme and writes what the rule asks for::

    <name>.{en,ja}.{light,dark}.svg     the vector picture behind the link
    <name>.{en,ja}.{light,dark}.webp    144 dpi, lossless, what the page shows
    <name>.{en,ja}.png                  300 dpi on white, for slides and the PDF

Each SVG bears its words and its sources. The same data give the same bytes: fixed
identifiers, no date, no program version.
"""

import io
from functools import partial
from pathlib import Path

import typst
from matplotlib.backends.backend_svg import FigureCanvasSVG
from PIL import Image

from scripts.common.io import atomic, job
from scripts.common.stamp import digests, stamped
from scripts.common.style import LANGUAGES, THEMES, figure_style, plt
from scripts.common.tables import read_named

PICTURES = {
    "webp": (144, {"lossless": True, "method": 4, "quality": 80}),
    "png": (300, {"compress_level": 4, "dpi": (300, 300)}),
}
"""Dots per inch of each kind of picture, and the options of its encoder."""


def figure_step(draw, snakemake):
    """Draw a figure from the rule's input into the rule's output.

    Parameters
    ----------
    draw : callable
        ``draw(data, language, theme) -> Figure``; the data are tables and arrays by name.
    snakemake : object
        Of the step; ``params.about`` holds (title, description) by language.
    """
    with job(snakemake):
        stamp = partial(stamped, about=snakemake.params.about, sources=digests(snakemake.input))
        render(draw, read_named(snakemake.input), snakemake.output, stamp)


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
