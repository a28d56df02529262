"""What a rule's result depends on besides its inputs: the code it runs, and nothing else.

Snakemake does not see an edited module that a script imports, and it reruns when
only a comment of the script changed. Every rule therefore carries the digest of
its script, of all repository modules it imports, and of the versions of the
third-party packages among them, as a parameter.
"""

import ast
import contextlib
import functools
import hashlib
import importlib.metadata
import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DISTRIBUTIONS = {"PIL": "pillow", "sklearn": "scikit-learn", "yaml": "PyYAML", "pypandoc": "pypandoc_binary"}
DISTRIBUTIONS["matplotlib_fontja"] = "matplotlib-fontja"


def cache():
    """Folder of what may be made again: beside the workflow for all its runs, if that may be written."""
    shared = ROOT / ".cache"
    writable = os.access(shared if shared.exists() else ROOT, os.W_OK)
    return shared if writable else Path.cwd() / ".cache"


def code_digest(script):
    """Digest of a script below ``scripts/`` and all that it imports.

    Comments, docstrings and layout do not count.

    Parameters
    ----------
    script : str
        Path below ``scripts/``, such as ``"ising/simulate.py"``.

    Returns
    -------
    str
        16 hexadecimal digits.
    """
    files, packages = closure(ROOT / "scripts" / script)
    lines = [f"{path.relative_to(ROOT)} {_parse(path)[0]}" for path in sorted(files)]
    lines += [f"{package} {_version(package)}" for package in sorted(packages)]
    return _sha256("\n".join(lines))


def kernels_digest():
    """Digest of all modules with compiled code, for the name of Numba's cache folder.

    Numba itself does not notice an edit in a compiled function that another
    compiled function calls.
    """
    files = [path for path in sorted((ROOT / "scripts").rglob("*.py")) if "numba" in _parse(path)[2]]
    return _sha256("\n".join(f"{path.relative_to(ROOT)} {_parse(path)[0]}" for path in files))


def closure(script):
    """The repository's files that ``script`` runs, itself included, and the packages they import."""
    files, packages, queue = set(), set(), [script]
    while queue:
        path = queue.pop()
        if path not in files:
            files.add(path)
            _, modules, imported = _parse(path)
            packages |= imported
            queue += modules
    return files, packages


@functools.cache
def _parse(path):
    """Digest of a file's syntax tree, the repository files and the packages it imports."""
    digest, names = _summary(path.read_text(encoding="utf-8"), str(path))
    modules, packages = set(), set()
    for name in names:
        top = name.partition(".")[0]
        if top in ("scripts", "workflow", "benchmarks"):
            modules |= _files(ROOT / name.replace(".", "/"))
        elif top not in sys.stdlib_module_names:
            packages.add(top)
    return digest, modules, packages


def _summary(text, name):
    """Digest of the code without its words, and the imported names.

    Kept on disk under the digest of the whole text: to take all modules apart lasts longer than
    all that Snakemake does when there is nothing to do.
    """
    kept = cache() / "code" / f"{_sha256(sys.version + text)}.json"
    with contextlib.suppress(OSError, ValueError):
        return json.loads(kept.read_text(encoding="utf-8"))
    tree = ast.parse(text, name)
    names = set()
    for node in ast.walk(tree):
        names |= set(_imported_names(node))
        _drop_docstring(node)
    summary = [_sha256(ast.unparse(tree)), sorted(names)]
    with contextlib.suppress(OSError):  # where nothing can be written it only takes longer
        kept.parent.mkdir(parents=True, exist_ok=True)
        temporary = kept.with_suffix(f".{os.getpid()}")
        temporary.write_text(json.dumps(summary), encoding="utf-8")
        temporary.replace(kept)
    return summary


def _imported_names(node):
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and not node.level:
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []


@functools.cache
def _files(path):
    """The files that run on import of module ``path`` (no suffix): the packages on the way, and itself."""
    if path == ROOT:
        return set()
    return _files(path.parent) | {
        file for file in (path / "__init__.py", path.with_suffix(".py")) if file.is_file()
    }


def _drop_docstring(node):
    documented = isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
    if documented and ast.get_docstring(node, clean=False) is not None:
        node.body = node.body[1:] or [ast.Pass()]


@functools.cache
def _version(package):
    try:
        return importlib.metadata.version(DISTRIBUTIONS.get(package, package))
    except importlib.metadata.PackageNotFoundError:
        return "-"


def _sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()[:16]
