"""Real memories: handwritten digits, or a folder of pictures, as patterns of black and white pixels.

Arrays written: ``images`` uint8[K, side, side] of 0 and 1, all memories; ``pseudo_inverse`` and ``hebb``,
uint8[n, side, side]: the states of one recall, and ``*_energies`` float64[n] per unit, ``*_overlaps``
float64[n] with the memory, ``*_flips`` int64[n]. The table ``images.csv`` has the recall from cues with
``NOISE`` of the pixels turned, by rule and number of memories.
"""

from pathlib import Path

import numpy as np
import pandas as pd
from PIL import Image, UnidentifiedImageError

from scripts.common.columns import pairs
from scripts.common.digits import handwritten_digits
from scripts.common.io import InputError
from scripts.common.seeds import generator
from scripts.hopfield.basins import mean_of_sets
from scripts.hopfield.kernels import learning, matrix
from scripts.hopfield.samples import corrupted

NOISE = 0.2
COUNTS = (2, 3, 5, 10, 20, 50, 100, 200)
FRAMES = 30  # of a recall
SHOWN = 3  # which memory the films recall, counted from 0
LEAST_CONTRAST = 8  # gray levels between the darkest and the brightest pixel


def folder_images(folder, side):
    """All PNG files of a folder as black-and-white patterns, in the order of their names.

    Parameters
    ----------
    folder : str
    side : int
        Pixels along an edge; pictures are cut to a square about their middle and scaled.

    Returns
    -------
    int8[K, side side]
        -1 where darker than the picture's median, else +1.

    Raises
    ------
    InputError
        If the folder does not exist or holds fewer than two PNG files, or a file is not a picture,
        is smaller than the pattern, or has no contrast.
    """
    place = Path(folder)
    if not place.is_dir():
        raise InputError(
            f"hopfield.images.folder: no folder '{folder}'; allowed: a folder of PNG files, or ''"
        )
    files = sorted(path for path in place.iterdir() if path.suffix.lower() == ".png")
    if len(files) < 2:
        raise InputError(
            f"hopfield.images.folder: '{folder}' holds {len(files)} PNG files; allowed: two or more"
        )
    patterns = np.array([_pattern(path, side) for path in files])
    if len(np.unique(patterns, axis=0)) < len(patterns):
        raise InputError(
            f"hopfield.images.folder: two pictures of '{folder}' are equal at {side} x {side} pixels"
        )
    return patterns


def _pattern(path, side):
    try:
        with Image.open(path) as picture:
            gray = picture.convert("L")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise InputError(f"hopfield.images.folder: '{path}' is not a readable PNG picture") from error
    if min(gray.size) < side:
        size = f"{gray.size[0]} x {gray.size[1]}"
        raise InputError(
            f"hopfield.images.folder: '{path}' has {size} pixels; allowed: {side} x {side} or more"
        )
    return _thresholded(_square(gray, side), path)


def _square(gray, side):
    edge = min(gray.size)
    left, top = (gray.width - edge) // 2, (gray.height - edge) // 2
    return gray.crop((left, top, left + edge, top + edge)).resize((side, side), Image.Resampling.BOX)


def _thresholded(gray, name):
    values = np.asarray(gray, float)
    if np.ptp(values) < LEAST_CONTRAST:
        raise InputError(f"hopfield.images.folder: '{name}' has no contrast: every pixel is alike")
    level = np.median(values)
    level = level if level > values.min() else (values.min() + values.max()) / 2
    return np.where(values < level, -1, 1).astype(np.int8).ravel()


def digit_images(side, seed):
    """Handwritten digits 0 to 9 again and again, int8[300, side side], +1 where there is ink.

    The pictures of `handwritten_digits`, scaled smoothly.
    """
    data, shown = handwritten_digits()
    order = generator(seed, "hopfield/digits").permutation(len(shown))
    ranks = np.empty(len(order), int)
    for digit in range(10):
        places = order[shown[order] == digit]
        ranks[places] = 10 * np.arange(len(places)) + digit
    found = []
    for image in data[np.argsort(ranks)[:300]].reshape(-1, 8, 8):
        gray = Image.fromarray(np.uint8(image * 15)).resize((side, side), Image.Resampling.BICUBIC)
        found.append(np.where(np.asarray(gray, float) > 110, 1, -1).astype(np.int8).ravel())
    return np.array(found)


def couplings(rule, patterns):
    """Hebb's or pseudo-inverse couplings without the diagonal, float64[N, N]; the latter per unit of 1."""
    if rule == "hebb":
        return matrix.hebb(patterns).astype(float) / patterns.shape[1]
    return learning.without_diagonal(learning.pseudo_inverse(patterns))


def recall_table(patterns, samples, seed):
    """Rows of ``images.csv``: overlap after recall with the memory that was disturbed."""
    rows = []
    for count in [count for count in COUNTS if count <= len(patterns)]:
        stored = patterns[:count]
        for rule in ("hebb", "pseudo_inverse"):
            try:
                w = couplings(rule, stored)
            except InputError:  # pictures that depend on each other have no pseudo-inverse: no row
                continue
            ends = np.empty(samples)
            for k in range(samples):
                rng = generator(seed, "hopfield/images", f"K={count}", f"{k}")
                target = stored[rng.integers(count)]
                end = corrupted(target, 1 - 2 * NOISE, rng)
                matrix.greedy(w, end, w @ end)
                ends[k] = target.astype(float) @ end / len(end)
            row = {"rule": rule, "N": patterns.shape[1], "P": count, "m_initial": 1 - 2 * NOISE}
            rows.append(row | pairs(overlap=mean_of_sets(ends)) | {"n_samples": samples})
    return pd.DataFrame(rows)


def film(rule, patterns, target, seed):
    """States of one recall, `FRAMES` of them evenly spread over its flips, with energies and overlaps."""
    w, rng = couplings(rule, patterns), generator(seed, "hopfield/film")
    spins = corrupted(target, 1 - 2 * NOISE, rng).astype(float)
    states, fields = [spins.copy()], w @ spins
    while True:
        before = len(states)
        for i in rng.permutation(len(spins)):
            if fields[i] * spins[i] < 0:
                spins[i] = -spins[i]
                fields += 2 * w[:, i] * spins[i]
                states.append(spins.copy())
        if len(states) == before:
            break
    picked = np.unique(np.linspace(0, len(states) - 1, FRAMES).round().astype(int))
    kept = np.array(states)[picked]
    energies = -0.5 * np.einsum("ki,ij,kj->k", kept, w, kept) / len(spins)
    return (kept > 0).astype(np.uint8), energies, kept @ target / len(spins), picked


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        plan, side = params.images, params.images["side"]
        patterns = folder_images(plan["folder"], side) if plan["folder"] else digit_images(side, params.seed)
        write(table=recall_table(patterns, plan["samples"], params.seed))
        stored = patterns[: plan["number"]]
        arrays = {"images": (stored > 0).astype(np.uint8).reshape(-1, side, side)}
        for rule in ("pseudo_inverse", "hebb"):
            states, energies, overlaps, flips = film(rule, stored, stored[SHOWN % len(stored)], params.seed)
            arrays |= {rule: states.reshape(-1, side, side), f"{rule}_energies": energies}
            arrays |= {f"{rule}_overlaps": overlaps, f"{rule}_flips": flips}
        write(arrays=arrays)
