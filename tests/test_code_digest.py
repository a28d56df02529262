"""The digest that decides what reruns: blind to words, sharp for code, transitive."""

import pytest

from workflow import code_digest


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A small repository: a step that imports a module that imports another, and numpy."""
    files = {
        "scripts/__init__.py": "",
        "scripts/step.py": "from scripts.package import middle\nprint(middle.f())\n",
        "scripts/package/__init__.py": '"""Package."""\n',
        "scripts/package/middle.py": "import numba\nfrom scripts.package.deep import g\nf = lambda: g()\n",
        "scripts/package/deep.py": "def g():\n    '''Doc.'''\n    return 1\n",
        "scripts/package/other.py": "x = 1\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.setattr(code_digest, "ROOT", tmp_path)
    code_digest._parse.cache_clear()
    return tmp_path


def digest():
    code_digest._parse.cache_clear()
    return code_digest.code_digest("step.py")


def test_the_closure_is_what_the_step_runs(repository):
    files, packages = code_digest.closure(repository / "scripts/step.py")
    names = {str(path.relative_to(repository)) for path in files}
    assert names == {
        "scripts/__init__.py",
        "scripts/step.py",
        "scripts/package/__init__.py",
        "scripts/package/middle.py",
        "scripts/package/deep.py",
    }
    assert packages == {"numba"}


@pytest.mark.parametrize(
    ("name", "old", "new", "changes"),
    [
        ("scripts/package/deep.py", "return 1", "return 2", True),
        ("scripts/package/deep.py", "Doc.", "Other words.", False),
        ("scripts/package/deep.py", "return 1", "return 1  # why", False),
        ("scripts/package/deep.py", "return 1", "return (1)", False),
        ("scripts/package/__init__.py", "Package", "Folder", False),
        ("scripts/package/other.py", "x = 1", "x = 2", False),
    ],
)
def test_only_code_that_runs_changes_the_digest(repository, name, old, new, changes):
    before = digest()
    path = repository / name
    path.write_text(path.read_text().replace(old, new))
    assert (digest() != before) == changes


def test_the_version_of_a_package_counts(repository, monkeypatch):
    before = digest()
    monkeypatch.setattr(code_digest, "_version", lambda package: "another")
    assert digest() != before


def test_the_cache_of_compiled_code_follows_only_modules_with_compiled_code(repository):
    before = code_digest.kernels_digest()
    (repository / "scripts/package/other.py").write_text("x = 2\n")
    code_digest._parse.cache_clear()
    assert code_digest.kernels_digest() == before
    path = repository / "scripts/package/middle.py"
    path.write_text(path.read_text().replace("g()", "g() + 1"))
    code_digest._parse.cache_clear()
    assert code_digest.kernels_digest() != before


def test_what_is_kept_on_disk_only_saves_time(repository):
    before = digest()
    kept = list((repository / ".cache/code").iterdir())
    assert len(kept) == len({path.read_text() for path in (repository / "scripts").rglob("*.py")}) - 1
    for path in kept:
        path.write_text(path.read_text()[:-1])
    assert digest() == before
