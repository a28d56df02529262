"""Mean field, TAP and Bethe beside all states: ``approximations.csv``, ``accuracy.csv``, ``plain.csv``.

k_B = 1, E = -1/2 s'Js - h's. Every instance and temperature is one row for each method; ``accuracy.csv``
averages over the instances of a model, ``plain.csv`` holds some of these averages by another program.
"""

import numpy as np
import pandas as pd

from scripts.common.columns import pairs
from scripts.common.enumeration import enumerated
from scripts.common.seeds import generator
from scripts.variational import models
from scripts.variational.kernels import belief_propagation, mean_field, tap
from scripts.variational.theory import linear_response, plain

COLUMNS = (
    "model", "n", "beta", "method", "ln_z", "ln_z_exact", "rms_m_error", "converged",
    "sample", "residual",
)  # fmt: skip
OFF = 1.01  # the fault of the controls: couplings of the equations, an entropy
LEFT = 0.01  # of the couplings, where none should be left
PLAIN_T, PLAIN_SPINS = 2.0, 12  # of the averages by another program; more spins would take it long


def sk_instances(spins, samples, temperatures, seed):
    """(sample, J, h, T) of every instance of the Sherrington-Kirkpatrick model at every temperature."""
    for sample in range(samples):
        rng = generator(seed, "variational/networks", "sk", f"n={spins}", f"sample={sample}")
        J, h = models.sherrington_kirkpatrick(spins, rng)
        yield from ((sample, J, h, float(text)) for text in temperatures)


def sk_rows(spins, samples, temperatures, seed):
    """Every instance of the Sherrington-Kirkpatrick model at every temperature.

    Parameters
    ----------
    spins, samples : int
    temperatures : sequence of str
    seed : int

    Returns
    -------
    list of dict
    """
    instances = sk_instances(spins, samples, temperatures, seed)
    return [row for sample, J, h, T in instances for row in _instance("sk", J, h, 1 / T, sample)]


def network_rows(samples, couplings, seed):
    """The same for chain, tree, torus and Boltzmann machine, at every strength of the couplings."""
    rows = []
    for name, (make, n) in models.NETWORKS.items():
        for sample in range(samples):
            J, h = make(n, generator(seed, "variational/networks", name, f"sample={sample}"))
            for beta in couplings:
                rows += _instance(name, J, h, float(beta), sample)
    return rows


def _instance(model, J, h, beta, sample):
    exact, rows = enumerated(J, h, beta), []
    for method, solve in (("mean_field", _mean_field), ("tap", _tap), ("bethe", _bethe)):
        log_z, m, C, converged = solve(J, h, beta)
        residual = np.abs(m - np.tanh(beta * (h + J @ m))).max()  # of the equations of mean field
        apart = np.nan if C is None else _rms(C[~np.eye(len(h), dtype=bool)] - _connected(exact))
        rows.append({
            "model": model, "n": len(h), "beta": beta, "method": method,
            "ln_z": log_z, "ln_z_exact": exact.log_z,
            "rms_m_error": _rms(m - exact.magnetization), "converged": converged, "sample": sample,
            "residual": residual if method == "mean_field" else np.nan, "rms_c_error": apart,
        })  # fmt: skip
    return rows


def _rms(values):
    return float(np.sqrt(np.mean(np.square(values))))


def _connected(found):
    """<s_i s_j> - <s_i><s_j> of all different spins, float64[n (n - 1)]."""
    C = found.correlation - np.outer(found.magnetization, found.magnetization)
    return C[~np.eye(len(C), dtype=bool)]


def _mean_field(J, h, beta):
    m, _, converged = mean_field.coordinate_ascent(J, h, beta, np.tanh(beta * h))
    C = linear_response.mean_field_correlation(J, beta, m)
    return mean_field.elbo(J, h, beta, m), m, C, converged


def _tap(J, h, beta):
    m, _, converged = tap.magnetization(J, h, beta, np.tanh(beta * h))
    C = linear_response.tap_correlation(J, beta, m)
    return tap.log_partition_function(J, h, beta, m), m, C, converged


def _bethe(J, h, beta):
    u, _, converged = belief_propagation.messages(J, h, beta)
    log_z = belief_propagation.log_partition_function(J, h, beta, u)
    return log_z, belief_propagation.magnetization(h, beta, u), None, converged


