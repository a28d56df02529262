"""N spins that all see each other, E = -M^2/(2N): Z = sum_k C(N, k) e^{beta (2k - N)^2/(2N)}."""

import numpy as np
from scipy.special import gammaln, logsumexp


def log_partition_function(N, beta):
    """ln Z of N spins, summed over the magnetization."""
    k = np.arange(N + 1)
    choices = gammaln(N + 1) - gammaln(k + 1) - gammaln(N - k + 1)
    return float(logsumexp(choices + beta * (2.0 * k - N) ** 2 / (2 * N)))
