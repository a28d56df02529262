"""Rows that identities settle: 0-01, 3.1-04, most of 3.3 and 3.4, 4.0-01 and 9.1-01."""

from scripts.boltzmann.identities import LARGE_TREE, MOST, SPINS, tree_terms
from scripts.common.claims.findings import quoted

SOURCE = {"data": "boltzmann/tables/identities.csv", "rule": "boltzmann_identities"}
# (claim, part): the row of the table, and the reference where it is not zero.
CHECKS = {
    ("0-01", "same_energy"): ("ising_energy", 0.0),
    ("0-01", "same_distribution"): ("ising_probability", 0.0),
    ("0-01", "couplings_off"): ("ising_probability_couplings_off", 0.0),
    ("3.1-04", "representable"): ("representable", 0.0),
    ("3.1-04", "energy_off"): ("representable_energy_off", 0.0),
    ("3.3-01", "normalization"): ("normalization", 1.0),
    ("3.3-01", "lost_state"): ("normalization_lost_state", 1.0),
    ("3.3-03", "general"): ("growth_general", 1.0),
    ("3.3-03", "elimination"): ("elimination_sum", 0.0),
    ("3.3-03", "few_hidden"): ("growth_restricted", 1.0),
    ("3.3-04", "gradient"): ("gradient", 0.0),
    ("3.3-04", "model_mean_short"): ("gradient_short", 0.0),
    ("3.3-06", "probabilities"): ("codings", 0.0),
    ("3.3-06", "energies"): ("codings_energy", 0.0),
    ("3.3-06", "biases_off"): ("codings_biases_off", 0.0),
    ("3.3-07", "half_coupling"): ("convention_half", 0.0),
    ("3.3-07", "ratio"): ("convention_ratio", 2.0),
    ("3.3-07", "same_coupling"): ("convention_same", 0.0),
    ("3.3-08", "hidden_coupled"): ("growth_hidden_coupled", 1.0),
    ("3.3-08", "hidden_free"): ("growth_hidden_free", 1.0),
    ("3.3-08", "closed_form"): ("closed_form", 0.0),
    ("3.3-08", "weakly_coupled"): ("closed_form_hidden_coupled", 0.0),
    ("3.4-02", "likelihood"): ("likelihood", 0.0),
    ("3.4-02", "as_spins"): ("as_spins", 0.0),
    ("3.4-02", "log_z_off"): ("likelihood_log_z_off", 0.0),
    ("3.4-04", "energy_minus_entropy"): ("clamped", 0.0),
    ("3.4-04", "entropy_off"): ("clamped_entropy_off", 0.0),
    ("3.4-06", "minimum_over_q"): ("minimum_over_q", 0.0),
    ("3.4-06", "excess"): ("excess_is_divergence", 0.0),
    ("3.4-06", "nearby_q"): ("minimum_over_q_off", 0.0),
    ("4.0-01", "all_coupled"): ("elimination_terms", MOST + 1.0),
    ("4.0-01", "tree_sum"): ("tree_sum", 0.0),
    ("4.0-01", "tree"): ("tree_terms", float(tree_terms(LARGE_TREE))),
    ("4.0-01", "coupling_off"): ("tree_sum_off", 0.0),
    ("9.1-01", "up_to_a_constant"): ("energy_spread", 0.0),
    ("9.1-01", "constant"): ("energy_constant", 0.0),
    ("9.1-01", "without_constant"): ("energy_constant_lost", 0.0),
    ("9.1-01", "other_temperature"): ("energy_spread_beta", 0.0),
}


def findings(data):
    """What all identities compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``identities``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    deviation = data["identities"].set_index("check")["deviation"]
    found = [(*key, reference + deviation[name], reference) for key, (name, reference) in CHECKS.items()]
    return [(SOURCE, found)]


def numbers(data):
    """What the chapter quotes of them."""
    deviation = data["identities"].set_index("check")["deviation"]
    found = {
        "codings_deviation": deviation["codings"],
        "gradient_deviation": deviation["gradient"],
        "random_q_excess": deviation["minimum_over_q_missed"],
        "tree_spins": LARGE_TREE,
        "tree_terms": tree_terms(LARGE_TREE),
        "coupled_spins": SPINS,
        "coupled_terms": 2.0 ** (SPINS + 1) - 2,
    }
    return quoted("boltzmann", SOURCE, **found)
