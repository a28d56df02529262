"""What the players of the chapter show: the drop of ink spreading and gathering, and a magnet out of noise.

The kinds of player and their fields stand in ``workflow/report/assets/players.js``.
"""

import numpy as np

from scripts.common.player import bit_frames, labels

WAYS = (
    {"en": "forward, t = {t:.2f}", "ja": "順過程、t = {t:.2f}"},
    {"en": "backward, t = {t:.2f}", "ja": "逆過程、t = {t:.2f}"},
)
NOISE = {"en": "T = {T:.3f}, noise {s:.2f}", "ja": "T = {T:.3f}、ノイズ {s:.2f}"}


def ink(forward, reverse):
    """Densities of particles forward in time, then backward from pure noise.

    Returns
    -------
    dict
        Data of the player ``curves``; the exact density of the data stands behind all frames.
    """
    edges = forward["edges"]
    centers = (edges[1:] + edges[:-1]) / 2
    near = np.abs(centers) < 5.0
    x = centers[near].round(3).tolist()
    data = reverse["exact"][near].round(4).tolist()
    densities = np.concatenate([forward["film"], reverse["film"]])[:, near].round(4)
    ways = [labels(WAYS[0], [{"t": t} for t in forward["film_times"]])]
    ways += [labels(WAYS[1], [{"t": t} for t in reverse["film_times"]])]
    top = max(max(data), densities.max())
    return {
        "kind": "curves", "start": 0, "milliseconds": 180, "x": x,
        "x_label": {"en": "x", "ja": "x"}, "y_label": {"en": "density", "ja": "密度"},
        "y_range": [0, round(1.05 * top, 2)],
        "series": [
            {"label": {"en": "data", "ja": "データ"}, "color": "ink", "dash": True},
            {"label": {"en": "particles", "ja": "粒子"}, "color": "blue"},
        ],
        "frames": [[data, density] for density in densities.tolist()],
        "labels": {language: ways[0][language] + ways[1][language] for language in ways[0]},
    }  # fmt: skip


def condensing(film, sigma, temperature):
    """Signs of one magnet on its way out of noise, as frames of one bit per spin."""
    steps = [{"T": temperature, "s": s} for s in sigma]
    return bit_frames(film, labels(NOISE, steps), start=len(film) - 1)


if __name__ == "__main__":
    from scripts.common.io import job, load_arrays
    from scripts.common.player import write_player

    with job(snakemake):
        given = {name: load_arrays(path) for name, path in snakemake.input.items()}
        write_player(snakemake.output.film, "diffusion.film", ink(given["forward"], given["backward"]))
        temperatures = given["magnets"]["temperatures"].astype(float)
        middle = int(np.argmin(np.abs(temperatures - 2.269)))
        spins = given["spins"]
        frames = condensing(spins["film"][:, middle], spins["film_sigma"], temperatures[middle])
        write_player(snakemake.output.spins, "diffusion.spins", frames)
