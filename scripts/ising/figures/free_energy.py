"""Figure: free energy, energy and entropy by thermodynamic integration, on Kaufman's exact curves."""

import numpy as np

from scripts.common.panels import curve, measured, note, points
from scripts.common.style import COLORS, WIDTH, plt, words
from scripts.ising.theory import kaufman, mean_field
from scripts.ising.theory.onsager import critical_temperature

TEXT = {
    "T": ("temperature $T$", "温度 $T$"),
    "per_spin": ("per spin", "1スピンあたり"),
    "free_energy": ("free energy $f$", "自由エネルギー $f$"),
    "energy": ("energy $e$", "エネルギー $e$"),
    "heat": ("entropy term $-Ts$", "エントロピー項 $-Ts$"),
    "mean_field": ("$f$, mean field", "平均場の $f$"),
    "who": ("energy rules when cold, entropy when hot", "低温ではエネルギー、高温ではエントロピー"),
    "entropy": ("entropy per spin $s$", "1スピンあたりのエントロピー $s$"),
    "full": ("the road to full disorder", "完全な無秩序への道"),
    "residual": (r"(measured $-$ exact) $\times 10^5$", r"(測定 − 厳密) $\times 10^5$"),
    "deviation": (r"(measured $-$ exact) / error", "(測定 − 厳密) / 誤差"),
    "in_free_energy": ("residual in $f$", "$f$ のずれ"),
    "in_entropy": ("residual in $s$", "$s$ のずれ"),
}
COLDEST, HOTTEST = 0.6, 5.2  # of the curves; hotter points stand in the table
SCALE = 1e5


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``free_energy``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors, tc = words(TEXT, language), COLORS[theme], critical_temperature()
    table = data["free_energy"]
    size, rows = int(table["L"].iloc[0]), table[table["T"] <= HOTTEST]
    figure, axes = plt.subplots(2, 2, figsize=(WIDTH, 5.3), sharex=True, height_ratios=[1, 0.65])
    for axis in axes.flat:
        axis.axvline(tc, color=colors["muted"], linewidth=0.9, linestyle=(0, (2, 2)), zorder=0)
    T = np.linspace(COLDEST, HOTTEST, 231)
    _balance(axes[0, 0], rows, (T, size), text, colors)
    _entropy(axes[0, 1], rows, (T, size), text, colors)
    _residuals(axes[1], rows, text, colors)
    return figure


def _balance(axis, rows, line, text, colors):
    """f = e - T s: which of the two terms makes most of f."""
    T, size = line
    f, e = kaufman.free_energy(size, T), kaufman.energy(size, T)
    look = {"linewidth": 1.3, "zorder": 2}
    curve(axis, T, mean_field.free_energy(T), colors["muted"], (0, (4, 1.5)), **look)
    for values, color in ((f, "blue"), (e, "vermilion"), (f - e, "green")):
        curve(axis, T, values, colors[color], **look)
    measured(axis, rows, "T", "free_energy", colors["blue"], zorder=3)
    measured(axis, rows, "T", "energy", colors["vermilion"], zorder=3)
    heat, err = -rows["T"] * rows["entropy"], rows["T"] * rows["entropy_err"]
    points(axis, rows["T"], heat, colors["green"], err=err, zorder=3)
    axis.annotate(text["energy"], (2.9, -0.4), color=colors["vermilion"], fontsize=8.5)
    axis.annotate(text["heat"], (3.15, -1.45), color=colors["green"], fontsize=8.5)
    axis.annotate(text["free_energy"], (0.65, -3.3), color=colors["blue"], fontsize=8.5)
    axis.annotate(
        text["mean_field"], (3.0, mean_field.free_energy(3.0)), (0.65, -2.7), color=colors["muted"],
        fontsize=8.5, arrowprops={"arrowstyle": "-", "color": colors["muted"], "linewidth": 0.7},
    )  # fmt: skip
    axis.set(ylabel=text["per_spin"], title=text["who"])


def _entropy(axis, rows, line, text, colors):
    T, size = line
    axis.axhline(np.log(2), color=colors["muted"], linewidth=0.9, linestyle=(0, (4, 1.5)))
    note(axis, r"$\ln 2$", (0.8, np.log(2)), (0, 4), colors["muted"])
    curve(axis, T, kaufman.entropy(size, T), colors["green"], linewidth=1.3)
    measured(axis, rows, "T", "entropy", colors["green"], zorder=3)
    note(axis, "$T_c$", (critical_temperature(), 0.02), (4, 0), colors["muted"])
    axis.set(ylabel=text["entropy"], title=text["full"], ylim=(-0.03, 0.78))


def _residuals(axes, rows, text, colors):
    """What is left when the exact values are taken away; for s, whose errors peak at T_c, in their units."""
    plain, scaled = axes
    for axis in axes:
        axis.axhline(0, color=colors["muted"], linewidth=0.7, zorder=1)
        axis.set_xlabel(text["T"])
    exact = [
        kaufman_of(rows["L"].iloc[0], rows["T"].to_numpy())
        for kaufman_of in (kaufman.free_energy, kaufman.entropy)
    ]
    left = SCALE * (rows["free_energy"] - exact[0])
    errors = SCALE * rows["free_energy_err"]
    points(plain, rows["T"], left, colors["blue"], err=errors)
    plain.set(ylabel=text["residual"], title=text["in_free_energy"])
    z = (rows["entropy"] - exact[1]) / rows["entropy_err"]
    scaled.axhspan(-2, 2, color=colors["grid"], zorder=0)
    points(scaled, rows["T"], z, colors["green"])
    scaled.set(ylabel=text["deviation"], title=text["in_entropy"], ylim=(-5, 5))


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
