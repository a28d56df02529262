"""Mean field and better on networks: rows 4.1-01, 4.1-02 and 4.3-05."""

from scripts.common.claims.findings import column, known, less, quoted, row_where, where

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
NEED_T = f"'{T_REFERENCE:.2f}' in variational.sk.temperatures"
NEED = f"{SPINS} for variational.sk.spins and {NEED_T}"
NEED_ORDER = f"a temperature of at least {T_ORDER} in variational.sk.temperatures"


def findings(data):
    """What the rows above compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``approximations``, ``accuracy``, ``factorization`` and ``curie_weiss``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    return [
        (ROWS, _instances(data["approximations"])),
        (PRODUCTS, _products(data["factorization"])),
        (MEANS, [*_averages(data["accuracy"]), _order(data["accuracy"])]),
        (COMPLETE, _complete(data["curie_weiss"])),
    ]


def _instances(rows):
    done = rows[rows["converged"]]
    field, tap, bethe = (done[done["method"] == name] for name in ("mean_field", "tap", "bethe"))
    trees = bethe[bethe["model"].isin(TREES)]
    tree = max(trees["ln_z_err"].abs().max(), trees["rms_m_error"].max())
    return [
        ("4.1-01", "site_by_site", field["residual"].max(), 0.0),
        ("4.3-05", "networks", -field["ln_z_err"].max(), 0.0),
        ("4.3-05", "tap_is_no_bound", -tap["ln_z_err"].max(), 0.0),
        ("4.3-05", "tree", tree, 0.0),
    ]


def _products(table):
    return [
        ("4.1-01", "coupling_off", table["residual_off"].min(), 0.0),
        ("4.1-02", "product", (table["product"] - table["all_states"]).abs().max(), 0.0),
        ("4.1-02", "independent", table["correlation"].max(), 0.0),
        ("4.1-02", "interacting", (table["product"] - table["interacting"]).abs().min(), 0.0),
    ]


def mean_gap(means, method, temperature):
    """The row of the SK model by one method at one temperature; None if there is none."""
    return row_where(means.assign(T=1 / means["beta"]), model="sk", method=method, T=temperature)


def _averages(means):
    found = []
    for method, value in REFERENCE.items():
        row = mean_gap(means, method, T_REFERENCE)
        gap = None if row is None or row["n"] != SPINS else column(row, "gap", n_effective="samples")
        found.append(("4.3-05", f"sk_{method}", known(gap), (value, UNCERTAIN * value), NEED))
    return found


def _order(means):
    """Mean field less TAP where that is least clear; the errors of both count as independent."""
    sk, differences = where(means, model="sk"), []
    for beta in sorted(sk["beta"].unique()):
        field, tap = (column(mean_gap(means, method, 1 / beta), "gap") for method in ("mean_field", "tap"))
        if 1 / beta >= T_ORDER - 1e-9 and field.error > 0 and tap.error > 0:
            differences.append(less(field, tap))
    worst = min(differences, key=lambda found: found.value / found.error, default=None)
    return "4.3-05", "order", worst, 0.0, NEED_ORDER


def _complete(table):
    hot, cold = (row_where(table, N=MANY, beta=beta) for beta in (0.5, 1.5))
    return [
        ("4.3-05", "curie_weiss_05", hot["excess"], hot["limit"]),
        ("4.3-05", "curie_weiss_15", cold["excess"], cold["limit"]),
    ]


def numbers(data):
    """What the chapter quotes."""
    means, sk, gaps = data["accuracy"], where(data["approximations"], model="sk"), {}
    for method in REFERENCE:
        row = mean_gap(means, method, T_REFERENCE)
        gaps |= {method: column(row, "gap"), f"{method}_m": column(row, "m_error")}
        if method != "bethe":
            gaps[f"{method}_c"] = column(row, "c_error")
    hot, cold = (row_where(data["curie_weiss"], N=MANY, beta=beta) for beta in (0.5, 1.5))
    complete = {"hot": hot["excess"], "cold": cold["excess"]}
    limits = {"hot_limit": hot["limit"], "cold_limit": cold["limit"]}
    return (
        quoted("variational.sk", MEANS, "", NEED_T, **gaps)
        | quoted("variational.sk", ROWS, spins=sk["n"].iloc[0], samples=sk["sample"].max() + 1)
        | quoted("variational.curie_weiss", COMPLETE, **complete, **limits)
    )
