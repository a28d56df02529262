"""Independent configurations of one size at several temperatures in one job, for experiments that need many.

Arrays written:

- ``size``; ``temperatures`` str[n]
- ``configurations_<T>`` uint8[number, ceil(L*L/8)] for each temperature: as in `configurations`, row i from
  replica i mod 64
- ``tau`` float64[n, 2]: autocorrelation time of |m| in sweeps, and its error
"""

import numpy as np

from scripts.ising.configurations import configurations


def ensembles(size, numbers, equilibration, seed):
    """`configurations` at each temperature, in a stream of its own.

    Parameters
    ----------
    size : int
    numbers : dict of str to int
        Configurations wanted, by temperature.
    equilibration, seed : int
        As in `configurations`.

    Returns
    -------
    dict of str to array
        See the module's docstring.

    Raises
    ------
    InputError
        If ``equilibration`` is too short for an autocorrelation time.
    """
    points = {T: configurations(size, T, n, equilibration, seed) for T, n in numbers.items()}
    arrays = {f"configurations_{T}": point["configurations"] for T, point in points.items()}
    taus = np.array([point["tau"] for point in points.values()])
    return {"size": size, "temperatures": np.array(list(numbers)), "tau": taus} | arrays


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(ensembles(int(snakemake.wildcards.L), params.numbers, params.equilibration, params.seed))
