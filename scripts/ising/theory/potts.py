r"""The q-state Potts model on the square lattice at its first-order transition (q > 4), in closed form.

k_B = 1, E = -sum_<ij> delta(s_i, s_j), per site. With 2 cosh theta = sqrt q:

    T_t = 1 / ln(1 + sqrt q),   (e_ordered + e_disordered)/2 = -(1 + 1/sqrt q),
    latent heat = 2 (1 + 1/sqrt q) tanh(theta/2) prod_{n>=1} tanh^2(n theta).

Sources: R. B. Potts, Proc. Camb. Phil. Soc. 48, 106 (1952), doi:10.1017/S0305004100027419; R. J. Baxter,
J. Phys. C 6, L445 (1973), doi:10.1088/0022-3719/6/23/005; F. Y. Wu, Rev. Mod. Phys. 54, 235 (1982),
doi:10.1103/RevModPhys.54.235.
"""

import numpy as np

N_TERMS = 20_000  # theta vanishes like sqrt(q - 4)/2: enough for q = 4.001


def transition_temperature(q):
    """T_t = 1 / ln(1 + sqrt q), for any q >= 2 (continuous up to q = 4)."""
    if not q >= 2:
        raise ValueError(f"q: must be at least 2; got {q}")
    return float(1 / np.log1p(np.sqrt(q)))


def latent_heat(q):
    """e_disordered - e_ordered at T_t; 0.6960494315 for q = 10.

    Parameters
    ----------
    q : float
        Number of states, more than 4.

    Raises
    ------
    ValueError
        If q <= 4, where the transition is continuous.
    """
    theta = _theta(q)
    log_product = 2 * np.log(np.tanh(theta * np.arange(1, N_TERMS))).sum()
    return float(2 * (1 + 1 / np.sqrt(q)) * np.tanh(theta / 2) * np.exp(log_product))


def disordered_energy(q):
    """Energy per site of the disordered phase at T_t; parameters as for `latent_heat`."""
    return -(1 + 1 / np.sqrt(q)) + latent_heat(q) / 2


def ordered_energy(q):
    """Energy per site of the ordered phases at T_t; parameters as for `latent_heat`."""
    return -(1 + 1 / np.sqrt(q)) - latent_heat(q) / 2


def disordered_correlation_length(q):
    r"""xi of the disordered phase at T_t: finite, 10.559519 for q = 10.

    1/xi = 4 sum_{n>=0} ln[(1 + w_n)/(1 - w_n)], w_n = 1 / (sqrt 2 cosh[(n + 1/2) pi^2 / theta]).
    Parameters as for `latent_heat`.

    Notes
    -----
    E. Buffenoir and S. Wallon, J. Phys. A 26, 3045 (1993); A. Kluemper, A. Schadschneider and J. Zittartz,
    Z. Phys. B 76, 247 (1989).
    """
    argument = (np.arange(N_TERMS) + 0.5) * np.pi**2 / _theta(q)
    w = 1 / (np.sqrt(2) * np.cosh(np.minimum(argument, 500.0)))
    return float(1 / (8 * np.arctanh(w).sum()))


def _theta(q):
    """theta = arcosh(sqrt(q)/2)."""
    if not q > 4:
        raise ValueError(f"q: must be more than 4, where the transition is of first order; got {q}")
    return np.arccosh(np.sqrt(q) / 2)
