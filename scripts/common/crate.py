"""A finished run as a Workflow Run RO-Crate: ``make crate`` adds ``ro-crate-metadata.json`` to its results.

A machine can then read from the folder what made it: the workflow and its configuration,
every file with its checksum, when it ran, with which software, under which licence. All of
that is read from what the run left behind; what nothing there tells, such as who ran it,
is left out.
"""

import argparse
import sys
from pathlib import Path

from rocrate.rocrate import ROCrate

from scripts.common.chapters import ROOT, read_yaml
from scripts.common.crate_parts import BOOKS, bring_report, bring_source, run_folder, run_times
from scripts.common.io import InputError, read_json, sha256, write_json
from scripts.common.verify import damage

PROFILES = {
    "https://w3id.org/ro/wfrun/process/0.5": "Process Run Crate",
    "https://w3id.org/ro/wfrun/workflow/0.5": "Workflow Run Crate",
    "https://w3id.org/workflowhub/workflow-ro-crate/1.0": "Workflow RO-Crate",
}
"""All three rest on RO-Crate 1.1. Its vocabulary has no checksum, that of Workflow Run Crate has."""
TERMS = {"sha256": "https://w3id.org/ro/terms/workflow-run#sha256"}
TEXT_LICENCE = {"@id": "https://creativecommons.org/licenses/by/4.0/"}
SNAKEFILE, DEFAULTS = "source/workflow/Snakefile", "source/config.yaml"
WHOLE = {
    "claims.csv": "All claims with their verdicts",
    "claims.json": "All claims with the measurements behind their verdicts",
    "verdict.txt": "The sum of the verdicts",
    "manifest.json": "Size and SHA-256 of every table, array and list of claims",
    "provenance.json": "Commit, software, machine, configuration and wall times of the run",
}
"""What a run makes besides its experiments. A strict run with a failed claim leaves no verdict.txt."""
FORMATS = {
    "": "text/plain",
    ".csv": "text/csv",
    ".html": "text/html",
    ".json": "application/json",
    ".npz": "application/zip",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".webp": "image/webp",
    ".yaml": "application/yaml",
}
"""Media types; an .npz has none of its own, but it is a zip file."""


def described(results, root=ROOT):
    """Complete the results folder of a finished run to a crate, and describe it.

    Parameters
    ----------
    results : path
    root : path
        The repository.

    Returns
    -------
    dict
        What belongs into ``ro-crate-metadata.json``, in JSON-LD.

    Raises
    ------
    InputError
        If the run is not finished, or its files are no longer as it left them.
    """
    results = Path(results)
    if changed := damage(results):
        more = f" (and {len(changed) - 1} more)" if changed[1:] else ""
        raise InputError(f"{results}: {changed[0]}{more}; allowed: results as their run left them")
    run = read_json(results / "provenance.json")
    base = run_folder(results, run["configuration"]["pathvars"]["results"])
    book = bring_report(results, run, base)
    origin = bring_source(results / "source", run, root)
    write_json(results / "configuration.json", run["configuration"])
    crate = ROCrate(version="1.1")
    crate.metadata.extra_terms |= TERMS
    _workflow(crate, results, run, origin)
    given = _inputs(crate, results)
    made = [_file(crate, results, path, about) for path, about in outputs(results, run, book).items()]
    about = {"@type": "CreateAction", "name": f"Run at scale {run['configuration']['scale']}"}
    about |= {"description": f"Its last step ran on {run['cpu']}, {run['platform']}."}
    about |= {"actionStatus": "http://schema.org/CompletedActionStatus"} | run_times(results, run, base)
    action = crate.add_action(crate.mainEntity, "#run", given, made, about)
    _root(crate, results, action)
    return crate.metadata.generate()


def outputs(results, run, book):
    """What a run made: path relative to the results, and what is known of each file."""
    known = {entry["path"]: {"sha256": entry["sha256"]} for entry in read_json(results / "manifest.json")}
    for experiment in run["configuration"]["experiments"]:
        known |= {f"{experiment}/{name}": {} for name in ("claims.json", "numbers.json")}
        for pattern, about in _words(results / "source/workflow/chapters" / experiment).items():
            for path in sorted((results / experiment).glob(pattern)):
                name = path.relative_to(results).as_posix()
                known[name] = known.get(name, {}) | about
    for name, title in WHOLE.items():
        if (results / name).exists():
            known[name] = known.get(name, {}) | {"name": title}
    for name in BOOKS:
        about = {"name": "The report in one file", "inLanguage": name.split(".")[1], "license": TEXT_LICENCE}
        known[(book / name).as_posix()] = about
    return known


