"""Figure: a walk forgets its start exponentially; three chains in detailed balance never do."""

import numpy as np

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
    colors = COLORS[theme]
    counts, times = walks["crowd"][-1], walks["times"]
    shares = counts / counts.sum(axis=1, keepdims=True)
    n_rooms = counts.shape[1]
    shown = times <= times[-1] // 2
    edges = np.concatenate([np.zeros((len(times), 1)), np.cumsum(shares, axis=1)], axis=1)[shown]
    tints = [colors[name] for name in ("blue", "vermilion", "green", "purple", "muted", "spin_up")]
    law = walks["popularity"] / walks["popularity"].sum()
    middle = np.cumsum(law) - law / 2
    for room in range(n_rooms):
        axis.fill_between(
            times[shown], edges[:, room], edges[:, room + 1], color=tints[room % 6],
            alpha=0.55 if theme == "light" else 0.45, linewidth=0,
        )  # fmt: skip
        if law[room] > 0.045:
            axis.text(
                0.97 * times[shown][-1],
                middle[room],
                text["room"].format(room=room + 1),
                ha="right",
                va="center",
            )
    for height in np.cumsum(law)[:-1]:
        axis.axhline(height, color=colors["ink"], linewidth=0.9, linestyle=(0, (4, 2)), marker="")
    axis.set(
        xlim=(0, times[shown][-1]), ylim=(0, 1), xlabel=text["t"], ylabel=text["share"],
        title=text["crowd"].format(room=n_rooms),
    )  # fmt: skip


def _memory(axis, table, walks, text, colors):
    """Total variation on a logarithmic axis: a straight line, and three that stay."""
    own = table[table["chain"] == "metropolis"]
    axis.plot(own["t"], own["distance"], color=colors["blue"], marker="", label=text["metropolis"])
    axis.plot(
        own["t"],
        own["bound"],
        color=colors["ink"],
        linestyle=DASHES[2],
        linewidth=1.0,
        marker="",
        label=text["bound"],
    )
    noise = 1 / np.sqrt(walks["crowd"][-1, 0].sum())
    seen = own[own["distance"] > 4 * noise]
    axis.plot(
        seen["t"],
        seen["measured"],
        color=colors["blue"],
        marker="o",
        linestyle="none",
        markersize=4,
        label=text["noise"],
    )
    for name, (color, dash) in CHAINS.items():
        rows = table[table["chain"] == name]
        axis.plot(
            rows["t"], rows["distance"], color=colors[color], linestyle=DASHES[dash], marker="",
            linewidth=1.8,
            label=text[name],
        )  # fmt: skip
    last = own["t"].max()
    axis.set(
        yscale="log", xlim=(0, last), ylim=(max(own["distance"].min(), 1e-6), 4), xlabel=text["t"],
        ylabel=text["distance"], title=text["memory"],
    )  # fmt: skip
    axis.legend(loc="lower left", ncols=1)


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
