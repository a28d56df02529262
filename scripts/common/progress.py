"""A progress bar for jobs that take long, on a terminal only."""

import sys

from tqdm import tqdm


def progress(items, label):
    """Iterate over ``items``; after ten seconds a bar shows how far it has come.

    Parameters
    ----------
    items : sequence
    label : str
        What is being done, such as ``"L = 128"``.

    Returns
    -------
    iterable
    """
    # A step's standard error goes to its log, so the bar takes the stream that was there before.
    return tqdm(items, desc=label, delay=10, disable=None, leave=False, file=sys.__stderr__)
