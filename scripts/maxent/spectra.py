"""Maximum entropy at a given mean: ``spectra.csv``, shapes, dice, levels and a magnet."""

import numpy as np
import pandas as pd

from scripts.common.couplings import symmetric_normal
from scripts.common.enumeration import energies, spins
from scripts.common.seeds import generator
from scripts.maxent.kernels import simplex
from scripts.maxent.theory import canonical, derivatives

DICE = np.arange(1.0, 7.0)
LEVELS = np.array([0.0, 0.35, 0.6, 1.0, 1.3, 1.9, 2.2, 2.6, 3.0])  # of the figure
JAYNES = 4.5  # mean of the die in Jaynes' lecture
MEANS = np.round(np.arange(1.25, 5.76, 0.25), 2)  # of the slider
STEEPNESS = np.linspace(-20, 20, 201)  # beta times the width of the spectrum
OFF = 1.01  # wrong by one per cent: the controls
GRID = np.linspace(-9.0, 10.0, 381)  # for mean and variance
WAITS = np.arange(0.0, 300.0)  # for a mean alone on the half line


def random_spectrum(rng, largest):
    """A random spectrum of 3 to ``largest`` levels, float64[n]: uniform, Gaussian, or with degeneracies."""
    n = int(rng.integers(3, largest + 1))
    kind = rng.integers(3)
    if kind == 0:
        return rng.uniform(0, 4, n)
    if kind == 1:
        return rng.standard_normal(n)
    return np.append(rng.integers(0, 5, n - 1), 5).astype(float)


def spectrum_table(number, largest, seed):
    """Optimizer against canonical distribution, and derivatives of ln Z against moments.

    Parameters
    ----------
    number : int
        Random spectra; each is asked for a mean somewhere between its lowest and its highest level.
    largest : int
        Levels of the largest.
    seed : int

    Returns
    -------
    pandas.DataFrame
        One row per spectrum: ``levels``, ``energy`` (asked for), ``uniform`` (mean without
        constraint), ``beta``, ``divergence`` of optimum and canonical distribution, ``curvature``
        (largest deviation of ln p of the optimum from a straight line in E), ``entropy`` and
        ``entropy_free`` (optimum with and without the constraint), ``first``, ``second``,
        ``third``: derivatives of ln Z by automatic differentiation less the moments they should be, in
        units of the width of the spectrum; ``slope``, the largest d<E>/dbeta over `STEEPNESS`;
        ``beta_shifted``, the change of beta if the mean is moved by 1 % towards the highest level;
        ``helmholtz`` beta (F - (U - TS)); with suffix ``_off`` the controls.
    """
    rows = []
    for k in range(number):
        rng = generator(seed, "maxent/spectra", f"k={k}")
        levels = random_spectrum(rng, largest)
        low, high = levels.min(), levels.max()
        energy = low + (high - low) * rng.uniform(0.05, 0.95)
        beta = canonical.inverse_temperature(levels, energy)
        rows.append(_compared(levels, energy, beta) | _differentiated(levels, beta, largest))
    return pd.DataFrame(rows)


def _compared(levels, energy, beta):
    exact = canonical.probabilities(levels, beta)
    p, _ = simplex.maximize_entropy(levels[None, :], [energy])
    free, _ = simplex.maximize_entropy(np.empty((0, len(levels))), [])
    line = np.polynomial.Polynomial.fit(levels, np.log(p), 1)(levels)
    off = canonical.probabilities(levels, OFF * beta)
    return {
        "levels": len(levels),
        "energy": energy,
        "uniform": levels.mean(),
        "beta": beta,
        "divergence": canonical.divergence(p, exact),
        "divergence_off": canonical.divergence(p, off),
        "curvature": np.abs(np.log(p) - line).max(),
        "entropy": canonical.entropy(p),
        "entropy_free": canonical.entropy(free),
    }


