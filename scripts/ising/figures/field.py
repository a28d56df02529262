"""Figure: the plane of temperature and field, hysteresis, and response against fluctuations."""

from functools import cache

import numpy as np

from scripts.common.panels import curve, measured, note, points
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
    look = {"cmap": diverging(theme), "vmin": -1, "vmax": 1, "shading": "nearest", "rasterized": True}
    shown = axis.pcolormesh(grid.columns, grid.index, grid, **look)
    curve(axis, [grid.columns.min(), Tc], [0, 0], colors["ink"], linewidth=2.2)
    points(axis, Tc, 0, colors["ink"], markersize=7)
    note(axis, "$T_c$", (Tc, 0), (7, 5), colors["ink"])
    note(axis, text["jump"], (1.5, 0), (0, 5), colors["ink"])
    axis.set(xlabel=text["T"], ylabel=text["h"], title=text["map"])
    figure.colorbar(shown, ax=axis, pad=0.02).ax.set_title("$m$", fontsize=10)


def _loops(axis, table, text, colors):
    """One temperature on either side of T_c, each at its fastest rate but one and at its slowest."""
    Tc, temperatures, holds = critical_temperature(), np.unique(table["T"]), np.unique(table["hold"])
    cold, warm = temperatures[0], temperatures[temperatures > Tc][0]
    for T, color in ((cold, "vermilion"), (warm, "blue")):
        for hold, dashes in ((holds[min(1, len(holds) - 1)], DASHES[1]), (holds[-1], "-")):
            loop = table[(table["T"] == T) & (table["hold"] == hold)]
            for way in ("down", "up"):
                curve(axis, loop["h"], loop[way], colors[color], dashes, linewidth=1.3)
    handles = [
        plt.Line2D([], [], color=colors["vermilion"], label=f"$T = {cold:.1f} < T_c$"),
        plt.Line2D([], [], color=colors["blue"], label=f"$T = {warm:.1f} > T_c$"),
        plt.Line2D([], [], color=colors["muted"], linestyle=DASHES[1], label=text["fast"]),
        plt.Line2D([], [], color=colors["muted"], label=text["slow"]),
    ]
    axis.legend(handles=handles, loc="upper center", bbox_to_anchor=(0.5, 1.0), ncols=2, columnspacing=1.0)
    axis.set(xlabel=text["h"], ylabel=text["m"], title=text["loops"], xlim=(-1, 1), ylim=(-1.08, 1.7))
    axis.set_yticks([-1, -0.5, 0, 0.5, 1])


def _areas(axis, table, text, colors):
    names = ("vermilion", "purple", "green", "blue")
    for (T, rows), name, marker in zip(table.groupby("T"), names, MARKERS, strict=True):
        rows = rows[rows["area"] > 2 * rows["area_err"]]  # a logarithmic axis has no place for zero
        dashes = "-" if critical_temperature() > T else DASHES[1]
        measured(axis, rows, "rate", "area", colors[name], marker, linestyle=dashes, label=f"$T = {T:.1f}$")
    rates = np.geomspace(table["rate"].min(), table["rate"].max(), 5)
    curve(axis, rates, GUIDE * rates, colors["muted"], (0, (1, 1)), linewidth=0.9)
    note(axis, text["linear"], (rates[1], GUIDE * rates[1]), (5, -6), colors["muted"], fontsize=8.5, va="top")
    axis.set(xscale="log", yscale="log", xlabel=text["rate"], ylabel=text["area"], title=text["areas"])
    axis.legend(loc="lower right")


@cache
def _exact_response():
    """dm/dh at h = 0.1 on a cylinder that is as good as infinite."""
    fields = (FIELD + STEP, FIELD - STEP)
    pairs = [[strip.magnetization(WIDTH_OF_STRIP, T, field) for field in fields] for T in CURVE]
    return np.array([(above - below) / (2 * STEP) for above, below in pairs])


def _response(axis, table, text, colors):
    """The same number twice, from runs that share nothing."""
    curve(axis, CURVE, _exact_response(), colors["vermilion"], linewidth=1.1)
    for field, color in ((0.0, "blue"), (FIELD, "vermilion")):
        rows = table[(table["h"] == field) & (table["T"] != ONLY_FOR_CLAIMS)]
        measured(axis, rows, "T", "slope", colors[color], "s", markersize=7.5, markerfacecolor="none")
        measured(axis, rows, "T", "susceptibility", colors[color])
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
