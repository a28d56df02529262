"""Memories of real pictures: what becomes of a folder, which faults are named, what each rule recalls."""

import numpy as np
import pytest
from PIL import Image

from scripts.common.io import InputError
from scripts.common.seeds import generator
from scripts.hopfield import images

SEED = 20250918


def picture(folder, name, size=(40, 40), flat=False):
    values = (
        np.full(size[::-1], 100, np.uint8) if flat else generator(SEED, name).integers(0, 255, size[::-1])
    )
    Image.fromarray(values.astype(np.uint8)).save(folder / name)


def test_pictures_of_a_folder_become_patterns(tmp_path):
    picture(tmp_path, "a.png")
    picture(tmp_path, "b.PNG", (60, 40))
    patterns = images.folder_images(str(tmp_path), 16)
    assert patterns.shape == (2, 256)
    assert set(np.unique(patterns)) == {-1, 1}
    assert (np.abs(patterns.mean(axis=1)) < 0.2).all()


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("none", "no folder"),
        ("one", "holds 1 PNG files; allowed: two or more"),
        ("text", "'.*b.png' is not a readable PNG picture"),
        ("cut", "'.*b.png' is not a readable PNG picture"),
        ("small", "has 8 x 8 pixels; allowed: 16 x 16 or more"),
        ("flat", "has no contrast"),
        ("twice", "two pictures of .* are equal at 16 x 16 pixels"),
    ],
)
def test_a_bad_picture_is_named_in_one_line(tmp_path, fault, words):
    picture(tmp_path, "a.png")
    bad, folder = tmp_path / "b.png", tmp_path
    if fault == "none":
        folder = tmp_path / "nowhere"
    if fault == "text":
        bad.write_text("no picture")
    if fault in ("cut", "twice"):
        whole = (tmp_path / "a.png").read_bytes()
        bad.write_bytes(whole[: len(whole) // 2] if fault == "cut" else whole)
    if fault == "small":
        picture(tmp_path, "b.png", (8, 8))
    if fault == "flat":
        picture(tmp_path, "b.png", flat=True)
    with pytest.raises(InputError, match=words) as error:
        images.folder_images(str(folder), 16)
    assert "\n" not in str(error.value)
    assert "hopfield.images.folder" in str(error.value)


def test_digits_are_recalled_by_one_rule_and_not_by_the_other():
    patterns = images.digit_images(16, SEED)
    assert patterns.shape == (300, 256)
    states, energies, overlaps, flips = images.film("pseudo_inverse", patterns[:10], patterns[3], SEED)
    assert overlaps[-1] > 0.99
    assert (np.diff(energies) < 0).all()
    assert states.shape == (len(flips), 256)
    assert images.film("hebb", patterns[:10], patterns[3], SEED)[2][-1] < 0.95
