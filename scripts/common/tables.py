"""Tables in and out: tidy CSV files whose columns the experiment's schema declares."""

from functools import cache
from pathlib import Path

import pandas as pd

from scripts.common.chapters import CHAPTERS, read_yaml
from scripts.common.io import MEND, InputError, atomic, load_arrays


def write_table(path, frame):
    """Write a tidy table as ``.csv``; floats in the shortest form that reads back the same."""
    with atomic(path) as temporary:
        frame.to_csv(temporary, index=False, lineterminator="\n")


def read_table(path, *columns, text=()):
    """Read a table and insist on its columns.

    Parameters
    ----------
    path : str
    *columns : str
        Columns that must be there; if none is named, those that the table's schema declares.
    text : sequence of str
        Columns to keep as text, such as temperatures that name files.

    Raises
    ------
    InputError
        If the file is no table, or a column is missing.
    """
    try:
        frame = pd.read_csv(path, dtype=dict.fromkeys(text, str))
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: not a readable CSV table; {MEND}") from error
    missing = [column for column in columns or declared_columns(path) if column not in frame]
    if missing:
        raise InputError(f"{path}: no column '{missing[0]}' (it has {', '.join(frame)}); {MEND}")
    return frame


def declared_columns(path):
    """Columns of ``<results>/<experiment>/tables/<name>.csv`` by the experiment's schema of tables.

    Returns
    -------
    list of str
        Empty for a table that no schema knows. A column with ``err: true`` stands for itself
        and for its error ``<column>_err``.
    """
    path = Path(path)
    columns = _schema(path.parent.parent.name).get(path.stem, {}).get("columns", {})
    pairs = [(name, f"{name}_err") if column.get("err") else (name,) for name, column in columns.items()]
    return [name for pair in pairs for name in pair]


@cache
def _schema(experiment):
    path = CHAPTERS / experiment / "tables.yaml"
    return read_yaml(path) if path.exists() else {}


def read_named(paths):
    """Read tables and arrays by the stem of their names.

    Parameters
    ----------
    paths : iterable of str
        ``.csv`` and ``.npz`` files, such as ``snakemake.input``.

    Returns
    -------
    dict of str to pandas.DataFrame or dict of arrays
        ``{"thermodynamics": ..., "exact": ...}`` for ``.../thermodynamics.csv`` and so on.
    """
    readers = {".csv": read_table, ".npz": load_arrays}
    return {Path(path).stem: readers[Path(path).suffix](path) for path in paths}
