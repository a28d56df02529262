"""Figure: magnets made from noise at each temperature, and their physics against Monte Carlo."""

import numpy as np

from scripts.common.panels import curve, measured, picture, points
from scripts.common.style import COLORS, MARKERS, WIDTH, plt, words
from scripts.diffusion.magnets import unpacked

TEXT = {
    "made": ("from noise", "ノイズから"),
    "real": ("Monte Carlo", "モンテカルロ法"),
    "energy": ("energy", "エネルギー"),
    "abs_magnetization": r"$|m|$",
    "susceptibility": r"$\chi$",
    "specific_heat": "$c$",
    "off": ("generated / Monte Carlo $- 1$ (%)", "生成 / モンテカルロ $- 1$（%）"),
    "r": ("distance $r$", "距離 $r$"),
    "c": r"$\langle s_0 s_r \rangle$",
}
SHOWN, TILES = 3, (3, 4)
SHADES = ("blue", "vermilion", "green")
WHAT = ("energy", "abs_magnetization", "specific_heat", "susceptibility")


def draw(data, language, theme):
    """Draw the figure from ``ising_physics``, ``magnets`` and ``generated``."""
    text, colors, magnets = words(TEXT, language), COLORS[theme], data["magnets"]
    names, size = magnets["temperatures"].tolist()[:SHOWN], int(magnets["size"])
    figure = plt.figure(figsize=(WIDTH, 6.6))
    top, bottom = figure.subfigures(2, 1, height_ratios=(1.55, 1))
    axes = top.subplots(2, len(names), squeeze=False)
    for k, name in enumerate(names):
        made, real = data["generated"]["spins"][0, k], magnets["second"][k]
        for axis, packed in zip(axes[:, k], (made, real), strict=True):
            _mosaic(axis, unpacked(packed[: TILES[0] * TILES[1]], size), theme)
        axes[0, k].set_title(f"$T = {float(name):.3f}$")
    axes[0, 0].set_ylabel(text["made"])
    axes[1, 0].set_ylabel(text["real"])
    left, right = bottom.subplots(1, 2, width_ratios=(1.4, 1))
    physics = data["ising_physics"][data["ising_physics"]["by"] == "network"]
    _deviations(left, physics, text, colors)
    _correlation(right, physics, names, text, colors)
    return figure


def _mosaic(axis, spins, theme):
    lines, columns = TILES
    framed = [np.pad(one, 1, constant_values=0) for one in spins]
    rows = [np.hstack(framed[columns * k : columns * (k + 1)]) for k in range(lines)]
    picture(axis, np.ma.masked_equal(np.vstack(rows), 0), theme, low=-1)
    axis.set_frame_on(False)


def _deviations(axis, table, text, colors):
    temperatures = list(dict.fromkeys(table["T"]))[:SHOWN]
    for k, (name, color, marker) in enumerate(zip(temperatures, SHADES, MARKERS, strict=False)):
        rows = table[table["T"] == name].set_index("observable").loc[list(WHAT)]
        off = 100 * (rows["generated"] / rows["monte_carlo"] - 1)
        err = 100 * np.hypot(rows["generated_err"], rows["monte_carlo_err"]) / rows["monte_carlo"].abs()
        places = np.arange(len(WHAT)) + 0.15 * (k - (len(temperatures) - 1) / 2)
        look = {"markersize": 4, "label": f"$T = {float(name):.3f}$"}
        points(axis, places, off, colors[color], marker, err, **look)
    axis.axhline(0, color=colors["muted"], linestyle="--", linewidth=1)
    axis.set_xticks(range(len(WHAT)), [text[name] for name in WHAT])
    axis.set_ylabel(text["off"])
    axis.set_yscale("symlog", linthresh=5)
    shown = [-100, -30, -5, 0, 5, 30, 100]
    axis.set_yticks(shown, [f"{tick:d}".replace("-", "−") for tick in shown])
    axis.set_yticks([], minor=True)
    axis.set_xlim(-0.5, len(WHAT) - 0.5)
    low, high = axis.get_ylim()
    axis.set_ylim(min(low, -6), 3 * max(high, 6))
    axis.legend(loc="upper left")


def _correlation(axis, table, names, text, colors):
    rows = table[table["observable"].str.startswith("correlation_")]
    for name, color, marker in zip(names, SHADES, MARKERS, strict=False):
        own = rows[np.isclose(rows["T"].astype(float), float(name))]
        r = own["observable"].str.removeprefix("correlation_").astype(int)
        curve(axis, r, own["monte_carlo"], colors[color], label=f"$T = {float(name):.3f}$")
        measured(axis, own, r, "generated", colors[color], marker)
    axis.set(xlabel=text["r"], ylabel=text["c"], ylim=(0, 1.35))
    axis.legend(loc="upper center", ncols=2)


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
