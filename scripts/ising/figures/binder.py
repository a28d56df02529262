"""Figure: the Binder parameters of all sizes cross at the critical temperature."""

import numpy as np

from scripts.common.style import COLORS, MARKERS, WIDTH, plt, series, words
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
    text, colors = words(TEXT, language), COLORS[theme]
    figure, (whole, near) = plt.subplots(1, 2, figsize=(WIDTH, 3.5))
    table = data["thermodynamics"].sort_values(["L", "T"])
    close = np.abs(table["T"] - critical_temperature()) < 3 * NEAR  # a little more than the window shows
    for axis, rows in ((whole, table), (near, table[close])):
        axis.axvline(critical_temperature(), color=colors["muted"], linewidth=0.9, linestyle=(0, (2, 2)))
        _curves(axis, rows, theme)
        axis.set_xlabel(text["T"])
    whole.set(ylabel=text["binder"], title=text["all"], ylim=(-0.03, 0.72))
    whole.legend(loc="lower left")
    _zoom(near, table)
    _crossings(near, data["crossings"], text, colors)
    near.set_title(text["near"])
    near.annotate(text["tc"], (critical_temperature(), 0.03), xycoords=("data", "axes fraction"),
                  xytext=(5, 0), textcoords="offset points", color=colors["muted"])  # fmt: skip
    return figure


def _curves(axis, table, theme):
    groups = table.groupby("L")
    for i, ((size, rows), color) in enumerate(zip(groups, series(theme, len(groups)), strict=True)):
        axis.errorbar(
            rows["T"],
            rows["binder"],
            rows["binder_err"],
            color=color,
            marker=MARKERS[i % 4],
            linestyle="-",
            linewidth=0.9,
            label=f"$L = {size}$",
        )


def _zoom(axis, table):
    """The window where sizes still differ, and where they cross."""
    center = critical_temperature()
    axis.set_xlim(center - NEAR, center + NEAR)
    inside = table[np.abs(table["T"] - center) <= NEAR]
    if len(inside):
        low, high = inside["binder"].min(), inside["binder"].max()
        axis.set_ylim(low - 0.1 * (high - low) - 1e-3, high + 0.1 * (high - low) + 1e-3)


def _crossings(axis, crossings, text, colors):
    rings = axis.plot(
        crossings["T"], crossings["binder"], linestyle="none", marker="o", markersize=9,
        markerfacecolor="none", markeredgecolor=colors["ink"], zorder=5, label=text["crossings"],
    )  # fmt: skip
    axis.legend(handles=rings, loc="lower left")


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
