"""Mean field and better on networks: rows 4.1-01, 4.1-02 and 4.3-05."""

import math

import numpy as np

from scripts.common.claims.records import record, sourced, unmeasured
from scripts.common.numbers import number, unmeasured_number

ROWS = {"data": "variational/tables/approximations.csv", "rule": "variational_networks"}
MEANS = {"data": "variational/tables/accuracy.csv", "rule": "variational_networks"}
PRODUCTS = {"data": "variational/tables/factorization.csv", "rule": "variational_networks"}
COMPLETE = {"data": "variational/tables/curie_weiss.csv", "rule": "variational_solvable"}
SPINS, T_REFERENCE, T_ORDER = 12, 2.0, 1.5
# 40 instances of an independent program, one tenth uncertain.
REFERENCE = {"mean_field": 5.4e-2, "tap": 3.0e-3, "bethe": 2.8e-3}
UNCERTAIN = 0.1
MANY = 10_000
TREES = ("chain", "tree")
NEED = f"{SPINS} for variational.sk.spins and '{T_REFERENCE:.2f}' in variational.sk.temperatures"


def records(checks, data):
    """Records of the rows above.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame
        ``approximations``, ``accuracy``, ``factorization`` and ``curie_weiss``.

    Returns
    -------
    list of dict
    """
    products = data["factorization"]
    coupling_off = record(
        checks["4.1-01", "coupling_off"], measured=products["residual_off"].min(), reference=0.0
    )
    return (
        sourced(_instances(checks, data["approximations"]), **ROWS)
        + sourced([*_products(checks, products), coupling_off], **PRODUCTS)
        + sourced(_averages(checks, data["accuracy"]), **MEANS)
        + sourced(_complete(checks, data["curie_weiss"]), **COMPLETE)
    )


def _instances(checks, rows):
    done = rows[rows["converged"]]
    by = {name: done[done["method"] == name] for name in ("mean_field", "tap", "bethe")}
    trees = by["bethe"][by["bethe"]["model"].isin(TREES)]
    found = {
        ("4.1-01", "site_by_site"): by["mean_field"]["residual"].max(),
        ("4.3-05", "networks"): -by["mean_field"]["ln_z_err"].max(),
        ("4.3-05", "tap_is_no_bound"): -by["tap"]["ln_z_err"].max(),
        ("4.3-05", "tree"): max(trees["ln_z_err"].abs().max(), trees["rms_m_error"].max()),
    }
    return [record(checks[key], measured=value, reference=0.0) for key, value in found.items()]


def _products(checks, table):
    found = {
        "product": (table["product"] - table["all_states"]).abs().max(),
        "independent": table["correlation"].max(),
        "interacting": (table["product"] - table["interacting"]).abs().min(),
    }
    return [record(checks["4.1-02", part], measured=value, reference=0.0) for part, value in found.items()]


def mean_gap(means, method, temperature):
    """The row of the SK model by one method at one temperature; None if there is none."""
    rows = means[(means["model"] == "sk") & (means["method"] == method)]
    rows = rows[np.isclose(rows["beta"] * temperature, 1.0)]
    return None if rows.empty else rows.iloc[0]


def _averages(checks, means):
    found = []
    for method, value in REFERENCE.items():
        row, check = mean_gap(means, method, T_REFERENCE), checks["4.3-05", f"sk_{method}"]
        if row is None or row["n"] != SPINS or not row["gap_err"] > 0:
            found.append(unmeasured(check, NEED))
            continue
        errors = {"error": row["gap_err"], "reference_error": UNCERTAIN * value}
        found.append(
            record(check, measured=row["gap"], reference=value, n_effective=row["samples"], **errors)
        )
    return [*found, _order(checks["4.3-05", "order"], means)]


def _order(check, means):
    """Mean field less TAP where that is least clear; the errors of both count as independent."""
    sk = means[means["model"] == "sk"]
    pairs = []
    for beta in sorted(sk["beta"].unique()):
        rows = [mean_gap(means, method, 1 / beta) for method in ("mean_field", "tap")]
        if 1 / beta >= T_ORDER - 1e-9 and all(row["gap_err"] > 0 for row in rows):
            pairs.append(
                (rows[0]["gap"] - rows[1]["gap"], math.hypot(rows[0]["gap_err"], rows[1]["gap_err"]))
            )
    if not pairs:
        return unmeasured(check, f"a temperature of at least {T_ORDER} in variational.sk.temperatures")
    value, error = min(pairs, key=lambda pair: pair[0] / pair[1])
    return record(check, measured=value, error=error, reference=0.0)


def _complete(checks, table):
    rows = table[table["N"] == MANY].set_index("beta")
    return [
        record(
            checks["4.3-05", f"curie_weiss_{round(10 * beta):02d}"],
            measured=rows.loc[beta, "excess"],
            reference=rows.loc[beta, "limit"],
        )
        for beta in (0.5, 1.5)
    ]


def numbers(data):
    """What the chapter quotes."""
    means, values = data["accuracy"], {}
    for method in REFERENCE:
        row, key = mean_gap(means, method, T_REFERENCE), f"variational.sk.{method}"
        need = f"'{T_REFERENCE:.2f}' in variational.sk.temperatures"
        for name, column in (("", "gap"), ("_m", "m_error"), ("_c", "c_error")):
            if column == "c_error" and method == "bethe":
                continue
            values[key + name] = (
                unmeasured_number("", need)
                if row is None
                else number(row[column], row[f"{column}_err"], "", **MEANS)
            )
    sk = data["approximations"].query("model == 'sk'")
    complete = data["curie_weiss"].query("N == @MANY").set_index("beta")
    found = {
        "variational.sk.spins": (sk["n"].iloc[0], ROWS),
        "variational.sk.samples": (sk["sample"].max() + 1, ROWS),
        "variational.curie_weiss.hot": (complete.loc[0.5, "excess"], COMPLETE),
        "variational.curie_weiss.cold": (complete.loc[1.5, "excess"], COMPLETE),
        "variational.curie_weiss.hot_limit": (complete.loc[0.5, "limit"], COMPLETE),
        "variational.curie_weiss.cold_limit": (complete.loc[1.5, "limit"], COMPLETE),
    }
    return values | {key: number(value, None, "", **source) for key, (value, source) in found.items()}
