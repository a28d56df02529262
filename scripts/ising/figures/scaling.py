"""Figure: magnetization and susceptibility of all sizes collapse; fitted exponents beside exact ones."""

import numpy as np

from scripts.common.panels import by_value, curve, measured, note
from scripts.common.style import COLORS, WIDTH, plt, words
from scripts.ising.theory import kaufman, onsager

TEXT = {
    "x": r"$t\,L^{1/\nu}$,   $t = 1 - T_c/T$",
    "abs_magnetization": r"$\langle |\,m\,| \rangle\, L^{\beta/\nu}$",
    "susceptibility": r"$T \chi\, L^{-\gamma/\nu}$",
    "raw_abs_magnetization": (r"$\langle |\,m\,| \rangle$ against $T$", r"$\langle |\,m\,| \rangle$ と $T$"),
    "raw_susceptibility": (r"$\chi$ against $T$", r"$\chi$ と $T$"),
    "L": ("size $L$", "サイズ $L$"),
    "heat": ("specific heat $c$ at $T_c$", "$T_c$ での比熱 $c$"),
    "torus": ("exact, finite torus", "有限トーラスの厳密解"),
    "logarithm": (r"slope $8K_c^2/\pi$ in $\ln L$", r"$\ln L$ に対する傾き $8K_c^2/\pi$"),
    "deviation": ("fitted minus exact, in %", "当てはめの値の厳密な値からのずれ (%)"),
}
POWERS = {"abs_magnetization": 1 / 8, "susceptibility": -7 / 4}  # beta/nu and -gamma/nu, with nu = 1
REACH = (-4.0, 10.0)  # of the scaled temperature
EXPONENTS = {
    "beta_over_nu": (r"$\beta/\nu = 1/8$", 1 / 8),
    "gamma_over_nu": ("$\\gamma/\\nu = 7/4$\n" r"$(\langle m^2 \rangle)$", 7 / 4),
    "gamma_over_nu_connected": ("$\\gamma/\\nu = 7/4$\n" r"$(\chi)$", 7 / 4),
    "nu": (r"$\nu = 1$", 1.0),
    "specific_heat_slope": ("$dc/d\\ln L$\n" r"$= 8K_c^2/\pi$", onsager.specific_heat_amplitude()),
}


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``thermodynamics`` and ``exponents``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text = words(TEXT, language)
    figure, axes = plt.subplots(2, 2, figsize=(WIDTH, 6.2))
    table = data["thermodynamics"].query("h == 0").sort_values(["L", "T"])
    for axis, name in zip(axes[0], POWERS, strict=True):
        _collapse(axis, table, name, theme)
        axis.set(xlabel=text["x"], ylabel=text[name], xlim=REACH)
        _uncollapsed(axis, table, name, text, theme)
    _logarithm(axes[1, 0], table, text, theme)
    _deviations(axes[1, 1], data["exponents"].set_index("exponent"), text, theme)
    handles, labels = axes[0, 0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper center", ncols=max(1, len(labels)))
    return figure


def _collapse(axis, table, name, theme):
    """All sizes in scaled coordinates, with the exact exponents and the exact T_c."""
    for size, rows, color, marker, _ in by_value(table, "L", theme):
        x = (1 - onsager.critical_temperature() / rows["T"]) * size
        factor = size ** POWERS[name] * rows["T"] ** (name == "susceptibility")  # T chi: the fluctuation
        scaled = rows[[name, f"{name}_err"]].mul(factor, axis=0)[x.between(*REACH)]
        measured(axis, scaled, x[scaled.index], name, color, marker, label=f"$L = {size}$")
    axis.axvline(0, color=COLORS[theme]["grid"], linewidth=0.9, zorder=0)
    axis.set_ylim(0, None)


def _uncollapsed(axis, table, name, text, theme):
    """The same numbers as measured, small."""
    inset = axis.inset_axes([0.58, 0.50, 0.38, 0.40])
    for _, rows, color, *_ in by_value(table, "L", theme):
        curve(inset, rows["T"], rows[name], color, linewidth=1.0)
    inset.set_xlim(1.9, 3.0)
    if name == "susceptibility":
        inset.set_yscale("log")
    inset.set_title(text[f"raw_{name}"], fontsize=8, color=COLORS[theme]["muted"], pad=3)
    inset.tick_params(labelsize=7)


def _logarithm(axis, table, text, theme):
    """The specific heat at T_c on the exact values of the torus, which approach a straight line in ln L."""
    colors, tc = COLORS[theme], onsager.critical_temperature()
    sizes = np.arange(4, 2 * table["L"].max() + 1, 2)
    torus = np.array([kaufman.specific_heat(int(size), tc) for size in sizes])
    amplitude = onsager.specific_heat_amplitude()
    line = torus[-1] + amplitude * np.log(sizes / sizes[-1])
    curve(axis, sizes, line, colors["muted"], (0, (4, 2)), label=text["logarithm"])
    curve(axis, sizes, torus, colors["ink"], linewidth=0.9, label=text["torus"])
    rows = table[np.abs(table["T"] - tc) < 1e-6]
    measured(axis, rows, "L", "specific_heat", colors["vermilion"], markersize=5, zorder=3)
    axis.set_xscale("log", base=2)
    axis.xaxis.set_major_formatter("{x:.0f}")
    axis.set(xlabel=text["L"], ylabel=text["heat"])
    axis.legend(loc="upper left")


def _deviations(axis, exponents, text, theme):
    """Every fitted number beside its exact value."""
    colors = COLORS[theme]
    axis.axvline(0, color=colors["muted"], linewidth=0.9, linestyle=(0, (2, 2)))
    names = [name for name in EXPONENTS if name in exponents.index]
    ground = {"facecolor": colors["ground"], "edgecolor": "none", "pad": 0.8}
    for i, name in enumerate(names):
        row, exact = exponents.loc[name], EXPONENTS[name][1]
        error = np.hypot(row["value_err"], row["correction_err"])
        shift = 100 * (row["value"] / exact - 1)
        axis.errorbar(shift, -i, xerr=100 * error / exact, color=colors["blue"], marker="o", markersize=5)
        label = _quantity(row["value"], error)
        note(axis, label, (shift, -i), (0, 7), colors["ink"], ha="center", fontsize=8.5, bbox=ground)
    axis.set_yticks([-i for i in range(len(names))], [EXPONENTS[name][0] for name in names])
    axis.tick_params(axis="y", which="minor", left=False, right=False)
    axis.set_ylim(-max(len(names) - 0.5, 0.5), 0.6)
    reach = 1.15 * max(np.abs(axis.get_xlim()))
    axis.set(xlim=(-reach, reach), xlabel=text["deviation"])


def _quantity(value, error):
    """Value and error with two digits of the error."""
    digits = max(0, 1 - int(np.floor(np.log10(error))))
    return f"{value:.{digits}f} ± {error:.{digits}f}"


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
