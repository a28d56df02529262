"""Figure: time spent in a room becomes its popularity, unless the walker forgets to weigh the doors."""

import numpy as np

from scripts.common.panels import curve, measured
from scripts.common.style import COLORS, WIDTH, plt, sequential, words
from scripts.mcmc.rooms import doors

TEXT = {
    "plan": ("the house: popularity of each room", "家の間取りと各部屋の人気度"),
    "room": ("room", "部屋"),
    "ratio": ("share of time / popularity", "滞在の割合 / 人気度"),
    "shares": ("time spent, in units of the popularity", "人気度を単位とした滞在の割合"),
    "metropolis": ("Metropolis-Hastings", "メトロポリス・ヘイスティングス法"),
    "barker": ("Barker", "バーカー法"),
    "suwa_todo": ("Suwa-Todo", "諏訪・藤堂法"),
    "without_factor": ("number of doors forgotten", "扉の数を忘れた歩き"),
}
WALKS = {
    "metropolis": ("blue", "o", -0.21),
    "barker": ("green", "^", -0.07),
    "suwa_todo": ("purple", "D", 0.07),
    "without_factor": ("vermilion", "s", 0.21),
}
GAP = 0.1  # half the width of a door


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``rooms``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors, table = words(TEXT, language), COLORS[theme], data["rooms"]
    figure, (plan, shares) = plt.subplots(1, 2, figsize=(WIDTH, 3.3), width_ratios=[1, 1.25])
    _plan(plan, table[table["walk"] == "metropolis"], text, theme)
    _shares(shares, table, text, colors)
    figure.legend(*shares.get_legend_handles_labels(), loc="outside lower center", ncols=4)
    return figure


def _shares(axis, table, text, colors):
    for walk, (color, marker, shift) in WALKS.items():
        rows = table[table["walk"] == walk]
        look = {"over": rows["popularity"], "markersize": 4.5, "label": text[walk]}
        measured(axis, rows, rows["room"] + shift, "share", colors[color], marker, **look)
    rows = table[table["walk"] == "without_factor"]
    for room, level in zip(rows["room"], rows["expected"] / rows["popularity"], strict=True):
        curve(axis, [room - 0.33, room + 0.4], [level] * 2, colors["vermilion"], linewidth=0.9)
    axis.axhline(1, color=colors["muted"], linewidth=0.8, zorder=0)
    n_rooms, top = int(table["room"].max()), max(1.1, (rows["expected"] / rows["popularity"]).max())
    axis.set(xlabel=text["room"], ylabel=text["ratio"], title=text["shares"])
    axis.set(xlim=(0.5, n_rooms + 0.5), ylim=(0.9, top + 0.08), xticks=range(1, n_rooms + 1))


def _plan(axis, rows, text, theme):
    """Rooms as squares, darker where they are more popular, with gaps in the walls for the doors."""
    colors, scale = COLORS[theme], sequential(theme)
    neighbors, top = doors(len(rows)), rows["popularity"].max()
    middle = {"ha": "center", "va": "center", "color": colors["ink"]}
    for i, share in enumerate(rows["popularity"]):
        x, y = i // 2, 1 - i % 2
        axis.add_patch(plt.Rectangle((x, y), 1, 1, facecolor=scale(0.40 * share / top), edgecolor="none"))
        axis.text(x + 0.5, y + 0.60, f"{share:.3f}", fontsize=10.5, **middle)
        axis.text(x + 0.5, y + 0.32, f"{i + 1}", fontsize=8.5, **middle)
        _walls(axis, i, neighbors, colors["ink"])
    axis.set(xlim=(-0.05, (len(rows) + 1) // 2 + 0.05), ylim=(-0.05, 2.05))
    axis.set(title=text["plan"], aspect="equal")
    axis.set_axis_off()


def _walls(axis, i, neighbors, color):
    """The four walls of a room; a door is a gap."""
    x, y = i // 2, 1 - i % 2
    across = i + 1 if i % 2 == 0 else i - 1
    sides = [((x, y), (0, 1), i - 2), ((x + 1, y), (0, 1), i + 2)]
    sides += [((x, 1), (1, 0), across), ((x, 2 * y), (1, 0), None)]
    for start, along, other in sides:
        has_door = other is not None and 0 <= other < len(neighbors) and neighbors[i, other]
        pieces = [(0, 0.5 - GAP), (0.5 + GAP, 1)] if has_door else [(0, 1)]
        for low, high in pieces:
            ends = np.array(start)[:, None] + np.outer(along, (low, high))
            curve(axis, *ends, color, linewidth=1.6, solid_capstyle="butt")


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
