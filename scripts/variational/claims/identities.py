"""Divergence, ELBO and free energy as identities: rows 2.2-05, 4.2-01, 4.2-05, 4.2-07, 4.3-01 to 4.3-03."""

import numpy as np

from scripts.common.claims.records import record, sourced
from scripts.common.numbers import number

IDENTITIES = {"data": "variational/tables/identities.csv", "rule": "variational_identities"}
DERIVATION = {"data": "variational/tables/derivation.csv", "rule": "variational_identities"}
TRACE = {"data": "variational/tables/trace.csv", "rule": "variational_ascent"}
EVIDENCE = {"data": "variational/tables/evidence.csv", "rule": "variational_solvable"}
OBJECTIVES = {"data": "variational/tables/objectives.csv", "rule": "variational_ascent"}
A_TENTH = 0.1
# Check -> row of identities.csv; all are compared with zero but for those of row 4.2-05.
FROM_TABLE = {
    ("2.2-05", "random_trials"): "free_energy_gap",
    ("2.2-05", "canonical"): "canonical_gap",
    ("2.2-05", "warmer"): "warmer_gap",
    ("4.2-01", "random_pairs"): "divergence",
    ("4.2-01", "only_equal"): "pinsker_margin",
    ("4.2-01", "itself"): "divergence_of_itself",
    ("4.2-01", "not_normalized"): "not_normalized",
    ("4.2-05", "asymmetric"): "asymmetry",
    ("4.2-05", "triangle"): "triangle_excess",
    ("4.2-05", "true_distance"): "triangle_excess_distance",
    ("4.2-07", "identity"): "elbo_plus_kl",
    ("4.2-07", "lines"): "elbo_lines",
    ("4.2-07", "prior"): "elbo_plus_kl_prior",
    ("4.2-08", "below"): "elbo_below_evidence",
    ("4.2-08", "equality"): "elbo_at_posterior",
    ("4.2-08", "entropy_twice"): "elbo_entropy_twice",
    ("4.3-01", "canonical"): "canonical_gap",
    ("4.3-01", "in_bits"): "entropy_in_bits",
    ("4.3-02", "identity"): "kl_free_energy",
    ("4.3-02", "beta_off"): "kl_free_energy_wrong_beta",
}


def records(checks, data):
    """Records of the rows above.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame
        ``identities``, ``derivation``, ``trace``, ``evidence`` and ``objectives``.

    Returns
    -------
    list of dict
    """
    value = data["identities"].set_index("identity")["value"]
    compared = [
        record(checks[key], measured=value[name], reference=A_TENTH if key[0] == "4.2-05" else 0.0)
        for key, name in FROM_TABLE.items()
    ]
    trace = data["trace"]
    closing = (trace["log_evidence"] - trace["elbo"] - trace["divergence"]).abs().max()
    return (
        sourced(compared, **IDENTITIES)
        + sourced(_derivation(checks, data["derivation"]), **DERIVATION)
        + sourced([record(checks["4.2-07", "machine"], measured=closing, reference=0.0)], **TRACE)
        + sourced(_evidences(checks, data["evidence"]), **EVIDENCE)
        + sourced([_along_family(checks["4.3-02", "curve"], data["objectives"])], **OBJECTIVES)
    )


def _derivation(checks, table):
    """Row 4.3-03: the printed expressions, the corrected ones, and by how much they differ."""
    printed = table["printed"].to_numpy()
    corrected, D, log_z = table["corrected"].iloc[2], table["corrected"].iloc[0], table["log_z"].iloc[0]
    slip = np.abs(printed[2:6] - D + 2 * log_z).max()
    sound = np.abs(printed[[0, 1, 6, 7]] - D).max()
    found = {
        "printed": (printed[2], D),
        "corrected": (corrected, D),
        "slip": (slip, 0.0),
        "sound": (sound, 0.0),
        "one_log_z": (printed[2], D - log_z),
    }
    return [
        record(checks["4.3-03", part], measured=value, reference=reference)
        for part, (value, reference) in found.items()
    ]


def _evidences(checks, table):
    rows = table.set_index(["model", "quantity"])
    found = {
        ("2.2-05", "die"): ("die", "entropy"),
        ("4.2-07", "coin"): ("coin", "log_evidence"),
        ("4.2-07", "regression"): ("regression", "log_evidence"),
        ("4.2-13", "regression_gap"): ("regression", "mean_field_gap"),
    }
    return [
        record(checks[key], measured=rows.loc[place, "value"], reference=rows.loc[place, "closed"])
        for key, place in found.items()
    ]


def _along_family(check, curves):
    """D against beta (F[Q] - F) for every trial distribution of the family."""
    gap = (curves["free_energy"] - curves["free_energy_exact"]) / curves["T"]
    return record(check, measured=(curves["divergence"] - gap).abs().max(), reference=0.0)


def numbers(data):
    """What the chapter quotes."""
    identities = data["identities"].set_index("identity")
    derivation, trace = data["derivation"], data["trace"]
    evidence = data["evidence"].set_index(["model", "quantity"])
    found = {
        "variational.cases": (identities.loc["kl_free_energy", "cases"], IDENTITIES),
        "variational.pairs": (identities.loc["divergence", "cases"], IDENTITIES),
        "variational.identity_error": (identities.loc["kl_free_energy", "value"], IDENTITIES),
        "variational.elbo_error": (identities.loc["elbo_plus_kl", "value"], IDENTITIES),
        "variational.triangle_excess": (identities.loc["triangle_excess", "value"], IDENTITIES),
        "variational.derivation.divergence": (derivation["corrected"].iloc[0], DERIVATION),
        "variational.derivation.printed": (derivation["printed"].iloc[2], DERIVATION),
        "variational.derivation.log_z": (derivation["log_z"].iloc[0], DERIVATION),
        "variational.trace.log_evidence": (trace["log_evidence"].iloc[0], TRACE),
        "variational.trace.start": (trace["divergence"].iloc[0], TRACE),
        "variational.trace.end": (trace["divergence"].iloc[-1], TRACE),
        "variational.regression_gap": (evidence.loc[("regression", "mean_field_gap"), "value"], EVIDENCE),
    }
    return {key: number(value, None, "", **source) for key, (value, source) in found.items()}
