r"""Fits of exponential families by moment matching, all states summed.

.. math:: p_\theta(x) = e^{\theta \cdot f(x)} / Z(\theta), \qquad
          \nabla \langle \ln p_\theta \rangle_D = \langle f \rangle_D - \langle f \rangle_\theta .

Newton's method: the Hessian is minus the covariance of the features in the model.
"""

import numpy as np

from scripts.common.io import InputError

SMALL = 1e-9  # gap of the moments before the last step
STEPS = 100
RIM = 10.0  # parameter of a feature of +-1 beyond which its moment is +-1 to eight digits
LARGEST = 3.0  # change of a log-probability per step, so that far starts do not overshoot


def log_probabilities(features, theta):
    """ln p of all states, float64[..., n], for features float64[n, k] and parameters float64[..., k]."""
    weights = theta @ features.T
    top = weights.max(axis=-1, keepdims=True)
    return weights - top - np.log(np.exp(weights - top).sum(axis=-1, keepdims=True))


def fit(features, moments, theta=None):
    """Parameters whose model has the given moments.

    Parameters
    ----------
    features : float64[n, k]
        Of all n states; products of +-1.
    moments : float64[k] or float64[R, k]
        Of one data set, or of R at once.
    theta : float64[k] or float64[R, k], optional
        Where to start; zero if left out.

    Returns
    -------
    float64[k] or float64[R, k]

    Raises
    ------
    InputError
        If moments lie at the rim of what the features allow: then parameters grow without end.
    """
    many, moments = np.ndim(moments) == 2, np.atleast_2d(moments)
    found = np.zeros_like(moments) if theta is None else np.array(np.atleast_2d(theta), float)
    active = np.arange(len(moments))
    for _ in range(STEPS):
        p = np.exp(log_probabilities(features, found[active]))
        gap = moments[active] - p @ features
        found[active] += _steps(features, p, gap)  # also where it is close: the last step squares the error
        active = active[np.abs(gap).max(axis=1) > SMALL]
        if not len(active) or np.abs(found).max() > RIM:
            break
    if not len(active) and np.abs(found).max() <= RIM:
        return found if many else found[0]
    raise InputError("the moments lie at the rim of what the features allow: no finite parameters fit them")


def _steps(features, p, gap):
    """Newton's steps, shortened where they would change log-probabilities by more than `LARGEST`."""
    mean = p @ features
    second = np.einsum("rn,ni,nj->rij", p, features, features, optimize=True)
    covariance = second - mean[:, :, None] * mean[:, None, :]
    ridge = 1e-14 * np.trace(covariance, axis1=1, axis2=2)[:, None, None] * np.eye(features.shape[1])
    step = np.linalg.solve(covariance + ridge, gap[:, :, None])[:, :, 0]
    size = np.abs(step @ features.T).max(axis=1)
    return step * np.minimum(1.0, LARGEST / np.maximum(size, 1e-300))[:, None]
