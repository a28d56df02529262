"""Gradient descent at the edge of stability, one frame for each learning rate: ``edge.js``."""

import numpy as np

from scripts.common.player import labels

POINTS = 120  # of each curve
SHOWN = 3  # starts
TOP = 1.6  # of the axis
WORDS = {
    "x": {"en": "steps of gradient descent", "ja": "勾配降下のステップ数"},
    "y": {"en": "learning rate × curvature / 2", "ja": "学習率 × 曲率 / 2"},
    "edge": {"en": "edge of stability", "ja": "安定性の縁"},
    "rate": {"en": "learning rate {rate}", "ja": "学習率 {rate}"},
    "start": {"en": "several starts", "ja": "いくつかの初期値"},
    "lost": {"en": "learning rate {rate}: diverges", "ja": "学習率 {rate}：発散する"},
}


def edge_curves(arrays):
    """What the player ``curves`` of the report shows.

    Parameters
    ----------
    arrays : dict of str to ndarray
        ``edge.npz``.

    Returns
    -------
    dict
        One frame for each learning rate: the edge and the stability of up to three starts, cut where it
        leaves the axis for good.
    """
    steps, stability = arrays["steps"], arrays["stability"]
    n = min(SHOWN, stability.shape[1])
    every = max(1, len(steps) // POINTS)
    shown = steps[::every]
    frames = [
        [np.ones(len(shown)).tolist()]
        + [np.round(np.minimum(curve[::every], 2 * TOP), 4).tolist() for curve in stability[r, :n]]
        for r in np.argsort(arrays["rates"])
    ]
    series = [{"label": WORDS["edge"], "color": "vermilion", "dash": True}]
    # All in ink: in the figure beside it colors are learning rates. One entry of the legend stands for them.
    series += [{"label": WORDS["start"] if i == 0 else None, "color": "ink"} for i in range(n)]
    order = np.argsort(arrays["rates"])
    rates = arrays["rates"][order]
    lost = ~np.isfinite(stability[order, :, -1]).any(axis=1)
    steps_of = [{"rate": rate} for rate in rates]
    texts = {name: labels(WORDS[name], steps_of) for name in ("rate", "lost")}
    return {
        "kind": "curves",
        "start": int(np.argmin(np.abs(rates - 0.4))),
        "milliseconds": 900,
        "x": shown.tolist(),
        "x_label": WORDS["x"],
        "y_label": WORDS["y"],
        "y_range": [0.0, TOP],
        "series": series,
        "frames": frames,
        "labels": {
            language: [texts["lost" if gone else "rate"][language][k] for k, gone in enumerate(lost)]
            for language in ("en", "ja")
        },
    }
