"""Figure: the plane of temperature and field, hysteresis, and response against fluctuations."""

from functools import cache

import numpy as np

from scripts.common.style import COLORS, DASHES, MARKERS, WIDTH, diverging, plt, words
from scripts.ising.theory import strip
from scripts.ising.theory.onsager import critical_temperature

TEXT = {
    "T": ("temperature $T$", "温度 $T$"),
    "h": ("field $h$", "磁場 $h$"),
    "m": ("magnetization $m$", "磁化 $m$"),
    "map": ("a line of jumps ends at $T_c$", "跳びの線が $T_c$ で終わる"),
    "jump": ("jump", "跳び"),
    "loops": ("the field goes down and up", "磁場を下げ、また上げる"),
    "slow": ("slow", "遅い"),
    "fast": ("fast", "速い"),
    "rate": ("rate of the field, per sweep", "1スイープあたりの磁場の変化"),
    "area": ("area of the loop", "ループの面積"),
    "areas": ("slower loops: above $T_c$ nothing remains", "遅くすると、$T_c$ より上では消える"),
    "chi": (r"susceptibility $\chi$", r"磁化率 $\chi$"),
    "response": ("fluctuations foretell the response", "ゆらぎが応答を言い当てる"),
    "fluctuations": ("fluctuations", "ゆらぎ"),
    "slope": (r"slope $\Delta m / \Delta h$", r"傾き $\Delta m / \Delta h$"),
    "linear": (r"$\propto$ rate", "速さに比例"),
}
WIDTH_OF_STRIP = 10  # at h = 0.1 the strip differs from the plane by less than a line's width
CURVE = np.linspace(1.5, 3.6, 64)
FIELD = 0.1
STEP = 0.002
GUIDE = 5.0  # area over rate of the guide line
ONLY_FOR_CLAIMS = 3.03  # so close to T = 3 that the marks would hide each other


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``field_map``, ``loops``, ``hysteresis`` and ``response``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, axes = plt.subplots(2, 2, figsize=(WIDTH, 5.8))
    _map(figure, axes[0, 0], data["field_map"], text, theme)
    _loops(axes[0, 1], data["loops"], text, colors)
    _areas(axes[1, 0], data["hysteresis"], text, colors)
    _response(axes[1, 1], data["response"], text, colors)
    return figure


def _map(figure, axis, table, text, theme):
    colors, Tc = COLORS[theme], critical_temperature()
    grid = table.pivot(index="h", columns="T", values="magnetization")
    shown = axis.pcolormesh(
        grid.columns,
        grid.index,
        grid,
        cmap=diverging(theme),
        vmin=-1,
        vmax=1,
        shading="nearest",
        rasterized=True,
    )
    axis.plot([grid.columns.min(), Tc], [0, 0], color=colors["ink"], linewidth=2.2, linestyle="-", marker="")
    axis.plot(Tc, 0, color=colors["ink"], marker="o", markersize=7, linestyle="none")
    axis.annotate("$T_c$", (Tc, 0), xytext=(7, 5), textcoords="offset points", color=colors["ink"])
    axis.annotate(text["jump"], (1.5, 0), xytext=(0, 5), textcoords="offset points", color=colors["ink"])
    axis.set(xlabel=text["T"], ylabel=text["h"], title=text["map"])
    figure.colorbar(shown, ax=axis, pad=0.02).ax.set_title("$m$", fontsize=10)


