"""What the players show is what was measured."""

import base64

import numpy as np
import pandas as pd

from scripts.ising.theory.onsager import critical_temperature
from scripts.ising.widgets import collapse_curves, spin_frames


def test_a_frame_holds_the_spins_of_its_temperature():
    bits = np.random.default_rng(1).integers(0, 2, (3, 16, 16)).astype(bool)
    simulation = {
        "size": 16,
        "temperatures": np.array(["3.0", "1.5", "2.26"]),
        "snapshots": np.packbits(bits, axis=-1),
    }
    made = spin_frames(simulation)
    assert made["labels"]["en"] == ["T = 1.500", "T = 2.260", "T = 3.000"]
    assert made["start"] == 1
    for frame, source in zip(made["frames"], (1, 2, 0), strict=True):
        unpacked = np.unpackbits(np.frombuffer(base64.b64decode(frame), np.uint8)).reshape(16, 16)
        assert np.array_equal(unpacked, bits[source])


def spread(frame, at):
    """Largest difference between the curves of a frame at one x."""
    values = [np.interp(at, curve["x"], curve["y"]) for curve in frame]
    return max(values) - min(values)


def test_the_curves_fall_together_at_the_exact_powers_and_nowhere_else():
    """Synthetic magnetizations that scale exactly, with beta/nu = 1/8 and nu = 1."""
    temperatures = np.linspace(1.8, 3.0, 121)
    distance = 1 - critical_temperature() / temperatures
    rows = [
        pd.DataFrame(
            {"L": L, "T": temperatures, "h": 0.0, "abs_magnetization": L**-0.125 * np.exp(-distance * L / 20)}
        )
        for L in (8, 16, 32, 64)
    ]
    made = collapse_curves(pd.concat(rows))
    spreads = [spread(frame, 0.05) for frame in made["frames"]]
    assert int(np.argmin(spreads)) == made["start"]
    assert spreads[made["start"]] < 2e-3
    assert min(spreads[0], spreads[-1]) > 0.1
