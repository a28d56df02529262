r"""Do several chains agree? Rank-normalized R-hat and effective sample sizes.

Vehtari, Gelman, Simpson, Carpenter and Buerkner, Bayesian Anal. 16, 667 (2021),
doi:10.1214/20-BA1221. Each chain is cut in two, so that one that drifts disagrees with itself, and
values are replaced by normal scores of their ranks, so that heavy tails do no harm.

Here tau = 1 + 2 sum rho counts samples, twice that of `autocorrelation`.
"""

import numpy as np
from scipy import fft, special


def rank_normalized(chains):
    """Normal scores Phi^-1((r - 3/8) / (S + 1/4)) of the ranks r of all values; ties share a rank."""
    values = np.asarray(chains, float)
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks = (last - (counts - 1) / 2)[inverse.reshape(values.shape)]
    return special.ndtri((ranks - 0.375) / (values.size + 0.25))


def split(chains):
    """Halves of all chains: float64[C, n] -> float64[2 C, n // 2]; an odd value in the middle is left out."""
    chains = np.asarray(chains, float)
    if chains.ndim != 2 or chains.shape[1] < 4:
        raise ValueError(f"chains have the shape [C, n] with n >= 4, not {list(chains.shape)}")
    half = chains.shape[1] // 2
    return np.concatenate([chains[:, :half], chains[:, -half:]])


def r_hat(chains):
    """Potential scale reduction of several chains; one if they agree.

    Parameters
    ----------
    chains : float64[C, n]
        Chains with different starts; more than one unless the only question is drift.

    Returns
    -------
    float
        The larger of that of the values and that of their distances from the median, which notices
        chains of different width. Infinite if chains stand still at different places.
    """
    folded = np.abs(chains - np.median(chains))
    return max(_reduction(rank_normalized(split(chains))), _reduction(rank_normalized(split(folded))))


def effective_size_bulk(chains):
    """Independent samples that all chains together are worth for the location, float; see `r_hat`."""
    return _effective_size(rank_normalized(split(chains)))


def effective_size_tail(chains, quantiles=(0.05, 0.95)):
    """The smaller effective size of the indicators of two quantiles, float; see `r_hat`."""
    edges = np.quantile(chains, quantiles)
    return min(_effective_size(split(np.asarray(chains) <= edge)) for edge in edges)


def _reduction(chains):
    """sqrt of the pooled variance over the mean variance within."""
    n = chains.shape[1]
    if not np.ptp(chains, axis=1).any():  # all stand still; their variances would only be rounding
        return np.inf if np.ptp(chains) > 0 else 1.0
    within = chains.var(axis=1, ddof=1).mean()
    between = chains.mean(axis=1).var(ddof=1)
    return float(np.sqrt((n - 1) / n + between / within))


def _effective_size(chains):
    """C n / tau, with the sum over rho cut where pairs of neighbors turn negative, and made monotone.

    Geyer, Stat. Sci. 7, 473 (1992), doi:10.1214/ss/1177011137: for a reversible chain the sums
    rho(2k) + rho(2k + 1) are positive and fall.
    """
    n_chains, n = chains.shape
    if not np.ptp(chains):
        return float(n_chains * n)
    size = fft.next_fast_len(2 * n, real=True)
    deviations = chains - chains.mean(axis=1, keepdims=True)
    power = np.abs(fft.rfft(deviations, size, axis=1)) ** 2
    covariance = fft.irfft(power, size, axis=1)[:, :n].mean(axis=0) / n
    within = covariance[0] * n / (n - 1)
    pooled = covariance[0] + chains.mean(axis=1).var(ddof=1)
    rho = 1 - (within - covariance) / pooled
    rho[0] = 1.0
    pairs = rho[: n // 2 * 2].reshape(-1, 2).sum(axis=1)
    negative = np.flatnonzero(pairs <= 0)
    last = int(negative[0]) if len(negative) else len(pairs)
    tail = max(rho[2 * last], 0.0) if 2 * last < n else 0.0
    tau = 2 * np.minimum.accumulate(pairs[:last]).sum() - 1 + tail
    return float(n_chains * n / max(tau, 1 / np.log10(n_chains * n)))
