"""What the player of the chapter shows: one configuration at T_c, blocked by majority and by max pooling.

The kinds of player and their fields stand in ``workflow/report/assets/players.js``.
"""

import numpy as np

from scripts.common.player import bit_frames, labels
from scripts.renormalization.kernels import rules
from scripts.renormalization.theory import square

GAP = (1, 1, -1, -1, 1, 1)  # columns between two pictures: stripes, since the colors of spins have no third
WORDS = {
    "en": "majority · max pooling · max pooling, spins turned: {edge} × {edge} blocks after {k} steps",
    "ja": "多数決・マックスプーリング・同（反転して）：{k} 段後の {edge} × {edge} ブロック",
}


def enlarged(level, size):
    """A level of blocks as a picture of the old size, int8[size, size]."""
    factor = size // len(level)
    return np.repeat(np.repeat(level, factor, axis=0), factor, axis=1)


def pooling_frames(arrays):
    """What the player ``frames`` shows: three pictures side by side, one frame for each level.

    Parameters
    ----------
    arrays : dict of str to array
        Of ``zoom.npz``; the temperature nearest T_c is shown.

    Returns
    -------
    dict
        Data of the player, see `bit_frames`.
    """
    size, pictures, steps = int(arrays["size"]), [], []
    distance = np.abs(arrays["temperatures"].astype(float) - square.critical_temperature())
    shown = int(np.argmin(distance))
    pooled = [sign * arrays["level_0"][shown][None] for sign in (1, -1)]
    gap = np.tile(np.array(GAP, dtype=np.int8), (size, 1))
    for k in range(int(arrays["levels"])):
        major = arrays[f"level_{k}"][shown]
        # The turned one is turned back, so that only what the rule does to the two signs is seen.
        parts = [enlarged(level, size) for level in (major, pooled[0][0], -pooled[1][0])]
        pictures.append(np.concatenate([parts[0], gap, parts[1], gap, parts[2]], axis=1))
        steps.append({"edge": len(major), "k": k})
        pooled = [rules.max_pooling(level) for level in pooled]
    return bit_frames(pictures, labels(WORDS, steps), milliseconds=900)


if __name__ == "__main__":
    from scripts.common.io import job, load_arrays
    from scripts.common.player import write_player

    with job(snakemake):
        frames = pooling_frames(load_arrays(snakemake.input[0]))
        write_player(snakemake.output[0], "renormalization.pooling", frames, ensure_ascii=False)
