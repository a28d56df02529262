"""How far to propose: acceptance and memory against the width of the proposal, ``widths.csv``.

The posteriors are Gaussian, of unit width in every coefficient.
"""

import numpy as np
import pandas as pd

from scripts.bayes.kernels import energies, metropolis
from scripts.bayes.theory import walks
from scripts.common.io import InputError
from scripts.common.seeds import generator
from scripts.common.statistics import AutocorrelationError, integrated_autocorrelation_time, replica_mean

CHAINS = 16
WIDTHS = (0.5, 1.0, 1.5, 2.0, 2.4, 3.0, 4.0, 6.0)
WIDEST = 6.0  # in more than one dimension the ends of the range need very long chains
NARROWEST = 1.0
OFF = 1.03  # of the proposal, the fault of a control


def problem(d):
    """A LINEAR problem whose posterior is normal, of unit width in all d coefficients."""
    return energies.linear(np.eye(d), np.zeros(d), 2**0.5, 0.5)


def scan(dimensions, n_steps, seed):
    """Acceptance and autocorrelation time for each width of the proposal.

    Parameters
    ----------
    dimensions : sequence of int
    n_steps : int
        Of each of `CHAINS` chains; three times as many, and again, while they are too short for their tau.
    seed : int

    Returns
    -------
    pandas.DataFrame
        Columns ``dimensions``, ``width`` (times sqrt(d), in posterior widths), ``acceptance`` and ``tau``
        (of the first coefficient) with errors, ``acceptance_expected`` and ``tau_expected`` (of one
        dimension, else empty); in one dimension also ``acceptance_off`` of walks with steps `OFF` as wide.
    """
    rows = []
    for d in dimensions:
        for width in WIDTHS if d == 1 else [w for w in WIDTHS if NARROWEST <= w < WIDEST]:
            rng = generator(seed, "bayes/widths", f"d={d}", f"width={width}")
            scale, one = width / np.sqrt(d), d == 1
            acceptance, time = _measured(d, scale, n_steps, rng)
            expected = walks.gaussian_acceptance(width) if one else walks.isotropic_acceptance(scale, d)
            exact = walks.gaussian_memory(width) if one else np.nan
            off = _accepted(OFF * scale, n_steps, rng) if one else (np.nan, np.nan)
            times = time.tau, time.err, exact
            rows.append((d, width, CHAINS, *acceptance[:2], float(expected), *off[:2], *times))
    columns = ["dimensions", "width", "chains", "acceptance", "acceptance_err", "acceptance_expected"]
    columns += ["acceptance_off", "acceptance_off_err"]
    return pd.DataFrame(rows, columns=[*columns, "tau", "tau_err", "tau_expected"])


def _accepted(scale, n_steps, rng):
    """Share of accepted proposals in one dimension."""
    starts = rng.standard_normal((CHAINS, 1))
    return replica_mean([metropolis.chain(x, n_steps, problem(1), [scale], rng)[1] for x in starts])


def _measured(d, scale, n_steps, rng):
    for longer in (1, 3, 9):
        paths, shares = [], []
        for _ in range(CHAINS):
            start = rng.standard_normal(d)  # from the posterior: these chains start in equilibrium
            path, share = metropolis.chain(start, longer * n_steps, problem(d), np.full(d, scale), rng)
            paths.append(path[:, 0])
            shares.append(share)
        try:
            return replica_mean(shares), integrated_autocorrelation_time(np.stack(paths, axis=1))
        except AutocorrelationError as error:
            tau = error.tau
    raise InputError(
        f"bayes.widths.steps: {n_steps} are too few for an autocorrelation time of about {tau:.3g} in {d}"
        f" dimensions; allowed: about {20 * tau:.0f} or more"
    )


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(scan(params.dimensions, params.steps, params.seed))
