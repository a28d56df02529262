"""All benchmarks: ``make benchmarks`` writes one table each to results/benchmarks/.

Ratios are measured in one run, the kernels in turn, in many short calls: rates on a
shared machine drift, ratios do not.
"""

import argparse
import os
import platform
from importlib.metadata import version
from pathlib import Path

from benchmarks import (
    block_gibbs,
    cluster,
    enumeration,
    full,
    hopfield,
    multispin,
    precision,
    sharpness,
    spin_network,
    tensors,
)
from scripts.common.io import write_json
from scripts.common.provenance import cpu_model
from scripts.common.tables import write_table

TABLES = {
    "multispin": multispin.table,
    "cluster": cluster.cluster_table,
    "precision": precision.table,
    "enumeration": enumeration.table,
    "hopfield": hopfield.table,
    "hopfield_large": hopfield.large_table,
    "block_gibbs": block_gibbs.table,
    "sharpness": sharpness.table,
    "spin_network": spin_network.table,
    "tensors": tensors.table,
}
# Made only when it is named: it needs the results of a default run.
ON_REQUEST = {"full": full.table}
FOLDER = Path("results/benchmarks")


def machine():
    """Where the times were measured: what the report prints beside them."""
    return {
        "cpu": cpu_model(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "numba": version("numba"),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument(
        "names", nargs="*", choices=[*TABLES, *ON_REQUEST, []], help="which of them; all if none is named"
    )
    for name in parser.parse_args().names or TABLES:
        table = (TABLES | ON_REQUEST)[name]()
        write_table(FOLDER / f"{name}.csv", table)
        write_json(FOLDER / "machine.json", machine())
        print(f"{name}\n{table.to_string(index=False)}\n")
