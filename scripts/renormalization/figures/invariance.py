"""Figure: block observables cross at T_c, and the shape of the magnetization does not change there."""

import numpy as np

from scripts.common.panels import curve, measured, note
from scripts.common.style import COLORS, DASHES, MARKERS, SERIES, WIDTH, plt, words
from scripts.renormalization.theory import square

TEXT = {
    "T": ("temperature $T$", "温度 $T$"),
    "product": (
        "neighboring blocks, $\\langle s s' \\rangle$",
        "隣り合うブロックの $\\langle s s' \\rangle$",
    ),
    "crossing": ("8 × 8 blocks of several lattices", "大きさの異なる格子の 8 × 8 ブロック"),
    "once": ("$L = {L}$, 1 step", "$L = {L}$、1 段"),
    "from": ("$L = {L}$, {k} steps", "$L = {L}$、{k} 段"),
    "x": "$|m|$",
    "share": ("cumulative share", "累積の割合"),
    "shape": ("distribution of the magnetization", "磁化の分布"),
    "native": ("$T = {T:.2f}$, {L}, not blocked", "$T = {T:.2f}$、{L}（ブロック化なし）"),
    "blocked": ("$T = {T:.2f}$, {L}, steps: {k}", "$T = {T:.2f}$、{L}（{k} 段）"),
}
EDGE = 8


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame or dict of arrays
        ``matching``, ``transition``, ``distances`` and ``shapes``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, (left, right) = plt.subplots(1, 2, figsize=(WIDTH, 3.4))
    _crossing(left, data["matching"], text, colors)
    _shapes(right, data["shapes"], text, colors)
    return figure


def _crossing(axis, table, text, colors):
    critical = square.critical_temperature()
    near = table[(table["edge"] == EDGE) & (table["T"] / critical - 1).abs().lt(0.021)]
    sizes = [size for size in sorted(near["L"].unique()) if (near["L"] == size).sum() > 1]
    for size, color, marker, dashes in zip(sizes, SERIES, MARKERS, DASHES, strict=False):
        rows = near[near["L"] == size].sort_values("T")
        steps = rows["level"].iloc[0]
        label = text["once" if steps == 1 else "from"].format(L=size, k=steps)
        measured(axis, rows, "T", "product", colors[color], marker, linestyle=dashes, label=label)
    axis.axvline(critical, color=colors["muted"], linestyle="--")
    note(axis, "$T_c$", (critical, 1), (4, -12), colors["muted"], xycoords=("data", "axes fraction"))
    axis.set(xlabel=text["T"], ylabel=text["product"], title=text["crossing"])
    if sizes:
        axis.legend(loc="lower left")


def _shapes(axis, arrays, text, colors):
    """Distribution functions of L = 32 (solid) and 64 (dashed): blocked at T_c and above it, and native."""
    axis.set(xlabel=text["x"], ylabel=text["share"], title=text["shape"])
    both = {key.split("_")[2] for key in arrays if key.startswith("32_1")}
    both = sorted((T for T in both if f"64_2_{T}" in arrays), key=float)
    if not both:
        return
    critical = min(both, key=lambda T: abs(float(T) - square.critical_temperature()))
    above = [T for T in both if float(T) > float(critical)][:1]
    shown = [("blocked", T, 1) for T in (critical, *above)] + [("native", critical, 0)]
    for (kind, T, level), color in zip(shown, SERIES, strict=False):
        for size, steps, dashes in ((32, level, DASHES[0]), (64, 2 * level, DASHES[1])):
            x = np.sort(arrays[f"{size}_{steps}_{T}"])
            x = x[:: max(1, len(x) // 500)]
            label = text[kind].format(L=size, k=steps, T=float(T))
            cumulative = (np.arange(len(x)) + 0.5) / len(x)
            curve(axis, x, cumulative, colors[color], dashes, linewidth=1.5, label=label)
    axis.set(ylim=(0, 1.0), xlim=(0, 1.0))
    axis.legend(loc="upper left", fontsize=7.0)


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
