"""Coordinate ascent watched: ``trace.csv``, ``ascent.csv``, ``trajectories.csv``, ``objectives.csv``.

k_B = 1, all in nats. The machine of the first table has units that are seen, X, and units that are
hidden, Z; ln P(X) and the posterior come from sums over all states.
"""

from functools import partial

import numpy as np
import pandas as pd
from scipy.optimize import brentq, minimize_scalar

from scripts.common.enumeration import energies, enumerated, spins
from scripts.common.seeds import generator
from scripts.variational import models
from scripts.variational.kernels import mean_field
from scripts.variational.theory import divergences as div
from scripts.variational.theory import product

VISIBLE, HIDDEN, COUPLING = 4, 12, 1.6  # the machine; its couplings in units of those of the SK model
CONVERGED = 1e-10  # gain of the ELBO in one sweep
SAME = 1e-6  # two ends of an ascent this close are one optimum
SHOWN = 24  # trajectories of the figure
SHOWN_SWEEPS = 40
TORUS_T, TORUS_FIELD = 3.0, 0.2  # of the objectives: 4 x 4 Ising in a field
GRID = np.linspace(-0.98, 0.98, 99)
FEW = 10  # one in so many runs where one optimum is all there is, and where cycles take long
PARALLEL_LIMIT = 300  # sweeps after which a cycle is a cycle
OFF = 1.01  # the fault of the controls: a temperature, or the couplings of an update
FAULTY = 40  # runs with the wrong couplings
TINY = 1e-9  # means whose growth tells a paramagnet from an ordered state


def independent(m, n):
    """Probabilities of all states under independent spins, float64[2^n], as `energies` numbers them."""
    return (1 + spins(np.arange(2**n), n) * m).prod(1) / 2**n


def machine(seed):
    """A Boltzmann machine whose first units are clamped to data.

    Returns
    -------
    J, h : ndarray
        Of the hidden units, with the clamped ones as fields.
    offset : float
        To add to the logarithm of sums over hidden units, to have it of P(X, Z).
    """
    n = VISIBLE + HIDDEN
    rng = generator(seed, "variational/ascent", "machine")
    J, h = models.sherrington_kirkpatrick(n, rng)
    J *= COUPLING
    x = np.where(rng.random(VISIBLE) < 0.5, 1.0, -1.0)
    own = x @ J[:VISIBLE, :VISIBLE] @ x / 2 + h[:VISIBLE] @ x
    fields = h[VISIBLE:] + J[VISIBLE:, :VISIBLE] @ x
    return J[VISIBLE:, VISIBLE:].copy(), fields, float(own - enumerated(J, h).log_z)


def trace(seed, sweeps=4):
    """ELBO and divergence after every update of a factor, the latter by a sum over all states.

    Returns
    -------
    pandas.DataFrame
        ``update`` (0 is the start), ``elbo``, ``divergence``, ``log_evidence``.
    """
    J, h, offset = machine(seed)
    n = len(h)
    E = energies(J, h)
    posterior = div.canonical(E, 1.0)
    log_evidence = offset + float(div.log_partition_function(E, 1.0))
    m = generator(seed, "variational/ascent", "start").uniform(-0.9, 0.9, n)
    rows = []
    for update in range(sweeps * n + 1):
        if update:
            i = (update - 1) % n
            m[i] = np.tanh(h[i] + J[i] @ m)
        elbo = offset + mean_field.elbo(J, h, 1.0, m)
        rows.append((update, elbo, div.divergence(independent(m, n), posterior), log_evidence))
    return pd.DataFrame(rows, columns=["update", "elbo", "divergence", "log_evidence"])


def glass(n, seed):
    """The SK model of these ascents, without fields."""
    rng = generator(seed, "variational/ascent", f"n={n}", "glass")
    return models.sherrington_kirkpatrick(n, rng)[0], np.zeros(n)


