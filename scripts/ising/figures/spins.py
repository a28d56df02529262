"""Figure: spins below, at and above the critical temperature."""

import numpy as np

from scripts.common.panels import picture
from scripts.common.style import WIDTH, plt, words
from scripts.ising.theory.onsager import critical_temperature

TEXT = {
    "below": ("below $T_c$", "$T_c$ より下"),
    "at": ("at $T_c$", "$T_c$ ちょうど"),
    "above": ("above $T_c$", "$T_c$ より上"),
}
DISTANCES = {"below": 0.88, "at": 1.0, "above": 1.32}  # in T / T_c: what shows each phase best


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to dict
        The arrays of ``simulate.py`` for one size.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    (arrays,) = data.values()
    text, size = words(TEXT, language), int(arrays["size"])
    temperatures = arrays["temperatures"].astype(float)
    figure, axes = plt.subplots(1, 3, figsize=(WIDTH, 2.56))
    for axis, (phase, distance) in zip(axes, DISTANCES.items(), strict=True):
        i = int(np.argmin(np.abs(temperatures - distance * critical_temperature())))
        picture(axis, np.unpackbits(arrays["snapshots"][i], count=size * size).reshape(size, size), theme)
        axis.set_title(f"{text[phase]}  ($T = {temperatures[i]:.2f}$)")
    return figure


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
