"""Which numbers could be wrong without a check that moves? ``make untested RESULTS=results``.

Each column of measured numbers is shifted by one percent, alone, and the claims are settled again. A
column that moves no judged record is untested, and so is a number of the prose that moves only with
such columns. Of the others the list says whether one percent is *noticed*, so that a check no longer
passes, or only *touched*. The same shifts show a reference that comes from the number it judges, and
equal numbers in two records show one that is used twice.
"""

import argparse
import sys
import warnings
from importlib import import_module
from pathlib import Path

import numpy as np
import pandas as pd

from scripts.common.chapters import CHAPTERS, chapters, read_yaml, written
from scripts.common.claims.findings import recorded
from scripts.common.claims.judgment import units
from scripts.common.claims.registry import registered_checks
from scripts.common.io import InputError, read_json, write_json
from scripts.common.settle import sized_checks
from scripts.common.tables import read_named

SHIFT = 1.01
GROSS = 100.0  # resolutions: a control farther off than this is other physics, an observation
MOST = 0.1  # of all columns and numbers may be untested
LEVELS = ("setting", "untested", "touched", "noticed")


class Watched(dict):
    """Evidence that remembers which of its tables were read."""

    def __init__(self, tables):
        super().__init__(tables)
        self.read = set()

    def __getitem__(self, name):
        self.read.add(name)
        return super().__getitem__(name)

    def get(self, name, default=None):
        self.read.add(name)
        return super().get(name, default)


class Chapter:
    """A chapter's groups of checks on the evidence of a finished run.

    Parameters
    ----------
    name : str
    results : path
        Folder of the results.

    Attributes
    ----------
    records : dict of (str, str) to dict
    numbers : dict of str to dict
    """

    def __init__(self, name, results):
        self.name, folder = name, Path(results) / name
        scale = read_json(Path(results) / "claims.json")["scale"]
        self.groups = import_module(f"scripts.{name}.settle").GROUPS
        self.meanings = read_yaml(CHAPTERS / name / "tables.yaml")
        tables = [path for path in sorted(folder.glob("tables/*.csv")) if path.stem in self.meanings]
        paths = sorted(folder.glob("data/*.npz")) + tables  # what an older run left is none of them
        self.data = Watched(read_named(paths))
        self.checks = registered_checks(CHAPTERS / name / "claims.yaml", scale)
        told = [group.numbers(self.data) for group in self.groups]
        self.numbers = {key: entry for numbers in told for key, entry in numbers.items()}
        self.checks = sized_checks(self.checks, self.numbers)
        self.readers, self.made = {}, {}
        for group in self.groups:
            self.data.read = set()
            self.made[group] = self.settled(group, self.data)
            self.readers[group] = self.data.read
        self.records = {key: found for made, _ in self.made.values() for key, found in made.items()}

    def settled(self, group, data):
        """Records by (claim, part) and numbers of one group."""
        records = recorded(self.checks, group.findings(data))
        return {(each["claim"], each["part"]): each for each in records}, group.numbers(data)

    def columns(self):
        """(table, column) of all floating-point columns, without those of errors and what rows are of.

        The latter, such as a temperature, have ``axis: true`` in ``tables.yaml``.
        """
        for name, table in self.data.items():
            if isinstance(table, pd.DataFrame):
                declared = self.meanings.get(name, {}).get("columns", {})
                for column in table.columns:
                    is_axis = declared.get(column, {}).get("axis") or column.endswith("_err")
                    if table[column].dtype.kind == "f" and not is_axis:
                        yield name, column

    def shifts(self):
        """What each column moves, by (table, column); see `moved_by`."""
        return {place: self.moved_by(*place) for place in self.columns()}

    def moved_by(self, name, column, rows=slice(None)):
        """What a shift of a column moves: {(claim, part): new record} and keys; or None."""
        moved, keys = {}, set()
        table = self.data[name].copy()
        table.loc[table.index[rows], column] = _shifted(table[column].iloc[rows])
        data = {**self.data, name: table}
        for group in self.groups:
            if name in self.readers[group]:
                try:
                    with np.errstate(all="ignore"), warnings.catch_warnings(action="ignore"):
                        records, numbers = self.settled(group, data)
                except Exception:  # a column that rows are found by: whatever then breaks
                    return None
                before, told = self.made[group]
                moved |= {key: new for key, new in records.items() if _is_moved(before[key], new)}
                keys |= {key for key, new in numbers.items() if new["value"] != told[key]["value"]}
        if any(new["measured"] is None for new in moved.values()):
            return None
        return moved, keys


def reach(chapter, shifts):
    """How far each column and each number of a chapter is within reach of its checks.

    Parameters
    ----------
    chapter : Chapter
    shifts : dict
        From `Chapter.shifts`.

    Returns
    -------
    dict of str to str
        One of `LEVELS` by ``table.column``, and by key of ``numbers.json``.
    """
    levels = {}
    numbers = dict.fromkeys(chapter.numbers, "setting")
    for (name, column), found in shifts.items():
        levels[f"{name}.{column}"] = level = _level(chapter, found)
        for key in found[1] if found else ():
            numbers[key] = max(numbers[key], level, key=LEVELS.index)
    return levels | numbers


