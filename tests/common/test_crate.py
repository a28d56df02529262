"""A finished run as a crate, judged by rocrate-validator at the level REQUIRED, without a network.

The validator brings its profiles along, but fetches the JSON-LD context of RO-Crate from the web. It runs
in its offline mode here, which reads from a cache of HTTP alone; `cached` puts the part of that context
into it that crates of this project use. A term outside of it, or any other look at the web, fails.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from requests_cache import CachedResponse, CachedSession
from requests_cache.models import CachedRequest
from rocrate_validator import models, services

from scripts.common.crate import _main, described
from scripts.common.crate_parts import BOOKS, bring_source, run_folder, run_times
from scripts.common.io import InputError, read_json, sha256, write_json
from tests.common.test_verify import finished as small_run
from tests.tiny import ROOT

CONTEXT = Path(__file__).with_name("ro-crate-1.1-context.json")
MACHINE = {
    "python": "3.12.1",
    "versions": {"snakemake": "9.27.1", "jax": None},
    "cpu": "a",
    "platform": "Linux",
}
# rdflib says so of its own parser, on each call.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")


@pytest.fixture(scope="module")
def cached(tmp_path_factory):
    """A cache of HTTP that holds the context of RO-Crate 1.1."""
    path = tmp_path_factory.mktemp("http") / "cache"
    address = read_json(CONTEXT)["@id"]
    request, headers = CachedRequest(method="GET", url=address), {"Content-Type": "application/ld+json"}
    response = CachedResponse(status_code=200, url=address, request=request, headers=headers)
    response._content = CONTEXT.read_bytes()
    with CachedSession(str(path)) as session:
        session.cache.save_response(response)
    return path


def issues(folder, cache):
    """What the validator finds against the profile and all that it rests on."""
    settings = {"rocrate_uri": str(folder), "cache_path": cache, "offline": True}
    required = {"profile_identifier": "workflow-run-crate", "requirement_severity": models.Severity.REQUIRED}
    found = services.validate(settings | required)
    tried = {check.requirement.profile.identifier for check in found.executed_checks}
    assert {name.rpartition("-")[0] for name in tried} >= {
        "ro-crate",
        "process-run-crate",
        "workflow-ro-crate",
        "workflow-run-crate",
    }
    return [issue.message for issue in found.get_issues()]


def small(folder, book="results/report"):
    """A finished run of the Ising experiment with one table, one array and one figure."""
    results = small_run(folder / "results")
    run = read_json(results / "provenance.json") | MACHINE
    run["configuration"] |= {"scale": "tiny", "experiments": ["ising"]}
    run["configuration"]["pathvars"] = {"results": "results", "book": book}
    write_json(results / "provenance.json", run)
    for name in ("claims.json", "numbers.json", "figures/spins.en.light.svg"):
        (results / "ising" / name).parent.mkdir(exist_ok=True)
        (results / "ising" / name).write_text("{}")
    (folder / book).mkdir()
    for name in BOOKS:
        (folder / book / name).write_text(name)
    return results


def written(results):
    """The crate as it stands on the disk, by the names of its entities."""
    crate = described(results)
    write_json(results / "ro-crate-metadata.json", crate)
    return {entity["@id"]: entity for entity in crate["@graph"]}


def test_the_crate_of_a_finished_run_has_all_that_is_required(finished, tmp_path, cached):
    results = shutil.copytree(finished / "tiny", tmp_path / "tiny")
    shutil.copytree(finished / ".snakemake/metadata", tmp_path / ".snakemake/metadata")
    entities = written(results)
    assert issues(results, cached) == []
    listed = {entry["path"]: entry["sha256"] for entry in read_json(results / "manifest.json")}
    assert {path: entities[path]["sha256"] for path in listed} == listed
    made = {part["@id"] for part in entities["#run"]["result"]}
    figures = {path.relative_to(results).as_posix() for path in results.glob("*/figures/*.*")}
    assert made >= {*listed, *figures, "verdict.txt", "report/rashinban.ja.pdf"}
    for path in made:
        assert entities[path]["sha256"] == sha256(results / path)
        assert entities[path]["contentSize"] == str((results / path).stat().st_size)
    assert entities["#run"]["startTime"] < entities["#run"]["endTime"]
    assert entities["#run"]["instrument"]["@id"] == entities["./"]["mainEntity"]["@id"]
    assert entities["#run"]["object"][1]["@id"] == "configuration.json"
    assert read_json(results / "configuration.json")["scale"] == "tiny"


def without(name, entity):
    """Damage to a crate: a property less."""

    def harm(folder, crate):
        del next(each for each in crate["@graph"] if each["@id"].endswith(entity))[name]

    return harm


def strange_term(folder, crate):
    crate["@graph"][0]["colour"] = "red"


def lost_snakefile(folder, crate):
    (folder / crate["@graph"][0]["mainEntity"]["@id"]).unlink()


def other_profile(folder, crate):
    crate["@graph"][0]["conformsTo"] = [{"@id": "https://w3id.org/ro/wfrun/process/0.5"}]


HARM = {
    "no language": (without("programmingLanguage", "Snakefile"), "must refer to its language"),
    "no instrument": (without("instrument", "#run"), "MUST have an instrument"),
    "no licence": (without("license", "./"), "must specify a license"),
    "no main entity": (without("mainEntity", "./"), "Main Workflow must be specified"),
    "strange term": (strange_term, "colour"),
    "lost Snakefile": (lost_snakefile, "not found in crate"),
    "other profile": (other_profile, "permalink of the Workflow Run Crate profile"),
}


@pytest.mark.parametrize(("harm", "words"), HARM.values(), ids=HARM)
def test_the_validator_sees_what_is_missing(tmp_path, cached, harm, words):
    results = small(tmp_path)
    written(results)
    crate = read_json(results / "ro-crate-metadata.json")
    harm(results, crate)
    write_json(results / "ro-crate-metadata.json", crate)
    assert any(words in message for message in issues(results, cached))


def test_what_is_not_known_is_left_out_and_what_is_known_is_not(tmp_path, cached):
    entities = written(small(tmp_path))
    assert not issues(tmp_path / "results", cached)
    assert not {"agent", "startTime", "endTime"} & set(entities["#run"])
    assert "pkg:pypi/snakemake@9.27.1" in entities
    assert not [name for name in entities if "jax" in name]
    assert "verdict.txt" not in entities
    assert entities["ising/figures/spins.en.light.svg"]["name"].startswith("Spins below")
    assert entities["ising/data/a.npz"]["encodingFormat"] == "application/zip"
    licences = [licence["@id"] for licence in entities["./"]["license"]]
    assert licences == ["https://spdx.org/licenses/MIT", "https://creativecommons.org/licenses/by/4.0/"]


def test_a_report_that_lies_beside_the_results_is_brought_in(tmp_path, cached):
    entities = written(small(tmp_path, book="report"))
    assert "report/rashinban.en.pdf" in entities
    assert issues(tmp_path / "results", cached) == []
    moved = (tmp_path / "results").rename(tmp_path / "moved")
    assert "report/rashinban.en.pdf" in written(moved)


REFUSED = {
    "changed": (
        lambda results: (results / "ising/tables/t.csv").write_text("T\n"),
        r"ising/tables/t\.csv: 2 bytes",
    ),
    "unfinished": (lambda results: (results / "manifest.json").unlink(), r"no manifest\.json; allowed: "),
    "no report": (lambda results: (results / "report" / BOOKS[1]).unlink(), r"en\.pdf: missing; allowed: "),
    "old report": (lambda results: os.utime(results / "report" / BOOKS[0], (1, 1)), "older than the results"),
    "nothing": (shutil.rmtree, r"no manifest\.json; allowed: the results folder of a finished run"),
}


@pytest.mark.parametrize(("harm", "words"), REFUSED.values(), ids=REFUSED)
def test_what_no_finished_run_left_is_refused_in_one_line(tmp_path, monkeypatch, harm, words):
    results = small(tmp_path)
    harm(results)
    with pytest.raises(InputError, match=words):
        described(results)
    monkeypatch.setattr(sys, "argv", ["crate", str(results)])
    with pytest.raises(SystemExit, match=r"^error: [^\n]*$"):
        _main()
    assert not (results / "ro-crate-metadata.json").exists()


def test_the_crate_is_written_and_counted(tmp_path, monkeypatch, capsys):
    results = small(tmp_path)
    monkeypatch.setattr(sys, "argv", ["crate", str(results)])
    _main()
    graph = read_json(results / "ro-crate-metadata.json")["@graph"]
    assert capsys.readouterr().out.endswith(f": {sum('sha256' in entity for entity in graph)} files\n")


def repository(folder):
    """A repository with one commit, and a change since."""
    for name in ("workflow/Snakefile", "tests/test_a.py"):
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text("committed")
    git = ["git", "-C", str(folder), "-c", "user.name=a", "-c", "user.email=a@b"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "a"]):
        subprocess.run([*git, *command], check=True)
    (folder / "workflow/Snakefile").write_text("changed since")
    return subprocess.run(
        [*git, "rev-parse", "HEAD"], capture_output=True, text=True, check=True
    ).stdout.strip()


def test_the_source_is_the_commit_of_the_run_where_it_is_known(tmp_path):
    commit = repository(tmp_path / "a")
    about = bring_source(tmp_path / "source", {"commit": commit, "dirty": False}, tmp_path / "a")
    assert about["identifier"] == f"swh:1:rev:{commit}"
    assert (tmp_path / "source/workflow/Snakefile").read_text() == "committed"
    assert not (tmp_path / "source/tests").exists()


UNKNOWN = {
    "changes": ({"dirty": True}, "with changes"),
    "elsewhere": ({"commit": "0" * 40, "dirty": False}, f"commit {'0' * 40}"),
    "an option": ({"commit": "--output=x", "dirty": False}, "as it stood"),
    "no git": ({"commit": None, "dirty": None}, "not recorded"),
}


@pytest.mark.parametrize(("run", "words"), UNKNOWN.values(), ids=UNKNOWN)
def test_else_the_source_is_what_stands_there_and_says_so(tmp_path, run, words):
    commit = repository(tmp_path / "a")
    about = bring_source(tmp_path / "source", {"commit": commit} | run, tmp_path / "a")
    assert words in about["description"]
    assert "as it stood when this crate was made" in about["description"]
    assert "identifier" not in about
    assert (tmp_path / "source/workflow/Snakefile").read_text() == "changed since"
    assert not (tmp_path / "a/x").exists()


def test_the_times_are_those_of_the_first_and_the_last_job(tmp_path):
    results = small(tmp_path)
    run = read_json(results / "provenance.json")
    paths = [entry["path"] for entry in read_json(results / "manifest.json")] + [
        f"report/{name}" for name in BOOKS
    ]
    for at, path in enumerate(paths):
        name = subprocess.run(
            ["base64", "-w0"], input=f"results/{path}".encode(), capture_output=True, check=True
        )
        file = tmp_path / ".snakemake/metadata" / name.stdout.decode()
        write_json(file, {"starttime": 86400.0 + at, "endtime": 86410.6 + at})
    assert run_times(results, run, tmp_path) == {
        "startTime": "1970-01-02T00:00:00+00:00",
        "endTime": f"1970-01-02T00:00:{10 + len(paths) - 1}+00:00",
    }
    assert run_times(results, run, None) == {}
    file.unlink()
    assert run_times(results, run, tmp_path) == {}


def test_results_are_at_home_only_where_snakemake_put_them(tmp_path):
    assert run_folder(tmp_path / "a/b", "a/b") == tmp_path
    assert run_folder(tmp_path / "b", "a/b") is None
    assert run_folder(tmp_path, str(tmp_path)) is None


def test_snakemake_does_not_load_what_makes_crates():
    loaded = "import sys, snakemake.cli; print([name for name in sys.modules if name.startswith('rocrate')])"
    said = subprocess.run(
        [sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert said.stdout == "[]\n"


def test_the_vocabulary_of_the_test_has_no_term_too_many(tmp_path):
    """So that it shows at a glance what crates say."""
    results = small(tmp_path)
    said = {key for entity in described(results)["@graph"] for key in entity if key[0] != "@"}
    terms = set(json.loads(CONTEXT.read_text())["@context"])
    assert {term for term in terms if term[0].islower()} - said == {"startTime", "endTime"}
