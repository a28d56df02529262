"""The binomial distribution of a fair coin."""


def variance(n_tosses):
    """Variance of the share of heads, 1 / (4 n)."""
    return 0.25 / n_tosses
