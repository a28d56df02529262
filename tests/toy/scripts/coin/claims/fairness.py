"""The scatter of a fair coin: row toy-01."""

from scripts.common.claims.findings import column, quoted

SCATTER = {"data": "coin/tables/scatter.csv", "rule": "coin_toss"}


def longest(table):
    """Scatter of the longest runs."""
    return column(table.loc[table["tosses"].idxmax()], "variance", n_effective="runs")


def findings(data):
    """Of row toy-01, from the table ``scatter``."""
    table = data["scatter"]
    is_whole = table["tosses"] == table["taken_for"]
    whole, short = longest(table[is_whole]), longest(table[~is_whole])
    return [(SCATTER, [("toy-01", "root", whole, 1.0), ("toy-01", "short", short, 1.0)])]


def numbers(data):
    """What the chapter quotes."""
    return quoted("coin", SCATTER, scatter=longest(data["scatter"]))
