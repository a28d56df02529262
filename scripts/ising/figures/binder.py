"""Figure: the Binder parameters of all sizes cross at the critical temperature."""

import numpy as np

from scripts.common.panels import by_value, measured, note, points
from scripts.common.style import COLORS, WIDTH, plt, words
from scripts.ising.theory.onsager import critical_temperature

TEXT = {
    "T": ("temperature $T$", "温度 $T$"),
    "binder": ("Binder parameter $U_4$", "ビンダーパラメータ $U_4$"),
    "all": ("the whole range", "全温度域"),
    "near": ("near the transition", "転移点の近く"),
    "tc": ("exact $T_c$", "厳密な $T_c$"),
    "crossings": ("crossings", "交点"),
}
NEAR = 0.05  # half width of the right panel in temperature


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``thermodynamics`` and ``crossings``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors, tc = words(TEXT, language), COLORS[theme], critical_temperature()
    figure, (whole, near) = plt.subplots(1, 2, figsize=(WIDTH, 3.5))
    table = data["thermodynamics"].sort_values(["L", "T"])
    close = np.abs(table["T"] - tc) < 3 * NEAR  # a little more than the window shows
    for axis, rows in ((whole, table), (near, table[close])):
        axis.axvline(tc, color=colors["muted"], linewidth=0.9, linestyle=(0, (2, 2)))
        for size, group, color, marker, _ in by_value(rows, "L", theme):
            look = {"linestyle": "-", "linewidth": 0.9, "label": f"$L = {size}$"}
            measured(axis, group, "T", "binder", color, marker, **look)
        axis.set_xlabel(text["T"])
    whole.set(ylabel=text["binder"], title=text["all"], ylim=(-0.03, 0.72))
    whole.legend(loc="lower left")
    _zoom(near, table)
    _crossings(near, data["crossings"], text, colors)
    near.set_title(text["near"])
    note(near, text["tc"], (tc, 0.03), (5, 0), colors["muted"], xycoords=("data", "axes fraction"))
    return figure


def _zoom(axis, table):
    """The window where sizes still differ, and where they cross."""
    center = critical_temperature()
    axis.set_xlim(center - NEAR, center + NEAR)
    inside = table[np.abs(table["T"] - center) <= NEAR]
    if len(inside):
        low, high = inside["binder"].min(), inside["binder"].max()
        axis.set_ylim(low - 0.1 * (high - low) - 1e-3, high + 0.1 * (high - low) + 1e-3)


def _crossings(axis, crossings, text, colors):
    open_rings = {"markersize": 9, "markerfacecolor": "none", "zorder": 5}
    points(axis, crossings["T"], crossings["binder"], colors["ink"], label=text["crossings"], **open_rings)
    axis.legend(handles=axis.lines[-1:], loc="lower left")


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
