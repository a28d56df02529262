"""Recall of a corrupted picture, flip by flip, for the slider of the chapter: ``recall.js``."""

import base64
import json

import numpy as np

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
        ``kind``, ``encoding``, ``width``, ``height``, ``start``, ``milliseconds``, ``frames`` (base64 of one
        bit per pixel, row by row, most significant bit first), and ``labels`` by language.
    """
    states = arrays["pseudo_inverse"]
    named = zip(
        arrays["pseudo_inverse_flips"].tolist(),
        arrays["pseudo_inverse_energies"].tolist(),
        arrays["pseudo_inverse_overlaps"].tolist(),
        strict=True,
    )
    steps = [{"flips": f, "energy": e, "overlap": o} for f, e, o in named]
    return {
        "kind": "frames",
        "encoding": "bits",
        "width": states.shape[2],
        "height": states.shape[1],
        "start": 0,
        "milliseconds": 200,
        "frames": [base64.b64encode(np.packbits(state).tobytes()).decode() for state in states],
        "labels": {
            language: [text.format(**step).replace("-", "\N{MINUS SIGN}") for step in steps]
            for language, text in TEXT.items()
        },
    }


if __name__ == "__main__":
    from scripts.common.io import job, load_arrays, write_text

    with job(snakemake):
        frames = json.dumps(recall_frames(load_arrays(snakemake.input[0])))
        write_text(snakemake.output[0], f'REPORT_DATA["hopfield.recall"] = {frames};\n')