def _words(chapter):
    """What to call tables and figures of an experiment, by pattern of their path in its folder."""
    if not chapter.exists():
        raise InputError(
            f"{chapter}: missing in the code of this run, which is too old; run the workflow again"
        )
    tables = read_yaml(chapter / "tables.yaml")
    figures = read_yaml(chapter / "figures.yaml")["figures"]
    words = {f"tables/{name}.csv": {"name": table["about"]["en"]} for name, table in tables.items()}
    for name, figure in figures.items():
        for language in ("en", "ja"):
            about = {"name": figure["title"][language], "description": figure["alt"][language]}
            about |= {"inLanguage": language, "license": TEXT_LICENCE}
            words[f"figures/{name}.{language}.*"] = about
    return words


def _workflow(crate, results, run, origin):
    """The main entity: the Snakefile with its language, authors, licence and software, in ``source/``."""
    citation = read_yaml(results / "source" / "CITATION.cff")
    code = {"@id": f"https://spdx.org/licenses/{citation['license']}"}
    _add(crate, code["@id"], "CreativeWork", citation["license"], description="The licence of the code.")
    text = "The licence of text and figures."
    _add(crate, TEXT_LICENCE["@id"], "CreativeWork", "CC BY 4.0", description=text)
    whole = {"name": "The workflow", "license": [code, TEXT_LICENCE]} | origin
    crate.add_dataset(results / "source", "source", properties=whole)
    about = {name: citation[name] for name in ("version", "keywords")}
    about |= {"name": citation["title"], "license": code, "encodingFormat": FORMATS[""]} | origin
    about |= {"author": [_author(crate, author) for author in citation["authors"]]}
    about |= {"softwareRequirements": _software(crate, run)}
    language = {"lang": "snakemake", "lang_version": run["versions"]["snakemake"]}
    crate.add_workflow(results / SNAKEFILE, SNAKEFILE, properties=about, main=True, **language)


def _author(crate, author):
    """In the Citation File Format a name alone is that of a group."""
    kind = "Organization" if "name" in author else "Person"
    name = author.get("name") or f"{author['given-names']} {author['family-names']}"
    return _add(crate, f"#{name.replace(' ', '-')}", kind, name)


def _software(crate, run):
    """Python and the packages, by their package URLs."""
    used = {"generic/python": run["python"]}
    used |= {f"pypi/{name.lower()}": version for name, version in run["versions"].items() if version}
    return [
        _add(crate, f"pkg:{name}@{version}", "SoftwareApplication", Path(name).name, softwareVersion=version)
        for name, version in used.items()
    ]


def _inputs(crate, results):
    """The configuration: the defaults, and what a run made of them."""
    slot = crate.add_formal_parameter("configuration", "File", "#configuration")
    crate.mainEntity["input"] = slot
    defaults = _file(crate, results, DEFAULTS, {"name": "The configuration before any change"})
    about = {"name": "The configuration of the run, merged from all its files", "exampleOfWork": slot}
    merged = _file(crate, results, "configuration.json", about)
    slot["workExample"] = merged
    return [defaults, merged]


def _root(crate, results, action):
    """The folder as a whole: what it is, which profiles it follows, under which licences."""
    workflow, verdict = crate.mainEntity, results / "verdict.txt"
    said = [verdict.read_text(encoding="utf-8").strip()] if verdict.exists() else []
    crate.name = f"{workflow['name']}: {action['name'].lower()}"
    crate.description = " ".join(["Tables, arrays, figures, claims and report of one run.", *said])
    crate.license = [workflow["license"], TEXT_LICENCE]
    crate.root_dataset["mentions"] = action
    crate.root_dataset["conformsTo"] = [
        _add(crate, link, "CreativeWork", name, version=link.rpartition("/")[2])
        for link, name in PROFILES.items()
    ]


def _add(crate, identifier, kind, name, **properties):
    return crate.add_jsonld({"@id": identifier, "@type": kind, "name": name, **properties})


def _file(crate, results, path, about):
    """A file with name, type, size and checksum; what ``about`` says counts more."""
    file = results / path
    size = {"contentSize": str(file.stat().st_size), "encodingFormat": FORMATS[file.suffix]}
    checksum = {} if "sha256" in about else {"sha256": sha256(file)}
    return crate.add_file(file, path, properties={"name": path} | size | checksum | about)


def _main():
    parser = argparse.ArgumentParser(prog="make crate", description=__doc__.splitlines()[0])
    parser.add_argument("results", nargs="?", default="results")
    target = Path(parser.parse_args().results) / "ro-crate-metadata.json"
    try:
        crate = described(target.parent)
    except InputError as error:
        sys.exit(f"error: {error}")
    write_json(target, crate)
    print(f"{target}: {sum('sha256' in entity for entity in crate['@graph'])} files")


if __name__ == "__main__":
    _main()
