"""Figure: a continuous transition beside one of first order."""

from scripts.common.panels import by_value, curve, measured, note, ticks
from scripts.common.style import COLORS, DASHES, MARKERS, WIDTH, plt, words
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
    table = table[table["model"] == model]
    for size, rows, color, _, dashes in by_value(table, "L", theme):
        seen, look = rows[rows["density"] > 0], {"elinewidth": 0.7, "label": f"$L = {size}$"}
        measured(axis, seen, "energy", "density", color, marker="", linestyle=dashes, **look)
    axis.set(xlabel=text["energy"], ylabel=text["density"], title=text[model])
    axis.set_ylim(0, 1.42 * table["density"].max())
    place = {"loc": "upper right"} if model == "ising" else {"loc": "upper center", "ncols": 3}
    axis.legend(**place, columnspacing=0.9, handlelength=1.6)


def _phases(axis, text, colors):
    """The exact energies of the two phases on the infinite lattice."""
    for name, energy, side, shift in (
        ("ordered", potts.ordered_energy(STATES), "left", 4),
        ("disordered", potts.disordered_energy(STATES), "right", -4),
    ):
        axis.axvline(energy, ymax=0.85, color=colors["muted"], linestyle=(0, (2, 2)))
        place = {"xycoords": ("data", "axes fraction"), "va": "top", "ha": side}
        note(axis, text[name], (energy, 0.84), (shift, 0), colors["muted"], **place)


def _lengths(axis, data, text, colors):
    """xi / L: constant where xi grows with the lattice, falling where it does not."""
    critical = data["correlation_lengths"]
    critical = critical[critical["T"].astype(float) == float(CRITICAL)].sort_values("L")
    sizes = set()
    for name, rows, column, color, marker in (
        ("growing", critical, "second_moment", "blue", MARKERS[0]),
        ("finite", data["phases"], "length", "vermilion", MARKERS[1]),
    ):
        look = {"over": rows["L"], "markersize": 5, "label": text[name]}
        measured(axis, rows, "L", column, colors[color], marker, **look)
        sizes |= set(rows["L"])
    limit = critical_torus.scaling_constants()["correlation_length"]
    axis.axhline(limit, color=colors["blue"], linewidth=0.9, linestyle=DASHES[1], label=text["exact"])
    _guide(axis, data["phases"], text, colors)
    axis.set(xscale="log", yscale="log", xlabel=text["L"], ylabel=text["length"], ylim=(0.03, 2.6))
    ticks(axis.xaxis, sorted(sizes))
    axis.legend(loc="upper right", ncols=2)


def _guide(axis, phases, text, colors):
    """A constant length, as a line that falls like 1/L."""
    if phases.empty:
        return
    length = (phases["length"] / phases["length_err"] ** 2).sum() / (phases["length_err"] ** -2).sum()
    ends = phases["L"].agg(["min", "max"])
    curve(axis, ends, length / ends, colors["vermilion"], DASHES[2], linewidth=0.9, label=text["guide"])


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
