"""Curvatures at critical points of a glass by height, for the slider of the chapter: ``spectrum.js``."""

import numpy as np

from scripts.common.player import labels
from scripts.landscape.theory import semicircle

EDGES = np.linspace(-4, 8, 49)  # of curvatures
FRAMES = 8
SERIES = (
    ("measured curvatures", "測定した曲率", "blue", False),
    ("semicircle", "半円則", "vermilion", True),
    ("no curvature", "曲率 0", "ink", True),
)

WORDS = {
    "en": "energy per spin {energy:.2f}, share of ways down {share:.2f}",
    "ja": "一スピンあたりのエネルギー {energy:.2f}、下り方向の割合 {share:.2f}",
}


def spectrum_curves(arrays):
    """What the player ``curves`` of the report shows: histograms over groups of critical points.

    Parameters
    ----------
    arrays : dict of str to array
        ``spectra.npz``.

    Returns
    -------
    dict
        One frame for each group of points of like energy, from low to high.
    """
    order = np.argsort(arrays["energies"], kind="stable")
    groups = [group for group in np.array_split(order, FRAMES) if len(group)]
    centers = (EDGES[1:] + EDGES[:-1]) / 2
    fine = np.linspace(EDGES[0], EDGES[-1], 121)
    frames, steps = [], []
    for group in groups:
        values, energy = arrays["eigenvalues"][group].ravel(), arrays["energies"][group].mean()
        density = np.histogram(values, EDGES)[0] / (len(values) * (EDGES[1] - EDGES[0]))
        curve = semicircle.spectrum(fine, energy)
        points = (centers, density), (fine, curve), (np.zeros(2), np.array([0, 0.3]))
        frames.append([{"x": np.round(x, 3).tolist(), "y": np.round(y, 4).tolist()} for x, y in points])
        steps.append({"energy": energy, "share": (values < 0).mean()})
    return {
        "kind": "curves",
        "start": len(frames) // 2,
        "milliseconds": 900,
        "x_label": {"en": "curvature", "ja": "曲率"},
        "y_label": {"en": "density", "ja": "密度"},
        "x_range": [float(EDGES[0]), float(EDGES[-1])],
        "y_range": [0, 0.3],
        "series": [
            {"label": {"en": en, "ja": ja}, "color": color, "dash": dash} for en, ja, color, dash in SERIES
        ],
        "frames": frames,
        "labels": labels(WORDS, steps),
    }


if __name__ == "__main__":
    from scripts.common.io import job, load_arrays
    from scripts.common.player import write_player

    with job(snakemake):
        curves = spectrum_curves(load_arrays(snakemake.input[0]))
        write_player(snakemake.output[0], "landscape.spectrum", curves, ensure_ascii=False)
