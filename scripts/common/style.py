"""How every figure of the report looks, in both languages and themes.

Lines use four colors that stay apart for color-blind readers and that keep a contrast
of at least 3:1 with the ground (after Okabe and Ito); markers and dashes say the same
again without color.
"""

import contextlib
import importlib.util
from pathlib import Path

import matplotlib
from cycler import cycler
from matplotlib import font_manager
from matplotlib.colors import LinearSegmentedColormap, ListedColormap

matplotlib.use("agg")

import matplotlib.pyplot as plt  # noqa: F401 (figures take it from here, with its backend chosen)

LANGUAGES = ("en", "ja")
THEMES = ("light", "dark")
WIDTH = 7.2
"""Width of a full figure in inches: the text column of page and PDF."""
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


def words(texts, language):
    """The words of a figure in one language.

    Parameters
    ----------
    texts : dict of str to (str, str), str or dict
        English and Japanese side by side, one string where both are the same, or more of these by name.
    language : str
        "en" or "ja".

    Returns
    -------
    dict of str to str or dict
        In the order of ``texts``.
    """
    if isinstance(texts, dict):
        return {name: words(each, language) for name, each in texts.items()}
    return texts if isinstance(texts, str) else texts[LANGUAGES.index(language)]


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
