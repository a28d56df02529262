"""What the players of the chapter show: the drop of ink spreading and gathering, and a magnet out of noise.

The kinds of player and their fields stand in ``workflow/report/assets/players.js``.
"""

import base64
import json

import numpy as np


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
    frames, labels = [], {"en": [], "ja": []}
    for t, density in zip(forward["film_times"], forward["film"], strict=True):
        frames.append([data, density[near].round(4).tolist()])
        labels["en"].append(f"forward, t = {t:.2f}")
        labels["ja"].append(f"順過程、t = {t:.2f}")
    for t, density in zip(reverse["film_times"], reverse["film"], strict=True):
        frames.append([data, density[near].round(4).tolist()])
        labels["en"].append(f"backward, t = {t:.2f}")
        labels["ja"].append(f"逆過程、t = {t:.2f}")
    top = max(max(max(frame[0]), max(frame[1])) for frame in frames)
    return {
        "kind": "curves", "start": 0, "milliseconds": 180, "x": x,
        "x_label": {"en": "x", "ja": "x"}, "y_label": {"en": "density", "ja": "密度"},
        "y_range": [0, round(1.05 * top, 2)],
        "series": [
            {"label": {"en": "data", "ja": "データ"}, "color": "ink", "dash": True},
            {"label": {"en": "particles", "ja": "粒子"}, "color": "blue"},
        ],
        "frames": frames, "labels": labels,
    }  # fmt: skip


def condensing(film, sigma, temperature):
    """Signs of one magnet on its way out of noise, as frames of one bit per spin."""
    size = film.shape[-1]
    frames = [base64.b64encode(np.packbits(frame.ravel() > 0).tobytes()).decode() for frame in film]
    return {
        "kind": "frames", "encoding": "bits", "width": size, "height": size, "start": len(frames) - 1,
        "frames": frames,
        "labels": {
            "en": [f"T = {temperature:.3f}, noise {s:.2f}" for s in sigma],
            "ja": [f"T = {temperature:.3f}、ノイズ {s:.2f}" for s in sigma],
        },
    }  # fmt: skip


if __name__ == "__main__":
    from scripts.common.io import job, load_arrays, write_text

    with job(snakemake):
        given = {name: load_arrays(path) for name, path in snakemake.input.items()}
        film = ink(given["forward"], given["backward"])
        write_text(snakemake.output.film, f'REPORT_DATA["diffusion.film"] = {json.dumps(film)};\n')
        temperatures = given["magnets"]["temperatures"].astype(float)
        middle = int(np.argmin(np.abs(temperatures - 2.269)))
        spins = given["spins"]
        frames = condensing(spins["film"][:, middle], spins["film_sigma"], temperatures[middle])
        write_text(snakemake.output.spins, f'REPORT_DATA["diffusion.spins"] = {json.dumps(frames)};\n')
