"""All benchmarks: ``make benchmarks`` writes one table each to results/benchmarks/.

Ratios are measured in one run, the kernels in turn, in many short calls: rates on a
shared machine drift, ratios do not.
"""

import argparse
from pathlib import Path

from benchmarks import cluster, hopfield, multispin, precision
from scripts.common.tables import write_table

TABLES = {
    "multispin": multispin.table,
    "cluster": cluster.cluster_table,
    "precision": precision.table,
    "hopfield": hopfield.table,
    "hopfield_large": hopfield.large_table,
}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*TABLES, []], help="which of them; all if none is named")
    for name in parser.parse_args().names or TABLES:
        table = TABLES[name]()
        write_table(Path("results/benchmarks") / f"{name}.csv", table)
        print(f"{name}\n{table.to_string(index=False)}\n")
