"""Figure: every state of a small magnet as often as Boltzmann says, without Z; and the price of guessing."""

import numpy as np

from scripts.common.panels import curve, measured, points
from scripts.common.style import COLORS, DASHES, WIDTH, plt, words
from scripts.mcmc.theory.spins import law

TEXT = {
    "p": ("exact probability of a state", "状態の厳密な確率"),
    "share": ("measured / exact", "測定値 / 厳密値"),
    "states": ("all {n} states", "全{n}状態"),
    "metropolis": ("Metropolis", "メトロポリス法"),
    "heat_bath": ("heat bath", "熱浴法"),
    "band": (r"$\pm 2$ standard errors", r"標準誤差の $\pm 2$ 倍"),
    "change": (r"change of energy $\Delta E$", r"エネルギー変化 $\Delta E$"),
    "accepted": ("share accepted", "採択された割合"),
    "box": ("accepted, case by case", "場合ごとの採択"),
    "rule": r"$\min(1, e^{-\beta\Delta E})$",
    "spins": ("spins $N$", "スピン数 $N$"),
    "kept": ("share kept", "採択率"),
    "rejection": ("rejection sampling", "棄却サンプリング"),
    "exact": (r"exact $\propto e^{-cN}$", r"厳密値 $\propto e^{-cN}$"),
}
SHIFT = 1.16  # between the two chains, so that their points do not hide each other


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame or dict of arrays
        ``spins``, ``moves`` and ``rejection``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, (states, box, rejection) = plt.subplots(1, 3, figsize=(WIDTH, 3.3), width_ratios=[1.5, 1, 1])
    _states(states, data["spins"], text, colors)
    _box(box, data["moves"].query("not hot"), text, colors)
    _rejection(rejection, data["rejection"].query("not hot"), text, colors)
    return figure


def _states(axis, spins, text, colors):
    """Counted over expected share of every state, against its probability."""
    exact = law(int(spins["columns"]), float(spins["temperature"]))
    top = 0.0
    for chain, color, marker, shift in (
        ("metropolis", "blue", "o", 1 / SHIFT),
        ("heat_bath", "vermilion", "s", SHIFT),
    ):
        counts = spins[f"counts_{chain}"]
        ratio = counts / counts.sum() / exact
        top = max(top, np.abs(ratio - 1).max())
        look = {"markersize": 2.2, "alpha": 0.8, "label": text[chain]}
        points(axis, exact * shift * _spread(exact), ratio, colors[color], marker, **look)
    p = np.geomspace(exact.min() / 1.6, exact.max() * 1.6, 100)
    band = 2 / np.sqrt(spins["counts_metropolis"].sum() * p)
    axis.fill_between(p, 1 - band, 1 + band, color=colors["grid"], zorder=0, label=text["band"])
    axis.axhline(1, color=colors["muted"], linewidth=0.8, zorder=1)
    axis.set(xlabel=text["p"], ylabel=text["share"], title=text["states"].format(n=len(exact)))
    axis.set(xscale="log", xlim=(p[0], p[-1]), ylim=(1 - 1.1 * top, 1 + 1.75 * top))
    axis.legend(loc="upper right", markerscale=2)


def _spread(exact):
    """Factors near one, so that states of equal probability stand beside each other."""
    _, place, number = np.unique(exact.round(12), return_inverse=True, return_counts=True)
    order, rank = np.argsort(place, kind="stable"), np.empty(len(exact))
    rank[order] = np.concatenate([np.arange(n) / n for n in number])
    return 1.3 ** (rank - 0.5)


def _box(axis, table, text, colors):
    """Accepted shares by change of energy."""
    temperature = -4 / np.log(table.loc[table["change"] == 4, "expected"].iloc[0])
    change = np.linspace(-9, 9, 181)
    rule = np.minimum(1, np.exp(-change / temperature))
    curve(axis, change, rule, colors["ink"], linewidth=1.0, label=text["rule"])
    points(axis, table["change"], table["accepted"], colors["blue"], markersize=5)
    axis.set(xlabel=text["change"], ylabel=text["accepted"], title=text["box"])
    axis.set(xlim=(-9.5, 9.5), ylim=(0, 1.25), xticks=[-8, -4, 0, 4, 8])
    axis.legend(loc="upper right")


def _rejection(axis, table, text, colors):
    """Share that rejection sampling keeps."""
    curve(axis, table["spins"], table["expected"], colors["ink"], DASHES[2], label=text["exact"])
    seen = table[table["kept"] > 0]
    measured(axis, seen, "spins", "share", colors["vermilion"], "s", markersize=4.5)
    axis.set(yscale="log", xlabel=text["spins"], ylabel=text["kept"], title=text["rejection"])
    axis.set_xticks(table["spins"].tolist())
    axis.set_ylim(table["expected"].min() / 3, table["expected"].max() * 6)
    axis.legend(loc="upper right")


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
