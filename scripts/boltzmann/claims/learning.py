"""Learning: rows 3.1-03, 3.1-05, 3.3-02 and 3.3-08."""

from scipy import special

from scripts.common.claims.findings import Found, column, known, less, provided, quoted, row_where, where

BARS = {"data": "boltzmann/tables/bars.csv", "rule": "boltzmann_bars"}
CHECKS = {"data": "boltzmann/tables/digit_checks.csv", "rule": "boltzmann_digits"}
CURVE = {"data": "boltzmann/tables/digits_learning.csv", "rule": "boltzmann_digits"}
CONTRASTIVE = {"data": "boltzmann/tables/contrastive.csv", "rule": "boltzmann_divergence"}
RULES = {"data": "boltzmann/tables/rules.csv", "rule": "boltzmann_divergence"}
LARGE = 4  # edge of the bars and stripes whose samples are judged
ENOUGH_HIDDEN = {3: 8, 4: 12}  # hidden units that reach the optimum from any start tried
ENOUGH_UPDATES, ENOUGH_EPOCHS = 800, 60  # before, learning has hardly left the plateau of its start
NEED_EPOCHS = f"{ENOUGH_EPOCHS} or more in boltzmann.digits.epochs"
NEED_UPDATES = f"{ENOUGH_UPDATES} or more in boltzmann.rules.updates"
PARTS_OF_LARGE = ("sampled_images", "sampled_off")
CONVENTIONS = {"": "distinct", "_multiplicity": "multiplicity"}


def findings(data):
    """What the rows on learning compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``bars``, ``digit_checks``, ``digits_learning``, ``contrastive`` and ``rules``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    digits, curve = data["digit_checks"].set_index("quantity"), data["digits_learning"]
    last, learned = curve.loc[curve["epoch"].idxmax()], curve["epoch"].max() >= ENOUGH_EPOCHS
    return [
        (BARS, _bars(data["bars"])),
        (CHECKS, provided(learned, NEED_EPOCHS, _digits(digits, last))),
        (CONTRASTIVE, _bias(data["contrastive"].set_index("k"))),
        (RULES, _rules(data["rules"])),
    ]


def _row(table, size, convention="distinct"):
    return row_where(table, size=size, convention=convention)


def _lacking(table, size):
    """What the configuration lacks to learn bars and stripes of a size to their optimum; None if nothing."""
    row = _row(table, size)
    if row is None:
        return f"{size} in boltzmann.bars.sizes"
    enough = ENOUGH_HIDDEN[size]
    return None if row["hidden"] >= enough else f"{enough} or more in boltzmann.bars.hidden"


def _bars(table):
    found = []
    for size in ENOUGH_HIDDEN:
        lacking = _lacking(table, size)
        for ending, convention in CONVENTIONS.items():
            row = _row(table, size, convention)
            ratio = None if lacking else row["log_likelihood"] / row["optimum"]
            found.append(("3.1-03", f"bars_{size}{ending}", ratio, 1.0, lacking))
    row, lacking = _row(table, LARGE), _lacking(table, LARGE)
    if lacking:
        return found + [("3.1-03", part, None, None, lacking) for part in PARTS_OF_LARGE]
    return [
        *found,
        ("3.1-03", "sampled_images", column(row, "sampled_mass", replicas="parts"), row["soft_mass"]),
        ("3.1-03", "sampled_off", column(row, "sampled_mass_off", replicas="parts"), row["soft_mass"]),
    ]


def _digits(table, last):
    """The trained machine on images held out; ``last`` is the end of the curve of learning."""
    found = {name: column(table.loc[name], "value", n_effective="units") for name in table.index}
    gain = found["gain"]._replace(value=last["log_likelihood_test"] - found["independent"].value)
    log_z = column(last, "log_z", n_effective=None)._replace(
        n_effective=table.loc["log_z_other_path", "units"]
    )
    kept = column(table.loc["discrepancy_gain"], "value", replicas="units")
    return [
        ("3.1-03", "digits_likelihood", gain, 0.0),
        ("3.1-03", "digits_log_z", log_z, found["log_z_other_path"][:2]),
        ("3.1-03", "digits_samples", kept, 0.0),
        ("3.1-03", "digits_new", less(found["nearest_samples"], found["nearest_test"]), 0.0),
        ("3.3-02", "digits", found["auc"], 0.5),
        ("3.3-02", "swapped", found["auc_swapped"], found["auc"][:2]),
    ]


def _bias(table):
    last, need = table.loc[table.index.max()], "{} in boltzmann.divergence.steps"
    sampled = {k: known(column(table.loc[k], "sampled", n_effective="chains")) for k in (1, 2)}
    return [
        ("3.3-08", "decay", last["ratio"], last["eigenvalue"]),
        ("3.3-08", "one_step", sampled[1], table.loc[1, "bias"], need.format(1)),
        ("3.3-08", "two_steps", sampled[2], table.loc[2, "bias"], need.format(2)),
        ("3.3-08", "persistent", hotelling(table.loc[0], "t2"), 0.0),
        ("3.3-08", "statistics_short", hotelling(table.loc[0], "t2_short"), 0.0),
    ]


def hotelling(row, name):
    """Hotelling's statistic of n statistics in so many batches as a normal deviate; a `Found`."""
    n, batches = row["statistics"], row["batches"]
    ratio = row[name] * (batches - n) / (n * (batches - 1))
    tails = special.fdtrc(n, batches - n, ratio), special.fdtr(n, batches - n, ratio)
    z = -special.ndtri(max(min(tails), 1e-300))
    return Found(z if tails[0] < tails[1] else -z, 1.0, n_effective=batches)


