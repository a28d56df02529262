"""The scatter of a fair coin: row toy-01."""

from scripts.common.claims.findings import column, quoted

SCATTER = {"data": "coin/tables/scatter.csv", "rule": "coin_toss"}


def longest(table):
    """Scatter of the longest runs."""
    return column(table.loc[table["tosses"].idxmax()], "variance")


def findings(data):
    """Of row toy-01, from the table ``scatter``."""
    found = longest(data["scatter"])
    return [(SCATTER, [("toy-01", "root", found, 1.0), ("toy-01", "no_root", found, 2.0)])]


def numbers(data):
    """What the chapter quotes."""
    return quoted("coin", SCATTER, scatter=longest(data["scatter"]))
