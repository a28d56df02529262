"""The forward process three ways: particles, their density by the Fokker-Planck equation, exactly.

``forward.npz``: ``times`` float64[T]; ``x`` float64[G]; ``exact``, ``solver`` float64[T, G], densities at
cell centers; ``edges`` float64[B + 1] and ``histogram`` float64[T, B], of the particles; the same for the
film: ``film_times`` float64[F], ``film`` float64[F, B]; ``switched`` float64[3, 2], mean and variance
of the particles at time `SWITCHED` with both terms, drift alone, diffusion alone, ``switched_err``
likewise, ``switched_exact``; ``drift`` float64[4]: slope of the displacement on x in units of -beta/2, its
error, the exact value, the mean pull far minus near, and its error; ``current`` float64[2], the largest
current of the stationary density and of the start; ``rates`` float64[5], slowest decay rates of the solver;
``without_half`` float64, L1 error if the diffusion is taken twice as strong.
"""

import numpy as np
import pandas as pd
from scipy import special

from scripts.common.columns import pairs
from scripts.common.seeds import generator
from scripts.common.statistics import jackknife
from scripts.diffusion import laws
from scripts.diffusion.kernels import fokker_planck as solver
from scripts.diffusion.kernels import particles
from scripts.diffusion.theory import mixture as theory

REACH = 8.0  # of the box beyond the outermost mean's unit noise
TIMES = (0.05, 0.2, 0.5, 1.0, 2.0)
FILM = np.concatenate([[0.0], np.geomspace(0.02, 5.0, 25)])
STEP = 0.01
BINS = 120
SWITCHED = 0.5
BETAS = (0.4, 0.2, 0.1, 0.05, 0.025)
CHAIN_TIME = 1.0
REFINEMENTS = (4, 2, 1)
HERMITE = (1, 2, 3)
FIRST = 0.1  # time from which their decay is followed
# When the law is judged. Of a mean of 2 remains 0.005 at the time 6, which a million particles see.
SETTLED, SETTLING_STEP = 12.0, 0.04
BLOCKS = 100


def cell_means(mixture, t, centers, width):
    """Exact mean density of every cell."""
    walls = np.append(centers - width / 2, centers[-1] + width / 2)
    return np.diff(theory.distribution(walls, theory.noised(mixture, t))) / width


def reach(mixture):
    """Half the box: the outermost mean, and room for the tails of data and noise."""
    return float(np.abs(mixture[1]).max() + REACH * max(1.0, np.sqrt(mixture[2].max())) * 0.8)


def solved(mixture, n_cells, times):
    """Densities by the solver at rising times, with centers and width of the cells."""
    centers, width = solver.cells(reach(mixture), n_cells)
    spans = np.diff(np.concatenate([[0.0], times]))
    first = cell_means(mixture, 0.0, centers, width)
    return centers, width, solver.evolve(first, spans, width / 4, centers, width)


