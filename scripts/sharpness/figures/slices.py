"""Figure: slices through a sharp and a flat minimum, and the loss against the size of random moves."""

import numpy as np

from scripts.common.panels import curve, points
from scripts.common.style import COLORS, DASHES, WIDTH, plt, words
from scripts.sharpness.tabulate import thirds

CASES = (("flat", "blue", "-", "o"), ("sharp", "vermilion", DASHES[1], "s"))
LEAST = 1e-3  # radius from which moves are drawn
TEXT = {
    "sharp": ("sharpest", "最も鋭い"),
    "flat": ("flattest", "最も平坦"),
    "third_sharp": ("sharper third", "鋭い三分の一"),
    "third_flat": ("flatter third", "平坦な三分の一"),
    "along": ("random direction", "ランダムな方向"),
    "loss": ("training loss (nats)", "訓練損失（nat）"),
    "radius": ("size of the moves", "変位の大きさ"),
    "rise": ("rise of the loss (nats)", "損失の上昇（nat）"),
    "quadratic": ("from the Hessian", "ヘッセ行列から"),
}


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame or dict of arrays
        ``networks``, ``rises``, and the arrays of the first task by its name.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    task = data["networks"]["task"].iloc[0]
    arrays, figure = data[task], plt.figure(figsize=(WIDTH, 3.0))
    grid = figure.add_gridspec(2, 3, width_ratios=[1.15, 0.62, 1.25])
    line, rises = figure.add_subplot(grid[:, 0]), figure.add_subplot(grid[:, 2])
    for i, (name, color, dashes, _) in enumerate(CASES):
        places = np.linspace(-1.0, 1.0, arrays["line"].shape[1])
        curve(line, places, arrays["line"][i], colors[color], dashes, label=text[name])
        plane, places = figure.add_subplot(grid[i, 1]), np.linspace(-1.0, 1.0, arrays["plane"].shape[1])
        look = {"levels": 0.02 * 2.0 ** np.arange(9), "colors": [colors[color]], "linewidths": 0.8}
        plane.contour(places, places, arrays["plane"][i].T, **look)
        plane.set_title(text[name], color=colors[color], fontsize=8.5, pad=4)
        plane.set(aspect="equal", xticks=[-0.5, 0, 0.5], yticks=[-0.5, 0, 0.5])
        plane.tick_params(labelbottom=i == 1, labelsize=7.5)
    top = float(arrays["line"].max())
    line.set(xlabel=text["along"], ylabel=text["loss"], ylim=(-0.03 * top, 1.28 * top))
    line.legend(loc="upper center", ncols=2, handlelength=1.6, columnspacing=0.8)
    networks = data["networks"].query("task == @task and reached").reset_index()
    _rises(rises, data["rises"].query("task == @task"), networks, text, colors)
    return figure


def _rises(axis, table, networks, text, colors):
    table = table[table["radius"] >= LEAST]
    for name, color, _, marker in CASES:
        rows = table[table["group"] == name]
        quadratic = _mean_trace(networks, name) * rows["radius"] ** 2 / 2
        curve(axis, rows["radius"], quadratic, colors[color], DASHES[2], linewidth=1.0)
        look = {"linestyle": "-", "label": text[f"third_{name}"]}
        points(axis, rows["radius"], np.exp(rows["log_rise"]), colors[color], marker, **look)
    curve(axis, [], [], colors["muted"], DASHES[2], label=text["quadratic"])
    axis.set(xscale="log", yscale="log", xlabel=text["radius"], ylabel=text["rise"])
    axis.legend(loc="upper left")


def _mean_trace(networks, name):
    """Geometric mean of the trace, in the flat or the sharp third of each data set."""
    trace, sets = networks["exact_trace"].to_numpy(), networks["sample"].to_numpy()
    groups = [thirds(trace, np.flatnonzero(sets == k))[name] for k in np.unique(sets)]
    return np.exp(np.mean([np.log(trace[members]).mean() for members in groups]))


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
