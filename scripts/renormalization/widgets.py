"""What the player of the chapter shows: spins at three temperatures, blocked again and again.

The kinds of player and their fields stand in ``workflow/report/assets/players.js``.
"""

import numpy as np

from scripts.common.player import bit_frames, labels

GAP = (1, 1, -1, -1, 1, 1)  # columns between two pictures: stripes, since the colors of spins have no third
WORDS = {
    "en": "T = {names}: {edge} × {edge} blocks after {k} steps",
    "ja": "T = {names}：{k} 段後の {edge} × {edge} ブロック",
}


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
        Data of the player, see `bit_frames`.
    """
    size, pictures, steps = int(arrays["size"]), [], []
    order = np.argsort(arrays["temperatures"].astype(float))
    names = ", ".join(f"{float(arrays['temperatures'][i]):.3f}" for i in order)
    for k in range(int(arrays["levels"])):
        level = arrays[f"level_{k}"]
        parts = []
        for i in order:
            parts += [enlarged(level[i], size), np.tile(np.array(GAP, dtype=np.int8), (size, 1))]
        pictures.append(np.concatenate(parts[:-1], axis=1))
        steps.append({"names": names, "edge": level.shape[1], "k": k})
    return bit_frames(pictures, labels(WORDS, steps), milliseconds=900)


if __name__ == "__main__":
    from scripts.common.io import job, load_arrays
    from scripts.common.player import write_player

    with job(snakemake):
        frames = zoom_frames(load_arrays(snakemake.input[0]))
        write_player(snakemake.output[0], "renormalization.zoom", frames, ensure_ascii=False)
