"""Figure: EM climbs by turns, in Q and in theta; the digits and what it makes of them."""

import numpy as np

from scripts.common.style import COLORS, WIDTH, plt, words

STEPS = 16  # half steps shown
TEXT = {
    "digits": ("digits, in two components", "二成分で見た手書き数字"),
    "first": ("first component", "第1成分"),
    "second": ("second component", "第2成分"),
    "stairs": ("one function, climbed by turns", "一つの関数を交互に登る"),
    "half": ("half step of EM", "EM の半ステップ"),
    "nats": ("nats per digit", "数字一つあたり (nat)"),
    "likelihood": r"$\ln P(X)$",
    "elbo": "ELBO",
    "E": (r"E: the divergence falls to zero", "E：ダイバージェンスが零になる"),
    "M": (r"M: $\theta$ moves, a new gap opens", r"M：$\theta$ が動き、新たな隙間が開く"),
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
    figure, (plane, stairs) = plt.subplots(1, 2, figsize=(WIDTH, 3.4))
    _plane(plane, data["mixture"], text, colors)
    _stairs(stairs, data["em"], text, colors)
    return figure


def _plane(axis, mixture, text, colors):
    x, y = mixture["points"].T
    axis.plot(
        x, y, color=colors["muted"], marker=".", markersize=1.8, linestyle="none", alpha=0.6, rasterized=True
    )
    angle = np.linspace(0, 2 * np.pi, 91)
    for mean, covariance in zip(mixture["means"], mixture["covariances"], strict=True):
        ellipse = mean[:, None] + 1.5 * np.linalg.cholesky(covariance) @ [np.cos(angle), np.sin(angle)]
        axis.plot(*ellipse, color=colors["vermilion"], marker="", linestyle="-", linewidth=1.4)
    axis.set(xlabel=text["first"], ylabel=text["second"], title=text["digits"])


def _stairs(axis, table, text, colors):
    """The ELBO after each half step, and the gap above it that the next E step closes."""
    rows = table.iloc[2 : 2 + STEPS]  # the first pair dwarfs all others
    place = rows["half_step"]
    edges = [*(place - 0.5), place.iloc[-1] + 0.5]
    axis.stairs(
        rows["log_likelihood"],
        edges,
        baseline=rows["elbo"],
        fill=True,
        color=colors["vermilion"],
        linewidth=0,
    )
    axis.stairs(rows["elbo"], edges, baseline=None, color=colors["blue"], linestyle="-", linewidth=1.4)
    axis.stairs(
        rows["log_likelihood"],
        edges,
        baseline=None,
        color=colors["ink"],
        linestyle=(0, (4, 1.5)),
        linewidth=1.0,
    )
    low, high = rows["elbo"].min(), rows["log_likelihood"].max()
    axis.set_xticks(place[::4])
    axis.set(xlabel=text["half"], ylabel=text["nats"], title=text["stairs"])
    axis.set_ylim(low - 0.08 * (high - low), high + 0.12 * (high - low))
    axis.set_xlim(place.iloc[0] - 0.7, place.iloc[-1] + 0.7)
    for name, color, height in (
        ("likelihood", "ink", 0.34),
        ("elbo", "blue", 0.25),
        ("M", "vermilion", 0.16),
        ("E", "muted", 0.07),
    ):
        axis.text(
            0.97, height, text[name], transform=axis.transAxes, ha="right", color=colors[color], fontsize=8.5
        )


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
