"""Figure: EM climbs by turns, in Q and in theta; the digits and what it makes of them."""

import numpy as np

from scripts.common.panels import curve, points
from scripts.common.style import COLORS, WIDTH, plt, words

STEPS = 16  # half steps shown
TEXT = {
    "digits": ("digits, in two components", "二成分で見た手書き数字"),
    "first": ("first component", "第1成分"),
    "second": ("second component", "第2成分"),
    "whole": ("the whole climb", "全体"),
    "elbo_nats": ("ELBO (nats per digit)", "ELBO（数字一つあたり、nat）"),
    "stairs": ("the part in the frame", "枠の中"),
    "half": ("half step of EM", "EM の半ステップ"),
    "nats": ("nats per digit", "数字一つあたり (nat)"),
    "likelihood": r"$\ln P(X)$",
    "elbo": "ELBO",
    "E": ("E: the gap closes", "E：隙間が閉じる"),
    "M": ("M: a new gap opens", "M：新たな隙間が開く"),
}


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame or arrays
        ``em`` and ``mixture``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, (plane, whole, stairs) = plt.subplots(1, 3, figsize=(WIDTH, 3.2), width_ratios=[1, 0.8, 1.1])
    _plane(plane, data["mixture"], text, colors)
    _whole(whole, data["em"], text, colors)
    _stairs(stairs, data["em"], text, colors)
    return figure


def _plane(axis, mixture, text, colors):
    points(axis, *mixture["points"].T, colors["muted"], ".", markersize=1.8, alpha=0.6, rasterized=True)
    angle = np.linspace(0, 2 * np.pi, 91)
    for mean, covariance in zip(mixture["means"], mixture["covariances"], strict=True):
        ellipse = mean[:, None] + 1.5 * np.linalg.cholesky(covariance) @ [np.cos(angle), np.sin(angle)]
        curve(axis, *ellipse, colors["vermilion"], linewidth=1.4)
    axis.set(xlabel=text["first"], ylabel=text["second"], title=text["digits"])


def _whole(axis, table, text, colors):
    """The whole climb, and which part of it the next panel shows."""
    curve(axis, table["half_step"] + 1, table["elbo"], colors["blue"], drawstyle="steps-post", linewidth=1.4)
    shown = table.iloc[2 : 2 + STEPS]
    low, high = shown["elbo"].min(), shown["log_likelihood"].max()
    frame = {"facecolor": "none", "edgecolor": colors["ink"], "linewidth": 0.8}
    axis.add_patch(plt.Rectangle((3, low - 0.02), STEPS, high - low + 0.04, **frame))
    axis.set(xscale="log", xlabel=text["half"], ylabel=text["elbo_nats"], title=text["whole"])


def _stairs(axis, table, text, colors):
    """The ELBO after each half step, and the gap above it that the next E step closes."""
    rows = table.iloc[2 : 2 + STEPS]  # the first pair dwarfs all others
    place, elbo, likelihood = rows["half_step"], rows["elbo"], rows["log_likelihood"]
    edges = [*(place - 0.5), place.iloc[-1] + 0.5]
    axis.stairs(likelihood, edges, baseline=elbo, fill=True, color=colors["vermilion"], linewidth=0)
    axis.stairs(elbo, edges, baseline=None, color=colors["blue"], linestyle="-", linewidth=1.4)
    thin = {"color": colors["ink"], "linestyle": (0, (4, 1.5)), "linewidth": 1.0}
    axis.stairs(likelihood, edges, baseline=None, **thin)
    low, high = elbo.min(), likelihood.max()
    axis.set(xlabel=text["half"], ylabel=text["nats"], title=text["stairs"], xticks=place[::4])
    axis.set_ylim(low - 0.08 * (high - low), high + 0.12 * (high - low))
    axis.set_xlim(place.iloc[0] - 0.7, place.iloc[-1] + 0.7)
    names, shades = ("likelihood", "elbo", "M", "E"), ("ink", "blue", "vermilion", "muted")
    for name, shade, height in zip(names, shades, (0.34, 0.25, 0.16, 0.07), strict=True):
        right = {"transform": axis.transAxes, "ha": "right", "color": colors[shade], "fontsize": 8.5}
        axis.text(0.97, height, text[name], **right)


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
