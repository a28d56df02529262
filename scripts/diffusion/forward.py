"""The forward process three ways: particles, their density by the Fokker-Planck equation, exactly.

``forward.npz``: ``times`` float64[T]; ``x`` float64[G]; ``exact``, ``solver`` float64[T, G], densities at
cell centers; ``particles`` int64, their number; ``edges`` float64[B + 1] and ``histogram`` float64[T, B], of
the particles; ``deviates`` float64[T], chi-square of the histograms as normal deviates; the same for the
film: ``film_times`` float64[F], ``film`` float64[F, B]; ``switched`` float64[4, 2], mean and variance of the
particles at time `SWITCHED` with both terms, drift alone, diffusion alone, and a diffusion whose noise is 5 %
too strong, ``switched_err`` likewise, ``switched_exact``, of the latter without the fault; ``drift``
float64[5]: slope of the displacement on x in units of -beta/2, its error, the exact value, the mean pull far
minus near, and its error; ``drift_off`` float64[2], the slope and its error if the pull is 10 % too weak;
``current`` float64[3], the largest current of the stationary density, of one 1 % too wide, and of the start,
``current_exact`` float64, of the start; ``rates`` float64[5], slowest decay rates of the solver; ``rate_off``
float64[2], first decay rate and its error of particles pulled 3 % too strongly; ``diffusion_off`` float64, L1
error if the diffusion is 5 % too strong; ``solver_kl``, ``solver_entropy`` float64[3, S], of the laws
`laws.HEATED` at `laws.HEAT_TIMES`, from the solver's densities.
"""

import numpy as np
import pandas as pd
from scipy import special

