"""Mean field and better on networks: rows 4.1-01, 4.1-02 and 4.3-05."""

import numpy as np

from scripts.common.claims.findings import Found, column, quoted, row_where, where

ROWS = {"data": "variational/tables/approximations.csv", "rule": "variational_networks"}
MEANS = {"data": "variational/tables/accuracy.csv", "rule": "variational_networks"}
PLAIN = {"data": "variational/tables/plain.csv", "rule": "variational_networks"}
PRODUCTS = {"data": "variational/tables/factorization.csv", "rule": "variational_networks"}
COMPLETE = {"data": "variational/tables/curie_weiss.csv", "rule": "variational_solvable"}
T_QUOTED = 2.0
METHODS = ("mean_field", "tap", "bethe")
MANY = 10_000
OFF = 0.01  # of the entropy, the fault of a control
TREES = ("chain", "tree")
NEED_T = f"'{T_QUOTED:.2f}' in variational.sk.temperatures"
NEED = f"at most 12 for variational.sk.spins and {NEED_T}"


def findings(data):
    """What the rows above compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``approximations``, ``accuracy``, ``plain``, ``factorization`` and ``curie_weiss``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    rows = data["approximations"]
    return [
        (ROWS, [*_instances(rows[rows["converged"]]), _order(rows)]),
        (PRODUCTS, _products(data["factorization"])),
        (PLAIN, _averages(data["accuracy"], data["plain"])),
        (COMPLETE, _complete(data["curie_weiss"])),
    ]


def _instances(done):
    gap = done["ln_z"] - done["ln_z_exact"]
    field, tap = (done["method"] == name for name in ("mean_field", "tap"))
    trees = done["model"].isin(TREES)
    on_trees = trees & (done["method"] == "bethe")
    weak = trees & field & (done["beta"] == done.loc[trees, "beta"].min())
    # Weakly coupled, the entropy of n spins is n ln 2 but for a few per cent.
    spoiled = -gap[weak] - OFF * done.loc[weak, "n"] * np.log(2)
    return [
        ("4.1-01", "site_by_site", done.loc[field, "residual"].max(), 0.0),
        ("4.3-05", "networks", -gap[field].max(), 0.0),
        ("4.3-05", "entropy_off", spoiled.median(), 0.0),
        ("4.3-05", "tap_is_no_bound", -gap[tap].max(), 0.0),
        ("4.3-05", "tree", gap[on_trees].abs().max(), 0.0),
        ("4.3-05", "tree_means", done.loc[on_trees, "rms_m_error"].max(), 0.0),
    ]


def _order(rows):
    """Mean field's error of ln Z per spin less TAP's on the same instances, where both converged."""
    warm = row_of(rows, "sk", T_QUOTED)
    warm = warm.assign(gap=(warm["ln_z"] - warm["ln_z_exact"]).abs() / warm["n"])
    gaps = warm[warm["converged"]].pivot(index="sample", columns="method", values="gap")
    if gaps.empty:
        return "4.3-05", "order", None, 0.0, NEED_T
    apart = (gaps["mean_field"] - gaps["tap"]).dropna()
    error = apart.std(ddof=1) / np.sqrt(len(apart))
    return "4.3-05", "order", Found(apart.mean(), error, len(apart) - 1, len(apart)), 0.0, NEED_T


def _products(table):
    return [
        ("4.1-01", "coupling_off", table["residual_off"].min(), 0.0),
        ("4.1-02", "product", (table["product"] - table["all_states"]).abs().max(), 0.0),
        ("4.1-02", "independent", table["correlation"].max(), 0.0),
        ("4.1-02", "coupled", (table["product"] - table["coupled"]).abs().median(), 0.0),
    ]


def row_of(table, model, temperature):
    """Rows of a model at one temperature."""
    rows = where(table, model=model)
    return rows[np.isclose(rows["beta"], 1 / temperature)]


def _averages(means, plain):
    """Averages of accuracy.csv over those of another program on the same instances, less one; the largest."""
    measured, other = row_of(means, "sk", T_QUOTED).set_index("method"), plain.set_index("method")
    if other.empty or measured.empty:
        return [("4.3-05", part, None, None, NEED) for part in (*(f"sk_{m}" for m in METHODS), "responses")]
    columns = ["gap", "m_error", "c_error"]
    apart = (measured.loc[other.index, columns] / other[columns] - 1).abs()
    each = [("4.3-05", f"sk_{name}", apart.loc[name, ["gap", "m_error"]].max(), 0.0) for name in METHODS]
    return [*each, ("4.3-05", "responses", apart["c_error"].max(), 0.0)]


def _complete(table):
    hot, cold = (row_where(table, N=MANY, beta=beta) for beta in (0.5, 1.5))
    return [
        ("4.3-05", "curie_weiss_05", hot["excess"], hot["limit"]),
        ("4.3-05", "curie_weiss_15", cold["excess"], cold["limit"]),
        ("4.3-05", "all_states", (table["ln_z"] - table["all_states"]).abs().max(), 0.0),
    ]


def numbers(data):
    """What the chapter quotes."""
    sk, gaps = where(data["approximations"], model="sk"), {}
    means = row_of(data["accuracy"], "sk", T_QUOTED)
    for method in METHODS:
        row = row_where(means, method=method)
        gaps[method] = column(row, "gap")
        if method != "bethe":
            gaps[f"{method}_c"] = column(row, "c_error")
    hot, cold = (row_where(data["curie_weiss"], N=MANY, beta=beta) for beta in (0.5, 1.5))
    return (
        quoted("variational.sk", MEANS, "", NEED_T, **gaps)
        | quoted("variational.sk", ROWS, spins=sk["n"].iloc[0], samples=sk["sample"].max() + 1)
        | quoted("variational.curie_weiss", COMPLETE, hot=hot["excess"], cold=cold["excess"])
    )
