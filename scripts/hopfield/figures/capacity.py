"""Figure: recall collapses at a load that approaches the capacity of replica theory as networks grow."""

import numpy as np

from scripts.common.style import COLORS, DASHES, MARKERS, WIDTH, plt, steps, words

TEXT = {
    "alpha": (r"load $\alpha = P/N$", r"負荷率 $\alpha = P/N$"),
    "m": ("overlap $m$ with the memory", "記憶との重なり $m$"),
    "theory": ("replica theory, $N = \\infty$", "レプリカ理論 $N = \\infty$"),
    "unstable": ("symmetry broken above $T = 0.005$", "$T = 0.005$ より上で対称性が破れる範囲"),
    "bare": ("no feedback of errors", "誤りのフィードバックなし"),
    "kept": ("share that keeps the memory", "記憶を保つ割合"),
    "size": "$N^{-1/2}$",
    "lost": ("load where memories are lost", "記憶を失う負荷率"),
    "half_kept": ("half of the runs", "半数が失う"),
    "jump": ("jump of the mean", "平均の跳び"),
    "root": ("in $N^{-1/2}$", "$N^{-1/2}$ で外挿"),
    "inverse": ("in $1/N$", "$1/N$ で外挿"),
    "limit": (r"$\alpha_c$ of theory", r"理論の $\alpha_c$"),
    "N": "$N = {N}$",
}
LARGE = 20  # the smallest size in the fits is the largest over this


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``retrieval``, ``transition``, ``thresholds``, ``capacity``, ``overlap_theory``, ``lines``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure = plt.figure(figsize=(WIDTH, 6.3))
    top, bottom = figure.subfigures(2, 1, height_ratios=[1.15, 1])
    overlap, (kept, limit) = top.subplots(), bottom.subplots(1, 2)
    sizes = sorted(data["transition"]["N"].unique())
    shades = steps(theme, len(sizes))
    styles = {N: (shades[k], MARKERS[k % 4]) for k, N in enumerate(sizes)}
    _overlap(overlap, data, styles, text, colors)
    _kept(kept, data, styles, text, colors)
    _limit(limit, data, text, colors)
    handles, labels = overlap.get_legend_handles_labels()
    top.legend(handles, labels, loc="outside right center")
    return figure


def _runs(data, N):
    """All loads of one size at T = 0, in order."""
    cold = data["retrieval"][(data["retrieval"]["T"] == 0) & (data["retrieval"]["N"] == N)]
    columns = ["alpha", "overlap", "overlap_err"]
    edge = data["transition"][data["transition"]["N"] == N]
    return np.vstack([cold[columns].to_numpy(float), edge[columns].to_numpy(float)])


def _overlap(axis, data, styles, text, colors):
    theory = data["overlap_theory"]
    shaky = data["lines"].dropna(subset=["T_R"])["alpha"]
    end = theory["alpha"].iloc[-1]
    if len(shaky):
        axis.axvspan(shaky.min(), end, color=colors["grid"], linewidth=0, label=text["unstable"])
    axis.plot(
        theory["alpha"],
        theory["overlap"],
        color=colors["vermilion"],
        marker="",
        linewidth=2,
        label=text["theory"],
    )
    axis.plot(
        [end, end], [0.0, theory["overlap"].iloc[-1]], color=colors["vermilion"], linestyle=":", marker=""
    )
    axis.plot(
        theory["alpha"],
        theory["one_step"],
        color=colors["green"],
        linestyle=DASHES[1],
        marker="",
        label=text["bare"],
    )
    for N, (color, marker) in styles.items():
        rows = _runs(data, N)
        rows = rows[np.argsort(rows[:, 0])]
        axis.errorbar(
            *rows.T, color=color, marker=marker, linestyle="-", linewidth=0.8, label=text["N"].format(N=N)
        )
    axis.set(xlim=(0, 0.22), ylim=(0, 1.06), xlabel=text["alpha"], ylabel=text["m"])
    _inset(axis.inset_axes([0.09, 0.12, 0.42, 0.6]), data, styles, colors)


def _inset(inset, data, styles, colors):
    """The largest networks on the curve of theory, enlarged."""
    theory = data["overlap_theory"]
    inset.plot(theory["alpha"], theory["overlap"], color=colors["vermilion"], marker="", linewidth=2)
    inset.plot(theory["alpha"], theory["one_step"], color=colors["green"], linestyle=DASHES[1], marker="")
    for N in list(styles)[-3:]:
        color, marker = styles[N]
        rows = _runs(data, N)
        inside = rows[(rows[:, 0] > 0.074) & (rows[:, 0] < 0.14) & (rows[:, 1] > 0.962)]
        inset.errorbar(*inside.T, color=color, marker=marker, linestyle="")
    inset.set(xlim=(0.075, 0.14), ylim=(0.962, 1.002))
    inset.tick_params(labelsize=7.5)


def _kept(axis, data, styles, text, colors):
    table = data["transition"]
    for N, (color, marker) in styles.items():
        rows = table[table["N"] == N]
        axis.errorbar(
            rows["alpha"], rows["fraction_retrieved"], rows["fraction_retrieved_err"], color=color,
            marker=marker, linestyle="-", linewidth=0.8,
        )  # fmt: skip
    axis.axvline(data["overlap_theory"]["alpha"].iloc[-1], color=colors["vermilion"], linestyle=":")
    axis.set(xlim=(0.12, 0.22), ylim=(-0.04, 1.04), xlabel=text["alpha"], ylabel=text["kept"])


def _limit(axis, data, text, colors):
    table, fits = data["thresholds"], data["capacity"]
    for (name, marker), shift in zip({"half_kept": "o", "jump": "s"}.items(), (0, 0.0006), strict=True):
        rows = table[table["definition"] == name]
        axis.errorbar(
            rows["N"] ** -0.5 + shift, rows["alpha"], rows["alpha_err"], color=colors["ink"], marker=marker,
            markerfacecolor=colors["ink"] if marker == "o" else colors["ground"], linestyle="",
            label=text[name],
        )  # fmt: skip
    styles = {"inverse_root": ("blue", "-", "root"), "inverse": ("purple", DASHES[3], "inverse")}
    for form, (color, dashes, key) in styles.items():
        rows = fits[(fits["form"] == form) & (fits["definition"] == "half_kept")]
        if rows.empty:
            continue
        x = np.linspace(0, (table["N"].max() / LARGE) ** -0.5, 100)
        power = x if form == "inverse_root" else x**2
        line = rows["alpha_c"].iloc[0] + rows["slope"].iloc[0] * power
        axis.plot(x, line, color=colors[color], linestyle=dashes, marker="", label=text[key])
    end = data["overlap_theory"]["alpha"].iloc[-1]
    axis.axhline(end, color=colors["vermilion"], linestyle=":", label=text["limit"])
    axis.set(xlim=(-0.001, 0.0335), ylim=(0.132, 0.172), xlabel=text["size"], ylabel=text["lost"])
    axis.legend(loc="upper left")


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
