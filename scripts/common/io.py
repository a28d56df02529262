"""Files in and out: atomic writes, checked reads, and the frame round every step script.

Tables have a module of their own, `scripts.common.tables`: Pandas takes a third of a second
to load, which most jobs need not wait for.
"""

import contextlib
import hashlib
import json
import os
import sys
import tempfile
import traceback
import zipfile
from pathlib import Path

import numpy as np

from scripts.common.errors import InputError

MEND = "delete it and run again, Snakemake will make it anew"
"""What a message about a damaged file advises."""


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
                    f"{path}: no array '{missing[0]}' (it holds {', '.join(archive.files)}); {MEND}"
                )
            return {name: archive[name] for name in names or archive.files}
    except (zipfile.BadZipFile, EOFError, OSError, ValueError) as error:
        if isinstance(error, InputError | FileNotFoundError):
            raise
        raise InputError(f"{path}: damaged, not a whole .npz file; {MEND}") from error


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
        raise InputError(f"{path}: damaged, not whole JSON; {MEND}") from error


def sha256(path):
    """SHA-256 of a file's bytes, in hexadecimal."""
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


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
