"""What the full run costs: the times of a finished default run, carried on to its sizes.

``python -m benchmarks full`` wants a default run on this machine. The jobs of one lattice size
or network size each are fitted by a power of the size, over the three largest; every other job
is scaled by its work, which `WORK` states for each block of the configuration. Extrapolations,
not measurements: a table without a run of full behind it.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from scripts.common.io import InputError, read_json
from scripts.common.other_seeds import merged_configuration

RESULTS = Path("results")
LARGEST = 3  # sizes that the power is fitted to


def _product(*factors):
    return float(np.prod(factors, dtype=float))


def _hopfield_thermal(c):
    map_, runs = c["phase_diagram"], c["thermal"]
    loads = sum(map_["loads"]) * len(c["temperatures"])
    return loads * _product(map_["size"] ** 2, map_["sweeps"], map_["samples"]) + _product(
        runs["size"] ** 2, runs["sweeps"], runs["samples"]
    )


# Work of a job in units of its own, from the block of its experiment.
WORK = {
    "hopfield/thermal": _hopfield_thermal,
    "hopfield/basins": lambda c: (
        c["basins"]["size"] ** 2 * c["basins"]["samples"] * len(c["basins"]["loads"])
        + c["relaxation"]["samples"] * sum(n**2 for n in c["relaxation"]["sizes"])
    ),
    "ising/field": lambda c: c["field"]["size"] ** 2 * c["field"]["sweeps"],
    "ising/hysteresis": lambda c: c["hysteresis"]["size"] ** 2 * sum(c["hysteresis"]["holds"]),
    "ising/integrate": lambda c: c["integrate"]["streams"] * c["integrate"]["sweeps"],
    "ising/dynamics": lambda c: c["dynamics"]["taus"] * sum(L**4.17 for L in c["dynamics"]["sizes"]),
    "ising/correlation": lambda c: c["correlation"]["samples"] * sum(L**2 for L in c["correlation"]["sizes"]),
    "ising/potts": lambda c: c["potts"]["sweeps"] * sum(L**2 for L in c["potts"]["sizes"]),
    "ising/histograms": lambda c: c["histograms"]["sweeps"],
}
# Jobs of one size each: what names them, where their sizes stand, and the work beside the size.
GROWING = {
    "ising/simulate_L": ("sizes", lambda c: 2 * c["equilibration"] + c["sweeps"]),
    "hopfield/retrieve_N": ("sizes", lambda c: c["samples"]),
}


def table():
    """One line per job: seconds of the default run, hours of the full one, and how that was found."""
    seconds = _default_seconds()
    small, large = (
        merged_configuration(files) for files in (["config.yaml"], ["config.yaml", "config/full.yaml"])
    )
    lines = [
        line for name, growth in GROWING.items() for line in _growing(name, *growth, seconds, small, large)
    ]
    for job, time in seconds.items():
        experiment = job.partition("/")[0]
        if experiment in large and not job.startswith(tuple(GROWING)):
            lines.append(_scaled(job, time, small[experiment], large[experiment]))
    found = pd.DataFrame(lines, columns=["job", "default_s", "full_h", "by"])
    return found.sort_values("full_h", ascending=False, ignore_index=True)


def _default_seconds():
    file = RESULTS / "provenance.json"
    if not file.exists():
        raise InputError(f"{file}: missing; run `make` first, the full run is extrapolated from it")
    return read_json(file)["seconds"]


def _growing(name, key, work, seconds, small, large):
    """Jobs of one size each, by the power of the size that the largest of the default run follow."""
    old, new = (configuration[name.partition("/")[0]] for configuration in (small, large))
    known = sorted((size, seconds[f"{name}{size}"]) for size in old[key] if f"{name}{size}" in seconds)
    power, factor = np.polyfit(*np.log(known[-LARGEST:]).T, 1)
    ratio = work(new) / work(old)
    for size in new[key]:
        time = ratio * float(np.exp(factor) * size**power)
        yield f"{name}{size}", dict(known).get(size, np.nan), time / 3600, f"size to the power {power:.2f}"


def _scaled(job, time, old, new):
    if old == new:
        return job, time, time / 3600, "unchanged"
    if job in WORK:
        ratio = WORK[job](new) / WORK[job](old)
        return job, time, time * ratio / 3600, f"{ratio:.3g} times the work"
    return job, time, np.nan, "not known"
