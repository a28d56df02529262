"""Figure: variational inference is quick and stops at its family; a chain is slow and does not stop."""

import numpy as np

from scripts.common.panels import curve, measured, points
from scripts.common.style import COLORS, WIDTH, plt, words

TEXT = {
    "evaluations": ("evaluations of the likelihood", "尤度の評価回数"),
    "error": ("error in posterior widths", "誤差（事後分布の幅を単位）"),
    "race": ("error against work", "手間と誤差"),
    "mean_field": ("mean field", "平均場"),
    "chain": ("Markov chain", "マルコフ連鎖"),
    "best": ("best of the family", "分布族の最良"),
    "slope": ("slope", "傾き"),
    "intercept": ("intercept", "切片"),
    "family": ("what the family cannot hold", "分布族に収まらないもの"),
    "samples": ("samples", "サンプル"),
    "exact": ("posterior", "事後分布"),
}
RADIUS = 2.4477  # of the ellipse that holds 95 % of a Gaussian in two dimensions


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame or dict of arrays
        ``comparison``, ``families`` and ``clouds``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, (cloud, race) = plt.subplots(1, 2, figsize=(WIDTH, 3.6))
    _cloud(cloud, data["clouds"], text, colors)
    _race(race, data["comparison"], data["families"].iloc[0], text, colors)
    return figure


def ellipse(mean, covariance):
    """Points of the curve that holds 95 % of a Gaussian: float64[2, n]."""
    angle = np.linspace(0, 2 * np.pi, 201)
    return mean[:, None] + RADIUS * np.linalg.cholesky(covariance) @ np.array([np.cos(angle), np.sin(angle)])


def _cloud(axis, clouds, text, colors):
    look = {"markersize": 2.5, "alpha": 0.6, "label": text["samples"]}
    points(axis, *clouds["samples"][:800].T, colors["muted"], ".", **look)
    whole = ellipse(clouds["mean"], clouds["covariance"])
    field = ellipse(clouds["mean"], np.diag(clouds["mean_field"]))
    curve(axis, *whole, colors["blue"], linewidth=1.8, label=text["exact"])
    curve(axis, *field, colors["vermilion"], "--", linewidth=1.8, label=text["mean_field"])
    low, high = whole[1].min(), whole[1].max()
    axis.set(xlabel=text["slope"], ylabel=text["intercept"], title=text["family"])
    axis.set_ylim(low - 0.25 * (high - low), high + 0.25 * (high - low))
    axis.legend(loc="upper right")


def _race(axis, table, family, text, colors):
    field, chain = (table[table["method"] == name] for name in ("mean_field", "chain"))
    shown = field[field["evaluations"] <= max(chain["evaluations"].max(), 1)]
    look = {"linewidth": 1.8, "label": text["mean_field"]}
    curve(axis, shown["evaluations"], shown["error"], colors["vermilion"], "--", **look)
    plateau = family["plateau_direct"]
    axis.axhline(plateau, color=colors["muted"], linestyle=":", linewidth=1, label=text["best"])
    look = {"linestyle": "-", "linewidth": 0.9, "markersize": 4.5, "label": text["chain"]}
    measured(axis, chain, "evaluations", "error", colors["blue"], **look)
    axis.set(xscale="log", yscale="log", xlabel=text["evaluations"], ylabel=text["error"], title=text["race"])
    axis.legend(loc="upper right")


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
