"""A restricted Boltzmann machine on Ising configurations, applied again and again: where does it lead?

Iso, Shiba and Yokoo (Phys. Rev. E 97, 053304 (2018), doi:10.1103/PhysRevE.97.053304) report that such a
flow goes to T_c. The thermometer here is the energy: the temperature at which the Ising model of this
size has the energy of the reconstructed configurations. The control learns configurations whose spins
were shuffled over the lattice, each anew: the same magnetizations, no neighbors.
"""

import itertools

import numpy as np
import pandas as pd

from scripts.common.seeds import generator
from scripts.renormalization.kernels import clusters, machine

EDGE = 8
TEMPERATURES = np.round(np.arange(0.5, 6.01, 0.25), 2)
STARTS = (0.5, 6.0)
SPACING = 5
GROUPS = 16


def training_data(number, seed):
    """Configurations at all temperatures, uint8[n_T, number, 64], and the energies per bond, float64[n_T]."""
    found = np.empty((len(TEMPERATURES), number, EDGE * EDGE), dtype=np.uint8)
    energies = np.empty(len(TEMPERATURES))
    for rows, (i, T) in zip(found, enumerate(TEMPERATURES), strict=True):
        spins, run = clusters.chain("square", EDGE, 1 / T, seed, "renormalization/machine", f"T={T}")
        run(100)
        products = []
        for row in rows:
            products.append(run(SPACING)[:, 2].mean())
            row[:] = spins > 0
        energies[i] = np.mean(products)
    return found, energies


def shuffled(data, rng):
    """Each configuration with its spins in a random order of its own."""
    return rng.permuted(data, axis=-1)


def products(v):
    """Mean product over the bonds of configurations float64[n, 64] of 0 and 1: float64[n]."""
    s = 2 * v.reshape(-1, EDGE, EDGE) - 1
    return 0.5 * (s * np.roll(s, 1, 1) + s * np.roll(s, 1, 2)).mean(axis=(1, 2))


def temperature(product, energies):
    """The temperature whose mean product is given; beyond the ends, the end."""
    return float(np.interp(-product, -energies, TEMPERATURES))


def flow_rows(kind, learned, data, energies, steps, rng):
    """Apply a machine again and again to configurations of both extreme temperatures.

    Returns
    -------
    list of dict
        ``training``, ``start``, ``step``, ``temperature`` with its error from 16 groups.
    """
    rows = []
    for start in STARTS:
        v = data[int(np.argmin(np.abs(TEMPERATURES - start)))].astype(float)
        for step in range(steps + 1):
            groups = products(v)[: len(v) // GROUPS * GROUPS].reshape(GROUPS, -1).mean(axis=1)
            readings = [temperature(x, energies) for x in groups]
            rows.append(
                {
                    "training": kind, "start": start, "step": step,
                    "temperature": temperature(groups.mean(), energies),
                    "temperature_err": np.std(readings, ddof=1) / np.sqrt(GROUPS),
                }
            )  # fmt: skip
            v = machine.reconstructed(learned, v, rng)
    return rows


def machine_table(number, hidden, epochs, steps, seed):
    """``machine.csv``: flows of machines trained on Ising configurations and on shuffled ones."""
    data, energies = training_data(number, seed)
    rows = []
    for kind, passes in itertools.product(("ising", "shuffled"), epochs):
        rng = generator(seed, "renormalization/machine", kind, f"epochs={passes}")
        seen = data if kind == "ising" else shuffled(data, rng)
        learned = machine.trained(seen.reshape(-1, EDGE * EDGE), hidden, passes, rng)
        rows += [{"epochs": passes} | row for row in flow_rows(kind, learned, data, energies, steps, rng)]
    return pd.DataFrame(rows)


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(machine_table(params.number, params.hidden, params.epochs, params.steps, params.seed))