def solver_errors(mixture, n_cells):
    """L1 error of the solver on grids of the resolution asked for, and coarser ones."""
    rows = []
    for factor in REFINEMENTS:
        centers, width, found = solved(mixture, n_cells // factor, TIMES)
        for t, p in zip(TIMES, found, strict=True):
            error = np.abs(p - cell_means(mixture, t, centers, width)).sum() * width
            rows.append(("solver", n_cells // factor, t, error, 0.0, abs(p.sum() * width - 1)))
    return rows


def without_half(mixture, n_cells, t=0.5):
    """L1 distance from the exact density if the diffusion is twice as strong as it should be."""
    centers, width = solver.cells(reach(mixture), n_cells)
    first = cell_means(mixture, 0.0, centers, width)
    found = solver.evolve(first, [t], width / 4, centers, width, (1.0, 2.0))[0]
    return np.abs(found - cell_means(mixture, t, centers, width)).sum() * width


def expected_distance(shares, n):
    """Mean and standard deviation of sum |n_b / n - p_b| for n particles (cells independent, Gaussian)."""
    spread = np.sqrt(shares * (1 - shares) / n)
    return np.sqrt(2 / np.pi) * spread.sum(), np.sqrt((1 - 2 / np.pi) * np.sum(spread**2))


def langevin(mixture, n, seed):
    """Histograms of one cloud of particles at all times of table and film."""
    edges = np.linspace(-reach(mixture), reach(mixture), BINS + 1)
    x = laws.drawn(mixture, n, generator(seed, "diffusion/forward", "start"))
    rng, now, counts = generator(seed, "diffusion/forward", "noise"), 0.0, {}
    for t in sorted({*TIMES, *FILM.tolist()}):
        if t > now:
            particles.forward(x, t - now, STEP, (True, True), rng)
            now = t
        counts[t] = np.histogram(x, edges)[0]
    rows = []
    for t in TIMES:
        shares = np.diff(theory.distribution(edges, theory.noised(mixture, t)))
        mean, spread = expected_distance(shares, n)
        found = np.abs(counts[t] / n - shares).sum()
        rows.append(("langevin", n, t, found, spread, mean))
    return edges, counts, rows


def switched(mixture, n, seed):
    """Mean and variance with both terms, drift alone and diffusion alone; errors; exact values."""
    found, errors, exact = [], [], []
    mean, variance = theory.moments(mixture)
    shrunk = np.exp(-SWITCHED)
    for terms in ((True, True), (True, False), (False, True)):
        rng = generator(seed, "diffusion/forward", f"switched={terms}")
        x = laws.drawn(mixture, n, rng)
        particles.forward(x, SWITCHED, STEP, terms, rng)
        offset = x - x.mean()
        found.append((x.mean(), x.var(ddof=1)))
        errors.append((x.std() / np.sqrt(n), np.std(offset**2) / np.sqrt(n)))
        factor = shrunk if terms[0] else 1.0
        noise = (1 - shrunk**2 if terms[0] else 2 * SWITCHED) if terms[1] else 0.0
        exact.append((factor * mean, factor**2 * variance + noise))
    return np.array(found), np.array(errors), np.array(exact)


def drift(mixture, n, seed, beta=0.01):
    """Regress one step of the book's chain on x: slope in units of -beta / 2, and far against near."""
    rng = generator(seed, "diffusion/forward", "drift")
    x = laws.drawn(mixture, n, rng)
    moved = x.copy()
    particles.discrete_forward(moved, beta, 1, rng)
    change = moved - x
    slope = np.sum(x * change) / np.sum(x * x) / (-beta / 2)
    error = np.sqrt(beta / np.sum(x * x)) / (beta / 2)
    far = np.abs(x) > np.median(np.abs(x))
    pull = [-np.mean(np.sign(x[part]) * change[part]) / (beta / 2) for part in (far, ~far)]
    spread = np.sqrt(4 / (beta * n) * 4)
    return np.array([slope, error, (1 - np.sqrt(1 - beta)) / (beta / 2), pull[0] - pull[1], spread])


def chain_rows(mixture, n, seed):
    """The book's chain for falling beta at the same continuous time, against its recursion and the limit."""
    mean, variance = theory.moments(mixture)
    rows = []
    for beta in BETAS:
        n_steps = round(2 * CHAIN_TIME / beta)
        rng = generator(seed, "diffusion/chain", f"beta={beta}")
        x = laws.drawn(mixture, n, rng)
        particles.discrete_forward(x, beta, n_steps, rng)
        left, limit = (1 - beta) ** n_steps, np.exp(-beta * n_steps)
        found = {
            "mean": (x.mean(), x.std() / np.sqrt(n)),
            "variance": (x.var(ddof=1), np.std((x - x.mean()) ** 2) / np.sqrt(n)),
        }
        exact = {
            "mean_exact": np.sqrt(left) * mean, "mean_limit": np.sqrt(limit) * mean,
            "variance_exact": left * variance + 1 - left, "variance_limit": limit * variance + 1 - limit,
        }  # fmt: skip
        rows.append({"beta": beta, "steps": n_steps} | pairs(**found) | exact)
    return pd.DataFrame(rows)


def ks_deviate(x, law):
    """Kolmogorov-Smirnov distance from a law as a normal deviate: large where it does not fit."""
    ordered = np.sort(x)
    n, expected = len(x), law(ordered)
    at = np.arange(n)
    distance = max(np.max((at + 1) / n - expected), np.max(expected - at / n))
    tail = special.kolmogorov((np.sqrt(n) + 0.12 + 0.11 / np.sqrt(n)) * distance)
    return float(distance), float(-special.ndtri(np.clip(tail, 1e-300, 1 - 1e-16)))


def _hermite(x, order):
    return {1: x, 2: x**2 - 1, 3: x**3 - 3 * x}[order]


def relaxation(mixture, n, seed):
    """Decay of the first Hermite moments from five starts, and the law reached at a late time."""
    rows = []
    for name in laws.ONE_DIMENSION:
        rng = generator(seed, "diffusion/relaxation", name)
        x, now, moments = laws.start(name, mixture, n, rng), 0.0, {}
        for t in sorted({FIRST, *(FIRST + 1 / order for order in HERMITE)}):
            particles.forward(x, t - now, STEP, (True, True), rng)
            now = t
            for order in HERMITE:
                moments[t, order] = _hermite(x, order).reshape(BLOCKS, -1).mean(axis=1)
        early = ks_deviate(x, special.ndtr)
        particles.forward(x, SETTLED - now, SETTLING_STEP, (True, True), rng)
        late = ks_deviate(x, special.ndtr)
        for order in HERMITE:
            blocks = np.stack([moments[FIRST, order], moments[FIRST + 1 / order, order]], axis=1)
            rows.append((name, order, *_rate(blocks, order), early[1], *late))
    names = ["law", "order", "rate", "rate_err", "deviate_early", "distance_late", "deviate_late"]
    return pd.DataFrame(rows, columns=names)


def _rate(blocks, order):
    """Decay rate between two times 1 / order apart; nan where the moment is lost in its noise."""
    signal = np.abs(blocks.mean(axis=0)) * np.sqrt(BLOCKS) / blocks.std(axis=0, ddof=1)
    if signal.min() < 10:
        return np.nan, np.nan
    found = jackknife(blocks, lambda means: order * np.log(means[..., 0] / means[..., 1]))
    return found.value, found.err


def tables(mixture, n, n_cells, seed):
    """All tables and arrays of the forward process."""
    centers, width, found = solved(mixture, n_cells, TIMES)
    edges, counts, rows = langevin(mixture, n, seed)
    names = ["method", "resolution", "t", "distance", "distance_err", "expected"]
    densities = pd.DataFrame(solver_errors(mixture, n_cells) + rows, columns=names)
    scale = n * np.diff(edges)
    moments, moment_errors, exact = switched(mixture, n, seed)
    gauss = np.exp(-(centers**2) / 2) / np.sqrt(2 * np.pi)
    arrays = {
        "times": np.array(TIMES), "x": centers, "solver": found,
        "exact": np.array([theory.density(centers, theory.noised(mixture, t)) for t in TIMES]),
        "edges": edges, "histogram": np.array([counts[t] / scale for t in TIMES]),
        "film_times": FILM, "film": np.array([counts[t] / scale for t in FILM.tolist()]),
        "switched": moments, "switched_err": moment_errors, "switched_exact": exact,
        "drift": drift(mixture, n, seed),
        "without_half": without_half(mixture, n_cells),
        "rates": solver.spectrum(centers, width, 5),
        "current": np.array([np.abs(solver.currents(p, centers, width)).max()
                             for p in (gauss, cell_means(mixture, 0.0, centers, width))]),
    }  # fmt: skip
    return densities, chain_rows(mixture, n, seed), relaxation(mixture, n, seed), arrays


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        mixture = laws.as_arrays(params.mixture)
        densities, chain, relaxed, arrays = tables(mixture, params.particles, params.cells, params.seed)
        write(densities=densities, chain=chain, relaxation=relaxed, arrays=arrays)
