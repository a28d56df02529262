"""The plan of the house: two rows of rooms, doors between neighbors.

Room ``i`` stands in column ``i // 2`` of row ``i % 2``. Rooms at the ends of the house have two
doors and those between have three, so that a walker who picks a door at random proposes
asymmetrically: that is where the factor of Hastings matters.
"""

import numpy as np


def doors(n_rooms):
    """Which rooms are neighbors.

    Parameters
    ----------
    n_rooms : int
        At least 3.

    Returns
    -------
    bool[n, n]
        Symmetric, without a diagonal.
    """
    open_ = np.zeros((n_rooms, n_rooms), bool)
    for i in range(n_rooms):
        for j in (i + 2, i + 1 if i % 2 == 0 else n_rooms):
            if j < n_rooms:
                open_[i, j] = open_[j, i] = True
    return open_


def closed_wing(n_rooms):
    """The same house with all doors to its last column shut: nobody gets in or out.

    Returns
    -------
    bool[n, n]
    """
    shut = doors(n_rooms)
    wing = np.arange(n_rooms) // 2 == (n_rooms - 1) // 2
    shut[np.ix_(wing, ~wing)] = shut[np.ix_(~wing, wing)] = False
    return shut


def door_lists(neighbors):
    """Doors of each room as a padded list.

    Parameters
    ----------
    neighbors : bool[n, n]

    Returns
    -------
    targets : int64[n, d]
        Where the doors lead; d is the largest number of doors.
    n_doors : int64[n]
    """
    n_doors = neighbors.sum(axis=1)
    targets = np.zeros((len(neighbors), max(int(n_doors.max()), 1)), np.int64)
    for room, row in enumerate(neighbors):
        targets[room, : n_doors[room]] = np.flatnonzero(row)
    return targets, n_doors.astype(np.int64)
