"""Columns of tables: a value and its error stand side by side."""


def pairs(**estimates):
    """Columns ``x`` and ``x_err`` of estimates, by name.

    Parameters
    ----------
    **estimates : `Estimate`, or any tuple that begins with a value and its error

    Returns
    -------
    dict of str to float or float64[...]
        In the order of the arguments, such as ``{"tau": ..., "tau_err": ...}``.
    """
    found = {}
    for name, (value, err, *_) in estimates.items():
        found |= {name: value, f"{name}_err": err}
    return found
