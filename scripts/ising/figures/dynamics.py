"""Figure: at T_c local moves slow down with the size of the lattice, cluster moves hardly do."""

import numpy as np

from scripts.common.panels import curve, measured, note, ticks
from scripts.common.style import COLORS, DASHES, WIDTH, plt, words

TEXT = {
    "names": {
        "metropolis": ("Metropolis", "メトロポリス法"),
        "swendsen_wang": ("Swendsen-Wang", "スウェンセン・ワン法"),
        "wolff": ("Wolff", "ウォルフ法"),
    },
    "lag": ("sweeps later", "経過スイープ数"),
    "memory": (r"autocorrelation of $|\,m\,|$", r"$|\,m\,|$ の自己相関"),
    "largest": ("memory at $T_c$, $L = {size}$", "臨界点での記憶、$L = {size}$"),
    "L": ("size $L$", "サイズ $L$"),
    "tau": (
        r"autocorrelation time $\tau$ of $|\,m\,|$ in sweeps",
        r"$|\,m\,|$ の自己相関時間 $\tau$（スイープ）",
    ),
    "samples": ("independent samples per sweep", "1スイープあたりの独立な標本数"),
    "growth": (r"growth $\tau \sim L^z$", r"増え方 $\tau \sim L^z$"),
}
STYLES = {
    "metropolis": ("vermilion", "o", DASHES[0]),
    "swendsen_wang": ("blue", "s", DASHES[1]),
    "wolff": ("green", "^", DASHES[2]),
}


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``dynamics``, ``memory`` and ``dynamic_exponents``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, (memory, growth) = plt.subplots(1, 2, figsize=(WIDTH, 3.9))
    _memory(memory, data["memory"], text, colors)
    _growth(growth, data["dynamics"], data["dynamic_exponents"], text, colors)
    figure.legend(*growth.get_legend_handles_labels(), loc="outside upper center", ncols=len(STYLES))
    return figure


def _memory(axis, table, text, colors):
    """The autocorrelation function of the largest lattice."""
    size = table["L"].max()
    for name, (color, _, dashes) in STYLES.items():
        rows = table[(table["dynamics"] == name) & (table["L"] == size)]
        curve(axis, rows["sweeps"], rows["autocorrelation"], colors[color], dashes)
    axis.axhline(0, color=colors["muted"], linewidth=0.8)
    axis.set(xscale="log", ylim=(-0.06, 1.04), xlabel=text["lag"], ylabel=text["memory"])
    axis.set_title(text["largest"].format(size=size))


def _growth(axis, times, exponents, text, colors):
    """tau against L with the fitted powers, each over the sizes it was fitted to."""
    for name, (color, marker, dashes) in STYLES.items():
        rows = times[times["dynamics"] == name].sort_values("L")
        look = {"linestyle": dashes, "linewidth": 0.9, "markersize": 4.5, "label": text["names"][name]}
        measured(axis, rows, "L", "tau_abs_magnetization", colors[color], marker, **look)
        _exponent(axis, rows, exponents[exponents["dynamics"] == name], colors[color])
    axis.set(xscale="log", yscale="log", xlabel=text["L"], ylabel=text["tau"], title=text["growth"])
    axis.set_ylim(times["tau_abs_magnetization"].min() / 2, times["tau_abs_magnetization"].max() * 2)
    sizes = sorted(times["L"].unique())
    ticks(axis.xaxis, [size for size in sizes if np.log2(size) % 1 == 0] or sizes)
    samples = axis.secondary_yaxis("right", functions=(_reciprocal, _reciprocal))
    samples.set_ylabel(text["samples"])
    axis.tick_params(right=False, which="both")


def _reciprocal(tau):
    """Independent samples per sweep, 1 / (2 tau); its own inverse."""
    return 1 / (2 * np.maximum(tau, 1e-12))


def _exponent(axis, rows, exponents, color):
    """The value of z beside the curve."""
    found = exponents[exponents["quantity"] == "abs_magnetization"]
    if found.empty:
        return
    middle = rows.iloc[len(rows) // 2]
    z, err = found["z"].iloc[0], found["z_err"].iloc[0]
    label, at = f"$z = {z:.2f} \\pm {max(err, 0.005):.2f}$", (middle["L"], middle["tau_abs_magnetization"])
    lowest = rows["dynamics"].iloc[0] == "wolff"
    note(axis, label, at, (0, -17 if lowest else 12), color, ha="right" if z > 1 else "center")


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
