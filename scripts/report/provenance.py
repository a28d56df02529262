"""Provenance and performance: what made the results, where the time went, and the benchmarks."""

import csv
from functools import partial
from pathlib import Path

from scripts.common.io import read_json
from scripts.report.evidence import commit
from scripts.report.markup import framed
from scripts.report.quantities import quantity
from scripts.report.sources import interface
from scripts.report.step import page_step


def provenance_page(language, run, benchmarks=()):
    """The HTML of provenance and performance.

    Parameters
    ----------
    language : {"en", "ja"}
    run : Run
    benchmarks : sequence of path
        Tables that ``make benchmarks`` wrote, and ``machine.json``; may be empty.

    Returns
    -------
    str
    """
    texts = interface(language)
    tables = [Path(path) for path in benchmarks if str(path).endswith(".csv")]
    machine = [read_json(path) for path in benchmarks if Path(path).name == "machine.json"]
    return framed(
        "provenance",
        language,
        run,
        title=texts["provenance_performance"],
        description=texts["provenance_note"],
        facts=facts(run.provenance, texts),
        rules=rule_bars(run.provenance["rules"]),
        times_note=times_note(run.provenance, texts),
        benchmarks=[{"name": path.stem, **_table(path)} for path in tables],
        machine=machine[0] if machine else None,
    )


def facts(provenance, texts):
    """Provenance as (name, value) lines."""
    configuration, seconds = provenance["configuration"], total_seconds(provenance)
    versions = ", ".join(f"{name} {version}" for name, version in provenance["versions"].items())
    digest = provenance.get("data_sha256")
    kept = [(texts["data_digest"], texts["data_digest_value"].format(value=digest))] if digest else []
    clock = provenance.get("elapsed")
    timed = [(texts["elapsed_name"], texts["seconds"].format(value=f"{clock:.0f}"))] if clock else []
    return [
        (texts["commit"], commit(provenance)),
        (texts["scale"], configuration["scale"]),
        (texts["seed"], configuration["seed"]),
        (texts["configuration"], f"SHA-256 {provenance['configuration_sha256']}"),
        (texts["machine"], f"{provenance['cpu']} × {provenance['cores']}, {provenance['platform']}"),
        *kept,
        (texts["run_time"], texts["seconds"].format(value=f"{seconds:.0f}")),
        *timed,
        ("Python", provenance["python"]),
        (texts["packages"], versions),
    ]


def times_note(provenance, texts):
    """How long all jobs took together, and how long some job ran."""
    clock = provenance.get("elapsed")
    elapsed = texts["elapsed"].format(value=f"{clock:.0f}") if clock else texts["elapsed_unknown"]
    return texts["times_note"].format(value=f"{total_seconds(provenance):.0f}", elapsed=elapsed)


def total_seconds(provenance):
    """Wall time of all jobs of the experiments."""
    return sum(rule["seconds"] for rule in provenance["rules"].values())


def rule_bars(rules):
    """Rules that ran, the longest first: name, jobs, seconds, slowest, share (of the longest, in percent)."""
    ran = {name: rule for name, rule in rules.items() if rule["jobs"]}
    longest = max((rule["seconds"] for rule in ran.values()), default=1.0)
    by_time = sorted(ran.items(), key=lambda pair: (-pair[1]["seconds"], pair[0]))
    return [
        {"name": name, **rule, "share": round(100 * rule["seconds"] / longest, 1)} for name, rule in by_time
    ]


def _table(path):
    """Header and cells of a benchmark's table, its numbers to four digits."""
    with path.open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream)
    return {"header": header, "rows": [[_cell(text) for text in row] for row in rows]}


def _cell(text):
    try:
        return {"text": quantity(float(text), digits=4).html, "number": True}
    except ValueError:
        return {"text": text, "number": False}


if __name__ == "__main__":
    tables = [path for path in snakemake.input if "benchmarks" in Path(path).parts]
    page_step(partial(provenance_page, benchmarks=tables), snakemake)
