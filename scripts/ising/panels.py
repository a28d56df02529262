"""The rule that integrates energies over the inverse temperature: 16 panels with the nodes of Gauss and
Lobatto.

J = k_B = 1, h = 0, beta = 1/T. T_c is an edge between two panels, for there e(b) is almost singular. Each
panel has five nodes, exact up to degree 7, and shares its edges with its neighbors. e(0) = 0 needs no
simulation, so that 64 inverse temperatures remain.
"""

import numpy as np

from scripts.ising.theory.onsager import critical_temperature

# The right edges of the panels, from hot to cold, narrower towards T_c.
TEMPERATURES = (10.0, 5.0, 3.5, 3.0, 2.6, 2.4, 2.31, critical_temperature(),
                2.23, 2.15, 2.07, 2.0, 1.8, 1.5, 1.0, 0.6)  # fmt: skip
NODES = np.array([-1, -np.sqrt(3 / 7), 0, np.sqrt(3 / 7), 1])  # on [-1, 1]
WEIGHTS = np.array([9, 49, 64, 49, 9]) / 180  # of the mean over [-1, 1]


def inverse_temperatures():
    """The 64 nodes beta > 0 of all panels, ascending: float64[64]; every fourth is an edge."""
    edges = np.concatenate([[0.0], 1 / np.array(TEMPERATURES)])
    middle, half = (edges[1:] + edges[:-1]) / 2, np.diff(edges) / 2
    nodes = middle[:, None] + half[:, None] * NODES[1:]
    nodes[:, -1] = edges[1:]  # to the last bit
    return nodes.ravel()


def log_partition_function(energies):
    """ln Z / N at the edges from energies at the nodes.

    Parameters
    ----------
    energies : float64[..., 64]
        Energy per spin at `inverse_temperatures`.

    Returns
    -------
    float64[..., 16]
        At `TEMPERATURES`.
    """
    energies = np.asarray(energies, dtype=float)
    panels = energies.reshape(*energies.shape[:-1], len(TEMPERATURES), len(NODES) - 1)
    left = np.concatenate([np.zeros_like(panels[..., :1, -1]), panels[..., :-1, -1]], axis=-1)
    lengths = np.diff(1 / np.array(TEMPERATURES), prepend=0.0)
    integrals = lengths * (WEIGHTS[0] * left + panels @ WEIGHTS[1:])
    return np.log(2) - np.cumsum(integrals, axis=-1)
