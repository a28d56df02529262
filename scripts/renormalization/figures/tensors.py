"""Figure: errors of tensor renormalization, and the spectrum of the coarse-grained tensor."""

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
    figure, axes = plt.subplots(1, 3, figsize=(WIDTH, 3.2))
    critical = square.critical_temperature()
    table = data["tensor_rg"]
    off = table[(table["T"] - critical).abs() > 1e-9]
    for (method, label, color), marker in zip(METHODS, MARKERS, strict=False):
        at = table[(table["method"] == method) & ((table["T"] - critical).abs() < 1e-9)].sort_values("chi")
        style = {"color": colors[color], "marker": marker, "label": label, "linewidth": 0.9}
        axes[0].loglog(at["chi"], at["relative_error"], **style)
        rows = table[(table["method"] == method) & table["chi"].isin(off["chi"])].sort_values("T")
        axes[1].semilogy(rows["T"], rows["relative_error"], **style)
    axes[1].axvline(critical, color=colors["muted"], linestyle="--", marker="")
    axes[0].set(xlabel=text["chi"], ylabel=text["error"], title=text["at"])
    ticks = [4, 8, 16, 32]
    axes[0].set_xticks(ticks, [str(t) for t in ticks])
    axes[0].minorticks_off()
    scan = int(off["chi"].iloc[0]) if len(off) else 0
    axes[1].set(xlabel=text["T"], title=text["scan"].format(chi=scan))
    axes[0].legend(loc="lower left")
    _spectrum(axes[2], data, text, colors)
    return figure


def _spectrum(axis, data, text, colors):
    critical = square.critical_temperature()
    table = data["spectrum"]
    table = table[(table["T"] - critical).abs() < 1e-9]
    judged = plateau(data, critical)  # the states that the chapter quotes and the claims judge
    chi = table["chi"].max() if judged is None else judged["chi"]
    rows = table[table["chi"] == chi].sort_values("L")
    few = table[table["chi"] == table["chi"].min()].sort_values("L")
    for (name, exact, color, marker), dash in zip(DIMENSIONS, DASHES, strict=False):
        axis.semilogx(
            few["L"], few[name], color=colors[color], marker="", linestyle="-", linewidth=0.6, base=2
        )
        axis.axhline(exact, color=colors["muted"], linestyle=":", marker="", linewidth=1.0)
        axis.semilogx(
            rows["L"], rows[name], color=colors[color], marker=marker, linestyle=dash, linewidth=0.9, base=2
        )
        axis.annotate(
            text[name],
            (rows["L"].iloc[min(3, len(rows) - 1)], exact),
            (0, 6),
            textcoords="offset points",
            color=colors[color],
            fontsize=13,
            ha="center",
        )
    axis.set(
        xlabel=text["L"],
        title=text["spectrum"].format(chi=int(rows["chi"].iloc[0]), few=int(few["chi"].iloc[0])),
        ylim=(0, 1.18),
    )
    ticks = rows["L"].tolist()[::2]
    axis.set_xticks(ticks, [str(t) for t in ticks])
    axis.minorticks_off()


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
