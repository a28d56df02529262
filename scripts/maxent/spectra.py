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
GUESSES = 20  # other guesses, and other distributions with the same mean
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
        units of the width of the spectrum; ``beta_optimum``, minus the slope of ln p of the optimum;
        ``rise``, the largest rise of the mean energy with beta over `STEEPNESS`; ``worst`` and
        ``others``, see `_guessed`; ``helmholtz`` beta (F - (U - TS)); with suffix ``_off`` the controls;
        ``entropy_tilted``, that of a distribution 1 % off the uniform one.
    """
    rows = []
    for k in range(number):
        rng = generator(seed, "maxent/spectra", f"k={k}")
        levels = random_spectrum(rng, largest)
        low, high = levels.min(), levels.max()
        energy = low + (high - low) * rng.uniform(0.05, 0.95)
        beta = canonical.inverse_temperature(levels, energy)
        rows.append(_compared(levels, energy, beta, rng) | _differentiated(levels, beta, largest))
    return pd.DataFrame(rows)


def _compared(levels, energy, beta, rng):
    exact = canonical.probabilities(levels, beta)
    p, _ = simplex.maximize_entropy(levels[None, :], [energy])
    free, _ = simplex.maximize_entropy(np.empty((0, len(levels))), [])
    fit = np.polynomial.Polynomial.fit
    line = fit(levels, np.log(p), 1)
    off = canonical.probabilities(levels, OFF * beta)
    shifted, _ = simplex.maximize_entropy(levels[None, :], [energy + 0.01 * (levels.max() - energy)])
    return {
        "levels": len(levels),
        "energy": energy,
        "uniform": levels.mean(),
        "beta": beta,
        "divergence": canonical.divergence(p, exact),
        "divergence_off": canonical.divergence(p, off),
        "curvature": np.abs(np.log(p) - line(levels)).max(),
        "beta_optimum": -line.convert().coef[1],
        "beta_optimum_off": -fit(levels, np.log(shifted), 1).convert().coef[1],
        "entropy": canonical.entropy(p),
        "entropy_free": canonical.entropy(free),
        "entropy_tilted": canonical.entropy((1 + (OFF - 1) * (-1.0) ** np.arange(len(levels))) / len(levels)),
    } | _guessed(levels, p, beta, rng)


def _guessed(levels, p, beta, rng):
    """The loss of a guess g, -sum q ln g, at the worst of the distributions q that have the mean; less S.

    ``worst``: the guess is the optimum; ``worst_off``: beta is 2 % off; ``others``: the least of `GUESSES`
    other guesses.
    """
    constraints = np.sqrt(p)[:, None] * np.column_stack([np.ones(len(p)), levels])
    basis = np.linalg.qr(constraints)[0]
    changes = rng.standard_normal((GUESSES, len(p)))
    inside = changes - changes @ basis @ basis.T
    possible = np.vstack([p, [_changed(p, each) for each in inside]])
    off = canonical.probabilities(levels, (2 * OFF - 1) * beta)
    losses = [
        (-possible @ np.log(guess)).max() for guess in (p, off, *(_changed(p, each) for each in changes))
    ]
    right, wrong, *others = np.array(losses) - canonical.entropy(p)
    return {"worst": right, "worst_off": wrong, "others": min(others)}


def _changed(p, change):
    """p changed by up to a tenth of each probability, and normalized."""
    changed = p * (1 + 0.1 * change / np.sqrt(p) / np.abs(change / np.sqrt(p)).max())
    return changed / changed.sum()


def _differentiated(levels, beta, size):
    """Derivatives of ln Z by automatic differentiation against moments summed over the states."""
    p = canonical.probabilities(levels, beta)
    mean, spread = p @ levels, levels.max() - levels.min()
    moments = [(p * (levels - mean) ** k).sum() for k in (2, 3)]
    first, second, third = np.asarray(derivatives.energy_derivatives(levels, beta, size))
    slope_off = float(derivatives.energy_derivatives(levels, OFF * beta, size)[0])
    entropy = -(p * np.log(p)).sum()
    log_z = float(canonical.log_z(levels, beta))
    means = canonical.mean_energy(levels, STEEPNESS / spread) / spread
    return {
        "first": (first + mean) / spread,
        "first_off": (slope_off + mean) / spread,
        "second": (second - moments[0]) / spread**2,
        "second_off": (second - OFF * moments[0]) / spread**2,
        "third": (third + moments[1]) / spread**3,
        "rise": np.diff(means).max(),
        # F = -ln Z / beta and U - TS, both times beta, so that beta near zero does no harm.
        "helmholtz": -log_z - (beta * mean - entropy),
        "helmholtz_off": -log_z - (beta * mean - OFF * entropy),
    }


def shape_table():
    """Other constraints, other families: mean and variance on a line, a mean on the half line.

    Returns
    -------
    pandas.DataFrame
        Columns ``shape`` (gaussian, exponential), ``x``, ``optimum``, ``expected``, ``faulty`` (for the
        control, the expected one with variance or mean 1 % off) and ``rival``: another law with the same
        constraints, or nearly so (two-sided exponential; half of a Gaussian).
    """
    mean, variance = 0.7, 1.44
    gaussian, _ = simplex.maximize_entropy(np.stack([GRID, GRID**2]), [mean, variance + mean**2])
    exact, wide = (np.exp(-((GRID - mean) ** 2) / (2 * v)) for v in (variance, OFF * variance))
    laplace = np.exp(-np.abs(GRID - mean) / np.sqrt(variance / 2))
    wait = 7.0
    exponential, _ = simplex.maximize_entropy(WAITS[None, :], [wait])
    geometric, late = ((w / (1 + w)) ** WAITS for w in (wait, OFF * wait))
    half = np.exp(-(WAITS**2) / (np.pi * wait**2))
    tables = []
    for shape, x, found, *laws in (
        ("gaussian", GRID, gaussian, exact, wide, laplace),
        ("exponential", WAITS, exponential, geometric, late, half),
    ):
        named = zip(("expected", "faulty", "rival"), laws, strict=True)
        columns = {"x": x, "optimum": found} | {name: law / law.sum() for name, law in named}
        tables.append(pd.DataFrame(columns).assign(shape=shape))
    return pd.concat(tables)[["shape", "x", "optimum", "expected", "faulty", "rival"]]


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
