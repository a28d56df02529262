r"""Evidences that can be written down: coin, straight line, die.

Beta(a, b) and an ordered sequence of k heads in n throws: P(X) = B(a + k, b + n - k)/B(a, b).
Linear regression y = X w + noise, w ~ N(0, 1/alpha), noise variance 1/lam: the posterior is Gaussian with
precision A = alpha 1 + lam X'X and mean lam A^{-1} X'y, and

    ln P(y) = [d ln alpha + n ln lam - ln det A - lam |y - X mu|^2 - alpha |mu|^2 - n ln 2 pi]/2.

Jaynes's die: faces 1 to 6 of which the mean is known; the distribution of largest entropy is e^{lam k}/Z.

Source: C. M. Bishop, Pattern Recognition and Machine Learning (2006), sections 2.1 and 3.5;
E. T. Jaynes, in Statistical Physics, Brandeis Lectures 3 (1963).
"""

import numpy as np
from scipy.optimize import brentq
from scipy.special import betaln


def coin_evidence(a, b, heads, throws):
    """ln P(X) of an ordered sequence."""
    return float(betaln(a + heads, b + throws - heads) - betaln(a, b))


def regression_posterior(X, y, alpha, lam):
    """Mean float64[d] and precision float64[d, d] of the weights."""
    A = alpha * np.eye(X.shape[1]) + lam * X.T @ X
    return lam * np.linalg.solve(A, X.T @ y), A


def regression_evidence(X, y, alpha, lam):
    """ln P(y | X).

    Parameters
    ----------
    X : ndarray, float64[n, d]
    y : ndarray, float64[n]
    alpha, lam : float
        Precision of the prior and of the noise.

    Returns
    -------
    float
    """
    (n, d), (mu, A) = X.shape, regression_posterior(X, y, alpha, lam)
    quadratic = lam * np.sum((y - X @ mu) ** 2) + alpha * mu @ mu + n * np.log(2 * np.pi)
    return float(d * np.log(alpha) + n * np.log(lam) - np.linalg.slogdet(A)[1] - quadratic) / 2


def die(mean, faces=6):
    """Jaynes's die.

    Parameters
    ----------
    mean : float
        Between 1 and ``faces``.
    faces : int

    Returns
    -------
    multiplier : float
        lam of p_k = e^{lam k}/Z.
    probabilities : ndarray, float64[faces]
    entropy : float
        ln Z - lam mean.
    """
    k = np.arange(1, faces + 1)

    def tilted(lam):
        w = np.exp(lam * (k - mean))
        return w / w.sum()

    lam = brentq(lambda value: tilted(value) @ k - mean, -50, 50, xtol=1e-15, rtol=1e-15)
    return lam, tilted(lam), float(np.log(np.exp(lam * k).sum()) - lam * mean)
