"""One Gaussian fitted to two as these move apart, for the slider of the chapter: ``modes.js``."""

import numpy as np

from scripts.common.player import labels

POINTS = 161  # of each curve
START = 2.7  # just before the fit by D(Q||P) jumps, so that the first move shows it
WORDS = {
    "a": {"en": "half distance a = {a:.2f}", "ja": "半距離 a = {a:.2f}"},
    "x": {"en": "x, in widths of a mode", "ja": "x（モードの幅を単位とする）"},
    "y": {"en": "probability density", "ja": "確率密度"},
    "target": {"en": "target P, two modes", "ja": "目標 P（二つのモード）"},
    "reverse": {"en": "least D(Q‖P)", "ja": "D(Q‖P) を最小にする Q"},
    "forward": {"en": "least D(P‖Q)", "ja": "D(P‖Q) を最小にする Q"},
}


def density(x, m, s):
    """N(m, s^2) at x."""
    return np.exp(-(((x - m) / s) ** 2) / 2) / (s * np.sqrt(2 * np.pi))


def mode_curves(table):
    """What the player ``curves`` of the report shows.

    Parameters
    ----------
    table : pandas.DataFrame
        ``mode_seeking.csv``.

    Returns
    -------
    dict
        ``kind``, ``start``, ``x`` with its label, ``series`` by name and color, and for each slider stop
        the densities of target, reverse and forward fit.
    """
    rows = table.sort_values("a")
    reach = rows["a"].max() + 4
    places, frames = np.linspace(-reach, reach, POINTS), []
    for row in rows.itertuples():
        target = (density(places, row.a, 1.0) + density(places, -row.a, 1.0)) / 2
        fits = ((row.best_m, row.best_s), (row.forward_m, row.forward_s))
        curves = (target, *(density(places, m, s) for m, s in fits))
        frames.append([[round(float(y), 4) for y in curve] for curve in curves])
    colors = {"target": "ink", "reverse": "vermilion", "forward": "blue"}
    return {
        "kind": "curves",
        "start": int(np.argmin(np.abs(rows["a"].to_numpy() - START))),
        "x": [round(float(x), 3) for x in places],
        "x_label": WORDS["x"],
        "y_label": WORDS["y"],
        "y_range": [0.0, 0.45],
        "series": [
            {"label": WORDS[name], "color": color, "dash": name == "forward"}
            for name, color in colors.items()
        ],
        "frames": frames,
        "labels": labels(WORDS["a"], [{"a": a} for a in rows["a"]]),
    }


if __name__ == "__main__":
    from scripts.common.io import job
    from scripts.common.player import write_player
    from scripts.common.tables import read_table

    with job(snakemake):
        curves = mode_curves(read_table(snakemake.input[0]))
        write_player(snakemake.output[0], "variational.modes", curves, ensure_ascii=False)
