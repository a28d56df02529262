"""Figure: errors of tensor renormalization, and the spectrum of the coarse-grained tensor."""

from scripts.common.panels import curve, note, points, ticks
from scripts.common.style import COLORS, DASHES, MARKERS, WIDTH, plt, words
from scripts.renormalization.claims.exponents import plateau
from scripts.renormalization.theory import square

TEXT = {
    "chi": ("states kept", "残す状態の数"),
    "error": ("relative error of $f$", "$f$ の相対誤差"),
    "at": "$T = T_c$",
    "T": ("temperature $T$", "温度 $T$"),
    "scan": ("{chi} states", "{chi} 状態"),
    "L": ("$L$ of the tensor", "テンソルの大きさ $L$"),
    "spectrum": ("HOTRG, {chi} states (thin: {few})", "HOTRG、{chi} 状態（細線は {few}）"),
    "central_charge": "$c$",
    "energy": r"$x_\epsilon$",
    "spin": r"$x_\sigma$",
}
METHODS = (("trg", "TRG", "vermilion"), ("hotrg", "HOTRG", "blue"))
DIMENSIONS = (  # no color or marker of a method
    ("energy", square.ENERGY_DIMENSION, "purple", "D"),
    ("central_charge", square.CENTRAL_CHARGE, "ink", "v"),
    ("spin", square.SPIN_DIMENSION, "green", "^"),
)


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``tensor_rg`` and ``spectrum``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, (states, scan, spectrum) = plt.subplots(1, 3, figsize=(WIDTH, 3.2))
    table, tc = data["tensor_rg"].copy(), square.critical_temperature()
    table["error"] = (table["ln_z_per_site"] / table["exact"] - 1).abs()
    critical = (table["T"] - tc).abs() <= 1e-9
    scanned = table.loc[~critical, "chi"]
    states.set(xscale="log", yscale="log")  # now: a scan without points has no range to take the scale from
    scan.set(yscale="log")
    for (method, label, color), marker, dashes in zip(METHODS, MARKERS, DASHES, strict=False):
        at = table[(table["method"] == method) & critical].sort_values("chi")
        look = {"linestyle": dashes, "linewidth": 0.9, "label": label}
        points(states, at["chi"], at["error"], colors[color], marker, **look)
        rows = table[(table["method"] == method) & table["chi"].isin(scanned)].sort_values("T")
        points(scan, rows["T"], rows["error"], colors[color], marker, **look)
    scan.axvline(tc, color=colors["muted"], linestyle="--")
    states.set(xlabel=text["chi"], ylabel=text["error"], title=text["at"])
    ticks(states.xaxis, [4, 8, 16, 32])
    states.minorticks_off()
    states.legend(loc="lower left")
    chi = int(scanned.iloc[0]) if len(scanned) else 0
    scan.set(xlabel=text["T"], title=text["scan"].format(chi=chi))
    _spectrum(spectrum, data, text, colors)
    return figure


def _spectrum(axis, data, text, colors):
    critical, table = square.critical_temperature(), data["spectrum"]
    table = table[(table["T"] - critical).abs() < 1e-9].sort_values("L")
    judged = plateau(data, critical)  # the states that the chapter quotes and the claims judge
    chi, least = int(table["chi"].max() if judged is None else judged["chi"]), int(table["chi"].min())
    rows, few = table[table["chi"] == chi], table[table["chi"] == least]
    for (name, exact, color, marker), dashes in zip(DIMENSIONS, DASHES, strict=False):
        curve(axis, few["L"], few[name], colors[color], linewidth=0.6)
        axis.axhline(exact, color=colors["muted"], linestyle=":", linewidth=1.0)
        points(axis, rows["L"], rows[name], colors[color], marker, linestyle=dashes, linewidth=0.9)
        at = (rows["L"].iloc[min(3, len(rows) - 1)], exact)
        note(axis, text[name], at, (0, 6), colors[color], fontsize=13, ha="center")
    axis.set_xscale("log", base=2)
    axis.set(xlabel=text["L"], title=text["spectrum"].format(chi=chi, few=least), ylim=(0, 1.18))
    ticks(axis.xaxis, rows["L"].tolist()[::2])


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
