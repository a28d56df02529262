"""A loaded die by its mean, for the slider of the chapter: ``dice.js``."""

import numpy as np

from scripts.common.player import labels

SERIES = (("maximum entropy", "最大エントロピー", "blue"), ("fair die", "公平なさいころ", "ink"))
WORDS = {"en": "mean {mean:.2f}, β = {beta:+.3f}", "ja": "平均 {mean:.2f}、β = {beta:+.3f}"}


def dice_curves(table):
    """What the player ``curves`` of the report shows: the distribution of largest entropy for every mean.

    Parameters
    ----------
    table : pandas.DataFrame
        ``dice_means.csv``.

    Returns
    -------
    dict
        Each frame holds the distribution and, for comparison, that of the fair die.
    """
    groups = list(table.groupby("mean", sort=True))
    fair = [round(1 / 6, 4)] * 6
    steps = [{"mean": mean, "beta": rows["beta"].iloc[0]} for mean, rows in groups]
    return {
        "kind": "curves",
        "start": int(np.argmin([abs(mean - 4.5) for mean, _ in groups])),
        "milliseconds": 500,
        "x": [1, 2, 3, 4, 5, 6],
        "x_label": {"en": "face", "ja": "目"},
        "y_label": {"en": "probability", "ja": "確率"},
        "y_range": [0, 1],
        "series": [
            {"label": {"en": en, "ja": ja}, "color": color, "dash": color == "ink"}
            for en, ja, color in SERIES
        ],
        "frames": [[rows["optimum"].round(4).tolist(), fair] for _, rows in groups],
        "labels": labels(WORDS, steps),
    }


if __name__ == "__main__":
    from scripts.common.io import job
    from scripts.common.player import write_player
    from scripts.common.tables import read_table

    with job(snakemake):
        curves = dice_curves(read_table(snakemake.input[0]))
        write_player(snakemake.output[0], "maxent.dice", curves, ensure_ascii=False)
