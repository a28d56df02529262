"""Figure: recall collapses at a load that approaches the capacity of replica theory as networks grow."""

import numpy as np
import pandas as pd

from scripts.common.panels import by_value, curve, measured
from scripts.common.style import COLORS, DASHES, WIDTH, plt, steps, words

TEXT = {
    "alpha": (r"load $\alpha = P/N$", r"負荷率 $\alpha = P/N$"),
    "m": ("overlap $m$ with the memory", "記憶との重なり $m$"),
    "theory": ("replica theory, $N = \\infty$", "レプリカ理論 $N = \\infty$"),
    "unstable": ("symmetry broken above $T = 0.005$", "$T = 0.005$ より上で対称性が破れる範囲"),
    "bare": ("no feedback of errors", "誤りのフィードバックなし"),
    "kept": ("share that keeps the memory", "記憶を保つ割合"),
    "size": "$N^{-1/2}$",
    "lost": ("load where memories are lost", "記憶を失う負荷率"),
    "half_kept": ("half of the runs", "半数が失う"),
    "jump": ("jump of the mean", "平均の跳び"),
    "root": ("in $N^{-1/2}$", "$N^{-1/2}$ で外挿"),
    "inverse": ("in $1/N$", "$1/N$ で外挿"),
    "limit": (r"$\alpha_c$ of theory", r"理論の $\alpha_c$"),
    "N": "$N = {N}$",
}
LARGE = 20  # the smallest size in the fits is the largest over this


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``retrieval``, ``transition``, ``thresholds``, ``capacity``, ``overlap_theory``, ``lines``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure = plt.figure(figsize=(WIDTH, 6.3))
    top, bottom = figure.subfigures(2, 1, height_ratios=[1.15, 1])
    overlap, (kept, limit) = top.subplots(), bottom.subplots(1, 2)
    styles = {N: look for N, _, *look in by_value(data["transition"], "N", theme, steps)}
    _overlap(overlap, data, styles, text, colors)
    _kept(kept, data, styles, text, colors)
    _limit(limit, data, text, colors)
    top.legend(*overlap.get_legend_handles_labels(), loc="outside right center")
    return figure


def _runs(data, N):
    """All loads of one size at T = 0, in order."""
    cold, edge = data["retrieval"].query("T == 0 and N == @N"), data["transition"].query("N == @N")
    return pd.concat([cold, edge])[["alpha", "overlap", "overlap_err"]].astype(float)


def _overlap(axis, data, styles, text, colors):
    theory = data["overlap_theory"]
    shaky = data["lines"].dropna(subset=["T_R"])["alpha"]
    end = theory["alpha"].iloc[-1]
    if len(shaky):
        axis.axvspan(shaky.min(), end, color=colors["grid"], linewidth=0, label=text["unstable"])
    curve(axis, theory["alpha"], theory["overlap"], colors["vermilion"], linewidth=2, label=text["theory"])
    curve(axis, [end, end], [0.0, theory["overlap"].iloc[-1]], colors["vermilion"], ":")
    curve(axis, theory["alpha"], theory["one_step"], colors["green"], DASHES[1], label=text["bare"])
    for N, (color, marker, _) in styles.items():
        look = {"linestyle": "-", "linewidth": 0.8, "label": text["N"].format(N=N)}
        measured(axis, _runs(data, N).sort_values("alpha"), "alpha", "overlap", color, marker, **look)
    axis.set(xlim=(0, 0.22), ylim=(0, 1.06), xlabel=text["alpha"], ylabel=text["m"])
    _inset(axis.inset_axes([0.09, 0.12, 0.42, 0.6]), data, styles, colors)


def _inset(inset, data, styles, colors):
    """The largest networks on the curve of theory, enlarged."""
    theory = data["overlap_theory"]
    curve(inset, theory["alpha"], theory["overlap"], colors["vermilion"], linewidth=2)
    curve(inset, theory["alpha"], theory["one_step"], colors["green"], DASHES[1])
    for N in list(styles)[-3:]:
        color, marker, _ = styles[N]
        inside = _runs(data, N).query("0.074 < alpha < 0.14 and overlap > 0.962")
        measured(inset, inside, "alpha", "overlap", color, marker)
    inset.set(xlim=(0.075, 0.14), ylim=(0.962, 1.002))
    inset.tick_params(labelsize=7.5)


def _kept(axis, data, styles, text, colors):
    table = data["transition"]
    for N, (color, marker, _) in styles.items():
        rows = table[table["N"] == N]
        measured(axis, rows, "alpha", "fraction_retrieved", color, marker, linestyle="-", linewidth=0.8)
    axis.axvline(data["overlap_theory"]["alpha"].iloc[-1], color=colors["vermilion"], linestyle=":")
    axis.set(xlim=(0.12, 0.22), ylim=(-0.04, 1.04), xlabel=text["alpha"], ylabel=text["kept"])


def _limit(axis, data, text, colors):
    table, fits = data["thresholds"], data["capacity"]
    for name, marker, face, shift in (("half_kept", "o", "ink", 0), ("jump", "s", "ground", 0.0006)):
        rows = table[table["definition"] == name]
        look = {"markerfacecolor": colors[face], "label": text[name]}
        measured(axis, rows, rows["N"] ** -0.5 + shift, "alpha", colors["ink"], marker, **look)
    x = np.linspace(0, (table["N"].max() / LARGE) ** -0.5, 100)
    for form, color, dashes, key, power in (
        ("inverse_root", "blue", "-", "root", x),
        ("inverse", "purple", DASHES[3], "inverse", x**2),
    ):
        for _, fit in fits[(fits["form"] == form) & (fits["definition"] == "half_kept")].iterrows():
            curve(axis, x, fit["alpha_c"] + fit["slope"] * power, colors[color], dashes, label=text[key])
    end = data["overlap_theory"]["alpha"].iloc[-1]
    axis.axhline(end, color=colors["vermilion"], linestyle=":", label=text["limit"])
    axis.set(xlim=(-0.001, 0.0335), ylim=(0.132, 0.172), xlabel=text["size"], ylabel=text["lost"])
    axis.legend(loc="upper left")


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
