"""What the full run costs: the times of a finished default run, carried on to its sizes.

``python -m benchmarks full`` wants a default run on this machine. The jobs of one lattice size
or network size each are fitted by a power of the size, over the three largest; every other job
is scaled by its work, which `WORK` states for each block of the configuration: its leading power
alone, so that what a job does once counts as work too and hours come out too large rather than too
small. Extrapolations, not measurements: a table without a run of full behind it.
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


def _networks(c):
    grid = (len(c["networks"][key]) for key in ("batches", "rates", "widths", "decays", "noises"))
    return _product(*grid, c["networks"]["samples"], c["networks"]["training"])


def _noise(c):
    plan, wells = c["quadratic"], c["wells"]
    walks = len(wells["temperatures"]) * wells["samples"]
    passages = len(wells["passages"]["temperatures"]) * wells["passages"]["walkers"]
    return _product(len(plan["rates"]), len(plan["batches"]), plan["steps"]) + 1000.0 * (walks + passages)


def _speciation(c):
    plan = c["speciation"]
    return sum(d * min(max(plan["coordinates"] // d, 200), 20000) for d in plan["dimensions"])


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
    "ising/potts": lambda c: c["potts"]["sweeps"] * sum(L**2 for L in c["potts"]["sizes"]),
    "ising/histograms": lambda c: c["histograms"]["sweeps"],
    "renormalization/exact": lambda c: c["sampled"],
    "renormalization/machine": lambda c: _product(
        c["machine"]["number"], c["machine"]["hidden"], sum(c["machine"]["epochs"])
    ),
    "renormalization/mcrg": lambda c: c["mcrg"]["number"] * sum(L**2 for L in c["mcrg"]["sizes"]),
    "renormalization/scale": lambda c: (
        c["ensembles"]["number"]
        * len(c["ensembles"]["temperatures"])
        * sum(L**2 for L in c["ensembles"]["sizes"])
    ),
    "renormalization/tensors": lambda c: (
        sum(chi**7 for chi in c["tensors"]["bonds"])
        + len(c["tensors"]["temperatures"]) * c["tensors"]["scan"] ** 7
    ),
    "renormalization/universality": lambda c: (
        c["universality"]["sweeps"] * sum(L**2 for L in c["universality"]["sizes"])
    ),
    "landscape/counts": lambda c: c["counts"]["instances"] * sum(2.0**n * n**3 for n in c["counts"]["sizes"]),
    "landscape/descend": lambda c: (
        c["bowl"]["starts"] * sum(1 / ridge for ridge in c["bowl"]["ridges"])
        + c["saddle"]["seeds"] * sum(c["saddle"]["ratios"])
    ),
    "landscape/glass": lambda c: (
        c["glass"]["instances"] * c["glass"]["starts"] * sum(n**3 for n in c["glass"]["sizes"])
    ),
    "landscape/networks": lambda c: (
        _product(c["widths"]["tasks"], c["widths"]["seeds"], sum(c["widths"]["units"]))
        + c["valley"]["pairs"] * sum(n**3 for n in c["valley"]["units"])
    ),
    "diffusion/forward": lambda c: c["forward"]["particles"],
    "diffusion/reverse": lambda c: c["reverse"]["particles"] * c["reverse"]["steps"],
    "diffusion/thermodynamics": lambda c: c["forward"]["particles"],
    "diffusion/transitions": _speciation,
    "diffusion/learn": lambda c: _product(c["learn"]["steps"], c["learn"]["batch"], c["learn"]["seeds"]),
    "diffusion/magnets": lambda c: c["magnets"]["sweeps"] + c["magnets"]["configurations"],
    "diffusion/learn_magnets": lambda c: _product(
        c["magnets"]["seeds"], c["magnets"]["steps"] * c["magnets"]["batch"] + 10 * c["magnets"]["samples"]
    ),
    "sharpness/edge": lambda c: _product(len(c["edge"]["rates"]), c["edge"]["starts"], c["edge"]["steps"]),
    "sharpness/networks": _networks,
    "sharpness/noise": _noise,
}


def _ensemble(c, size):
    """Configurations of a size, at all temperatures, and those of the exponents."""
    plan = c["ensembles"]
    several = plan["number"] * len(plan["temperatures"]) * (size in plan["sizes"])
    return several + c["mcrg"]["number"] * (size in c["mcrg"]["sizes"])


# Jobs that read tables and arrays: these grow little.
AFTERWARDS = ("figure_", "settle", "tabulate", "widgets")
# Jobs of one size each: what names them, their sizes, and the work beside what grows with the size.
GROWING = {
    "ising/simulate_L": (lambda c: c["sizes"], lambda c, size: 2 * c["equilibration"] + c["sweeps"]),
    "ising/correlation_L": (
        lambda c: c["correlation"]["sizes"],
        lambda c, size: c["correlation"]["samples"] * len(c["correlation"]["temperatures"]),
    ),
    "hopfield/retrieve_N": (lambda c: c["sizes"], lambda c, size: c["samples"]),
    "renormalization/ensembles_L": (
        lambda c: sorted({*c["ensembles"]["sizes"], *c["mcrg"]["sizes"]}),
        _ensemble,
    ),
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


def _growing(name, sizes, work, seconds, small, large):
    """Jobs of one size each, by the power of the size that the largest of the default run follow."""
    old, new = (configuration[name.partition("/")[0]] for configuration in (small, large))
    known = {size: seconds[f"{name}{size}"] for size in sorted(sizes(old)) if f"{name}{size}" in seconds}
    last = list(known)[-LARGEST:]
    rates = [known[size] / work(old, size) for size in last]
    power, factor = np.polyfit(np.log(last), np.log(rates), 1)
    for size in sizes(new):
        time = work(new, size) * float(np.exp(factor) * size**power)
        yield f"{name}{size}", known.get(size, np.nan), time / 3600, f"size to the power {power:.2f}"


def _scaled(job, time, old, new):
    if old == new or job.partition("/")[2].startswith(AFTERWARDS):
        return job, time, time / 3600, "unchanged"
    work = WORK.get(job) or WORK.get(job.partition("_")[0])
    if work:
        ratio = work(new) / work(old)
        return job, time, time * ratio / 3600, f"{ratio:.3g} times the work"
    return job, time, np.nan, "not known"
