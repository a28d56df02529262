"""Maxima of likelihoods and posteriors, by Newton's method on the bare log-density."""

import numpy as np

STEP = 1e-100  # of the complex step: no subtraction, so the derivative is exact to rounding


def gradient(function, x):
    """Gradient of a real analytic function that also takes complex arguments, float64[d].

    df/dx = Im f(x + i h) / h: Squire and Trapp, SIAM Rev. 40, 110 (1998), doi:10.1137/S003614459631241X.
    """
    x = np.asarray(x, float)
    shifts = 1j * STEP * np.eye(len(x))
    return np.array([function(x + shift).imag / STEP for shift in shifts])


def maximum(function, start, *, steps=200):
    """Where a function of one maximum has it.

    Parameters
    ----------
    function : callable
        complex128[d] -> complex128, real for real arguments; such as a log-likelihood.
    start : float64[d]
        Where the function is finite.
    steps : int
        At most.

    Returns
    -------
    float64[d]

    Raises
    ------
    ValueError
        If Newton's method does not settle.
    """
    x = np.array(start, float)
    for _ in range(steps):
        slope, values, vectors = gradient(function, x), *np.linalg.eigh(_curvature(function, x))
        move = vectors @ (vectors.T @ slope / np.maximum(np.abs(values), 1e-8))
        here = function(x + 0j).real
        while function(x + move + 0j).real < here - 1e-9 * abs(here):
            move = move / 2
        x = x + move
        if np.all(np.abs(move) <= 1e-14 * np.maximum(np.abs(x), 1.0)):
            return x
    raise ValueError(f"Newton's method did not settle after {steps} steps at {x}")


def _curvature(function, x):
    """Second derivatives, by differences of exact gradients: they set the speed, not the place."""
    widths = 1e-6 * np.maximum(np.abs(x), 1.0)
    rows = [
        (gradient(function, x + shift) - gradient(function, x - shift)) / (2 * width)
        for shift, width in zip(np.diag(widths), widths, strict=True)
    ]
    return (np.array(rows) + np.transpose(rows)) / 2
