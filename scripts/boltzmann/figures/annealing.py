"""Figure: ln Z by annealing: its error, its work, its calibration, its cost."""

import numpy as np
from matplotlib.ticker import LogLocator, MaxNLocator, NullFormatter

from scripts.common.panels import curve, note, points
from scripts.common.style import COLORS, WIDTH, plt, words

TEXT = {
    "temperatures": ("number of temperatures", "温度の数"),
    "error": (r"error of one estimate of $\ln Z$", r"$\ln Z$ の推定1回の誤差"),
    "errors": ("the finer the steps, the better", "段を細かくするほど正確"),
    "seen": ("as it is", "実際の誤差"),
    "stated": ("as stated", "自ら見積もる誤差"),
    "work": ("work $W$ ($k_B T$)", "仕事 $W$ ($k_B T$)"),
    "density": ("probability density", "確率密度"),
    "crossing": ("{n} temperatures: both ways", "往復の仕事（温度 {n} 段）"),
    "forward": ("switching on", "結合を入れる"),
    "reverse": ("switching off, $-W$", "切る（$-W$）"),
    "z": ("deviation / stated error", "ずれ / 見積もった誤差"),
    "runs": ("density of runs", "試行の密度"),
    "calibration": ("the errors are honest", "誤差は正直である"),
    "normal": ("normal", "正規分布"),
    "n": ("number of units", "ユニットの数"),
    "cost": ("operations", "演算の回数"),
    "costs": ("what $\\ln Z$ costs", "$\\ln Z$ の値段"),
    "terms": ("exact: $2^n$ terms", "厳密: $2^n$ 項"),
    "updates": ("annealed: updates", "アニール: 更新"),
}
SHOWN = 30  # steps at which the two distributions of work are apart but overlap


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict
        Tables ``annealing``, ``annealing_runs`` and ``cost``, arrays ``work``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, axes = plt.subplots(2, 2, figsize=(WIDTH, 5.2))
    _errors(axes[0, 0], data["annealing"].sort_values("temperatures"), text, colors)
    _work(axes[0, 1], data["work"], text, colors)
    _calibration(axes[1, 0], data, text, colors)
    _costs(axes[1, 1], data["cost"].sort_values("n"), text, colors)
    return figure


def _errors(axis, table, text, colors):
    steps = table["temperatures"]
    curve(axis, steps, table["error_stated"], colors["vermilion"], label=text["stated"])
    err = table["error_seen"] / np.sqrt(2 * table["runs"])
    points(axis, steps, table["error_seen"], colors["blue"], err=err, label=text["seen"])
    axis.set(xscale="log", yscale="log")
    axis.set(xlabel=text["temperatures"], ylabel=text["error"], title=text["errors"])
    axis.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    axis.yaxis.set_major_formatter("{x:g}")
    axis.yaxis.set_minor_formatter(NullFormatter())
    axis.legend(loc="lower left")


def _work(axis, arrays, text, colors):
    i = int(np.argmin(np.abs(np.log(arrays["steps"] / SHOWN))))
    both, difference = [arrays["forward"][i], arrays["reverse"][i]], float(arrays["difference"])
    bins = np.linspace(*np.quantile(np.concatenate(both), [0.0005, 0.9995]), 45)
    looks = (("forward", "blue", "stepfilled", 0.45), ("reverse", "vermilion", "step", 1.0))
    for values, (name, color, kind, alpha) in zip(both, looks, strict=True):
        look = {"histtype": kind, "color": colors[color], "alpha": alpha, "linewidth": 1.4, "linestyle": "-"}
        axis.hist(values, bins=bins, density=True, label=text[name], **look)
    axis.axvline(difference, color=colors["ink"], linestyle=(0, (4, 1.5)), linewidth=1.0)
    top = {"xycoords": ("data", "axes fraction"), "ha": "right", "va": "top"}
    note(axis, r"$\Delta F$", (difference, 0.97), (-4, 0), colors["ink"], **top)
    axis.set(xlabel=text["work"], ylabel=text["density"])
    axis.set_title(text["crossing"].format(n=int(arrays["steps"][i])))
    axis.set_ylim(top=1.45 * axis.get_ylim()[1])
    axis.legend(loc="upper right")


def _calibration(axis, data, text, colors):
    runs, exact = data["annealing_runs"], data["annealing"]["log_z_exact"].iloc[0]
    runs = runs[runs["temperatures"] == runs["temperatures"].max()]
    z = (runs["log_z"] - exact) / runs["log_z_err"]
    axis.hist(z, bins=np.arange(-4, 4.01, 0.5), density=True, color=colors["blue"], alpha=0.45)
    x = np.linspace(-4, 4, 161)
    curve(axis, x, np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi), colors["ink"], label=text["normal"])
    axis.set(xlabel=text["z"], ylabel=text["runs"], title=text["calibration"], xlim=(-4, 4))
    axis.set_ylim(top=1.25 * axis.get_ylim()[1])
    axis.legend(loc="upper right")


def _costs(axis, table, text, colors):
    for name, color, marker in (("terms", "vermilion", "s"), ("updates", "blue", "o")):
        points(axis, table["n"], table[name], colors[color], marker, linestyle="-", label=text[name])
    axis.set(yscale="log", xlabel=text["n"], ylabel=text["cost"], title=text["costs"])
    axis.xaxis.set_major_locator(MaxNLocator(integer=True))
    axis.legend(loc="lower right")


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
