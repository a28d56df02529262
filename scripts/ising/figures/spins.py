"""Figure: spins below, at and above the critical temperature."""

import numpy as np

from scripts.common.style import WIDTH, plt, spin_colormap, words
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
    size, temperatures = int(arrays["size"]), arrays["temperatures"].astype(float)
    figure, axes = plt.subplots(1, 3, figsize=(WIDTH, 2.56))
    for axis, (phase, distance) in zip(axes, DISTANCES.items(), strict=True):
        i = int(np.argmin(np.abs(temperatures - distance * critical_temperature())))
        spins = np.unpackbits(arrays["snapshots"][i], count=size * size).reshape(size, size)
        # Nearest neighbor, so that every spin stays a square of one color.
        axis.imshow(spins, cmap=spin_colormap(theme), vmin=0, vmax=1, interpolation="nearest")
        axis.set(xticks=[], yticks=[], title=f"{words(TEXT, language)[phase]}  ($T = {temperatures[i]:.2f}$)")
        axis.minorticks_off()
    return figure


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
