"""What the player of the chapter shows: the persistent chains while the machine learns digits.

The kinds of player and their fields stand in ``workflow/report/assets/players.js``.
"""

import numpy as np

from scripts.common.player import bit_frames, labels

EDGE, GAP = 8, 2  # pixels of a digit, and between two
PER_ROW = 8


def mosaic(images):
    """Images side by side, eight in a row, with a border of black.

    Parameters
    ----------
    images : uint8[n, 64]

    Returns
    -------
    uint8[h, w]
    """
    rows = -(-len(images) // PER_ROW)
    step = EDGE + GAP
    sheet = np.zeros((rows * step + GAP, PER_ROW * step + GAP), np.uint8)
    for i, image in enumerate(images):
        y, x = GAP + step * (i // PER_ROW), GAP + step * (i % PER_ROW)
        sheet[y : y + EDGE, x : x + EDGE] = image.reshape(EDGE, EDGE)
    return sheet


def learning_frames(arrays):
    """What the player ``frames`` of the report shows.

    Parameters
    ----------
    arrays : dict of str to array
        Of ``digits.py``: ``epochs`` and ``fantasies``.

    Returns
    -------
    dict
        Data of the player.
    """
    sheets = [mosaic(np.unpackbits(chains, axis=1)) for chains in arrays["fantasies"]]
    words = {"en": "{n} passes over the data", "ja": "データを {n} 巡"}
    steps = [{"n": n} for n in arrays["epochs"].tolist()]
    return bit_frames(sheets, labels(words, steps), start=len(sheets) - 1, milliseconds=350)


if __name__ == "__main__":
    from scripts.common.io import job, load_arrays
    from scripts.common.player import write_player

    with job(snakemake):
        data = learning_frames(load_arrays(snakemake.input[0], "epochs", "fantasies"))
        write_player(snakemake.output.learning, "boltzmann.learning", data)
