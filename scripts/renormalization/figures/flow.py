"""Figure: the flow of inferred couplings, the critical surface, and where rules of blocking end."""

from scripts.common.panels import curve, measured, points
from scripts.common.style import COLORS, DASHES, MARKERS, WIDTH, plt, words
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
        curve(axis, line["k_nearest"], line["k_diagonal"], colors["muted"], "--", label=text["surface"])
    whole = table = data["flow"]
    # Of each system and temperature the largest lattice, which the chapter quotes.
    table = table[table["L"] == table.groupby(["system", "T"])["L"].transform("max")]
    for (system, T), rows in table.groupby(["system", "T"], sort=False):
        if _is_critical(system, T) or abs(float(T) / square.critical_temperature() - 1) > CLEAR:
            _arrows(left, system, T, rows, colors)
    left.text(0.60, 0.16, text["order"], ha="center", color=colors["vermilion"])
    left.text(0.10, 0.05, text["disorder"], ha="center", color=colors["blue"])
    left.set(xlim=RANGE["x"], ylim=RANGE["y"], xlabel=text["k1"], ylabel=text["k2"], title=text["all"])
    # Enlarged, both at the size of the lattice with diagonals: what differs is then the material alone.
    other = whole.loc[whole["system"] == "square_diagonal", "L"]
    same = whole[whole["L"] == other.iloc[0]] if len(other) else table
    rules = data["rules"][data["rules"]["edge"] == data["rules"]["edge"].min()]
    _enlarged(right, same, rules, text, colors)
    return figure


def _named(system, rows, text):
    """The name of a system with the size that is drawn."""
    return text["named"].format(name=text[system], L=rows["L"].iloc[0]) if len(rows) else text[system]


def _is_critical(system, T):
    return system == "square_diagonal" or abs(float(T) - square.critical_temperature()) < 1e-9


def _arrows(axis, system, T, rows, colors):
    """Arrows from level to level; those that leave the panel end there."""
    color, marker = colors[SYSTEMS[system]], MARKERS[list(SYSTEMS).index(system)]
    if not _is_critical(system, T):
        color = colors["vermilion" if float(T) < square.critical_temperature() else "blue"]
    x, y = rows["k_nearest"].to_numpy(), rows["k_diagonal"].to_numpy()
    inside = rows["k_nearest"].between(*RANGE["x"]) & rows["k_diagonal"].between(*RANGE["y"])
    last = len(x) if inside.all() else inside.to_numpy().argmin()
    points(axis, x[:last], y[:last], color, marker, markersize=3)
    for k in range(last - 1):
        axis.annotate("", (x[k + 1], y[k + 1]), (x[k], y[k]), arrowprops=ARROW | {"color": color})


def _enlarged(axis, table, rules, text, colors):
    for marker, dashes, (system, color) in zip(MARKERS, DASHES, SYSTEMS.items(), strict=False):
        rows = table[table["system"] == system]
        rows = rows[[_is_critical(system, T) for T in rows["T"]]] if len(rows) else rows
        look = {"linestyle": dashes, "linewidth": 0.8, "label": _named(system, rows, text)}
        look["xerr"] = rows["k_nearest_err"]
        measured(axis, rows, "k_nearest", "k_diagonal", colors[color], marker, **look)
    rings = {"markersize": 9, "markerfacecolor": "none", "markeredgewidth": 1.6}
    for marker, (_, row) in zip("o^v", rules[rules["rule"] != "decimation"].iterrows(), strict=False):
        rings["label"] = text[row["rule"]]
        points(axis, row["k_nearest"], row["k_diagonal"], colors["purple"], marker, **rings)
    axis.set(**WINDOW, xlabel=text["k1"], title=text["near"])
    axis.legend(loc="lower left", fontsize=7.5, handlelength=1.6, labelspacing=0.6)


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
