"""Learning: rows 3.1-03, 3.3-02 and 3.3-08."""

import math

from scripts.common.claims.records import record, sourced, unmeasured
from scripts.common.numbers import number, unmeasured_number

BARS = {"data": "boltzmann/tables/bars.csv", "rule": "boltzmann_bars"}
CHECKS = {"data": "boltzmann/tables/digit_checks.csv", "rule": "boltzmann_digits"}
CURVE = {"data": "boltzmann/tables/digits_learning.csv", "rule": "boltzmann_digits"}
CONTRASTIVE = {"data": "boltzmann/tables/contrastive.csv", "rule": "boltzmann_divergence"}
RULES = {"data": "boltzmann/tables/rules.csv", "rule": "boltzmann_divergence"}
LARGE = 4  # edge of the bars and stripes whose samples are judged
CONVENTIONS = {"": "distinct", "_multiplicity": "multiplicity"}


def records(checks, data):
    """Records of the rows on learning.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame
        ``bars``, ``digit_checks``, ``contrastive`` and ``rules``.

    Returns
    -------
    list of dict
    """
    return (
        sourced(_bars(checks, data["bars"]), **BARS)
        + sourced(_digits(checks, data["digit_checks"].set_index("quantity")), **CHECKS)
        + sourced(_bias(checks, data["contrastive"].set_index("k")), **CONTRASTIVE)
        + sourced([_rules(checks, data["rules"])], **RULES)
    )


def _row(table, size, convention="distinct"):
    found = table[(table["size"] == size) & (table["convention"] == convention)]
    return None if found.empty else found.iloc[0]


def _bars(checks, table):
    found = []
    for size in (3, 4):
        for ending, convention in CONVENTIONS.items():
            check, row = checks["3.1-03", f"bars_{size}{ending}"], _row(table, size, convention)
            if row is None:
                found.append(unmeasured(check, f"{size} in boltzmann.bars.sizes"))
            else:
                found.append(record(check, row["log_likelihood"] / row["optimum"], 1.0))
    row = _row(table, LARGE)
    parts = ("sampled_images", "untrained", "noise_images")
    if row is None:
        return found + [
            unmeasured(checks["3.1-03", part], f"{LARGE} in boltzmann.bars.sizes") for part in parts
        ]
    measured = {
        "sampled_images": (row["sampled_mass"], row["mass"]),
        "untrained": (row["start"] / row["optimum"], 1.0),
        "noise_images": (row["images"] / 2.0 ** (LARGE**2), row["mass"]),
    }
    return found + [record(checks["3.1-03", part], *measured[part]) for part in parts]


def _digits(checks, table):
    value, error = table["value"], table["value_err"]
    closer = value["discrepancy_noise"] - value["discrepancy_samples"]
    closer_err = math.hypot(error["discrepancy_noise"], error["discrepancy_samples"])
    return [
        record(checks["3.1-03", "digits_likelihood"], value["gain"], 0.0, error=error["gain"]),
        record(checks["3.1-03", "digits_samples"], closer, 0.0, error=closer_err, degrees_of_freedom=18),
        record(checks["3.3-02", "digits"], value["auc"], 0.9, error=error["auc"]),
        record(checks["3.3-02", "untrained"], value["auc_untrained"], 0.9, error=error["auc_untrained"]),
    ]


def _bias(checks, table):
    last = table.index.max()
    found = [record(checks["3.3-08", "decay"], table.loc[last, "ratio"], table.loc[last, "eigenvalue"])]
    sampled = {
        "one_step": (1, True),
        "two_steps": (2, True),
        "persistent": (0, False),
        "one_step_unbiased": (1, False),
    }
    for part, (k, biased) in sampled.items():
        check, row = checks["3.3-08", part], table.loc[k]
        if math.isnan(row["sampled"]):
            found.append(unmeasured(check, f"{k} in boltzmann.divergence.steps"))
        else:
            reference = row["bias"] if biased else 0.0
            found.append(record(check, row["sampled"], reference, error=row["sampled_err"]))
    return found


def _last(table, rule):
    return table[table["rule"] == rule].sort_values("update").iloc[-1]