def _ends(table, rule):
    rows = where(table, rule=rule).sort_values("update")
    return rows.iloc[0], rows.iloc[-1]


def _last(table, rule):
    return _ends(table, rule)[1]


def _rules(table):
    """What learning does to the energies, and where the rules end; of 3.1-03 that none passes the optimum."""
    first, last = _ends(table, "exact")
    falls_short, slow = _shortfall(table, "cd1"), _shortfall(table, "persistent")
    depth, rest = (_change(first, last, name) for name in ("depth", "rest"))
    found = [
        ("3.1-05", "depth", depth, 0.0),
        ("3.1-05", "absolute", rest, 0.0),
        ("3.3-08", "learning", falls_short, 0.0),
        ("3.3-08", "mixing", slow, None),
    ]
    best = table["log_likelihood"].max()
    always = [("3.1-03", "no_better", best, table["optimum"].iloc[0])]
    return always + provided(last["update"] >= ENOUGH_UPDATES, NEED_UPDATES, found)


def _change(first, last, name):
    return less(column(last, name, replicas="runs"), column(first, name))


def _shortfall(table, rule):
    """Log-likelihood that a rule reaches less that of the exact gradient from the same starts."""
    row = _last(table, rule)
    value = row["log_likelihood"] - _last(table, "exact")["log_likelihood"]
    return Found(value, row["paired_err"], row["runs"] - 1)


def numbers(data):
    """What the chapter quotes of bars and stripes, digits and contrastive divergence."""
    return (
        _bars_numbers(data["bars"])
        | _digit_numbers(data["digit_checks"].set_index("quantity"))
        | _curve_numbers(data["digits_learning"].sort_values("epoch"))
        | _bias_numbers(data["contrastive"].set_index("k"))
        | _rule_numbers(data["rules"])
    )


def _bars_numbers(table):
    values = {}
    for size in (3, 4):
        for convention in CONVENTIONS.values():
            row, ending = _row(table, size, convention), f"{convention}_{size}"
            needs = f"{size} in boltzmann.bars.sizes"
            for name, unit in (("optimum", "nat"), ("log_likelihood", "nat"), ("images", "")):
                found = {f"bars_{name}_{ending}": None if row is None else row[name]}
                values |= quoted("boltzmann", BARS, unit, needs, **found)
    row = where(table, convention="distinct").sort_values("size").iloc[-1]
    largest = {"bars_hidden": row["hidden"], "bars_mass": row["mass"], "bars_largest": row["size"]}
    return values | quoted("boltzmann", BARS, **largest)


def _digit_numbers(table):
    names = (
        "gain", "auc", "auc_untrained", "small_log_z", "small_log_z_exact", "discrepancy_samples",
        "discrepancy_noise", "discrepancy_train", "nearest_samples", "nearest_test", "log_z_other_path",
    )  # fmt: skip
    found = {
        f"digits_{name}": (table.loc[name, "value"], table.loc[name, "value_err"] or None) for name in names
    }
    return quoted("boltzmann", CHECKS, **found)


def _curve_numbers(curve):
    first, last = curve.iloc[0], curve.iloc[-1]
    names = ("log_likelihood_train", "log_likelihood_test", "log_pseudo_likelihood")
    found = {f"digits_{name}": column(last, name) for name in names}
    found["digits_log_likelihood_start"] = column(first, "log_likelihood_test")
    pure = {"digits_epochs": last["epoch"], "digits_log_z": column(last, "log_z")}
    return quoted("boltzmann", CURVE, "nat", **found) | quoted("boltzmann", CURVE, **pure)


def _bias_numbers(table):
    one, last, needs = table.loc[1], table.loc[table.index.max()], "1 in boltzmann.divergence.steps"
    return (
        quoted("boltzmann", CONTRASTIVE, second_eigenvalue=last["eigenvalue"], bias_ratio=last["ratio"])
        | quoted("boltzmann", CONTRASTIVE, bias_one_step=one["bias"])
        | quoted("boltzmann", CONTRASTIVE, "", needs, bias_one_step_sampled=known(column(one, "sampled")))
    )


def _rule_numbers(rules):
    best = where(rules, rule="cd1").sort_values("log_likelihood").iloc[-1]
    names = ("exact", "independent", "persistent", "cd10", "cd1")
    rows = {name: _last(rules, name) for name in names} | {"cd_best": best}
    found = {f"rule_{name}": column(row, "log_likelihood") for name, row in rows.items()}
    found["rules_optimum"] = rules["optimum"].iloc[0]
    first, last = _ends(rules, "exact")
    found |= {"depth_start": column(first, "depth"), "depth_end": column(last, "depth")}
    found |= {"rest_start": column(first, "rest"), "rest_end": column(last, "rest")}
    updates = {"rules_updates": rules["update"].max(), "rule_cd_best_update": best["update"]}
    return quoted("boltzmann", RULES, "nat", **found) | quoted("boltzmann", RULES, **updates)
