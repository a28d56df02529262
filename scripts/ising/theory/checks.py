"""What every function of the theory asks of its arguments."""

import numpy as np


def temperatures(T):
    """T as a float array.

    Raises
    ------
    ValueError
        If a temperature is not a positive, finite number.
    """
    T = np.asarray(T, dtype=float)
    if not np.all((T > 0) & np.isfinite(T)):
        raise ValueError("T: temperatures must be positive, finite numbers")
    return T


def integer(name, value, least, most=None):
    """``value`` as an int between ``least`` and ``most``.

    Raises
    ------
    ValueError
        One line that names the argument and what is allowed.
    """
    allowed = f"at least {least}" if most is None else f"between {least} and {most}"
    if int(value) != value or value < least or (most is not None and value > most):
        raise ValueError(f"{name}: must be an integer, {allowed}; got {value}")
    return int(value)


def edges(size):
    """The two edges of a torus from ``L`` or ``(n, m)``; each must be an integer of at least 3.

    Two sites of an edge of 2 would share two bonds.
    """
    n, m = (size, size) if np.ndim(size) == 0 else size
    return integer("size", n, 3), integer("size", m, 3)