def _level(chapter, found):
    if found is None:
        return "setting"
    judged = {key: new for key, new in found[0].items() if new["role"] != "observation"}
    if any(new["passed"] != chapter.records[key]["passed"] for key, new in judged.items()):
        return "noticed"
    return "touched" if judged else "untested"


def self_judged(chapter, shifts):
    """Records whose number and reference move with one and the same cell, in words."""
    found = set()
    for (name, column), both in shifts.items():
        if both and any(_moves_both(chapter.records[key], new) for key, new in both[0].items()):
            found.update(_self_judged_cells(chapter, name, column))
    return sorted(found)


def _self_judged_cells(chapter, name, column):
    for row in range(len(chapter.data[name])):
        moved = chapter.moved_by(name, column, slice(row, row + 1))
        for key, new in (moved or ({}, set()))[0].items():
            if new["role"] != "observation" and _moves_both(chapter.records[key], new):
                yield f"{key[0]}/{key[1]}: number and reference both come from {name}.{column}"


def used_twice(records):
    """Equal numbers in two records, of which one at least is judged: (first, second) as words.

    Parameters
    ----------
    records : iterable of dict
        Of all experiments of a run.
    """
    seen, found = {}, []
    for record in records:
        value = record["measured"]
        if value is None or record["role"] == "observation" or _is_trivial(value):
            continue
        name = f"{record['claim']}/{record['part']} ({record['experiment']}, {record['role']})"
        first = seen.setdefault((abs(value), record["error"]), name)
        if first != name:
            found.append((first, name))
    return found


def odd_records(records):
    """Judged records whose error rests on nothing that is said, and controls that are other physics."""
    for record in records:
        name = f"{record['claim']}/{record['part']} ({record['experiment']})"
        if record["measured"] is None or record["role"] == "observation" or record["error"] is None:
            continue
        if units(record) is None:
            yield f"{name}: does not say how many {record['resampled']} its error rests on"
        if record["role"] == "control":
            distance = abs(record["measured"] - record["reference"]) / record["resolution"]
            if distance > GROSS:
                yield f"{name}: a control {distance:.0f} resolutions off is an observation"


def _is_trivial(value):
    """Small whole numbers, and zero up to rounding, say nothing about where they come from."""
    return abs(value) < 1e-6 or (float(value).is_integer() and abs(value) < 1000)


def _shifted(values):
    return values * SHIFT + (0.01 if np.all(values == 0.0) else 0.0)


def _is_moved(before, new):
    return any(before[name] != new[name] for name in ("measured", "reference"))


def _moves_both(before, new):
    return all(before[name] != new[name] for name in ("measured", "reference"))


def report(results, names):
    """All that was found: lines of text, those of faults, and levels by chapter.

    Parameters
    ----------
    results : path
        Folder of a finished run.
    names : sequence of str
        Chapters.
    """
    lines, faults, levels, records = [], [], {}, []
    for name in names:
        chapter = Chapter(name, results)
        shifts = chapter.shifts()
        levels[name] = reach(chapter, shifts)
        counted = [level for level in levels[name].values() if level != "setting"]
        untested = sorted(key for key, level in levels[name].items() if level == "untested")
        explained = chapters()[name].get("untested", {})
        lines.append(
            f"{name}: {len(untested)} of {len(counted)} untested; "
            f"one percent is noticed in {counted.count('noticed')}"
        )
        lines += [f"  {key}: {explained[key]}" for key in untested if key in explained]
        faults += [
            f"{name}: {key} is untested, and nothing says why" for key in untested if key not in explained
        ]
        faults += [f"{name}: {line}" for line in self_judged(chapter, shifts)]
        records += chapter.records.values()
    faults += [f"used twice: {first} and {second}" for first, second in used_twice(records)]
    faults += odd_records(records)
    total = [level for found in levels.values() for level in found.values() if level != "setting"]
    share = total.count("untested") / max(1, len(total))
    lines.append(f"all: {total.count('untested')} of {len(total)} untested, {share:.1%}")
    if share > MOST:
        faults.append(f"more than {MOST:.0%} are untested")
    return lines, faults, levels


def _main():
    parser = argparse.ArgumentParser(prog="make untested", description=__doc__.splitlines()[0])
    parser.add_argument("results", help="folder of a finished run")
    parser.add_argument("--only", nargs="*", help="chapters")
    parser.add_argument("--json", help="file for the levels of all columns and numbers")
    arguments = parser.parse_args()
    try:
        lines, faults, levels = report(arguments.results, arguments.only or written())
    except InputError as error:
        sys.exit(f"error: {error}")
    if arguments.json:
        write_json(arguments.json, levels)
    print("\n".join(lines + faults))
    sys.exit(bool(faults))


if __name__ == "__main__":
    _main()
