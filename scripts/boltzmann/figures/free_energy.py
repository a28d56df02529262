"""Figure: learning with ln Z and without, and expectation maximization as one descent."""

import numpy as np

from scripts.common.panels import curve, note, points
from scripts.common.style import COLORS, DASHES, WIDTH, plt, words

TEXT = {
    "update": ("update", "更新回数"),
    "energy": (r"mean of $-\ln P$ (nats)", r"$-\ln P$ の平均 (nat)"),
    "carved": ("valleys and mountains", "谷と山"),
    "data": ("images", "画像"),
    "rest": ("all other states", "それ以外の状態"),
    "likelihood": ("log-likelihood per image (nats)", "1枚あたりの対数尤度 (nat)"),
    "rules": ("two rules of learning", "二つの学習規則"),
    "with": (r"$F(D) + \ln Z$ minimized", r"$F(D) + \ln Z$ を最小化"),
    "without": ("$F(D)$ alone minimized", "$F(D)$ だけを最小化"),
    "best": ("optimum", "最適値"),
    "half": ("half step", "半歩の数"),
    "objective": (r"$F[Q,\theta] + \ln Z(\theta)$ (nats)", r"$F[Q,\theta] + \ln Z(\theta)$ (nat)"),
    "em": ("steps E and M in turn", "EステップとMステップ"),
    "em_with": (r"with $\ln Z$", r"$\ln Z$ あり"),
    "em_without": (r"without $\ln Z$", r"$\ln Z$ なし"),
    "loss": r"$-\langle \ln P \rangle$",
}
IMAGES = 14  # bars and stripes of 3 x 3
LINEAR = 10.0  # nats below which the axis is logarithmic


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``sculpting`` and ``em``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, axes = plt.subplots(1, 3, figsize=(WIDTH, 3.0))
    _energies(axes[0], data["sculpting"].query("rule == 'likelihood'"), text, colors)
    _likelihoods(axes[1], data["sculpting"], text, colors)
    _em(axes[2], data["em"], text, colors)
    return figure


def _energies(axis, table, text, colors):
    curve(axis, table["update"], table["energy_rest"], colors["vermilion"], DASHES[1], label=text["rest"])
    curve(axis, table["update"], -table["log_likelihood"], colors["blue"], "-", label=text["data"])
    axis.set(xlabel=text["update"], ylabel=text["energy"], title=text["carved"])
    axis.set_ylim(0, 1.25 * table["energy_rest"].max())
    axis.legend(loc="upper left")


def _likelihoods(axis, table, text, colors):
    best = -np.log(IMAGES)
    axis.axhline(best, color=colors["muted"], linewidth=0.9, linestyle=(0, (1, 1.2)))
    for rule, name, color, dashes in (
        ("likelihood", "with", "blue", "-"),
        ("free_energy", "without", "vermilion", DASHES[1]),
    ):
        rows = table[table["rule"] == rule]
        curve(axis, rows["update"], rows["log_likelihood"], colors[color], dashes, label=text[name])
    axis.set_yscale("symlog", linthresh=LINEAR, linscale=1.2)
    right = {"xycoords": ("axes fraction", "data"), "ha": "right", "fontsize": 8.5}
    note(axis, text["best"], (0.97, best), (0, 3), colors["muted"], **right)
    axis.set(xlabel=text["update"], ylabel=text["likelihood"], title=text["rules"])
    axis.set_ylim(1.6 * table["log_likelihood"].min(), 8)
    axis.set_yticks([-1000, -100, -10, -5, 0], ["$-10^3$", "$-10^2$", "$-10$", "$-5$", "$0$"])
    axis.minorticks_off()
    axis.legend(loc="center right", bbox_to_anchor=(1.0, 0.47), fontsize=8, handlelength=1.4)


def _em(axis, table, text, colors):
    for rule, name, color, marker in (
        ("with_log_z", "em_with", "blue", "o"),
        ("without_log_z", "em_without", "vermilion", "s"),
    ):
        rows, look = table[table["rule"] == rule], {"linestyle": "-", "linewidth": 0.9, "label": text[name]}
        points(axis, rows["half_step"], rows["objective"], colors[color], marker, **look)
    kept = table[table["rule"] == "with_log_z"]
    curve(axis, kept["half_step"], kept["loss"], colors["ink"], (0, (1, 1.2)), label=text["loss"])
    top = table["objective"].iloc[0]
    axis.set(xlabel=text["half"], ylabel=text["objective"], title=text["em"])
    axis.set_ylim(kept["loss"].min() - 0.15 * top, 2.2 * top)
    axis.legend(loc="center right", bbox_to_anchor=(1.0, 0.28), handlelength=1.4)


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
