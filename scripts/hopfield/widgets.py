"""Recall of a corrupted picture, flip by flip, for the slider of the chapter: ``recall.js``."""

from scripts.common.player import bit_frames, labels

TEXT = {
    "en": "{flips} flips, energy {energy:.3f} per unit, overlap {overlap:.2f}",
    "ja": "反転 {flips} 回、エネルギー {energy:.3f}（1ユニットあたり）、重なり {overlap:.2f}",
}


def recall_frames(arrays):
    """What the player ``frames`` of the report shows.

    Parameters
    ----------
    arrays : dict of str to array
        What ``images.py`` wrote.

    Returns
    -------
    dict
        Data of the player, see `bit_frames`.
    """
    columns = [arrays[f"pseudo_inverse_{name}"].tolist() for name in ("flips", "energies", "overlaps")]
    steps = [{"flips": f, "energy": e, "overlap": o} for f, e, o in zip(*columns, strict=True)]
    return bit_frames(arrays["pseudo_inverse"], labels(TEXT, steps), milliseconds=200)


if __name__ == "__main__":
    from scripts.common.io import job, load_arrays
    from scripts.common.player import write_player

    with job(snakemake):
        write_player(snakemake.output[0], "hopfield.recall", recall_frames(load_arrays(snakemake.input[0])))
