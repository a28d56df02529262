"""What the player of the chapter shows: spins at three temperatures, blocked again and again.

The kinds of player and their fields stand in ``workflow/report/assets/players.js``.
"""

import base64
import json

import numpy as np

GAP = (1, 1, -1, -1, 1, 1)  # columns between two pictures: stripes, since the colors of spins have no third


def enlarged(level, size):
    """A level of blocks as a picture of the old size, int8[size, size]."""
    factor = size // len(level)
    return np.repeat(np.repeat(level, factor, axis=0), factor, axis=1)


def zoom_frames(arrays):
    """What the player ``frames`` shows: all temperatures side by side, one frame for each level.

    Parameters
    ----------
    arrays : dict of str to array
        Of ``zoom.npz``.

    Returns
    -------
    dict
        Frames are base64 of one bit per pixel, row by row, most significant bit first.
    """
    size, frames, labels = int(arrays["size"]), [], {"en": [], "ja": []}
    order = np.argsort(arrays["temperatures"].astype(float))
    names = ", ".join(f"{float(arrays['temperatures'][i]):.3f}" for i in order)
    for k in range(int(arrays["levels"])):
        level = arrays[f"level_{k}"]
        pictures = []
        for i in order:
            pictures += [enlarged(level[i], size), np.tile(np.array(GAP, dtype=np.int8), (size, 1))]
        image = np.concatenate(pictures[:-1], axis=1)
        frames.append(base64.b64encode(np.packbits(image.ravel() > 0).tobytes()).decode())
        edge = level.shape[1]
        labels["en"].append(f"T = {names}: {edge} × {edge} blocks after {k} steps")
        labels["ja"].append(f"T = {names}：{k} 段後の {edge} × {edge} ブロック")
    width = len(order) * size + (len(order) - 1) * len(GAP)
    return {
        "kind": "frames", "encoding": "bits", "width": width, "height": size, "start": 0, "milliseconds": 900,
        "frames": frames, "labels": labels,
    }  # fmt: skip


if __name__ == "__main__":
    from scripts.common.io import job, load_arrays, write_text

    with job(snakemake):
        frames = json.dumps(zoom_frames(load_arrays(snakemake.input[0])), ensure_ascii=False)
        write_text(snakemake.output[0], f'REPORT_DATA["renormalization.zoom"] = {frames};\n')
