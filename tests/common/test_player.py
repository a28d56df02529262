"""What a player gets is what was measured, bit by bit."""

import base64
import json

import numpy as np

from scripts.common.player import bit_frames, labels, write_player


def test_a_player_is_one_line_that_the_page_loads(tmp_path):
    write_player(tmp_path / "a.js", "hopfield.recall", {"x": "温度"})
    write_player(tmp_path / "b.js", "hopfield.recall", {"x": "温度"}, ensure_ascii=False)
    head, tail = 'REPORT_DATA["hopfield.recall"] = ', ";\n"
    plain, open_letters = ((tmp_path / name).read_text(encoding="utf-8") for name in ("a.js", "b.js"))
    assert plain.startswith(head)
    assert plain.endswith(tail)
    assert plain.isascii()
    assert json.loads(plain[len(head) : -len(tail)]) == {"x": "温度"}
    assert open_letters == f'{head}{{"x": "温度"}}{tail}'


def test_labels_are_filled_in_for_each_frame_with_true_minus_signs():
    found = labels({"en": "e = {e:.1f}", "ja": "{e:.0f} 度"}, [{"e": -1.04}, {"e": 2}])
    assert found == {"en": ["e = −1.0", "e = 2.0"], "ja": ["−1 度", "2 度"]}


def test_frames_hold_one_bit_for_each_pixel_row_by_row():
    pictures = np.array([[[1, -1, 1], [1, 1, -1]], [[-1, -1, -1], [-1, -1, 1]]])
    made = bit_frames(pictures, {"en": ["a", "b"]}, start=1, milliseconds=200)
    bits = [np.unpackbits(np.frombuffer(base64.b64decode(frame), np.uint8))[:6] for frame in made["frames"]]
    assert bits[0].tolist() == [1, 0, 1, 1, 1, 0]
    assert bits[1].tolist() == [0, 0, 0, 0, 0, 1]
    assert (made["kind"], made["encoding"], made["width"], made["height"]) == ("frames", "bits", 3, 2)
    assert (made["start"], made["milliseconds"], made["labels"]) == (1, 200, {"en": ["a", "b"]})
