"""What the tests of error bars share: a chain with known correlations and a two-sided test of z."""

import numpy as np
from scipy import signal, stats


def ar1(rng, r, n, replicas=None):
    """Stationary AR(1) chains of unit variance, x_t = r x_{t-1} + noise: float64[n] or [n, replicas].

    tau = (1 + r)/(2 (1 - r)) exactly.
    """
    shape = (n,) if replicas is None else (n, replicas)
    noise = rng.standard_normal(shape) * np.sqrt(1 - r * r)
    noise[0] /= np.sqrt(1 - r * r)
    return signal.lfilter([1], [1, -r], noise, axis=0)


def ar1_tau(r):
    return (1 + r) / (2 * (1 - r))


def assert_calibrated(z, degrees_of_freedom=np.inf, bias=0.0):
    """Fail unless z over independent runs has mean 0 and variance 1.

    Levels: mean within 4 standard errors (plus a stated ``bias``), variance inside the
    1e-5 tails of chi-square. With 200 runs, error bars wrong by a factor 1.5 in either
    direction fall outside in over 99.9 % of cases; so does a bias of 0.5 sigma.
    """
    z = np.asarray(z, dtype=float)
    assert z.ndim == 1
    assert len(z) >= 200, "an error bar is proven by at least 200 independent runs"
    if np.isfinite(degrees_of_freedom):
        z = stats.norm.ppf(stats.t.cdf(z, degrees_of_freedom))
    n = len(z)
    assert abs(z.mean()) < 4 / np.sqrt(n) + bias, f"mean of z is {z.mean():.3f} over {n} runs"
    low, high = stats.chi2.ppf([1e-5, 1 - 1e-5], n - 1) / (n - 1)
    assert low < z.var(ddof=1) < high, f"variance of z is {z.var(ddof=1):.3f}, not {low:.2f} .. {high:.2f}"
