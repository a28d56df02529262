"""Two roads to each number: the module that measures it and the one behind its reference share no code.

A reference from the same function agrees with the number whatever both get wrong. Two modules are
independent when neither imports the other, however indirectly, and no module of a chapter is imported
by both, but for those that the chapter lists as ``inputs`` (what both roads start from, such as the
patterns of a network). The general tools of ``scripts/common`` are tested by themselves.
"""

from functools import cache
from importlib.util import find_spec

from scripts.common.chapters import ROOT, chapters
from workflow.code_digest import closure

SCRIPTS = ROOT / "scripts"
WORDS = ("formula", "literature", "comparison")  # roads to a reference that are no modules


def shared_roads(check, inputs):
    """What keeps the two roads of a check from being independent, in one line; None if nothing does.

    Parameters
    ----------
    check : dict
        Of the registry, with ``measured_by`` and ``reference_by``.
    inputs : collection of str
        Modules, such as ``mcmc.theory.house``, that both may start from.
    """
    measured, reference = check["measured_by"], check["reference_by"]
    unknown = [name for name in (measured, reference) if name not in WORDS and not _exists(name)]
    if unknown or measured in WORDS:
        return f"'{(unknown or [measured])[0]}' is no module"
    if reference == "comparison":
        # Without a scatter of its own the other measurement is a reference, and needs its own road.
        return "an identity is no comparison" if check["kind"] in ("identity", "published") else None
    if reference == "literature":
        return None if check.get("citation") else "the literature needs a citation"
    if reference == "formula":
        return None
    if reference in imported(measured) or measured in imported(reference):
        return f"{measured} and {reference} are one road: one imports the other"
    both = (imported(measured) & imported(reference)) - set(inputs)
    common = sorted(name for name in both if name.split(".")[0] in chapters())
    return f"{measured} and {reference} both use {common[0]}" if common else None


@cache
def imported(module):
    """Names of all modules below ``scripts/`` that a module imports, however indirectly, and its own."""
    path = _path(module)
    files, _ = closure(path) if path else ((), ())
    names = {".".join(file.relative_to(SCRIPTS).with_suffix("").parts) for file in files if _is_code(file)}
    return names | {module}


def _is_code(file):
    return file.is_relative_to(SCRIPTS) and file.name != "__init__.py"


def _path(module):
    """The file of a module below ``scripts/``; None for what is none, such as a library."""
    base = SCRIPTS.joinpath(*module.split("."))
    paths = (base.with_suffix(".py"), base / "__init__.py")
    return next((path for path in paths if path.is_file()), None)


def _exists(module):
    if _path(module):
        return True
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False