def _loops(axis, table, text, colors):
    """One temperature on either side of T_c, each at its fastest rate but one and at its slowest."""
    Tc, temperatures = critical_temperature(), np.unique(table["T"])
    holds = np.unique(table["hold"])
    for T, color in ((temperatures[0], "vermilion"), (temperatures[temperatures > Tc][0], "blue")):
        for hold, style in ((holds[min(1, len(holds) - 1)], DASHES[1]), (holds[-1], "-")):
            loop = table[(table["T"] == T) & (table["hold"] == hold)]
            for way in ("down", "up"):
                axis.plot(
                    loop["h"], loop[way], color=colors[color], linestyle=style, marker="", linewidth=1.3
                )
    handles = [
        plt.Line2D([], [], color=colors["vermilion"], marker="", label=f"$T = {temperatures[0]:.1f} < T_c$"),
        plt.Line2D(
            [],
            [],
            color=colors["blue"],
            marker="",
            label=f"$T = {temperatures[temperatures > Tc][0]:.1f} > T_c$",
        ),
        plt.Line2D([], [], color=colors["muted"], marker="", linestyle=DASHES[1], label=text["fast"]),
        plt.Line2D([], [], color=colors["muted"], marker="", label=text["slow"]),
    ]
    axis.legend(handles=handles, loc="upper center", bbox_to_anchor=(0.5, 1.0), ncols=2, columnspacing=1.0)
    axis.set(xlabel=text["h"], ylabel=text["m"], title=text["loops"], xlim=(-1, 1), ylim=(-1.08, 1.7))
    axis.set_yticks([-1, -0.5, 0, 0.5, 1])


def _areas(axis, table, text, colors):
    names = ("vermilion", "purple", "green", "blue")
    for (T, rows), name, marker in zip(table.groupby("T"), names, MARKERS, strict=True):
        rows = rows[rows["area"] > 2 * rows["area_err"]]  # a logarithmic axis has no place for zero
        axis.errorbar(
            rows["rate"],
            rows["area"],
            rows["area_err"],
            color=colors[name],
            marker=marker,
            linestyle="-" if critical_temperature() > T else (0, (5, 1.6)),
            label=f"$T = {T:.1f}$",
        )
    rates = np.geomspace(table["rate"].min(), table["rate"].max(), 5)
    axis.plot(rates, GUIDE * rates, color=colors["muted"], linewidth=0.9, linestyle=(0, (1, 1)), marker="")
    axis.annotate(
        text["linear"],
        (rates[1], GUIDE * rates[1]),
        xytext=(5, -6),
        textcoords="offset points",
        color=colors["muted"],
        fontsize=8.5,
        va="top",
        ha="left",
    )
    axis.set(xscale="log", yscale="log", xlabel=text["rate"], ylabel=text["area"], title=text["areas"])
    axis.legend(loc="lower right")


@cache
def _exact_response():
    """dm/dh at h = 0.1 on a cylinder that is as good as infinite."""
    return np.array(
        [
            (
                strip.magnetization(WIDTH_OF_STRIP, T, FIELD + STEP)
                - strip.magnetization(WIDTH_OF_STRIP, T, FIELD - STEP)
            )
            / (2 * STEP)
            for T in CURVE
        ]
    )


def _response(axis, table, text, colors):
    """The same number twice, from runs that share nothing."""
    axis.plot(CURVE, _exact_response(), color=colors["vermilion"], linestyle="-", marker="", linewidth=1.1)
    for field, color in ((0.0, "blue"), (FIELD, "vermilion")):
        rows = table[(table["h"] == field) & (table["T"] != ONLY_FOR_CLAIMS)]
        axis.errorbar(
            rows["T"], rows["slope"], rows["slope_err"], color=colors[color], marker="s", markersize=7.5,
            markerfacecolor="none", linestyle="none",
        )  # fmt: skip
        axis.errorbar(
            rows["T"], rows["susceptibility"], rows["susceptibility_err"], color=colors[color], marker="o",
            linestyle="none",
        )  # fmt: skip
    ink = {"color": colors["ink"], "linestyle": "none"}
    handles = [
        plt.Line2D([], [], marker="o", label=text["fluctuations"], **ink),
        plt.Line2D([], [], marker="s", markersize=7.5, markerfacecolor="none", label=text["slope"], **ink),
    ]
    axis.annotate("$h = 0$", (2.72, 19), color=colors["blue"])
    axis.annotate(f"$h = {FIELD}$", (1.95, 0.08), color=colors["vermilion"])
    axis.legend(handles=handles, loc="lower right")
    axis.set(yscale="log", xlabel=text["T"], ylabel=text["chi"], title=text["response"], ylim=(0.01, 60))


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
