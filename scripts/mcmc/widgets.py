"""One walker's time in the rooms of the house, for the slider of the chapter: ``house.js``."""

import numpy as np

from scripts.mcmc.house import matrices

SERIES = (
    ("popularity", "人気度", "ink"),
    ("Metropolis-Hastings", "メトロポリス・ヘイスティングス法", "blue"),
    ("doors forgotten", "扉の数を忘れた歩き", "vermilion"),
)


def house_curves(walks):
    """What the player ``curves`` of the report shows: shares after 1, 2, 4, ... steps.

    Parameters
    ----------
    walks : dict of str to array
        ``house.npz``.

    Returns
    -------
    dict
        Each frame holds, in the order of ``series``: the popularity, the share of the steps of a
        walker who weighs the doors, and that of one who forgets them.
    """
    popularity = walks["popularity"] / walks["popularity"].sum()
    n_rooms, length = len(popularity), len(walks["footsteps_metropolis"])
    stops = 2 ** np.arange(int(np.log2(length)) + 1)
    walkers = [walks[f"footsteps_{name}"] for name in ("metropolis", "without_factor")]
    visits = [np.cumsum(steps[:, None] == np.arange(n_rooms), axis=0)[stops - 1] for steps in walkers]
    shares = [popularity + np.zeros((len(stops), 1)), *(visited / stops[:, None] for visited in visits)]
    biased = matrices(walks["popularity"])["without_factor"][0]
    top = float(np.ceil(12 * max(popularity.max(), biased.max())) / 10)
    return {
        "kind": "curves",
        "start": len(stops) - 1,
        "milliseconds": 700,
        "x": list(range(1, n_rooms + 1)),
        "x_label": {"en": "room", "ja": "部屋"},
        "y_label": {"en": "share of the steps so far", "ja": "ここまでの滞在の割合"},
        "y_range": [0, min(top, 1.0)],
        "series": [
            {"label": {"en": en, "ja": ja}, "color": color, "marks": True}
            for en, ja, color in SERIES
        ],
        "frames": np.stack(shares, axis=1).round(4).tolist(),
        "labels": {
            "en": [f"after {n} step{'s' if n > 1 else ''}" for n in stops.tolist()],
            "ja": [f"{n} 歩の後" for n in stops.tolist()],
        },
    }  # fmt: skip


if __name__ == "__main__":
    from scripts.common.io import job, load_arrays
    from scripts.common.player import write_player

    with job(snakemake):
        curves = house_curves(load_arrays(snakemake.input[0]))
        write_player(snakemake.output[0], "mcmc.house", curves, ensure_ascii=False)
