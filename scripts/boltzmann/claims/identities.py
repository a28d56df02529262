"""Rows that identities settle: 0-01, 3.1-04, most of 3.3 and 3.4, 4.0-01 and 9.1-01."""

from scripts.boltzmann.identities import LARGE_TREE, SPINS
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
    ("3.3-03", "doubling"): ("bits_general", 1.0),
    ("3.3-04", "gradient"): ("gradient", 0.0),
    ("3.3-04", "no_model_mean"): ("gradient_no_model", 0.0),
    ("3.3-06", "probabilities"): ("codings", 0.0),
    ("3.3-06", "energies"): ("codings_energy", 0.0),
    ("3.3-06", "biases_not_shifted"): ("codings_biases_not_shifted", 0.0),
    ("3.3-07", "half_coupling"): ("convention_half", 0.0),
    ("3.3-07", "ratio"): ("convention_ratio", 2.0),
    ("3.3-07", "same_coupling"): ("convention_same", 0.0),
    ("3.3-08", "restricted"): ("closed_form", 0.0),
    ("3.3-08", "hidden_coupled"): ("closed_form_hidden_coupled", 0.0),
    ("3.4-02", "likelihood"): ("likelihood", 0.0),
    ("3.4-02", "smaller_layer"): ("smaller_layer", 0.0),
    ("3.4-02", "as_spins"): ("as_spins", 0.0),
    ("3.4-02", "one_log_z"): ("likelihood_one_log_z", 0.0),
    ("3.4-04", "energy_minus_entropy"): ("clamped", 0.0),
    ("3.4-04", "entropy_lost"): ("clamped_entropy_lost", 0.0),
    ("3.4-06", "minimum_over_q"): ("minimum_over_q", 0.0),
    ("3.4-06", "excess"): ("excess_is_divergence", 0.0),
    ("3.4-06", "random_q"): ("minimum_over_q_missed", 0.0),
    ("4.0-01", "general_network"): ("bits_general", 1.0),
    ("4.0-01", "tree_sum"): ("tree_sum", 0.0),
    ("4.0-01", "tree"): ("bits_tree", 1.0),
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
        "counted_spins": SPINS,
    }
    bits = 1 + deviation["bits_tree"]
    return quoted("boltzmann", SOURCE, **found) | quoted("boltzmann", SOURCE, "bits", tree_bits=bits)