from scripts.common.columns import pairs
from scripts.common.seeds import generator
from scripts.common.statistics import jackknife
from scripts.common.statistics.counts import deviate
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
RISING = np.linspace(0.004, 0.08, 25)  # a schedule of noise
CHAIN_TIME = 1.0
REFINEMENTS = (4, 2, 1)
HERMITE = (1, 2, 3)
FIRST = 0.1  # time from which their decay is followed
# When the law is judged. Of a mean of 2 remains 0.005 at the time 6, which a million particles see.
SETTLED, SETTLING_STEP = 12.0, 0.04
BLOCKS = 100
PLANTED = {
    "wider": 1.01,
    "diffusion": 1.05,
    "noise": 1.05,
    "pull": 0.9,
    "rate": 1.03,
    "chain": 1.02,
    "late": 1.02,
}
"""Faults that the checks must notice, as factors."""
LEAST_COUNT = 10  # expected in a bin that is judged


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
            rows.append((n_cells // factor, t, error, abs(p.sum() * width - 1)))
    return rows


def diffusion_off(mixture, n_cells, t=0.5):
    """L1 distance from the exact density if the diffusion is stronger than it should be."""
    centers, width = solver.cells(reach(mixture), n_cells)
    first = cell_means(mixture, 0.0, centers, width)
    found = solver.evolve(first, [t], width / 4, centers, width, (1.0, PLANTED["diffusion"]))[0]
    return np.abs(found - cell_means(mixture, t, centers, width)).sum() * width


def relaxing(mixture, n_cells):
    """KL divergence from N(0, 1) and entropy of the solver at `laws.HEAT_TIMES`: float64[2, S]."""
    centers, width, found = solved(mixture, n_cells, laws.HEAT_TIMES)
    p = np.maximum(found, 1e-300)
    entropy = -np.sum(p * np.log(p), axis=1) * width
    energy = np.sum(p * (centers**2 + width**2 / 12), axis=1) * width / 2
    return np.array([-entropy + energy + np.log(2 * np.pi) / 2, entropy])


def histogram_deviate(counts, shares, n):
    """Chi-square of a histogram against exact shares, as a normal deviate; rare bins are one."""
    common = n * shares >= LEAST_COUNT
    found = np.append(counts[common], n - counts[common].sum())
    expected = np.append(n * shares[common], n * (1 - shares[common].sum()))
    kept = expected >= LEAST_COUNT
    return deviate(np.sum((found - expected)[kept] ** 2 / expected[kept]), kept.sum() - 1)


def langevin(mixture, n, seed):
    """Histograms of one cloud of particles at all times of table and film, and their deviates."""
    edges = np.linspace(-reach(mixture), reach(mixture), BINS + 1)
    x = laws.drawn(mixture, n, generator(seed, "diffusion/forward", "start"))
    rng, now, counts = generator(seed, "diffusion/forward", "noise"), 0.0, {}
    for t in sorted({*TIMES, *FILM.tolist()}):
        if t > now:
            particles.forward(x, t - now, STEP, (1.0, 1.0), rng)
            now = t
        counts[t] = np.histogram(x, edges)[0]
    shares = [np.diff(theory.distribution(edges, theory.noised(mixture, t))) for t in TIMES]
    deviates = [histogram_deviate(counts[t], own, n) for t, own in zip(TIMES, shares, strict=True)]
    return edges, counts, np.array(deviates)


def switched(mixture, n, seed):
    """Mean and variance with both terms, drift alone, diffusion alone, its fault; errors; exact values."""
    found, errors, exact = [], [], []
    mean, variance = theory.moments(mixture)
    shrunk = np.exp(-SWITCHED)
    for terms in ((1.0, 1.0), (1.0, 0.0), (0.0, 1.0), (0.0, PLANTED["noise"])):
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


def drift(mixture, n, seed, beta=0.04):
    """Regress one step of the chain on x: slope in units of -beta / 2, and far against near; its fault."""
    rng = generator(seed, "diffusion/forward", "drift")
    x = laws.drawn(mixture, n, rng)
    moved, faulty = x.copy(), x.copy()
    for one in (moved, faulty):
        particles.discrete_forward(one, np.array([beta]), rng)
    kept = 1 - np.sqrt(1 - beta)
    faulty += (1 - PLANTED["pull"]) * kept * x
    slope, off = (np.sum(x * (one - x)) / np.sum(x * x) / (-beta / 2) for one in (moved, faulty))
    error = np.sqrt(beta / np.sum(x * x)) / (beta / 2)
    far, change = np.abs(x) > np.median(np.abs(x)), moved - x
    pull = [-np.mean(np.sign(x[part]) * change[part]) / (beta / 2) for part in (far, ~far)]
    spread = np.sqrt(4 / (beta * n) * 4)
    return np.array([slope, error, kept / (beta / 2), pull[0] - pull[1], spread]), np.array([off, error])


def chains(mixture, n, seed):
    """The book's chains, (name, schedule, particles): constant beta, a rising one, and two with a fault."""
    schedules = [("constant", np.full(round(2 * CHAIN_TIME / beta), beta)) for beta in BETAS]
    shifted = np.append(RISING[1:], 2 * RISING[-1] - RISING[-2])
    schedules += [("rising", RISING), ("shifted", shifted), ("noisy", schedules[-1][1])]
    for name, betas in schedules:
        rng = generator(seed, "diffusion/chain", name, f"beta={betas[-1]}")
        scale = PLANTED["chain"] if name == "noisy" else 1.0
        x = laws.drawn(mixture, n, rng) / scale
        particles.discrete_forward(x, betas, rng)
        yield name, betas, scale * x


def chain_rows(mixture, n, seed):
    """The book's chain against its recursion and the continuous limit; faulty ones against what is right."""
    rows = []
    for name, betas, x in chains(mixture, n, seed):
        right = RISING if name == "shifted" else betas
        found = {
            "mean": (x.mean(), x.std() / np.sqrt(n)),
            "variance": (x.var(ddof=1), np.std((x - x.mean()) ** 2) / np.sqrt(n)),
        }
        both = *theory.chained(mixture, right), *theory.moments(theory.noised(mixture, right.sum() / 2))
        exact = dict(zip(("mean_exact", "variance_exact", "mean_limit", "variance_limit"), both, strict=True))
        rows.append(
            {"chain": name, "beta": betas[-1], "steps": len(betas), "particles": n} | pairs(**found) | exact
        )
    return pd.DataFrame(rows)


def ks_deviate(x, law):
    """Kolmogorov-Smirnov distance from a law as a normal deviate: large where it does not fit."""
    ordered = np.sort(x)
    n, expected = len(x), law(ordered)
    at = np.arange(n)
    distance = max(np.max((at + 1) / n - expected), np.max(expected - at / n))
    tail = special.kolmogorov((np.sqrt(n) + 0.12 + 0.11 / np.sqrt(n)) * distance)
    return float(-special.ndtri(np.clip(tail, 1e-300, 1 - 1e-16)))


def _hermite(x, order):
    return {1: x, 2: x**2 - 1, 3: x**3 - 3 * x}[order]


def decay(x, drift, rng):
    """Means of the Hermite moments in blocks by (time, order), x being carried along in place."""
    now, moments = 0.0, {}
    for t in sorted({FIRST, *(FIRST + 1 / order for order in HERMITE)}):
        particles.forward(x, t - now, STEP, (drift, 1.0), rng)
        now = t
        for order in HERMITE:
            moments[t, order] = _hermite(x, order).reshape(BLOCKS, -1).mean(axis=1)
    return now, moments


def relaxation(mixture, n, seed):
    """Decay of the first Hermite moments from five starts, and the law reached at a late time."""
    rows = []
    for name in laws.ONE_DIMENSION:
        rng = generator(seed, "diffusion/relaxation", name)
        x = laws.start(name, mixture, n, rng)
        now, moments = decay(x, 1.0, rng)
        particles.forward(x, SETTLED - now, SETTLING_STEP, (1.0, 1.0), rng)
        # the equation is linear: noise that is too strong widens the late law by as much
        late, off = (ks_deviate(scale * x, special.ndtr) for scale in (1.0, PLANTED["late"]))
        rows += [(name, order, *_rate(moments, order), late, off, n) for order in HERMITE]
    names = ["law", "order", "rate", "rate_err", "deviate_late", "deviate_off", "particles"]
    return pd.DataFrame(rows, columns=names)


def rate_off(mixture, n, seed):
    """First decay rate, with its error, of particles that are pulled too strongly."""
    rng = generator(seed, "diffusion/relaxation", "pulled")
    x = laws.start("exponential", mixture, n, rng)
    return np.array(_rate(decay(x, PLANTED["rate"], rng)[1], 1))


def _rate(moments, order):
    """Decay rate between two times 1 / order apart; nan where the moment is lost in its noise."""
    blocks = np.stack([moments[FIRST, order], moments[FIRST + 1 / order, order]], axis=1)
    signal = np.abs(blocks.mean(axis=0)) * np.sqrt(BLOCKS) / blocks.std(axis=0, ddof=1)
    if signal.min() < 10:
        return np.nan, np.nan
    found = jackknife(blocks, lambda means: order * np.log(means[..., 0] / means[..., 1]))
    return found.value, found.err


def currents(mixture, n_cells):
    """Largest current of N(0, 1), of one a little too wide, and of the start; and the last one exactly."""
    centers, width = solver.cells(reach(mixture), n_cells)
    walls = (centers[1:] + centers[:-1]) / 2
    wide = [np.exp(-((centers / scale) ** 2) / 2) / np.sqrt(2 * np.pi) for scale in (1.0, PLANTED["wider"])]
    first = cell_means(mixture, 0.0, centers, width)
    exact = np.abs((walls + theory.score(walls, mixture)) * theory.density(walls, mixture)).max()
    return {
        "current": np.array([np.abs(solver.currents(p, centers, width)).max() for p in (*wide, first)]),
        "current_exact": exact,
    }


def tables(mixture, n, n_cells, seed):
    """All tables and arrays of the forward process."""
    centers, width, found = solved(mixture, n_cells, TIMES)
    edges, counts, deviates = langevin(mixture, n, seed)
    densities = pd.DataFrame(solver_errors(mixture, n_cells), columns=["cells", "t", "distance", "mass"])
    scale = n * np.diff(edges)
    moments, moment_errors, exact = switched(mixture, n, seed)
    pull, pull_off = drift(mixture, n, seed)
    heated = np.stack([relaxing(law, n_cells) for law in laws.heated(mixture).values()], axis=1)
    arrays = {
        "times": np.array(TIMES), "x": centers, "solver": found,
        "exact": np.array([theory.density(centers, theory.noised(mixture, t)) for t in TIMES]),
        "particles": np.int64(n), "edges": edges, "deviates": deviates,
        "histogram": np.array([counts[t] / scale for t in TIMES]),
        "film_times": FILM, "film": np.array([counts[t] / scale for t in FILM.tolist()]),
        "switched": moments, "switched_err": moment_errors, "switched_exact": exact,
        "drift": pull, "drift_off": pull_off,
        "diffusion_off": diffusion_off(mixture, n_cells),
        "rates": solver.spectrum(centers, width, 5), "rate_off": rate_off(mixture, n, seed),
        "solver_kl": heated[0], "solver_entropy": heated[1],
    } | currents(mixture, n_cells)  # fmt: skip
    return densities, chain_rows(mixture, n, seed), relaxation(mixture, n, seed), arrays


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        mixture = laws.as_arrays(params.mixture)
        densities, chain, relaxed, arrays = tables(mixture, params.particles, params.cells, params.seed)
        write(densities=densities, chain=chain, relaxation=relaxed, arrays=arrays)
