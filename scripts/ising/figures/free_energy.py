"""Figure: free energy, energy and entropy by thermodynamic integration, on Kaufman's exact curves."""

import numpy as np

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
    text, colors = words(TEXT, language), COLORS[theme]
    table = data["free_energy"]
    size, rows = int(table["L"].iloc[0]), table[table["T"] <= HOTTEST]
    figure, axes = plt.subplots(
        2, 2, figsize=(WIDTH, 5.3), sharex=True, gridspec_kw={"height_ratios": [1, 0.65]}
    )
    for axis in axes.flat:
        axis.axvline(
            critical_temperature(), color=colors["muted"], linewidth=0.9, linestyle=(0, (2, 2)), zorder=0
        )
    T = np.linspace(COLDEST, HOTTEST, 231)
    _balance(axes[0, 0], rows, (T, size), text, colors)
    _entropy(axes[0, 1], rows, (T, size), text, colors)
    _residuals(axes[1], rows, text, colors)
    return figure


def _points(axis, rows, name, color, sign=1.0):
    values, errors = sign * rows[name], np.abs(sign) * rows[f"{name}_err"]
    axis.errorbar(rows["T"], values, errors, color=color, marker="o", linestyle="none", zorder=3)


def _balance(axis, rows, curve, text, colors):
    """f = e - T s: which of the two terms makes most of f."""
    T, size = curve
    f, e = kaufman.free_energy(size, T), kaufman.energy(size, T)
    line = {"marker": "", "linewidth": 1.3, "zorder": 2}
    axis.plot(T, mean_field.free_energy(T), color=colors["muted"], linestyle=(0, (4, 1.5)), **line)
    axis.plot(T, f, color=colors["blue"], linestyle="-", **line)
    axis.plot(T, e, color=colors["vermilion"], linestyle="-", **line)
    axis.plot(T, f - e, color=colors["green"], linestyle="-", **line)
    _points(axis, rows, "free_energy", colors["blue"])
    _points(axis, rows, "energy", colors["vermilion"])
    _points(axis, rows, "entropy", colors["green"], -rows["T"])
    for name, color, place in (
        ("energy", "vermilion", (2.9, -0.4)),
        ("heat", "green", (3.15, -1.45)),
        ("free_energy", "blue", (0.65, -3.3)),
    ):
        axis.annotate(text[name], place, color=colors[color], fontsize=8.5)
    axis.annotate(
        text["mean_field"], (3.0, mean_field.free_energy(3.0)), xytext=(0.65, -2.7), fontsize=8.5,
        color=colors["muted"], arrowprops={"arrowstyle": "-", "color": colors["muted"], "linewidth": 0.7},
    )  # fmt: skip
    axis.set(ylabel=text["per_spin"], title=text["who"])


def _entropy(axis, rows, curve, text, colors):
    T, size = curve
    axis.axhline(np.log(2), color=colors["muted"], linewidth=0.9, linestyle=(0, (4, 1.5)))
    axis.annotate(
        r"$\ln 2$", (0.8, np.log(2)), xytext=(0, 4), textcoords="offset points", color=colors["muted"]
    )
    axis.plot(T, kaufman.entropy(size, T), color=colors["green"], linestyle="-", marker="", linewidth=1.3)
    _points(axis, rows, "entropy", colors["green"])
    axis.annotate(
        "$T_c$",
        (critical_temperature(), 0.02),
        xytext=(4, 0),
        textcoords="offset points",
        color=colors["muted"],
    )
    axis.set(ylabel=text["entropy"], title=text["full"], ylim=(-0.03, 0.78))


def _residuals(axes, rows, text, colors):
    """What is left when the exact values are taken away; for s, whose errors peak at T_c, in their units."""
    plain, scaled = axes
    for axis in axes:
        axis.axhline(0, color=colors["muted"], linewidth=0.7, zorder=1)
        axis.set_xlabel(text["T"])
    left = SCALE * (rows["free_energy"] - rows["free_energy_exact"])
    errors = SCALE * rows["free_energy_err"]
    plain.errorbar(rows["T"], left, errors, color=colors["blue"], marker="o", linestyle="none")
    plain.set(ylabel=text["residual"], title=text["in_free_energy"])
    z = (rows["entropy"] - rows["entropy_exact"]) / rows["entropy_err"]
    scaled.axhspan(-2, 2, color=colors["grid"], zorder=0)
    scaled.plot(rows["T"], z, color=colors["green"], marker="o", linestyle="none")
    scaled.set(ylabel=text["deviation"], title=text["in_entropy"], ylim=(-5, 5))


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