def _rules(checks, table):
    one, exact = _last(table, "cd1"), _last(table, "exact")
    return record(
        checks["3.3-08", "learning"],
        measured=one["log_likelihood"],
        error=one["log_likelihood_err"],
        reference=exact["log_likelihood"],
        reference_error=exact["log_likelihood_err"],
        degrees_of_freedom=2 * (one["runs"] - 1),
    )


def numbers(data):
    """What the chapter quotes of bars and stripes, digits and contrastive divergence."""
    return _bars_numbers(data["bars"]) | _digit_numbers(data) | _rule_numbers(data)


def _bars_numbers(table):
    found = {}
    for size in (3, 4):
        for convention in CONVENTIONS.values():
            row = _row(table, size, convention)
            for name in ("optimum", "log_likelihood", "images"):
                found[f"boltzmann.bars_{name}_{convention}_{size}"] = (
                    unmeasured_number("nats", f"{size} in boltzmann.bars.sizes")
                    if row is None
                    else number(row[name], None, "" if name == "images" else "nats", **BARS)
                )
    row = table[table["convention"] == "distinct"].sort_values("size").iloc[-1]
    return found | {
        "boltzmann.bars_hidden": number(row["hidden"], None, "", **BARS),
        "boltzmann.bars_mass": number(row["mass"], None, "", **BARS),
        "boltzmann.bars_largest": number(row["size"], None, "", **BARS),
    }


def _digit_numbers(data):
    table, curve = data["digit_checks"].set_index("quantity"), data["digits_learning"].sort_values("epoch")
    first, last = curve.iloc[0], curve.iloc[-1]
    quoted = {
        name: number(table.loc[name, "value"], table.loc[name, "value_err"] or None, "", **CHECKS)
        for name in ("gain", "auc", "auc_untrained", "small_log_z", "small_log_z_exact",
        "discrepancy_samples",
                     "discrepancy_noise", "discrepancy_train")
    }  # fmt: skip
    found = {f"boltzmann.digits_{name}": value for name, value in quoted.items()}
    for name in ("log_likelihood_train", "log_likelihood_test", "log_pseudo_likelihood"):
        found[f"boltzmann.digits_{name}"] = number(last[name], last[f"{name}_err"], "nats", **CURVE)
    found["boltzmann.digits_epochs"] = number(last["epoch"], None, "", **CURVE)
    found["boltzmann.digits_log_likelihood_start"] = number(
        first["log_likelihood_test"], first["log_likelihood_test_err"], "nats", **CURVE
    )
    found["boltzmann.digits_log_z"] = number(last["log_z"], last["log_z_err"], "", **CURVE)
    return found


def _rule_numbers(data):
    table, rules = data["contrastive"].set_index("k"), data["rules"]
    last = table.index.max()
    found = {
        "boltzmann.second_eigenvalue": number(table.loc[last, "eigenvalue"], None, "", **CONTRASTIVE),
        "boltzmann.bias_ratio": number(table.loc[last, "ratio"], None, "", **CONTRASTIVE),
        "boltzmann.bias_one_step": number(table.loc[1, "bias"], None, "", **CONTRASTIVE),
        "boltzmann.rules_optimum": number(rules["optimum"].iloc[0], None, "nats", **RULES),
        "boltzmann.rules_updates": number(rules["update"].max(), None, "", **RULES),
    }
    sampled = table.loc[1, "sampled"]
    found["boltzmann.bias_one_step_sampled"] = (
        unmeasured_number("", "1 in boltzmann.divergence.steps")
        if math.isnan(sampled)
        else number(sampled, table.loc[1, "sampled_err"], "", **CONTRASTIVE)
    )
    for rule in ("exact", "persistent", "cd10", "cd1"):
        row = _last(rules, rule)
        found[f"boltzmann.rule_{rule}"] = number(
            row["log_likelihood"], row["log_likelihood_err"], "nats", **RULES
        )
    best = rules[rules["rule"] == "cd1"].sort_values("log_likelihood").iloc[-1]
    found["boltzmann.rule_cd_best"] = number(
        best["log_likelihood"], best["log_likelihood_err"], "nats", **RULES
    )
    found["boltzmann.rule_cd_best_update"] = number(best["update"], None, "", **RULES)
    return found
