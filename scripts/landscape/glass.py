"""Critical points of glasses and networks: ``critical_points.csv``, ``index_law.csv``, ``spectra.npz``.

Arrays: ``energies`` float64[m] and ``eigenvalues`` float64[m, N - 1], the Hessians of the critical points of
the largest glass; ``network`` float64[k, P], the Hessians of the network's, ``heights`` float64[k] of the
same.
"""

import numpy as np
import pandas as pd

from scripts.common.seeds import generator
from scripts.landscape.kernels import critical, network, pspin
from scripts.landscape.theory import glass as plain_glass
from scripts.landscape.theory import network as plain_network
from scripts.landscape.theory import semicircle

DESCENT, RATE = 100, 0.05  # the longest of the descents before the search, and their rate
STEPS, VANISHED = 200, 1e-10
SAME = 9  # digits of the energy in which two critical points of one landscape agree
MATRICES = 2_000_000  # squared sizes of the random matrices behind the law of finite size, in all
COLUMNS = ["system", "size", "instance", "height", "index_share", "gradient"]
FLAT = 1e-8  # curvatures under this share of the largest have no sign
HUGE = 100.0  # weights from which a network is on its way to infinity


def glass_points(n, starts, rng):
    """Critical points of one instance: energies, spectra float64[m, n - 1], plain gradients left there."""
    tensor = pspin.couplings(n, rng)
    sphere = pspin.Sphere(tensor)
    u = rng.standard_normal((starts, n))
    u /= np.linalg.norm(u, axis=1, keepdims=True)
    lengths = np.linspace(0, DESCENT, starts).astype(int)
    u = critical.descents(sphere, u, lengths, RATE)
    u, size = critical.minimize_gradient(sphere, u, STEPS, VANISHED)
    energy, _, hessian = sphere.derivatives(u)
    kept = distinct(energy, size <= VANISHED)
    left = np.linalg.norm(plain_glass.gradient(tensor, u[kept]), axis=1)
    return energy[kept], pspin.tangent_spectrum(hessian[kept], u[kept]), left


def distinct(heights, critical):
    """Critical points of different heights, int64[m]: one index for each."""
    kept = np.flatnonzero(critical)
    return kept[np.unique(heights[kept].round(SAME), return_index=True)[1]]


def glasses(sizes, instances, starts, seed):
    """Critical points of all sizes.

    Returns
    -------
    pandas.DataFrame
        `COLUMNS`; the height is the energy per spin.
    energies, eigenvalues : float64[m], float64[m, N - 1]
        Of the largest size.
    """
    tables, found = [], {}
    for n in sizes:
        for instance in range(instances):
            rng = generator(seed, "landscape/glass", f"N={n}", f"instance={instance}")
            energy, spectrum, size = glass_points(n, starts, rng)
            found.setdefault(n, []).append((energy, spectrum))
            columns = ["glass", n, instance, energy, (spectrum < 0).mean(axis=1), size]
            tables.append(pd.DataFrame(dict(zip(COLUMNS, columns, strict=True))))
    energies, spectra = zip(*found[max(sizes)], strict=True)
    return pd.concat(tables), np.concatenate(energies), np.concatenate(spectra)


def network_points(task, starts, rng):
    """Critical points of the loss of a network with as many units as its teacher.

    Parameters
    ----------
    task : tuple of int
        Units, inputs and examples.
    starts : int
    rng : numpy.random.Generator

    Returns
    -------
    height : float64[k]
        Loss in units of that of a network that answers nothing.
    spectrum : float64[k, P]
    gradient : float64[k]
        Its length, by complex steps of the loss.
    """
    units, inputs, examples = task
    v = np.where(np.arange(units) % 2 == 0, 1.0, -1.0)
    x, y, _ = network.teacher_task(examples, inputs, v, rng)
    landscape = network.Network(x, y, units)
    theta = network.random_start(starts, inputs, units, rng, scale=1.5)
    lengths = (10 ** rng.uniform(0, 3, starts)).astype(int)
    theta = critical.descents(landscape, theta, lengths, 0.2)
    theta, size = critical.minimize_gradient(landscape, theta, STEPS, VANISHED)
    loss, _, hessian = landscape.derivatives(theta)
    kept = distinct(loss, (size <= VANISHED) & (np.abs(theta).max(axis=1) < HUGE))
    left = [np.linalg.norm(plain_network.gradient(point, x, y, units)) for point in theta[kept]]
    return loss[kept] / (y @ y / (2 * len(y))), np.linalg.eigvalsh(hessian[kept]), np.array(left)


def networks(task, instances, starts, seed):
    """Critical points of networks on several data sets.

    Returns
    -------
    pandas.DataFrame
        `COLUMNS`.
    heights, spectra : float64[k], float64[k, P]
        Of all of them.
    """
    tables, found = [], []
    for instance in range(instances):
        rng = generator(seed, "landscape/network", f"instance={instance}")
        height, spectrum, size = network_points(task, starts, rng)
        falling = (spectrum < -FLAT * spectrum[:, -1:]).mean(axis=1)
        columns = ["network", spectrum.shape[1], instance, height, falling, size]
        tables.append(pd.DataFrame(dict(zip(COLUMNS, columns, strict=True))))
        found.append((height, spectrum))
    heights, spectra = zip(*found, strict=True)
    return pd.concat(tables), np.concatenate(heights), np.concatenate(spectra)


def index_law(sizes, seed):
    """The exact share of descending directions: for many spins, and for each size.

    Returns
    -------
    pandas.DataFrame
        Columns ``size`` (0 for the limit), ``energy``, ``index_share``.
    """
    energies = np.round(np.arange(-1.3, 0.301, 0.02), 2)
    limit = semicircle.index_share(energies)
    tables = [pd.DataFrame({"size": 0, "energy": energies, "index_share": limit})]
    for n in sizes:
        rng = generator(seed, "landscape/matrices", f"N={n}")
        matrices = semicircle.gaussian_orthogonal(n, max(MATRICES // n**2, 20), rng)
        share = semicircle.finite_index_share(energies, n, matrices)
        tables.append(pd.DataFrame({"size": n, "energy": energies, "index_share": share}))
    return pd.concat(tables)


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        points, energies, eigenvalues = glasses(**params.glass, seed=params.seed)
        small = dict(params.network)
        task = tuple(small.pop(name) for name in ("units", "inputs", "examples"))
        others, heights, spectra = networks(task, **small, seed=params.seed)
        write(points=pd.concat([points, others]), law=index_law(params.glass["sizes"], params.seed))
        arrays = {"energies": energies, "eigenvalues": eigenvalues, "network": spectra, "heights": heights}
        write(arrays=arrays)
