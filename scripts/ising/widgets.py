"""What the players of the chapter show: the spins at every temperature, and the collapse of all sizes.

The kinds of player and their fields stand in ``workflow/report/assets/players.js``.
"""

import base64
import json

import numpy as np

from scripts.ising.theory.onsager import critical_temperature


def spin_frames(simulation):
    """What the player ``frames`` of the report shows.

    Parameters
    ----------
    simulation : dict of str to array
        The arrays of ``simulate.py`` for one size.

    Returns
    -------
    dict
        ``kind``, ``encoding``, ``width``, ``height``, ``start``, ``frames`` (base64 of one
        bit per spin, row by row, most significant bit first) and ``labels`` by language,
        in order of temperature.
    """
    size, temperatures = int(simulation["size"]), simulation["temperatures"].astype(float)
    order = np.argsort(temperatures)
    labels = [f"T = {temperatures[i]:.3f}" for i in order]
    return {
        "kind": "frames",
        "encoding": "bits",
        "width": size,
        "height": size,
        "start": int(np.argmin(np.abs(temperatures[order] - critical_temperature()))),
        "frames": [base64.b64encode(simulation["snapshots"][i].tobytes()).decode() for i in order],
        "labels": {"en": labels, "ja": labels},
    }


COLORS = ("blue", "vermilion", "green", "purple", "ink")
WINDOW = (-0.35, 0.35)  # of the scaled temperature: where the curves differ


def collapse_curves(table, steps=31, largest=1.5):
    """Magnetizations of up to five sizes as the scaling with size is turned on, and beyond.

    At power s the curves are ``|m| (L/L0)^(s/8)`` against ``t (L/L0)^s`` with ``t = 1 - T_c/T``;
    s = 0 shows them as measured, s = 1 with the exact exponents beta/nu = 1/8 and nu = 1.

    Parameters
    ----------
    table : pandas.DataFrame
        ``thermodynamics.csv``: L, T, h, abs_magnetization.
    steps : int
        Stops of the slider.
    largest : float
        The last power.

    Returns
    -------
    dict
        Data of the player ``curves``.
    """
    table = table.query("h == 0").sort_values(["L", "T"])
    sizes = sorted(table["L"].unique())[-len(COLORS) :]
    middle = sizes[len(sizes) // 2]
    powers = np.linspace(0.0, largest, steps).round(3).tolist()
    words = {
        "en": "scaled with {s:.2f} of the exact powers of L",
        "ja": "厳密なべきの {s:.2f} 倍でスケールした図",
    }
    return {
        "kind": "curves",
        "start": int(np.argmin(np.abs(np.array(powers) - 1.0))),
        "milliseconds": 160,
        "x_label": {"en": f"t (L/{middle})^s", "ja": f"t (L/{middle})^s"},
        "y_label": {"en": f"|m| (L/{middle})^(s/8)", "ja": f"|m| (L/{middle})^(s/8)"},
        "x_range": list(WINDOW),
        "y_range": [0.0, 1.2],
        "series": [
            {"label": {"en": f"L = {size}", "ja": f"L = {size}"}, "color": color}
            for size, color in zip(sizes, COLORS, strict=False)
        ],
        "frames": [[_scaled(table[table["L"] == size], size / middle, s) for size in sizes] for s in powers],
        "labels": {language: [text.format(s=s) for s in powers] for language, text in words.items()},
    }


def _scaled(rows, ratio, s):
    distance = 1.0 - critical_temperature() / rows["T"].to_numpy(float)
    x, y = distance * ratio**s, rows["abs_magnetization"].to_numpy() * ratio ** (s / 8)
    return {"x": x.round(4).tolist(), "y": y.round(4).tolist()}


if __name__ == "__main__":
    from scripts.common.io import job, load_arrays, write_text
    from scripts.common.tables import read_table

    with job(snakemake):
        players = {
            "spins": spin_frames(load_arrays(snakemake.input.moments)),
            "collapse": collapse_curves(read_table(snakemake.input.table)),
        }
        for name, data in players.items():
            line = f'REPORT_DATA["ising.{name}"] = {json.dumps(data)};\n'
            write_text(snakemake.output[name], line)
