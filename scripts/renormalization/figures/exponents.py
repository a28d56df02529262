"""Figure: exponents of Monte-Carlo renormalization, by interactions and steps, and by rule."""

from scripts.common.panels import by_value, measured
from scripts.common.style import COLORS, MARKERS, SERIES, WIDTH, plt, words
from scripts.renormalization.theory import square

TEXT = {
    "even": ("even interactions", "偶の相互作用の数"),
    "odd": ("odd interactions", "奇の相互作用の数"),
    "y_t": ("thermal exponent $y_T$", "熱的指数 $y_T$"),
    "y_h": ("magnetic exponent $y_h$", "磁気的指数 $y_h$"),
    "step": "{edge} → {half}",
    "rules": ("rules of blocking", "ブロック化のルール"),
    "k": ("$K_1$ of the blocks", "ブロックの $K_1$"),
    "majority": ("majority", "多数決"),
    "corner": ("ties: corner", "同数は隅"),
    "kadanoff": ("Kadanoff", "カダノフ"),
    "above": ("decimation, far above:\n$y_h = {:.3f}$", "デシメーションははるか上\n$y_h = {:.3f}$"),
}


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``mcrg`` and ``rules``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, (thermal, magnetic, rules) = plt.subplots(1, 3, figsize=(WIDTH, 3.3))
    table = data["mcrg"]
    table = table[table["L"] == table["L"].max()]
    levels = sorted(table["level"].unique())[:4]
    shown = table[table["level"].isin(levels)]
    for k, (level, rows, color, marker, dashes) in enumerate(by_value(shown, "level", theme)):
        edge, shift = int(rows["L"].iloc[0]) >> level, 0.12 * (k - (len(levels) - 1) / 2)
        look = {"linestyle": dashes, "linewidth": 0.8}
        look["label"] = text["step"].format(edge=edge, half=edge // 2)
        measured(thermal, rows, rows["n_even"] + shift, "y_t", color, marker, **look)
        odd = rows.drop_duplicates("n_odd")
        measured(magnetic, odd, odd["n_odd"] + shift, "y_h", color, marker, **look)
    for axis, exact in ((thermal, square.Y_T), (magnetic, square.Y_H), (rules, square.Y_H)):
        axis.axhline(exact, color=colors["muted"], linestyle=":")
    thermal.set(xlabel=text["even"], title=text["y_t"], xticks=range(1, 7))
    magnetic.set(xlabel=text["odd"], title=text["y_h"], xticks=range(1, 4))
    magnetic.margins(x=0.15)
    thermal.legend(loc="lower right")
    magnetic.legend(loc="center right", bbox_to_anchor=(1, 0.6))
    last = data["rules"][data["rules"]["edge"] == data["rules"]["edge"].min()]
    _rules(rules, last, text, colors)
    return figure


def _rules(axis, table, text, colors):
    """Rules with a fixed point; that of decimation, far above, would press them into a line."""
    shown = table[table["rule"] != "decimation"]
    for marker, color, (_, row) in zip(MARKERS, SERIES, shown.iterrows(), strict=False):
        look = {"xerr": row["k_nearest_err"], "markersize": 5, "label": text[row["rule"]]}
        measured(axis, row, "k_nearest", "y_h", colors[color], marker, **look)
    axis.set(xlabel=text["k"], title=text["rules"], ylabel="$y_h$")
    axis.margins(x=0.15, y=0.12)
    for y_h in table.loc[table["rule"] == "decimation", "y_h"]:
        corner = {"color": colors["purple"], "fontsize": 8.5, "transform": axis.transAxes}
        axis.text(0.04, 0.04, text["above"].format(y_h), **corner)
    axis.legend(loc="upper right", handletextpad=0.2)


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
