"""Files in and out: atomic writes, checked reads, and the frame round every step script."""

import contextlib
import json
import os
import sys
import tempfile
import traceback
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

SCHEMAS = Path(__file__).parents[2] / "workflow" / "schemas"


class InputError(ValueError):
    """Something the user can mend. The message is one line: what, where, what is allowed."""


@contextlib.contextmanager
def atomic(path):
    """Yield a temporary path beside ``path`` that takes its place only if the block succeeds.

    A killed job therefore leaves the old file or none, never half of one.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    try:
        yield temporary
        os.chmod(temporary, 0o644)  # mkstemp makes files that only their owner may read
        os.replace(temporary, path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def save_arrays(path, **arrays):
    """Write named arrays as one uncompressed ``.npz`` (its bytes depend on the arrays alone)."""
    with atomic(path) as temporary:
        np.savez(temporary, **arrays)


def load_arrays(path, *names):
    """Read named arrays from an ``.npz``.

    Parameters
    ----------
    path : str
    *names : str
        The arrays wanted; all of them if none is named.

    Returns
    -------
    dict of str to numpy.ndarray

    Raises
    ------
    InputError
        If the file is not a whole ``.npz`` or lacks one of the names.
    """
    try:
        with open(path, "rb") as file, np.load(file, allow_pickle=False) as archive:
            missing = [name for name in names if name not in archive.files]
            if missing:
                raise InputError(
                    f"{path}: no array '{missing[0]}' (it holds {', '.join(archive.files)}); {_MEND}"
                )
            return {name: archive[name] for name in names or archive.files}
    except (zipfile.BadZipFile, EOFError, OSError, ValueError) as error:
        if isinstance(error, InputError | FileNotFoundError):
            raise
        raise InputError(f"{path}: damaged, not a whole .npz file; {_MEND}") from error


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
        raise InputError(f"{path}: not a readable CSV table; {_MEND}") from error
    missing = [column for column in columns or declared_columns(path) if column not in frame]
    if missing:
        raise InputError(f"{path}: no column '{missing[0]}' (it has {', '.join(frame)}); {_MEND}")
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
    schema = SCHEMAS / f"{path.parent.parent.name}.tables.yaml"
    tables = yaml.safe_load(schema.read_text(encoding="utf-8")) if schema.exists() else {}
    columns = tables.get(path.stem, {}).get("columns", {})
    pairs = [(name, f"{name}_err") if column.get("err") else (name,) for name, column in columns.items()]
    return [name for pair in pairs for name in pair]


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


def write_text(path, text):
    """Write UTF-8 text with Unix line ends."""
    with atomic(path) as temporary:
        Path(temporary).write_text(text, encoding="utf-8", newline="\n")


def write_json(path, value):
    """Write JSON in a form that people can read and that version control can compare."""
    write_text(path, json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n")


def read_json(path):
    """Read JSON; `InputError` if the file is damaged."""
    try:
        return json.loads(Path(path).read_text(encoding="utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: damaged, not whole JSON; {_MEND}") from error


@contextlib.contextmanager
def job(snakemake):
    """The frame round a step script: output goes to the rule's log, a user's mistake becomes one line.

    Snakemake does not redirect what a ``script:`` prints. A progress bar may still
    write to the terminal, through the standard error that was there before.
    """
    log = Path(str(snakemake.log))
    log.parent.mkdir(parents=True, exist_ok=True)
    with (
        log.open("w", encoding="utf-8") as stream,
        contextlib.redirect_stdout(stream),
        contextlib.redirect_stderr(stream),
    ):
        try:
            yield
        except InputError as error:
            print(f"error: {error}", file=stream)  # the workflow repeats this line when all else is said
            sys.exit(1)
        except Exception:
            traceback.print_exc(file=stream)
            raise


_MEND = "delete it and run again, Snakemake will make it anew"
