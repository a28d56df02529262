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
    "x": "$|m|$ / rms",
    "share": ("cumulative share", "累積の割合"),
    "shape": ("shape of the magnetization", "磁化の分布の形"),
    "native": ("{L}, native", "{L}（そのまま）"),
    "blocked": ("{L}, blocked once", "{L}（一段ブロック化）"),
    "label": "$T = {T:.2f}$",
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
    """Distribution functions of native lattices (solid) and blocked ones (dashed) at two temperatures."""
    blocked = {key.split("_")[2] for key in arrays if key.startswith("blocked_")}
    sizes = sorted({int(key.split("_")[1]) for key in arrays if key.startswith("native_")})
    pairs = [(L, 2 * L) for L in sizes if 2 * L in sizes]
    axis.set(xlabel=text["x"], ylabel=text["share"], title=text["shape"])
    if not pairs:
        return
    small, large = (32, 64) if (32, 64) in pairs else pairs[-1]
    both = (("native", small, DASHES[0], 1.2), ("blocked", large, DASHES[1], 1.8))
    shown = [T for T in blocked if all(f"{kind}_{size}_{T}" in arrays for kind, size, *_ in both)]
    shown.sort(key=float)
    critical = min(shown, key=lambda T: abs(float(T) - square.critical_temperature()), default=None)
    for T, color in zip(dict.fromkeys([*shown[:1], critical]) if shown else (), SERIES, strict=False):
        for kind, size, dashes, width in both:
            x = np.sort(arrays[f"{kind}_{size}_{T}"])
            x = x[:: max(1, len(x) // 500)]
            label = f"{text['label'].format(T=float(T))}, {text[kind].format(L=size)}"
            cumulative = (np.arange(len(x)) + 0.5) / len(x)
            curve(axis, x, cumulative, colors[color], dashes, linewidth=width, label=label)
    axis.set(ylim=(0, 1.0), xlim=(0, 1.45))
    axis.legend(loc="upper left", fontsize=7.5)


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
