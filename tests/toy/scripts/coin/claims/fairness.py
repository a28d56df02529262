"""The scatter of a fair coin: row toy-01."""

from scripts.common.claims.records import record, sourced
from scripts.common.numbers import number

SCATTER = {"data": "coin/tables/scatter.csv", "rule": "coin_toss"}


def records(checks, data):
    """Records of row toy-01.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame
        ``scatter``.

    Returns
    -------
    list of dict
    """
    value, error = longest(data["scatter"])
    references = {"root": 1.0, "no_root": 2.0}
    found = [
        record(checks["toy-01", part], value, reference, error) for part, reference in references.items()
    ]
    return sourced(found, **SCATTER)


def numbers(data):
    """What the chapter quotes."""
    return {"coin.scatter": number(*longest(data["scatter"]), "", **SCATTER)}


def longest(table):
    """Scatter of the longest runs, and its error."""
    row = table.loc[table["tosses"].idxmax()]
    return row["variance"], row["variance_err"]
