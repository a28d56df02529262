"""Figure: the entropy of x may fall, that of system and bath together never does."""

from scripts.common.panels import curve
from scripts.common.style import COLORS, WIDTH, plt, words

LAWS = (("mixture", "blue", "-"), ("broad", "vermilion", "--"), ("narrow", "green", ":"))
TEXT = {
    "t": ("time $t$", "時刻 $t$"),
    "entropy": ("entropy of $x$ alone (nats)", "$x$ だけのエントロピー（nat）"),
    "kl": ("distance and information (nats)", "平衡からの隔たりと情報量（nat）"),
    "mixture": ("mixture", "混合"),
    "broad": ("broad", "広い"),
    "narrow": ("narrow", "狭い"),
    "info": ("$I(x_0; x_t)$, mixture", "$I(x_0; x_t)$（混合）"),
    "budget": ("entropy produced (nats)", "エントロピー生成（nat）"),
    "produced": ("produced", "生成量"),
    "loss": ("loss of KL", "KL の減少"),
    "limit": ("$W_2^2/t$, speed limit", "$W_2^2/t$（速度限界）"),
    "paths": ("mean over paths, to $t = 1$", "経路についての平均（$t = 1$ まで）"),
    "exact": ("exact", "厳密値"),
    "forward": ("forward", "順過程"),
    "reverse": ("reverse", "逆過程"),
    "apparent": ("reverse, work of\nthe score left out", "逆過程（スコアの\n仕事を除く）"),
}


def draw(data, language, theme):
    """Draw the figure from ``thermodynamics`` and ``fluctuations``."""
    text, colors, table = words(TEXT, language), COLORS[theme], data["thermodynamics"]
    figure, ((entropy, kl), (budget, paths)) = plt.subplots(2, 2, figsize=(WIDTH, 5.0))
    figure.get_layout_engine().set(hspace=0.1)
    own = table[(table["t"] > 0) & (table["t"] <= 6)]
    for name, color, dashes in LAWS:
        rows = own[own["law"] == name]
        curve(entropy, rows["t"], rows["entropy"], colors[color], dashes, label=text[name])
        curve(kl, rows["t"], rows["kl"], colors[color], dashes, label=text[name])
    rows = own[own["law"] == "mixture"]
    curve(kl, rows["t"], rows["information"], colors["purple"], "-.", label=text["info"])
    entropy.set(xscale="log", xlabel=text["t"], title=text["entropy"])
    kl.set(xscale="log", yscale="log", ylim=(1e-4, 30), xlabel=text["t"], title=text["kl"])
    entropy.legend(loc="lower right")
    kl.legend(loc="lower left")
    loss = table[(table["law"] == "mixture") & (table["t"] == 0)]["kl"].iloc[0] - rows["kl"]
    curve(budget, rows["t"], loss, colors["blue"], linewidth=3.5, alpha=0.4, label=text["loss"])
    curve(budget, rows["t"], rows["production"], colors["ink"], ":", label=text["produced"])
    curve(budget, rows["t"], rows["limit"], colors["green"], "--", label=text["limit"])
    budget.set(xscale="log", xlabel=text["t"], title=text["budget"])
    budget.legend(loc="upper left")
    exact = table[(table["law"] == "mixture") & (table["t"] == 1)]["production"].iloc[0]
    _paths(paths, data["fluctuations"].set_index("path"), exact, text, colors)
    return figure


def _paths(axis, paths, exact, text, colors):
    names = ("forward", "reverse", "reverse_apparent")
    for k, (name, color) in enumerate(zip(names, ("blue", "green", "vermilion"), strict=True)):
        axis.bar(k, paths.loc[name, "mean"], 0.55, color=colors[color], alpha=0.75)
        axis.errorbar(k, paths.loc[name, "mean"], paths.loc[name, "mean_err"], color=colors["ink"], marker="")
    axis.axhline(0, color=colors["ink"], linewidth=0.8)
    axis.axhline(exact, color=colors["muted"], linestyle="--", linewidth=1, label=text["exact"])
    axis.set_xticks(range(3), [text["forward"], text["reverse"], text["apparent"]])
    axis.set(title=text["paths"], ylabel=text["budget"], xlim=(-0.6, 2.6))
    axis.legend(loc="lower left")


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
