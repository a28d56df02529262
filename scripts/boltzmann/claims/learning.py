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
ENOUGH_HIDDEN = {3: 8, 4: 12}  # hidden units that reach the optimum from any start tried
ENOUGH_UPDATES, ENOUGH_EPOCHS = 800, 60  # before, learning has hardly left the plateau of its start
CONVENTIONS = {"": "distinct", "_multiplicity": "multiplicity"}


def records(checks, data):
    """Records of the rows on learning.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame
        ``bars``, ``digit_checks``, ``digits_learning``, ``contrastive`` and ``rules``.

    Returns
    -------
    list of dict
    """
    return (
        sourced(_bars(checks, data["bars"]), **BARS)
        + sourced(
            _digits(
                checks, data["digit_checks"].set_index("quantity"), data["digits_learning"]["epoch"].max()
            ),
            **CHECKS,
        )
        + sourced(_bias(checks, data["contrastive"].set_index("k")), **CONTRASTIVE)
        + sourced([_rules(checks, data["rules"])], **RULES)
    )


def _row(table, size, convention="distinct"):
    found = table[(table["size"] == size) & (table["convention"] == convention)]
    return None if found.empty else found.iloc[0]


def _lacking(table, size):
    """What the configuration lacks to learn bars and stripes of a size to their optimum; None if nothing."""
    row = _row(table, size)
    if row is None:
        return f"{size} in boltzmann.bars.sizes"
    enough = ENOUGH_HIDDEN[size]
    return None if row["hidden"] >= enough else f"{enough} or more in boltzmann.bars.hidden"


def _bars(checks, table):
    found = []
    for size in ENOUGH_HIDDEN:
        for ending, convention in CONVENTIONS.items():
            check, lacking = checks["3.1-03", f"bars_{size}{ending}"], _lacking(table, size)
            if lacking:
                found.append(unmeasured(check, lacking))
            else:
                row = _row(table, size, convention)
                found.append(record(check, row["log_likelihood"] / row["optimum"], 1.0))
    row, lacking = _row(table, LARGE), _lacking(table, LARGE)
    parts = ("sampled_images", "untrained", "noise_images")
    if lacking:
        return found + [unmeasured(checks["3.1-03", part], lacking) for part in parts]
    measured = {
        "sampled_images": (row["sampled_mass"], row["mass"]),
        "untrained": (row["start"] / row["optimum"], 1.0),
        "noise_images": (row["images"] / 2.0 ** (LARGE**2), row["mass"]),
    }
    return found + [record(checks["3.1-03", part], *measured[part]) for part in parts]


def _digits(checks, table, epochs):
    value, error = table["value"], table["value_err"]
    keys = [
        ("3.1-03", "digits_likelihood"),
        ("3.1-03", "digits_samples"),
        ("3.3-02", "digits"),
        ("3.3-02", "untrained"),
    ]
    if epochs < ENOUGH_EPOCHS:
        return [
            unmeasured(checks[key], f"{ENOUGH_EPOCHS} or more in boltzmann.digits.epochs") for key in keys
        ]
    closer = value["discrepancy_noise"] - value["discrepancy_samples"]
    closer_err = math.hypot(error["discrepancy_noise"], error["discrepancy_samples"])
    trained, trained_err = value["auc"], error["auc"]
    untrained, untrained_err = value["auc_untrained"], error["auc_untrained"]
    return [
        record(checks[keys[0]], value["gain"], 0.0, error=error["gain"]),
        record(checks[keys[1]], closer, 0.0, error=closer_err, degrees_of_freedom=18),
        record(checks[keys[2]], trained, 0.5, error=trained_err),
        record(checks[keys[3]], untrained, trained, error=untrained_err, reference_error=trained_err),
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
    row, check = _last(table, "cd1"), checks["3.3-08", "learning"]
    if row["update"] < ENOUGH_UPDATES:
        return unmeasured(check, f"{ENOUGH_UPDATES} or more in boltzmann.rules.updates")
    return record(check, row["gain"], 0.0, error=row["gain_err"], degrees_of_freedom=row["runs"] - 1)


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
                    unmeasured_number("nat", f"{size} in boltzmann.bars.sizes")
                    if row is None
                    else number(row[name], None, "" if name == "images" else "nat", **BARS)
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
        found[f"boltzmann.digits_{name}"] = number(last[name], last[f"{name}_err"], "nat", **CURVE)
    found["boltzmann.digits_epochs"] = number(last["epoch"], None, "", **CURVE)
    found["boltzmann.digits_log_likelihood_start"] = number(
        first["log_likelihood_test"], first["log_likelihood_test_err"], "nat", **CURVE
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
        "boltzmann.rules_optimum": number(rules["optimum"].iloc[0], None, "nat", **RULES),
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
            row["log_likelihood"], row["log_likelihood_err"], "nat", **RULES
        )
    best = rules[rules["rule"] == "cd1"].sort_values("log_likelihood").iloc[-1]
    found["boltzmann.rule_cd_best"] = number(
        best["log_likelihood"], best["log_likelihood_err"], "nat", **RULES
    )
    found["boltzmann.rule_cd_best_update"] = number(best["update"], None, "", **RULES)
    return found