def ascents(n, runs, temperatures, seed):
    """Many ascents from random starts, factor by factor and all at once.

    Parameters
    ----------
    n, runs : int
        Spins, and runs of the glass by coordinate ascent over all temperatures together.
    temperatures : sequence of str

    Returns
    -------
    pandas.DataFrame
        One row per model, method and temperature: ``runs``, ``converged`` (share whose ELBO stands still),
        ``settled`` (share whose factors do), ``smallest_change`` of the ELBO, ``optima`` (different ends of
        the settled ones), ``best`` and ``worst`` ELBO of these, ``ln_z``, ``transition``: the temperature
        below which small means grow under these updates, with ``transition_expected``, the largest
        eigenvalue of J; ``fault``: the change of the ELBO where an ascent ended in one more sweep, with
        couplings one per cent too large, on average over `FAULTY` runs. The last three of the glass,
        factor by factor.
    """
    each = -(-runs // len(temperatures))
    few = -(-each // FEW)
    rows = []
    for model, (J, h) in (("glass", glass(n, seed)), ("antiferromagnet", models.antiferromagnet(n))):
        for text in temperatures:
            for method, tried in (("coordinate", each if model == "glass" else few), ("parallel", few)):
                starts = generator(seed, "variational/ascent", model, method, text)
                starts, beta = starts.uniform(-0.99, 0.99, (tried, n)), 1 / float(text)
                row = {"model": model, "method": method, "T": float(text), "n": n, "runs": tried}
                rows.append(row | _ends(method, J, h, beta, starts))
                if model == "glass" and method == "coordinate":
                    rows[-1] |= {"transition": transition_temperature(J)}
                    rows[-1] |= {"transition_expected": float(np.linalg.eigvalsh(J).max())}
                    rows[-1] |= {"fault": _faulty(J, h, beta, starts[:FAULTY])}
    return pd.DataFrame(rows)


def transition_temperature(J, sweeps=1000):
    """The temperature at which means near zero neither grow nor shrink under `mean_field.sweep`.

    That iteration shrinks them exactly where m = 0 is a maximum of the ELBO; found by bisection.
    """
    n = len(J)

    def growth(T):
        m, size = np.random.default_rng(0).normal(size=n), 1.0
        for _ in range(sweeps):
            m *= TINY / size  # where the equations are linear
            mean_field.sweep(J, np.zeros(n), 1 / T, m)
            size = np.abs(m).max()
        return size / TINY - 1

    return float(brentq(growth, 0.1, float(np.abs(J).sum(1).max()), xtol=1e-7))


def _faulty(J, h, beta, starts):
    """Change of the ELBO at the end of an ascent in a sweep with wrong couplings, mean over runs."""
    changes = []
    for start in starts:
        m = mean_field.watched_ascent(J, h, beta, start)[0]
        best = mean_field.elbo(J, h, beta, m)
        mean_field.sweep(OFF * J, h, beta, m)
        changes.append(mean_field.elbo(J, h, beta, m) - best)
    return float(np.mean(changes))


def _ends(method, J, h, beta, starts):
    """What the ends of all runs of one kind have in common."""
    if method == "coordinate":
        found = [mean_field.watched_ascent(J, h, beta, start) for start in starts]
    else:
        found = [mean_field.parallel_update(J, h, beta, start, PARALLEL_LIMIT) for start in starts]
    smallest = min(each[2] for each in found)
    ends = [m for m, settled, _, _ in found if settled]
    elbos = [mean_field.elbo(J, h, beta, m) for m in ends]
    return {
        "converged": sum(abs(gain) <= CONVERGED for *_, gain in found) / len(found),
        "settled": len(ends) / len(found),
        "smallest_change": smallest,
        "optima": _different(ends),
        "best": max(elbos, default=np.nan),
        "worst": min(elbos, default=np.nan),
        "ln_z": enumerated(J, h, beta).log_z,
    }


def _different(ends):
    """Number of ends no two of which are the same."""
    kept = np.empty((0, len(ends[0]) if ends else 0))
    for m in ends:
        if not len(kept) or np.abs(kept - m).max(1).min() > SAME:
            kept = np.vstack([kept, m])
    return len(kept)


def trajectories(n, temperature, seed):
    """ELBO against sweeps: the glass at one temperature from several starts, and the parallel update."""
    starts = generator(seed, "variational/ascent", "shown").uniform(-0.9, 0.9, (SHOWN, n))
    kinds = (
        ("glass", "coordinate", glass(n, seed), starts),
        ("antiferromagnet", "coordinate", models.antiferromagnet(n), starts[:1]),
        ("antiferromagnet", "parallel", models.antiferromagnet(n), starts[:1]),
    )
    beta, rows = 1 / float(temperature), []
    for model, method, (J, h), some in kinds:
        for run, start in enumerate(some):
            m = start.copy()
            for sweep in range(SHOWN_SWEEPS + 1):
                rows.append((model, method, float(temperature), run, sweep, mean_field.elbo(J, h, beta, m)))
                if method == "parallel":
                    m = np.tanh(beta * (h + J @ m))
                else:
                    mean_field.sweep(J, h, beta, m)
    return pd.DataFrame(rows, columns=["model", "method", "T", "run", "sweep", "elbo"])


def objectives():
    """The three goals along one family: independent spins of mean m on the 4 x 4 torus in a field.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``objectives``: ``m``, ``divergence`` D(Q||P) from all states, ``free_energy`` F[Q] and ``elbo`` from
        their formulas, ``forward`` D(P||Q) from all states and ``forward_closed`` from mean and entropy of
        P. ``minima``: ``objective``, ``m``: where each is best, by Brent's method, also F[Q] at a
        temperature one per cent too high (``free_energy_off``); ``magnetization``, the true mean.
    """
    J, _ = models.torus(16, np.random.default_rng(0))  # its random fields are not used
    h, beta = np.full(16, TORUS_FIELD), 1 / TORUS_T
    E = energies(J, h)
    P = div.canonical(E, beta)

    up_spins = (spins(np.arange(2**16), 16) > 0).sum(1)
    k = np.arange(17)

    def trial(m):
        """Probabilities of all states: they depend on the number of spins that are up."""
        return (((1 + m) / 2) ** k * ((1 - m) / 2) ** (16 - k))[up_spins]

    free_energy = partial(product.torus_free_energy, n=16, field=TORUS_FIELD)

    goals = {
        "divergence": lambda m: float(div.divergence(trial(m), P)),
        "free_energy": partial(free_energy, T=TORUS_T),
        "elbo": lambda m: mean_field.elbo(J, h, beta, np.full(16, m)),
        "forward": lambda m: float(div.divergence(P, trial(m))),
    }
    curves = pd.DataFrame({"m": GRID} | {name: [goal(m) for m in GRID] for name, goal in goals.items()})
    downhill = goals | {
        "elbo": lambda m: -goals["elbo"](m),
        "free_energy_off": partial(free_energy, T=OFF * TORUS_T),
    }
    brent = partial(minimize_scalar, bounds=(0.01, 0.99), method="bounded", options={"xatol": 1e-10})
    best = [(name, brent(goal).x) for name, goal in downhill.items()]
    exact = enumerated(J, h, beta)
    mean = exact.magnetization.mean()
    entropy = exact.log_z + beta * exact.energy
    curves["forward_closed"] = product.forward_divergence(GRID, 16, mean, entropy)
    minima = pd.DataFrame([*best, ("magnetization", mean)], columns=["objective", "m"])
    F = float(div.free_energy(E, beta))
    return {"objectives": curves.assign(free_energy_exact=F, T=TORUS_T), "minima": minima}


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        (runs, n, temperatures), seed = params.ascent, params.seed
        write(trace=trace(seed), ascent=ascents(n, runs, temperatures, seed))
        write(trajectories=trajectories(n, min(temperatures, key=float), seed), **objectives())
