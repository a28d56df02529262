r"""The small torus by enumeration: law of all states, matrix of single flips; strips of any length.

J = k_B = 1, E = -sum_<ij> s_i s_j, three rows, periodic; bit i of a state is spin i = 3 c + r.
"""

import numpy as np
from scipy import sparse
from scipy.sparse import linalg

ROWS = 3


def spin_table(n_columns):
    """All states, int8[2^n, columns, 3], as +1 and -1."""
    n = ROWS * n_columns
    bits = (np.arange(2**n)[:, None] >> np.arange(n)) & 1
    return (2 * bits - 1).astype(np.int8).reshape(-1, n_columns, ROWS)


def energies(n_columns):
    """Energy of every state, int64[2^n]."""
    spins = spin_table(n_columns).astype(np.int64)
    return -(spins * (np.roll(spins, 1, axis=1) + np.roll(spins, 1, axis=2))).sum(axis=(1, 2))


def law(n_columns, temperature):
    """Canonical probabilities of all states, float64[2^n]."""
    levels = energies(n_columns)
    weights = np.exp(-(levels - levels.min()) / temperature)
    return weights / weights.sum()


def log_partition_function(n_columns, temperature):
    """ln Z of the 3 x n torus by the transfer matrix between columns, for any n."""
    column = 2 * ((np.arange(8)[:, None] >> np.arange(ROWS)) & 1) - 1
    inside = (column * np.roll(column, 1, axis=1)).sum(axis=1)
    exponent = column @ column.T + (inside[:, None] + inside) / 2
    values = np.linalg.eigvalsh(np.exp(exponent / temperature))
    return float(n_columns * np.log(values.max()) + np.log(((values / values.max()) ** n_columns).sum()))


def log_acceptance(n_columns, temperature):
    """ln of the share that rejection sampling keeps: Z e^{E_0/T} / 2^n with E_0 = -2 n."""
    n = ROWS * n_columns
    return log_partition_function(n_columns, temperature) - 2 * n / temperature - n * np.log(2)


def decline_rate(temperature):
    """c = 2/T + ln 2 - ln(lambda_0) / 3 of the share exp(-c n) that rejection keeps on long strips."""
    columns = 10**9  # the second eigenvalue is long gone
    return -log_acceptance(columns, temperature) / (ROWS * columns)


def flip_matrix(n_columns, temperature, rule):
    """Transition matrix of flips at a random site, sparse[2^n, 2^n].

    Parameters
    ----------
    rule : {"metropolis", "heat_bath", "strict"}
        "strict" never flips at dE = 0.
    """
    levels, n = energies(n_columns), ROWS * n_columns
    states = np.arange(2**n)
    rows, columns, values = [], [], []
    for site in range(n):
        other = states ^ (1 << site)
        cost = levels[other] - levels
        if rule == "heat_bath":
            flip = 1 / (1 + np.exp(cost / temperature))
        else:
            flip = np.minimum(1.0, np.exp(-cost / temperature))
            flip[(cost == 0) & (rule == "strict")] = 0.0
        rows.append(states)
        columns.append(other)
        values.append(flip / n)
    moves = sparse.csr_array((np.concatenate(values), (np.concatenate(rows), np.concatenate(columns))))
    return moves + sparse.diags_array(1 - moves.sum(axis=1))


def is_connected(matrix):
    """Whether every state can be reached from every other."""
    moves = matrix.copy()
    moves.eliminate_zeros()
    return sparse.csgraph.connected_components(moves, connection="strong")[0] == 1


def symmetrized(matrix, probabilities):
    """D^{1/2} T D^{-1/2}: symmetric in detailed balance, with the same eigenvalues."""
    root = sparse.diags_array(np.sqrt(probabilities))
    inverse = sparse.diags_array(1 / np.sqrt(probabilities))
    product = root @ matrix @ inverse
    return (product + product.T) / 2


def second_eigenvalue(matrix, probabilities):
    """The largest modulus among the eigenvalues but the one, of a chain in detailed balance."""
    start = np.random.Generator(np.random.PCG64(1)).standard_normal(len(probabilities))
    symmetric = symmetrized(matrix, probabilities)
    high = linalg.eigsh(symmetric, k=2, which="LA", v0=start, return_eigenvectors=False)
    low = linalg.eigsh(symmetric, k=1, which="SA", v0=start, return_eigenvectors=False)
    return float(max(high.min(), abs(low.min())))


def autocorrelation_time(matrix, probabilities, f):
    """tau of a function of the state, in single flips, of a chain in detailed balance.

    Solves (1 - S) x = f' for the symmetrized chain, f' = sqrt(p) (f - <f>): then
    sum_{t >= 0} rho(t) = f'x / f'f'.
    """
    deviation = np.sqrt(probabilities) * (f - probabilities @ f)
    system = sparse.eye_array(len(f)) - symmetrized(matrix, probabilities)
    solution, fault = linalg.cg(system, deviation, rtol=1e-12, maxiter=10000)
    if fault:
        raise ValueError("the linear system of the autocorrelation time did not converge")
    return float(deviation @ solution / (deviation @ deviation) - 0.5)
