"""Figure: correlations below, at and above T_c, and the critical isotherm."""

import numpy as np

from scripts.common.panels import by_value, curve, measured, ticks
from scripts.common.style import COLORS, DASHES, MARKERS, WIDTH, plt, series, words
from scripts.ising.lengths import CRITICAL
from scripts.ising.theory import correlations, critical_torus, onsager

TEXT = {
    "functions": ("a power at $T_c$ only", "べきになるのは $T_c$ だけ"),
    "sizes": ("at $T_c$: all sizes on one curve", "$T_c$ では全サイズが一つの曲線に"),
    "both": ("grows without bound on both sides", "両側で限りなく伸びる"),
    "weak": ("a weak field at $T_c$", "臨界点での弱い磁場"),
    "r": ("distance $r$", "距離 $r$"),
    "G": ("connected correlation", "連結相関関数"),
    "T": "$T = {T}$",
    "Tc": ("$T_c$: a power", "$T_c$：べき"),
    "scaled": "$r / L$",
    "collapse": r"$L^{1/4}\, G(r)$",
    "limit": ("exact limit", "厳密な極限"),
    "temperature": ("temperature $T$", "温度 $T$"),
    "length": (r"correlation length $\xi$", r"相関長 $\xi$"),
    "exact": ("exact", "厳密解"),
    "measured": ("measured", "測定値"),
    "field": ("field, $h / T$", "磁場 $h / T$"),
    "m": ("magnetization at $T_c$", "臨界点での磁化"),
    "slope": (r"slope $1/\delta = 1/15$", r"傾き $1/\delta = 1/15$"),
}
LOWEST = 2e-4  # correlations that are drawn
FARTHEST = 64


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``correlation``, ``correlation_lengths`` and ``isotherm``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text = words(TEXT, language)
    figure, axes = plt.subplots(2, 2, figsize=(WIDTH, 6.4))
    _functions(axes[0, 0], data["correlation"], text, theme)
    _collapse(axes[0, 1], data["correlation"], text, theme)
    _lengths(axes[1, 0], data["correlation_lengths"], text, theme)
    _isotherm(axes[1, 1], data["isotherm"], text, theme)
    for axis, name in zip(axes.flat, ("functions", "sizes", "both", "weak"), strict=True):
        axis.set_title(text[name])
    return figure


def _chosen(table):
    """The largest lattice at up to four temperatures: T_c, the nearest above 2.3, one further, one below."""
    largest = table[(table["L"] == table["L"].max()) & (table["direction"] == "axis")]
    T = {float(each): each for each in largest["T"].unique()}
    above, below = sorted(each for each in T if each > 2.3), [each for each in T if each < 2.2]
    chosen = [float(CRITICAL), *above[:2], *sorted(below)[-1:]]
    return [(each, largest[largest["T"] == T[each]]) for each in chosen]


def _functions(axis, table, text, theme):
    """G(r) - m^2 on logarithmic axes: only at T_c a straight line."""
    chosen = _chosen(table)
    for (T, rows), color, marker in zip(chosen, series(theme, len(chosen)), MARKERS, strict=False):
        square = float(onsager.spontaneous_magnetization(T)) ** 2
        exact = correlations.correlation(T, FARTHEST) - square
        curve(axis, np.arange(1, FARTHEST + 1), exact[1:], color, linewidth=0.9)
        shown = rows[rows["r"].between(1, rows["L"].iloc[0] // 4)]
        shown = shown.assign(correlation=shown["correlation"] - square)
        shown = shown[shown["correlation"] > np.maximum(3 * shown["correlation_err"], LOWEST)]
        name = text["Tc"] if f"{T}" == CRITICAL else text["T"].format(T=f"{T:.2f}")
        measured(axis, shown, "r", "correlation", color, marker, label=name)
    axis.set(xscale="log", yscale="log", xlabel=text["r"], ylabel=text["G"])
    axis.set(ylim=(LOWEST, 1.5), xlim=(0.9, FARTHEST))
    axis.legend(loc="lower left")


def _collapse(axis, table, text, theme):
    """All sizes at T_c on the curve of the scaling limit; open marks, so that none hides another."""
    critical = table["T"].astype(float) == float(CRITICAL)
    rows = table[critical & (table["direction"] == "axis") & (table["r"] > 0)]
    for i, (size, group, color, marker, _) in enumerate(by_value(rows, "L", theme)):
        look = {"markersize": max(8 - 1.7 * i, 2.6), "markerfacecolor": "none", "label": f"$L = {size}$"}
        measured(axis, group, group["r"] / size, "correlation", color, marker, over=size**-0.25, **look)
    x, look = np.geomspace(0.006, 0.5, 121), {"linewidth": 0.9, "zorder": 0, "label": text["limit"]}
    curve(axis, x, critical_torus.correlation(x), COLORS[theme]["ink"], **look)
    axis.set(xscale="log", xlabel=text["scaled"], ylabel=text["collapse"], xlim=(0.006, 0.6))
    axis.legend(loc="upper right")


def _lengths(axis, table, text, theme):
    """Lengths from the decay between rows, on the exact curves of both sides."""
    colors, tc = COLORS[theme], onsager.critical_temperature()
    rows = table.dropna(subset=["exponential"])
    rows = rows[rows["exponential_err"] < 0.2 * rows["exponential"]]
    for T, label in (
        (np.linspace(1.9, tc - 0.004, 240), text["exact"]),
        (np.linspace(tc + 0.004, 3.0, 240), None),
    ):
        curve(axis, T, onsager.correlation_length(T), colors["ink"], linewidth=0.9, label=label)
    look = {"markersize": 4.5, "label": text["measured"]}
    measured(axis, rows, rows["T"].astype(float), "exponential", colors["vermilion"], **look)
    axis.axvline(tc, color=colors["muted"], linewidth=0.9, linestyle=(0, (2, 2)))
    axis.set(yscale="log", xlabel=text["temperature"], ylabel=text["length"], xlim=(1.9, 3.0), ylim=(1, 120))
    axis.legend(loc="upper right")


def _isotherm(axis, table, text, theme):
    """m against h / T at T_c: a power with the exponent 1/15."""
    colors, lowest = COLORS[theme], 0.9 * table["m"].min()
    measured(axis, table, "h_over_t", "m", colors["vermilion"], markersize=4.5, label=text["measured"])
    weak = table.loc[table["h_over_t"].idxmin()]
    x = np.geomspace(table["h_over_t"].min() / 1.4, table["h_over_t"].max() * 1.4, 2)
    law = weak["m"] * (x / weak["h_over_t"]) ** (1 / 15)
    curve(axis, x, law, colors["ink"], DASHES[1], linewidth=0.9, label=text["slope"])
    axis.set(xscale="log", yscale="log", xlabel=text["field"], ylabel=text["m"], ylim=(lowest, 1.06))
    ticks(axis.yaxis, [m for m in np.round(np.arange(0.6, 1.06, 0.1), 1) if m > lowest], "{:.1f}")
    axis.legend(loc="lower right")


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
