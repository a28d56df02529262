"""Figure: the flow of inferred couplings, the critical surface, and where rules of blocking end."""

from scripts.common.style import COLORS, MARKERS, WIDTH, plt, words
from scripts.renormalization.theory import square

TEXT = {
    "k1": ("$K_1$, nearest neighbors", "$K_1$（最近接）"),
    "k2": ("$K_2$, diagonal neighbors", "$K_2$（斜め隣）"),
    "all": ("flow under the majority rule", "多数決によるフロー"),
    "near": ("at $T_c$, enlarged", "臨界点付近の拡大"),
    "surface": ("critical surface", "臨界面"),
    "square": ("square lattice", "正方格子"),
    "square_diagonal": ("with diagonals", "斜めの結合あり"),
    "order": ("to order", "秩序へ"),
    "disorder": ("to disorder", "無秩序へ"),
    "named": ("{name}, $L = {L}$", "{name}（$L = {L}$）"),
    "majority": ("majority", "多数決"),
    "corner": ("ties: corner", "同数は隅"),
    "kadanoff": ("Kadanoff", "カダノフ"),
}
SYSTEMS = {"square": "ink", "square_diagonal": "green"}
CLEAR = 0.012  # of T / T_c: flows closer to the critical one would cover it
WINDOW = {"xlim": (0.265, 0.375), "ylim": (0.058, 0.122)}
ARROW = {"arrowstyle": "-|>", "shrinkA": 1, "shrinkB": 1, "linewidth": 0.9, "mutation_scale": 7}
RANGE = {"x": (0.0, 0.68), "y": (-0.03, 0.23)}


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``flow``, ``critical_line`` and ``rules``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, (left, right) = plt.subplots(1, 2, figsize=(WIDTH, 3.6))
    line = data["critical_line"]
    for axis in (left, right):
        axis.plot(
            line["k_nearest"], line["k_diagonal"], color=colors["muted"], linestyle="--", marker="",
            label=text["surface"],
        )  # fmt: skip
    table = data["flow"]
    # Of each system and temperature the largest lattice, which the chapter quotes.
    table = table[table["L"] == table.groupby(["system", "T"])["L"].transform("max")]
    for (system, T), rows in table.groupby(["system", "T"], sort=False):
        if _is_critical(system, T) or abs(float(T) / square.critical_temperature() - 1) > CLEAR:
            _arrows(left, system, T, rows, colors)
    left.text(0.60, 0.16, text["order"], ha="center", color=colors["vermilion"])
    left.text(0.10, 0.05, text["disorder"], ha="center", color=colors["blue"])
    left.set(xlim=RANGE["x"], ylim=RANGE["y"], xlabel=text["k1"], ylabel=text["k2"], title=text["all"])
    _enlarged(right, table, data["rules"], text, colors)
    return figure


def _named(system, rows, text):
    """The name of a system with the size that is drawn."""
    return text["named"].format(name=text[system], L=rows["L"].iloc[0]) if len(rows) else text[system]


def _is_critical(system, T):
    return system == "square_diagonal" or abs(float(T) - square.critical_temperature()) < 1e-9


def _arrows(axis, system, T, rows, colors):
    """Arrows from level to level; those that leave the panel end there."""
    color = colors[SYSTEMS[system]]
    if not _is_critical(system, T):
        color = colors["vermilion" if float(T) < square.critical_temperature() else "blue"]
    x, y = rows["k_nearest"].to_numpy(), rows["k_diagonal"].to_numpy()
    marker = MARKERS[1] if system == "square_diagonal" else MARKERS[0]
    inside = [
        RANGE["x"][0] <= a <= RANGE["x"][1] and RANGE["y"][0] <= b <= RANGE["y"][1]
        for a, b in zip(x, y, strict=True)
    ]
    last = inside.index(False) if False in inside else len(x)
    axis.plot(x[:last], y[:last], color=color, marker=marker, markersize=3, linestyle="none")
    for k in range(last - 1):
        axis.annotate(
            "", (x[k + 1], y[k + 1]), (x[k], y[k]),
            arrowprops=ARROW | {"color": color},
        )  # fmt: skip


def _enlarged(axis, table, rules, text, colors):
    for marker, (system, color) in zip(MARKERS, SYSTEMS.items(), strict=False):
        rows = table[table["system"] == system]
        rows = rows[[_is_critical(system, T) for T in rows["T"]]] if len(rows) else rows
        axis.errorbar(
            rows["k_nearest"], rows["k_diagonal"], rows["k_diagonal_err"], rows["k_nearest_err"],
            color=colors[color], marker=marker, linewidth=0.8, label=_named(system, rows, text),
        )  # fmt: skip
    for marker, (_, row) in zip("o^v", rules[rules["rule"] != "decimation"].iterrows(), strict=False):
        axis.plot(
            [row["k_nearest"]], [row["k_diagonal"]], marker=marker, markersize=9, linestyle="none",
            color=colors["purple"], markerfacecolor="none", markeredgewidth=1.6, label=text[row["rule"]],
        )  # fmt: skip
    axis.set(**WINDOW, xlabel=text["k1"], title=text["near"])
    axis.legend(loc="lower left", fontsize=7.5, handlelength=1.6, labelspacing=0.6)


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
