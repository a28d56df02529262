"""What the player of the chapter shows: a posterior with two modes growing out of its prior.

The kind of player and its fields stand in ``workflow/report/assets/players.js``.
"""

import numpy as np

from scripts.bayes.barrier import PRIOR
from scripts.common.player import labels


def tempered_densities(paths, readings):
    """Densities of the walkers of replica exchange by power of the likelihood, with the exact ones.

    Parameters
    ----------
    paths : dict of str to array
        ``paths.npz``: ``powers``, ``edges``, ``histograms``.
    readings : int

    Returns
    -------
    dict
        Data of the player ``curves``, from the flattest power to the posterior.
    """
    centers = (paths["edges"][1:] + paths["edges"][:-1]) / 2
    fine = np.linspace(paths["edges"][0], paths["edges"][-1], 321)
    order = np.argsort(paths["powers"])
    powers = paths["powers"][order]
    frames = [
        [
            {"x": fine.round(4).tolist(), "y": density(fine, readings * power).round(4).tolist()},
            {"x": centers.round(4).tolist(), "y": paths["histograms"][k].round(4).tolist()},
        ]
        for k, power in zip(order, powers, strict=True)
    ]
    top = max(max(curve["y"]) for frame in frames for curve in frame)
    words = {
        "en": "likelihood to the power {p:.3f}: a barrier of {b:.1f} kT",
        "ja": "尤度の {p:.3f} 乗、障壁 {b:.1f} kT",
    }
    return {
        "kind": "curves",
        "start": len(powers) - 1,
        "milliseconds": 700,
        "x_label": {"en": "x", "ja": "x"},
        "y_label": {"en": "probability density", "ja": "確率密度"},
        "x_range": [float(paths["edges"][0]), float(paths["edges"][-1])],
        "y_range": [0.0, round(1.05 * top, 2)],
        "series": [
            {"label": {"en": "exact", "ja": "厳密"}, "color": "blue"},
            {"label": {"en": "replica exchange", "ja": "レプリカ交換"}, "color": "vermilion", "marks": True},
        ],
        "frames": frames,
        "labels": labels(words, [{"p": power, "b": readings * power / 2} for power in powers]),
    }


def density(x, strength):
    """Normalized density with ``strength`` = power times readings, float64[...]."""

    def bare(x):
        return np.exp(-strength * (x**2 - 1) ** 2 / 2 - PRIOR[1] * (x - PRIOR[0]) ** 2 / 2)

    wide = np.linspace(-6.0, 6.0, 12001)
    return bare(x) / (bare(wide).sum() * (wide[1] - wide[0]))


if __name__ == "__main__":
    from scripts.common.io import job, load_arrays
    from scripts.common.player import write_player

    with job(snakemake):
        data = tempered_densities(load_arrays(snakemake.input[0]), snakemake.params.readings)
        write_player(snakemake.output.tempering, "bayes.tempering", data)
