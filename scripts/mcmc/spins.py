"""Chains that flip single spins, every state counted: ``spins.npz``.

Arrays: ``columns`` int64, ``temperature`` float64, ``off`` float64, the wrong temperature of the
mutants; for every chain of `CHAINS`, and for the magnet among demons, ``counts_<chain>`` int64[2^n],
samples found in each state, and ``counts_<chain>_off`` of its mutant; ``quanta`` int64, what the demons
hold while the magnet is in its ground state; ``moves``, ``moves_off`` int64[2, 5, 2], flips tried and done
by the Metropolis chain and its mutant, by spin and number of up neighbors; ``counts_rejection`` int64[2^n];
``rejection`` and ``rejection_off`` (the smallest size, too hot) int64[S, 3]: spins, states proposed and kept.
"""

import numpy as np
from scipy import optimize, special

from scripts.common.progress import progress
from scripts.common.seeds import generator
from scripts.mcmc.kernels import demons
from scripts.mcmc.kernels import spins as kernel
from scripts.mcmc.theory import spins as theory

CHAINS = {
    "metropolis": ("metropolis", False),
    "heat_bath": ("heat_bath", False),
    "sequential": ("heat_bath", True),
    "strict": ("strict", False),
}
"""Rule of a flip, and whether the sites are taken in order."""
OFF = 1.03  # mutants are three per cent too hot
FORGOTTEN = 1e-3  # correlation that successive samples still have at most
DEMON_SAMPLES = 30000  # at least; a quarter of the other chains' where that is more
COUNTED = 4  # proposals of the counted rejection run per proposal of the others


def spacing(n_columns, temperature, rule):
    """Flips tried between two samples, or None if the chain does not reach all states."""
    matrix = theory.flip_matrix(n_columns, temperature, rule)
    if not theory.is_connected(matrix):
        return None
    second = theory.second_eigenvalue(matrix, theory.law(n_columns, temperature))
    return int(np.ceil(np.log(FORGOTTEN) / np.log(second)))


def chain_counts(n_columns, temperature, n_samples, seed):
    """State counts of all chains and of their mutants, and the moves of the Metropolis chain."""
    found, apart = {}, {rule: spacing(n_columns, temperature, rule) for rule in kernel.RULES}
    for chain, (rule, sequential) in progress(CHAINS.items(), "chains of spins"):
        if apart[rule] is None:
            continue
        plan = n_samples, apart[rule]
        for name, factor in ((chain, 1.0), (f"{chain}_off", OFF)):
            rng = generator(seed, "mcmc/spins", name)
            counts, moves = kernel.state_counts(rule, factor * temperature, n_columns, plan, rng, sequential)
            found[f"counts_{name}"] = counts
            if chain == "metropolis":
                found[name.replace(chain, "moves")] = moves
    return found


def demons_temperature(quanta):
    """Temperature of the demons by their number of states: 1/T = d ln C(q + M - 1, q) / dE, in J/k_B."""
    return demons.QUANTUM / (special.digamma(quanta + demons.DEMONS) - special.digamma(quanta + 1))


def demon_counts(n_columns, temperature, n_samples, seed):
    """State counts of the magnet among demons of a given temperature, and of its mutant."""
    levels, apart, found = theory.energies(n_columns), spacing(n_columns, temperature, "metropolis"), {}
    for name, T in (("demons", temperature), ("demons_off", OFF * temperature)):
        held = optimize.brentq(lambda q, T=T: demons_temperature(q) - T, 1e-3 * demons.DEMONS, 1e9)
        taken = (
            theory.law(n_columns, T) @ levels - levels.min()
        ) / demons.QUANTUM  # by the magnet, on average
        rng, quanta = generator(seed, "mcmc/spins", name), round(held + taken)
        found[f"counts_{name}"] = demons.state_counts(quanta, n_columns, (n_samples, apart), rng)
        found.setdefault("quanta", np.int64(quanta))
    return found


def rejection_counts(n_columns, temperature, columns, n_proposals, seed):
    """Rejection sampling: kept of proposed for tori of several sizes, and all states of one."""
    rows = []
    for width in sorted(columns):
        rng = generator(seed, "mcmc/rejection", f"columns={width}")
        kept, _ = kernel.rejection(temperature, width, n_proposals, rng)
        rows.append((kernel.ROWS * width, n_proposals, kept))
    rng = generator(seed, "mcmc/rejection", "off")
    kept, _ = kernel.rejection(OFF * temperature, min(columns), n_proposals, rng)
    off = np.array([(kernel.ROWS * min(columns), n_proposals, kept)])
    rng = generator(seed, "mcmc/rejection", "counted")
    _, counts = kernel.rejection(temperature, n_columns, COUNTED * n_proposals, rng, counted=True)
    return {"rejection": np.array(rows, np.int64), "rejection_off": off, "counts_rejection": counts}


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        system = n_columns, T = params.columns, float(params.temperature)
        found = {"columns": np.int64(n_columns), "temperature": np.float64(T), "off": np.float64(OFF * T)}
        found |= chain_counts(*system, params.samples, params.seed)
        found |= demon_counts(*system, max(params.samples // 4, DEMON_SAMPLES), params.seed)
        plan = params.rejection["columns"], params.rejection["proposals"]
        write(found | rejection_counts(*system, *plan, params.seed))