def _differentiated(levels, beta, size):
    """Derivatives of ln Z by automatic differentiation against moments summed over the states."""
    p = canonical.probabilities(levels, beta)
    mean, spread = p @ levels, levels.max() - levels.min()
    moments = [(p * (levels - mean) ** k).sum() for k in (2, 3)]
    first, second, third = np.asarray(derivatives.energy_derivatives(levels, beta, size))
    slope_off = float(derivatives.energy_derivatives(levels, OFF * beta, size)[0])
    entropy = -(p * np.log(p)).sum()
    log_z = float(canonical.log_z(levels, beta))
    slopes = -canonical.variance(levels, STEEPNESS / spread) / spread**2
    shifted = canonical.inverse_temperature(levels, mean + 0.01 * (levels.max() - mean))
    return {
        "first": (first + mean) / spread,
        "first_off": (slope_off + mean) / spread,
        "second": (second - moments[0]) / spread**2,
        "second_off": (second - p @ levels**2) / spread**2,  # the mean square instead of the variance
        "third": (third + moments[1]) / spread**3,
        "slope": slopes.max(),
        "beta_shifted": (shifted - beta) * spread,
        # F = -ln Z / beta and U - TS, both times beta, so that beta near zero does no harm.
        "helmholtz": -log_z - (beta * mean - entropy),
        "helmholtz_off": -log_z - (beta * mean - OFF * entropy),
        "variance": moments[0],
    }


def shape_table():
    """Other constraints, other families: mean and variance on a line, a mean on the half line.

    Returns
    -------
    pandas.DataFrame
        Columns ``shape`` (gaussian, exponential), ``x``, ``optimum``, ``expected`` and, for the control,
        ``rival``: another law with the same constraints (two-sided exponential; half of a Gaussian).
    """
    mean, variance = 0.7, 1.44
    gaussian, _ = simplex.maximize_entropy(np.stack([GRID, GRID**2]), [mean, variance + mean**2])
    exact = np.exp(-((GRID - mean) ** 2) / (2 * variance))
    laplace = np.exp(-np.abs(GRID - mean) / np.sqrt(variance / 2))
    wait = 7.0
    exponential, _ = simplex.maximize_entropy(WAITS[None, :], [wait])
    geometric = (wait / (1 + wait)) ** WAITS
    half = np.exp(-(WAITS**2) / (np.pi * wait**2))
    tables = []
    for shape, x, found, want, rival in (
        ("gaussian", GRID, gaussian, exact, laplace),
        ("exponential", WAITS, exponential, geometric, half),
    ):
        columns = {"x": x, "optimum": found, "expected": want / want.sum(), "rival": rival / rival.sum()}
        tables.append(pd.DataFrame(columns).assign(shape=shape))
    return pd.concat(tables)[["shape", "x", "optimum", "expected", "rival"]]


def dice_table(means):
    """Dice of given means: the distribution of largest entropy and the canonical one, face by face."""
    return _optima(DICE, means, {"face": DICE.astype(int)})


def level_table():
    """One spectrum at three mean energies, level by level, for the figure."""
    return _optima(LEVELS, (0.7, float(LEVELS.mean()), 2.3), {"energy": LEVELS})


def _optima(levels, means, named):
    tables = []
    for mean in means:
        beta = canonical.inverse_temperature(levels, mean)
        found = {"optimum": simplex.maximize_entropy(levels[None, :], [mean])[0]}
        found["expected"] = canonical.probabilities(levels, beta)
        tables.append(pd.DataFrame({"mean": mean, "beta": beta} | named | found))
    return pd.concat(tables)


def magnet_table(seed):
    """Derivatives of ln Z in field and temperature against moments, for a random magnet of ten spins.

    Returns
    -------
    pandas.DataFrame
        Columns ``quantity``, ``derivative``, ``moment``.
    """
    couplings = symmetric_normal(generator(seed, "maxent/magnet"), 10) / np.sqrt(10)
    levels, magnetization = energies(couplings, np.zeros(10)), spins(np.arange(2**10), 10).sum(axis=1)
    beta, field = 0.8, 0.3
    p = canonical.probabilities(levels - field * magnetization, beta)
    mean, cost = p @ magnetization, levels - field * magnetization
    second = p @ magnetization**2 - mean**2
    mixed = mean - beta * (p @ (magnetization * cost) - mean * (p @ cost))
    found = np.asarray(derivatives.field_derivatives(levels, magnetization, beta, field))
    wanted = [beta * mean, beta**2 * second, mixed]
    names = ["magnetization", "susceptibility", "mixed"]
    return pd.DataFrame({"quantity": names, "derivative": found, "moment": wanted})


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(spectra=spectrum_table(params.number, params.levels, params.seed), shapes=shape_table())
        write(dice=dice_table([JAYNES]), dice_means=dice_table(MEANS), levels=level_table())
        write(magnet=magnet_table(params.seed))
