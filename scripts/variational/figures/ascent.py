"""Figure: coordinate ascent climbs always, to different tops; the parallel update does not."""

from scripts.common.panels import curve, points
from scripts.common.style import COLORS, DASHES, WIDTH, plt, words

SWEEPS = 14
TEXT = {
    "climb": ("spin glass, $T = {T:g}$", "スピングラス、$T = {T:g}$"),
    "sweep": ("sweeps", "スイープ数"),
    "elbo": ("ELBO in nats", "ELBO (nat)"),
    "limit": r"$\ln Z$",
    "tops": ("how many tops", "頂上の数"),
    "T": ("temperature", "温度"),
    "optima": ("different ends of the ascent", "到達点の種類"),
    "transition": ("mean-field\ntransition", "平均場の\n転移点"),
    "cycle": ("antiferromagnet", "反強磁性体"),
    "turn": ("one after the other", "一つずつ更新"),
    "once": ("all at once", "一斉に更新"),
}


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``trajectories`` and ``ascent``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, (climb, tops, cycle) = plt.subplots(1, 3, figsize=(WIDTH, 3.0))
    paths, ends = data["trajectories"], data["ascent"]
    _climb(climb, paths[paths["model"] == "glass"], ends, text, colors)
    _tops(tops, ends[(ends["model"] == "glass") & (ends["method"] == "coordinate")], text, colors)
    for axis in (climb, cycle):
        axis.locator_params(nbins=4)
    _cycle(cycle, paths[paths["model"] == "antiferromagnet"], text, colors)
    return figure


def _climb(axis, paths, ends, text, colors):
    T = paths["T"].iloc[0]
    limit = ends[(ends["model"] == "glass") & (ends["T"] == T)]["ln_z"].iloc[0]
    for _, path in paths[paths["sweep"] <= SWEEPS].groupby("run"):
        curve(axis, path["sweep"], path["elbo"], colors["blue"], linewidth=0.9)
    axis.axhline(limit, color=colors["ink"], linewidth=1.1, linestyle=DASHES[1])
    low = paths.query("sweep == 1")["elbo"].min()
    axis.text(SWEEPS - 0.3, limit + 0.03 * (limit - low), text["limit"], ha="right", va="bottom")
    axis.set(xlabel=text["sweep"], ylabel=text["elbo"], title=text["climb"].format(T=T))
    axis.set(xlim=(0, SWEEPS), ylim=(low, limit + 0.14 * (limit - low)))


def _tops(axis, rows, text, colors):
    rows = rows.sort_values("T")
    points(axis, rows["T"], rows["optima"], colors["blue"], linestyle="-")
    transition = rows["transition"].iloc[0]
    axis.axvline(transition, color=colors["muted"], linewidth=0.9, linestyle=(0, (2, 2)), zorder=0)
    axis.set_yscale("log", base=2)
    high = 2.0 * max(rows["optima"].max(), 4)
    axis.set(xlabel=text["T"], ylabel=text["optima"], title=text["tops"], ylim=(0.8, high))
    axis.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
    corner = {"color": colors["muted"], "fontsize": 8, "ha": "right", "va": "top"}
    axis.text(transition - 0.05, 0.94 * high, text["transition"], **corner)


def _cycle(axis, paths, text, colors):
    low, high = paths["elbo"].min(), paths["elbo"].max()
    for method, name, color, dashes, height in (
        ("coordinate", "turn", "blue", "-", high - 0.09 * (high - low)),
        ("parallel", "once", "vermilion", DASHES[1], low + 0.09 * (high - low)),
    ):
        path = paths[(paths["method"] == method) & (paths["sweep"] <= SWEEPS)]
        points(axis, path["sweep"], path["elbo"], colors[color], linestyle=dashes, markersize=3)
        axis.text(0.95 * SWEEPS, height, text[name], color=colors[color], ha="right", va="center")
    axis.set(xlabel=text["sweep"], ylabel=text["elbo"], title=text["cycle"], xlim=(-0.4, SWEEPS))


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
