"""Figure: energy, specific heat, |m| and susceptibility against T, with exact curves and residuals."""

import numpy as np

from scripts.common.style import COLORS, MARKERS, WIDTH, plt, series, words

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
    figure, axes = plt.subplots(
        3, 2, figsize=(WIDTH, 7.4), sharex=True, gridspec_kw={"height_ratios": [1, 1, 0.6]}
    )
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
        axis.plot(rows["T"], rows[column], color=colors["muted"], linestyle=(0, (1, 1)), marker="", zorder=1)


def _sizes(axis, data, name, theme):
    """Measured points with error bars, on the exact curves of the finite torus where there are any."""
    groups = data["thermodynamics"].groupby("L")
    for i, ((size, rows), color) in enumerate(zip(groups, series(theme, len(groups)), strict=True)):
        if name in data["exact"]:
            curve = data["exact"][data["exact"]["L"] == size]
            axis.plot(curve["T"], curve[name], color=color, linestyle="-", linewidth=0.9, marker="", zorder=2)
        axis.errorbar(
            rows["T"].astype(float),
            rows[name],
            rows[f"{name}_err"],
            color=color,
            marker=MARKERS[i % 4],
            linestyle="none",
            label=f"$L = {size}$",
            zorder=3,
        )


def _residuals(axis, data, name, theme):
    """z of every point: most lie within 2, whatever the size of the error bars."""
    axis.axhspan(-2, 2, color=COLORS[theme]["grid"], zorder=0)
    axis.axhline(0, color=COLORS[theme]["muted"], linewidth=0.7, zorder=1)
    groups = data["thermodynamics"].groupby("L")
    for i, ((size, rows), color) in enumerate(zip(groups, series(theme, len(groups)), strict=True)):
        exact = data["exact"][data["exact"]["L"] == size].set_index("T")[name]
        T = rows["T"].astype(float)
        z = (rows[name] - exact.loc[T].to_numpy()) / rows[f"{name}_err"]
        axis.plot(T, z, color=color, marker=MARKERS[i % 4], linestyle="none", markersize=3)
    axis.set_ylim(-5, 5)


def _legend(figure, axes, text, colors):
    handles, labels = axes[0, 0].get_legend_handles_labels()
    handles.append(plt.Line2D([], [], color=colors["muted"], linestyle=(0, (1, 1))))
    labels.append(text["infinite"])
    figure.legend(handles, labels, loc="outside upper center", ncols=len(labels), title=text["exact"])


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
