"""What an SVG says of itself, and what it was drawn from."""

import xml.etree.ElementTree as ElementTree

from scripts.common.stamp import digests, drawn_from, stamped

SVG = b'<?xml version="1.0"?>\n<svg width="1"\n xmlns="http://www.w3.org/2000/svg"><path/></svg>'


def test_a_stamp_is_read_back_and_leaves_a_valid_picture(tmp_path):
    table = tmp_path / "tables" / "a.csv"
    table.parent.mkdir()
    table.write_text("x\n1\n", encoding="utf-8")
    sources = digests([table])
    about = {"en": ('m < 1 & "so"', "Two\n lines."), "ja": ("磁化", "二行")}
    path = tmp_path / "a.svg"
    path.write_bytes(stamped(SVG, "en", about, sources))
    assert drawn_from(path) == sources == {"tables/a.csv": digests([table])["tables/a.csv"]}
    title, description, *_ = ElementTree.parse(path).getroot()
    assert (title.text, description.text) == ('m < 1 & "so"', "Two lines.")
    table.write_text("x\n2\n", encoding="utf-8")
    assert digests([table]) != sources


def test_a_picture_without_a_stamp_names_no_sources(tmp_path):
    (tmp_path / "a.svg").write_bytes(SVG)
    assert drawn_from(tmp_path / "a.svg") == {}
