"""Critical slowing down: row 5.1-12."""

from scripts.common.claims.findings import column, less, quoted, row_where

TABLE = {"data": "ising/tables/dynamic_exponents.csv", "rule": "ising_slowing"}
TIMES = {"data": "ising/tables/dynamics.csv", "rule": "ising_slowing"}
BOUND = 0.45
LITERATURE = 2.172, 0.006  # Grassberger, Physica A 214, 547 (1995)
NEED = "at least two of ising.dynamics.sizes"
NAMES = ("metropolis", "swendsen_wang", "wolff")


def findings(data):
    """What row 5.1-12 compares.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``dynamic_exponents``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    local, cluster, wolff = exponents(data["dynamic_exponents"]).values()
    found = [
        ("5.1-12", "metropolis", local, LITERATURE, NEED),
        ("5.1-12", "swendsen_wang", cluster, BOUND, NEED),
        ("5.1-12", "wolff", wolff, BOUND, NEED),
        ("5.1-12", "cure", less(local, cluster), 0.0, NEED),
        ("5.1-12", "local_as_cluster", local, BOUND, NEED),
    ]
    return [(TABLE, found)]


def exponents(table):
    """z of |m| for every dynamics, None where there is none."""
    rows = {name: row_where(table, quantity="abs_magnetization", dynamics=name) for name in NAMES}
    return {name: column(row, "z") for name, row in rows.items()}


def numbers(data):
    """What the chapter quotes: exponents, and autocorrelation times on the largest lattice."""
    table, size = data["dynamics"], data["dynamics"]["L"].max()
    rows = {name: row_where(table, L=size, dynamics=name) for name in NAMES}
    taus = {f"tau_{name}": column(row, "tau_abs_magnetization") for name, row in rows.items()}
    gain = taus["tau_metropolis"].value / taus["tau_swendsen_wang"].value
    slopes = {f"z_{name}": z for name, z in exponents(data["dynamic_exponents"]).items()}
    return (
        quoted("ising.dynamics", TIMES, largest_size=size, speedup=gain)
        | quoted("ising.dynamics", TIMES, "sweeps", **taus)
        | quoted("ising.dynamics", TABLE, "", NEED, **slopes)
    )
