"""Figure: a continuous transition beside one of first order."""

from scripts.common.style import COLORS, DASHES, MARKERS, WIDTH, plt, series, words
from scripts.ising.lengths import CRITICAL
from scripts.ising.theory import critical_torus, onsager, potts

TEXT = {
    "energy": ("energy per site", "1サイトあたりのエネルギー"),
    "density": ("probability density", "確率密度"),
    "ising": ("Ising at $T_c$: one peak, narrowing", "臨界点のイジング：山は一つで、細くなる"),
    "potts": ("Potts, $q = 10$: two peaks and a valley", "ポッツ $q = 10$：山は二つで、谷が深くなる"),
    "ordered": ("ordered", "秩序相"),
    "disordered": ("disordered", "無秩序相"),
    "L": ("size $L$", "サイズ $L$"),
    "length": (r"correlation length over size, $\xi / L$", r"相関長とサイズの比 $\xi / L$"),
    "growing": ("Ising at $T_c$: grows with $L$", "臨界点のイジング：$L$ とともに伸びる"),
    "finite": ("Potts, disordered phase: stays finite", "ポッツの無秩序相：有限のまま"),
    "exact": ("exact limit", "厳密な極限"),
    "guide": (r"one $\xi$ for all sizes", r"$\xi$ がサイズによらない場合"),
}
STATES = 10


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``energies``, ``phases`` and ``correlation_lengths``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure = plt.figure(figsize=(WIDTH, 6.4))
    top, bottom = figure.subfigures(2, 1, height_ratios=[1.05, 1])
    continuous, jumping = top.subplots(1, 2)
    _energies(continuous, data["energies"], "ising", text, theme)
    limit = float(onsager.energy(float(CRITICAL)))
    continuous.axvline(limit, ymax=0.85, color=colors["muted"], linestyle=(0, (2, 2)))
    _energies(jumping, data["energies"], "potts", text, theme)
    _phases(jumping, text, colors)
    _lengths(bottom.subplots(1, 1), data, text, colors)
    return figure


def _energies(axis, table, model, text, theme):
    """Histograms of all sizes."""
    groups = table[table["model"] == model].groupby("L")
    for i, ((size, rows), color) in enumerate(zip(groups, series(theme, len(groups)), strict=True)):
        seen = rows[rows["density"] > 0]
        axis.errorbar(
            seen["energy"], seen["density"], seen["density_err"], color=color, linestyle=DASHES[i % 4],
            marker="", elinewidth=0.7, label=f"$L = {size}$",
        )  # fmt: skip
    axis.set(xlabel=text["energy"], ylabel=text["density"], title=text[model])
    axis.set_ylim(0, 1.42 * table.loc[table["model"] == model, "density"].max())
    axis.legend(loc="upper right" if model == "ising" else "upper center", ncols=1 if model == "ising" else 3,
                columnspacing=0.9, handlelength=1.6)  # fmt: skip


def _phases(axis, text, colors):
    """The exact energies of the two phases on the infinite lattice."""
    places = {"ordered": potts.ordered_energy(STATES), "disordered": potts.disordered_energy(STATES)}
    for (name, energy), side in zip(places.items(), ("left", "right"), strict=True):
        axis.axvline(energy, ymax=0.85, color=colors["muted"], linestyle=(0, (2, 2)))
        axis.annotate(
            text[name], (energy, 0.84), xycoords=("data", "axes fraction"), color=colors["muted"], va="top",
            xytext=(4 if side == "left" else -4, 0), textcoords="offset points", ha=side,
        )  # fmt: skip


def _lengths(axis, data, text, colors):
    """xi / L: constant where xi grows with the lattice, falling where it does not."""
    critical = data["correlation_lengths"]
    critical = critical[critical["T"].astype(float) == float(CRITICAL)].sort_values("L")
    pairs = [
        ("growing", critical["L"], critical["second_moment"], critical["second_moment_err"], "blue"),
        ("finite", *(data["phases"][key] for key in ("L", "length", "length_err")), "vermilion"),
    ]
    for marker, (name, size, length, err, color) in zip(MARKERS, pairs, strict=False):
        axis.errorbar(
            size, length / size, err / size, color=colors[color], marker=marker, linestyle="none",
            markersize=5, label=text[name],
        )  # fmt: skip
    limit = critical_torus.scaling_constants()["correlation_length"]
    axis.axhline(limit, color=colors["blue"], linewidth=0.9, linestyle=DASHES[1], label=text["exact"])
    _guide(axis, data["phases"], text, colors)
    axis.set(xscale="log", yscale="log", xlabel=text["L"], ylabel=text["length"], ylim=(0.03, 2.6))
    sizes = sorted({int(size) for _, column, *_ in pairs for size in column})
    axis.set_xticks(sizes, [str(size) for size in sizes])
    axis.set_xticks([], minor=True)
    axis.legend(loc="upper right", ncols=2)


def _guide(axis, phases, text, colors):
    """A constant length, as a line that falls like 1/L."""
    if phases.empty:
        return
    length = (phases["length"] / phases["length_err"] ** 2).sum() / (phases["length_err"] ** -2).sum()
    ends = phases["L"].agg(["min", "max"])
    axis.plot(
        ends, length / ends, color=colors["vermilion"], linewidth=0.9, linestyle=DASHES[2], marker="",
        label=text["guide"],
    )  # fmt: skip


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
