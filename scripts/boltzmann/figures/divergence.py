"""Figure: the bias of contrastive divergence, and where learning by it ends."""

from scripts.common.panels import curve, measured, note
from scripts.common.style import COLORS, DASHES, WIDTH, plt, words

TEXT = {
    "k": ("steps $k$ of the chain", "連鎖の歩数 $k$"),
    "bias": ("bias of the gradient", "勾配の偏り"),
    "decay": ("what $k$ steps miss", "$k$ 歩では届かない分"),
    "exact_bias": ("exact", "厳密"),
    "sampled": ("from chains", "連鎖による値"),
    "eigenvalue": r"$\propto \lambda_2^k$",
    "update": ("update", "更新回数"),
    "likelihood": ("log-likelihood per image (nats)", "1枚あたりの対数尤度 (nat)"),
    "learning": ("learning by five rules", "五つの規則による学習"),
    "best": ("optimum", "最適値"),
    "exact": ("exact gradient", "厳密な勾配"),
    "independent": ("independent samples", "独立な標本"),
    "persistent": ("persistent chains", "持続的な連鎖"),
    "cd10": ("10 steps", "10歩"),
    "cd1": ("1 step", "1歩"),
}
SHOWN = 12  # steps of the exact bias in the figure
SEEN = 3.0  # sampled biases of fewer standard errors have no place on a logarithmic axis


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``contrastive`` and ``rules``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, axes = plt.subplots(1, 2, figsize=(WIDTH, 3.1))
    _bias(axes[0], data["contrastive"], text, colors)
    _rules(axes[1], data["rules"], text, colors)
    return figure


def _bias(axis, table, text, colors):
    exact = table[(table["k"] > 0) & (table["k"] <= SHOWN)]
    sampled = exact[exact["sampled"] > SEEN * exact["sampled_err"]]
    last = exact.iloc[-1]
    guide = last["bias"] * last["eigenvalue"] ** (exact["k"] - last["k"])
    curve(axis, exact["k"], guide, colors["muted"], (0, (4, 1.5)), linewidth=1.0, label=text["eigenvalue"])
    curve(axis, exact["k"], exact["bias"], colors["blue"], label=text["exact_bias"])
    measured(axis, sampled, "k", "sampled", colors["vermilion"], label=text["sampled"])
    axis.set(yscale="log", xlabel=text["k"], ylabel=text["bias"], title=text["decay"])
    axis.legend(loc="upper right")


def _rules(axis, table, text, colors):
    optimum = table["optimum"].iloc[0]
    axis.axhline(optimum, color=colors["muted"], linewidth=0.9, linestyle=(0, (1, 1.2)))
    left = {"xycoords": ("axes fraction", "data"), "fontsize": 8.5}
    note(axis, text["best"], (0.03, optimum), (0, 3), colors["muted"], **left)
    rules = ("exact", "independent", "persistent", "cd10", "cd1")
    names = ("blue", "muted", "green", "purple", "vermilion")
    for rule, color, dashes in zip(rules, names, (DASHES[0], (0, (1, 1.2)), *DASHES[1:]), strict=True):
        rows = table[table["rule"] == rule]
        x, y, error = rows["update"], rows["log_likelihood"], rows["log_likelihood_err"]
        axis.fill_between(x, y - error, y + error, color=colors[color], alpha=0.25, linewidth=0)
        curve(axis, x, y, colors[color], dashes, label=text[rule])
    axis.set(xlabel=text["update"], ylabel=text["likelihood"], title=text["learning"])
    axis.set_ylim(top=optimum + 0.45)
    axis.legend(loc="lower right")


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
