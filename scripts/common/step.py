"""The frame of a step that makes tables and arrays: parameters come in, each result goes to its output."""

import contextlib
from functools import partial

import pandas as pd

from scripts.common.io import job, save_arrays
from scripts.common.tables import write_table


@contextlib.contextmanager
def step(snakemake):
    """Run the block as a `job`; yields the rule's parameters, and `write` for its outputs."""
    with job(snakemake):
        yield snakemake.params, partial(write, snakemake.output)


def write(outputs, *lone, **named):
    """Write results to the outputs of a rule.

    Parameters
    ----------
    outputs : snakemake.io.OutputFiles
    *lone : pandas.DataFrame or dict of str to array
        The one result of a rule whose output has no name.
    **named : pandas.DataFrame or dict of str to array
        Tables, and arrays of one file, by the names of the outputs.
    """
    found = [(outputs[0], result) for result in lone]
    found += [(outputs[name], result) for name, result in named.items()]
    for path, result in found:
        if isinstance(result, pd.DataFrame):
            write_table(path, result)
        else:
            save_arrays(path, **result)
