"""Figure: energy, specific heat, |m| and susceptibility against T, with exact curves and residuals."""

import numpy as np

from scripts.common.panels import by_value, curve, measured, points
from scripts.common.style import COLORS, WIDTH, plt, words

TEXT = {
    "T": ("temperature $T$", "温度 $T$"),
    "energy": ("energy per spin $e$", "1スピンあたりのエネルギー $e$"),
    "specific_heat": ("specific heat $c$", "比熱 $c$"),
    "abs_magnetization": r"$\langle |\,m\,| \rangle$",
    "susceptibility": (r"susceptibility $\chi$", r"磁化率 $\chi$"),
    "residual": ("deviation / error", "ずれ / 誤差"),
    "infinite": ("infinite lattice", "無限系"),
    "exact": ("lines: exact", "線：厳密解"),
}
PANELS = ("energy", "specific_heat", "abs_magnetization", "susceptibility")


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``thermodynamics`` and ``exact``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, axes = plt.subplots(3, 2, figsize=(WIDTH, 7.4), sharex=True, height_ratios=[1, 1, 0.6])
    for axis, name in zip(axes.flat, PANELS, strict=False):
        _infinite(axis, data["exact"], name, colors)
        _sizes(axis, data, name, theme)
        axis.set_ylabel(text[name])
    axes[1, 1].set_yscale("log")
    for axis, name in zip(axes[2], PANELS, strict=False):
        _residuals(axis, data, name, theme)
        axis.set(xlabel=text["T"], ylabel=text["residual"])
        axis.set_title(text[name], fontsize=9, color=colors["muted"])
    _legend(figure, axes, text, colors)
    return figure


def _infinite(axis, exact, name, colors):
    """The infinite lattice, where it is known in closed form."""
    column = {"abs_magnetization": "magnetization"}.get(name, name)
    if column in exact:
        rows = exact[np.isinf(exact["L"])]
        curve(axis, rows["T"], rows[column], colors["muted"], (0, (1, 1)), zorder=1)


def _sizes(axis, data, name, theme):
    """Measured points with error bars, on the exact curves of the finite torus where there are any."""
    for size, rows, color, marker, _ in by_value(data["thermodynamics"], "L", theme):
        if name in data["exact"]:
            exact = data["exact"][data["exact"]["L"] == size]
            curve(axis, exact["T"], exact[name], color, linewidth=0.9, zorder=2)
        measured(axis, rows, rows["T"].astype(float), name, color, marker, label=f"$L = {size}$", zorder=3)


def _residuals(axis, data, name, theme):
    """z of every point: most lie within 2, whatever the size of the error bars."""
    axis.axhspan(-2, 2, color=COLORS[theme]["grid"], zorder=0)
    axis.axhline(0, color=COLORS[theme]["muted"], linewidth=0.7, zorder=1)
    for size, rows, color, marker, _ in by_value(data["thermodynamics"], "L", theme):
        exact = data["exact"][data["exact"]["L"] == size].set_index("T")[name]
        T = rows["T"].astype(float)
        z = (rows[name] - exact.loc[T].to_numpy()) / rows[f"{name}_err"]
        points(axis, T, z, color, marker, markersize=3)
    axis.set_ylim(-5, 5)


def _legend(figure, axes, text, colors):
    handles, labels = axes[0, 0].get_legend_handles_labels()
    handles.append(plt.Line2D([], [], color=colors["muted"], linestyle=(0, (1, 1))))
    labels.append(text["infinite"])
    figure.legend(handles, labels, loc="outside upper center", ncols=len(labels), title=text["exact"])


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
