"""What the players of the chapter show: the spins at every temperature, and the collapse of all sizes.

The kinds of player and their fields stand in ``workflow/report/assets/players.js``.
"""

import numpy as np

from scripts.common.player import bit_frames, labels
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
        Data of the player, see `bit_frames`, in order of temperature.
    """
    size, temperatures = int(simulation["size"]), simulation["temperatures"].astype(float)
    order, snapshots = np.argsort(temperatures), simulation["snapshots"]
    spins = [np.unpackbits(snapshots[i], count=size * size).reshape(size, size) for i in order]
    steps = [{"T": T} for T in temperatures[order]]
    start = int(np.argmin(np.abs(temperatures[order] - critical_temperature())))
    return bit_frames(spins, labels(dict.fromkeys(("en", "ja"), "T = {T:.3f}"), steps), start)


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
        "labels": labels(words, [{"s": s} for s in powers]),
    }


def _scaled(rows, ratio, s):
    distance = 1.0 - critical_temperature() / rows["T"].to_numpy(float)
    x, y = distance * ratio**s, rows["abs_magnetization"].to_numpy() * ratio ** (s / 8)
    return {"x": x.round(4).tolist(), "y": y.round(4).tolist()}


if __name__ == "__main__":
    from scripts.common.io import job, load_arrays
    from scripts.common.player import write_player
    from scripts.common.tables import read_table

    with job(snakemake):
        spins = spin_frames(load_arrays(snakemake.input.moments))
        write_player(snakemake.output.spins, "ising.spins", spins)
        collapse = collapse_curves(read_table(snakemake.input.table))
        write_player(snakemake.output.collapse, "ising.collapse", collapse)
