"""Figure: recall is a run downhill: energy against time, and how the time grows with the network."""

import numpy as np

from scripts.common.panels import by_value, measured
from scripts.common.style import COLORS, WIDTH, plt, steps, words

TEXT = {
    "sweep": ("sweeps", "スイープ"),
    "energy": ("energy per unit", "1ユニットあたりのエネルギー"),
    "floor": ("retrieval state of theory", "理論の想起状態"),
    "N": "$N = {N}$",
    "size": ("number of units $N$", "ユニットの数 $N$"),
    "time": ("sweeps to the last flip", "最後の反転までのスイープ数"),
}


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``relaxation``, ``relaxation_times``, ``overlap_theory``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, (fall, time) = plt.subplots(1, 2, figsize=(WIDTH, 3.7), width_ratios=[1.3, 1])
    table, theory = data["relaxation"], data["overlap_theory"]
    sizes = sorted(table["N"].unique())
    shown = table["N"].isin([sizes[0], sizes[len(sizes) // 2], sizes[-1]]) & (table["sweep"] <= 8)
    for N, rows, color, marker, dashes in by_value(table[shown], "N", theme, steps):
        look = {"linestyle": dashes, "linewidth": 1, "label": text["N"].format(N=N)}
        measured(fall, rows, "sweep", "energy", color, marker, **look)
    floor = np.interp(table["alpha"].iloc[-1], theory["alpha"], theory["energy"])
    fall.axhline(floor, color=colors["vermilion"], linewidth=0.9, linestyle=":", label=text["floor"])
    fall.set(xlabel=text["sweep"], ylabel=text["energy"])
    fall.legend(loc="upper right")
    times = data["relaxation_times"].sort_values("N")
    measured(time, times, "N", "sweeps", colors["ink"], markersize=5)
    time.set(xscale="log", xlabel=text["size"], ylabel=text["time"], ylim=(0, 1.2 * times["sweeps"].max()))
    return figure


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
