r"""Maximum of the entropy over probabilities under linear constraints, knowing nothing of exponentials.

Maximize :math:`S = -\sum p \ln p` subject to :math:`F p = c`. A step goes along the slope of S, each
probability in proportion to itself, freed of what would break the constraints; it is shortened where a
probability would lose more than `LOSS` of itself. The search ends where S no longer rises: how p depends
on F it never asks.
"""

import numpy as np

from scripts.common.io import InputError

TIGHT = 1e-13  # deviation from the constraints at which they count as met
PATIENCE = 5  # steps without a rise
STEPS = 2000
LOSS = 0.9
LEAST = 1e-100


def maximize_entropy(features, targets):
    """The distribution of largest entropy with given expectations.

    Parameters
    ----------
    features : float64[m, n]
        Values of m functions on n states; normalization is added.
    targets : float64[m]
        Their expectations, inside of what the features allow.

    Returns
    -------
    p : float64[n]
    steps : int

    Raises
    ------
    InputError
        If the targets lie at or beyond the rim of what is possible.
    """
    n = np.shape(features)[1]
    # Centered and scaled, so that deviations from all constraints are of one size.
    center, scale = np.mean(features, axis=1, keepdims=True), np.std(features, axis=1, keepdims=True)
    F = np.vstack([np.ones(n), (features - center) / scale])
    c = np.append(1.0, (np.asarray(targets, float) - center[:, 0]) / scale[:, 0])
    p, largest, waited = np.full(n, 1 / n), -np.inf, 0
    for step in range(STEPS):
        if p.min() < LEAST:
            break  # a state dies out: the targets lie at the rim, or beyond
        move = _move(p, F, c)
        p = p * (1 + min(1.0, LOSS / max(-move.min(), 1e-300)) * move)
        entropy = -(p @ np.log(p))
        rises = entropy > largest or np.abs(F @ p - c).max() > TIGHT
        largest, waited = (entropy, 0) if rises else (largest, waited + 1)
        if waited == PATIENCE:
            return p, step
    raise InputError("the expectations asked for lie at or beyond the rim of what any distribution has")


def _move(p, F, c):
    """Relative change of each probability: uphill in S, and such that F p = c afterwards."""
    slope = -np.log(p) - 1
    along = np.linalg.solve((F * p) @ F.T, F @ (p * slope) - (c - F @ p))
    return slope - F.T @ along
