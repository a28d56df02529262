"""Figure: a walk forgets its start exponentially; three chains in detailed balance never do."""

import numpy as np

from scripts.common.panels import curve, points
from scripts.common.style import COLORS, DASHES, WIDTH, plt, words

TEXT = {
    "share": ("share of walkers", "歩行者の割合"),
    "t": ("steps since the start", "出発からの歩数"),
    "crowd": ("walkers in each room (start: room {room})", "各部屋の人の割合（全員が部屋{room}から出発）"),
    "distance": ("distance from the kept law", "連鎖が保つ分布との距離"),
    "memory": ("how the start is forgotten", "出発点の忘れ方"),
    "metropolis": ("connected house", "つながった家"),
    "bound": (r"bound $\propto|\,\lambda_2|^t$", r"上限 $\propto|\,\lambda_2|^t$"),
    "identity": ("nobody moves", "誰も動かない"),
    "closed": ("closed wing", "閉ざされた一角"),
    "periodic": ("never standing still", "一度も立ち止まらない"),
    "noise": ("walkers", "歩行者の測定"),
    "room": ("room {room}", "部屋{room}"),
}
CHAINS = {"identity": ("vermilion", 1), "closed": ("purple", 3), "periodic": ("green", 2)}


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame or dict of arrays
        ``convergence`` and ``house``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, (crowd, memory) = plt.subplots(1, 2, figsize=(WIDTH, 3.5))
    _crowd(crowd, data["house"], text, theme)
    _memory(memory, data["convergence"], data["house"], text, colors)
    return figure


def _crowd(axis, walks, text, theme):
    """Shares of the crowd from the last room against time, as a stack of rooms."""
    colors, counts, times = COLORS[theme], walks["crowd"][-1], walks["times"]
    shown = times <= times[-1] // 2
    counts, times = counts[shown], times[shown]
    tops = np.cumsum(counts / counts.sum(axis=1, keepdims=True), axis=1)
    bottoms = np.concatenate([np.zeros((len(times), 1)), tops[:, :-1]], axis=1)
    tints = [colors[name] for name in ("blue", "vermilion", "green", "purple", "muted", "spin_up")]
    law = walks["popularity"] / walks["popularity"].sum()
    for room, (share, middle) in enumerate(zip(law, np.cumsum(law) - law / 2, strict=True)):
        look = {"color": tints[room % 6], "alpha": 0.55 if theme == "light" else 0.45, "linewidth": 0}
        axis.fill_between(times, bottoms[:, room], tops[:, room], **look)
        if share > 0.045:
            axis.text(0.97 * times[-1], middle, text["room"].format(room=room + 1), ha="right", va="center")
    for height in np.cumsum(law)[:-1]:
        axis.axhline(height, color=colors["ink"], linewidth=0.9, linestyle=(0, (4, 2)))
    axis.set(xlabel=text["t"], ylabel=text["share"], title=text["crowd"].format(room=len(law)))
    axis.set(xlim=(0, times[-1]), ylim=(0, 1))


def _memory(axis, table, walks, text, colors):
    """Total variation on a logarithmic axis: a straight line, and three that stay."""
    own = table[table["chain"] == "metropolis"]
    curve(axis, own["t"], own["distance"], colors["blue"], label=text["metropolis"])
    curve(axis, own["t"], own["bound"], colors["ink"], DASHES[2], linewidth=1.0, label=text["bound"])
    noise = 1 / np.sqrt(walks["crowd"][-1, 0].sum())
    seen = own[own["distance"] > 4 * noise]
    points(axis, seen["t"], seen["measured"], colors["blue"], markersize=4, label=text["noise"])
    for name, (color, dash) in CHAINS.items():
        rows = table[table["chain"] == name]
        curve(axis, rows["t"], rows["distance"], colors[color], DASHES[dash], linewidth=1.8, label=text[name])
    axis.set(yscale="log", xlabel=text["t"], ylabel=text["distance"], title=text["memory"])
    axis.set(xlim=(0, own["t"].max()), ylim=(max(own["distance"].min(), 1e-6), 4))
    axis.legend(loc="lower left", ncols=1)


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
