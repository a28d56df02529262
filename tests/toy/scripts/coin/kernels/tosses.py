"""Tosses of a fair coin, one by one."""


def shares(n_tosses, n_runs, rng):
    """Share of heads of every run.

    Parameters
    ----------
    n_tosses, n_runs : int
    rng : numpy.random.Generator

    Returns
    -------
    float64[n_runs]
    """
    return rng.integers(0, 2, (n_runs, n_tosses)).mean(axis=1)