def accuracy(rows):
    """Averages over the instances of a model at one temperature by one method, of those that converged.

    Returns
    -------
    pandas.DataFrame
        ``gap`` is the mean of |ln Z_approximate - ln Z| per spin, ``m_error`` the mean over instances of
        the rms error of the magnetizations, ``c_error`` the same for the correlations by linear response;
        each with its standard error over instances. ``samples`` counts those that converged.
    """
    found = []
    for (model, n, beta, method), group in rows.groupby(["model", "n", "beta", "method"], sort=False):
        done = group[group["converged"]]
        row = {"model": model, "n": n, "beta": beta, "method": method, "samples": len(done)}
        columns = {"gap": (done["ln_z"] - done["ln_z_exact"]).abs() / n}
        columns |= {"m_error": done["rms_m_error"], "c_error": done["rms_c_error"]}
        means = {name: (x.mean(), x.std(ddof=1) / np.sqrt(len(x))) for name, x in columns.items()}
        found.append(row | pairs(**means))
    return pd.DataFrame(found)


def factorization(spins, samples, temperatures, seed):
    """Whether the mean-field partition function falls into one-spin factors: ``factorization.csv``.

    For every instance of the Sherrington-Kirkpatrick model: ln of the product of 2 cosh(beta field), the sum
    over all states of the spins in their mean fields, also with one per cent of their couplings left
    (``coupled``), and the largest correlation left.
    """
    rows = []
    for sample, J, h, T in sk_instances(spins, samples, temperatures, seed):
        beta = 1 / T
        m, _, _ = mean_field.coordinate_ascent(J, h, beta, np.tanh(beta * h))
        fields = h + J @ m
        free = enumerated(np.zeros_like(J), fields, beta)
        rows.append({
            "T": T, "sample": sample,
            "product": np.logaddexp(beta * fields, -beta * fields).sum(),
            "all_states": free.log_z, "coupled": enumerated(LEFT * J, fields, beta).log_z,
            "correlation": np.abs(_connected(free)).max(),
            "residual_off": np.abs(m - np.tanh(beta * (h + OFF * J @ m))).max(),
        })  # fmt: skip
    return pd.DataFrame(rows)


def plain_averages(spins, samples, temperatures, seed):
    """The averages of ``accuracy.csv`` for the spin glass at T = `PLAIN_T`, by `theory.plain`.

    Returns
    -------
    pandas.DataFrame
        ``method``, ``samples``, ``gap``, ``m_error`` and ``c_error`` as in `accuracy`, over all instances;
        no row where the configuration has not that temperature, or too many spins.
    """
    columns = ["method", "samples", "gap", "m_error", "c_error"]
    instances = list(
        sk_instances(spins, samples, [text for text in temperatures if float(text) == PLAIN_T], seed)
    )
    if not instances or spins > PLAIN_SPINS:
        return pd.DataFrame({name: pd.Series(dtype=float) for name in columns})
    J, h = (np.array([each[k] for each in instances]) for k in (1, 2))
    beta, off = 1 / PLAIN_T, ~np.eye(spins, dtype=bool)
    log_z, m, C = map(
        np.array, zip(*(plain.exact(*each, beta) for each in zip(J, h, strict=True)), strict=True)
    )
    rows = []
    for method, equations, order in (("mean_field", plain.mean_field_map, 1), ("tap", plain.tap_map, 2)):
        found = plain.means(equations, J, h, beta)
        value = [plain.expanded(*each, order) for each in zip(J, h, [beta] * len(h), found, strict=True)]
        apart = (plain.response(equations, J, h, beta, found) - C)[:, off]
        rows.append((method, np.array(value), found, apart))
    rows.append(("bethe", *plain.bethe(J, h, beta), np.full((len(h), 1), np.nan)))
    rms = [
        (
            name,
            len(h),
            np.abs(value - log_z).mean() / spins,
            *(np.sqrt((x**2).mean(1)).mean() for x in (found - m, apart)),
        )
        for name, value, found, apart in rows
    ]
    return pd.DataFrame(rms, columns=columns)


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        sk, others, seed = params.sk, params.networks, params.seed
        rows = sk_rows(sk["spins"], sk["samples"], sk["temperatures"], seed)
        rows += network_rows(others["samples"], others["couplings"], seed)
        frame = pd.DataFrame(rows)
        write(approximations=frame[[*COLUMNS]], accuracy=accuracy(frame))
        write(plain=plain_averages(sk["spins"], sk["samples"], sk["temperatures"], seed))
        write(factorization=factorization(sk["spins"], min(sk["samples"], 100), sk["temperatures"], seed))
