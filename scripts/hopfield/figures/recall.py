"""Figure: a corrupted picture runs down to its memory, or, under Hebb's rule, to none."""

import numpy as np

from scripts.common.panels import curve, measured, note, picture, ticks
from scripts.common.style import COLORS, DASHES, WIDTH, plt, words

TEXT = {
    "names": {"pseudo_inverse": ("pseudo-inverse", "擬似逆行列則"), "hebb": ("Hebb", "ヘブ則")},
    "flips": ("{n} flips", "反転 {n} 回"),
    "cue": ("cue", "手がかり"),
    "end": ("end", "終点"),
    "time": ("flips", "反転の回数"),
    "energy": ("energy", "エネルギー"),
    "stored": ("stored pictures", "記憶した画像の数"),
    "overlap": ("overlap after recall", "想起後の重なり"),
    "start": ("the cue itself", "手がかりのまま"),
}
RULES = {"pseudo_inverse": ("blue", "o", "-"), "hebb": ("vermilion", "s", DASHES[1])}
SHOWN = 5  # states of each recall


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict
        ``recalls`` (arrays) and ``images`` (table): what ``images.py`` wrote.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    arrays, table = data["recalls"], data["images"]
    text, colors = words(TEXT, language), COLORS[theme]
    figure = plt.figure(figsize=(WIDTH, 5.2))
    top, bottom = figure.subfigures(2, 1, height_ratios=[1.25, 1])
    axes = top.subplots(2, SHOWN)
    for row, rule in zip(axes, RULES, strict=True):
        _strip(row, arrays, rule, text, theme)
    descent, count = bottom.subplots(1, 2)
    _descent(descent, arrays, text, colors)
    _count(count, table, text, colors)
    bottom.legend(*descent.get_legend_handles_labels(), loc="outside upper center", ncols=2)
    return figure


def _strip(row, arrays, rule, text, theme):
    """States from the cue to the end, evenly spread."""
    states, flips = arrays[rule], arrays[f"{rule}_flips"]
    for k, axis in zip(np.linspace(0, len(states) - 1, len(row)).round().astype(int), row, strict=True):
        picture(axis, states[k], theme)
        title = text["cue"] if k == 0 else text["flips"].format(n=int(flips[k]))
        axis.set_title(title, fontsize=8.5, pad=3)
    row[0].set_ylabel(text["names"][rule])


def _descent(axis, arrays, text, colors):
    """Energy between its first and its last value: both rules fall, whatever they find."""
    for rule, (color, _, dashes) in RULES.items():
        energy, flips = arrays[f"{rule}_energies"], arrays[f"{rule}_flips"]
        scaled = (energy - energy[-1]) / (energy[0] - energy[-1])
        curve(axis, flips, scaled, colors[color], dashes, label=text["names"][rule])
    axis.set(xlabel=text["time"], ylabel=text["energy"])
    axis.set_yticks([0, 1], [text["end"], text["cue"]])
    axis.tick_params(axis="y", labelrotation=90)
    for label in axis.get_yticklabels():
        label.set_verticalalignment("center")


def _count(axis, table, text, colors):
    """Overlap after recall against the number of stored pictures."""
    for rule, (color, marker, dashes) in RULES.items():
        look = {"linestyle": dashes, "linewidth": 0.9, "markersize": 4.5}
        measured(axis, table[table["rule"] == rule], "P", "overlap", colors[color], marker, **look)
    cue = table["m_initial"].iloc[0]
    axis.axhline(cue, color=colors["muted"], linewidth=0.8)
    right = {"xycoords": ("axes fraction", "data"), "ha": "right", "fontsize": 8.5}
    note(axis, text["start"], (0.97, cue), (0, 5), colors["muted"], **right)
    counts = sorted(table["P"].unique())
    axis.set(xscale="log", ylim=(0.2, 1.05), xlabel=text["stored"], ylabel=text["overlap"])
    ticks(axis.xaxis, [count for count in counts if count in (2, 5, 10, 20, 50, 100, 200)] or counts)


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
