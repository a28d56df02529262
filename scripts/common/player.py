"""The data of a player, as the report loads them.

The kinds of player and their fields stand in ``workflow/report/assets/players.js``.
"""

import base64
import json

import numpy as np

from scripts.common.io import write_text


def write_player(path, name, data, ensure_ascii=True):
    """Write the data of the player of this name, such as ``hopfield.recall``."""
    write_text(path, f'REPORT_DATA["{name}"] = {json.dumps(data, ensure_ascii=ensure_ascii)};\n')


def labels(words, steps):
    """What stands below each frame, by language.

    Parameters
    ----------
    words : dict of str to str
        Formats by language.
    steps : sequence of dict
        What each frame fills in.

    Returns
    -------
    dict of str to list of str
        With true minus signs.
    """
    return {
        language: [text.format(**step).replace("-", "\N{MINUS SIGN}") for step in steps]
        for language, text in words.items()
    }


def bit_frames(pictures, labels, start=0, **more):
    """Data of the player ``frames`` from pictures of two colors.

    Parameters
    ----------
    pictures : sequence of array_like[height, width]
        Above zero is one color, the rest the other.
    labels : dict of str to list of str
        By language, one for each picture.
    start : int, optional
        The frame that shows first.
    **more
        Such as ``milliseconds`` of a frame.

    Returns
    -------
    dict
        Frames are base64 of one bit per pixel, row by row, most significant bit first.
    """
    height, width = np.shape(pictures[0])
    size = {"encoding": "bits", "width": width, "height": height}
    frames = [base64.b64encode(np.packbits(np.asarray(each) > 0).tobytes()).decode() for each in pictures]
    return {"kind": "frames", **size, "start": start, **more, "frames": frames, "labels": labels}
