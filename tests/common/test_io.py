"""Files in and out: nothing half-written, one clear line for a damaged file."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from scripts.common import io, tables


def test_arrays_come_back_as_they_were(tmp_path):
    path = tmp_path / "arrays.npz"
    io.save_arrays(path, a=np.arange(5), text=np.array(["2.30", "Tc"]))
    back = io.load_arrays(path, "a", "text")
    assert back["a"].tolist() == [0, 1, 2, 3, 4]
    assert back["text"].tolist() == ["2.30", "Tc"]


def test_equal_arrays_give_equal_bytes(tmp_path):
    for name in ("one.npz", "two.npz"):
        io.save_arrays(tmp_path / name, a=np.arange(5), b=np.ones((2, 3)))
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_a_table_gives_back_every_bit_of_its_floats(tmp_path):
    values = np.random.default_rng(1).standard_normal(1000) * 10.0 ** np.arange(-150, 850, 1).clip(-300, 300)
    tables.write_table(tmp_path / "table.csv", pd.DataFrame({"x": values}))
    assert (tables.read_table(tmp_path / "table.csv", "x")["x"].to_numpy() == values).all()


def test_a_temperature_stays_text_where_it_names_files(tmp_path):
    tables.write_table(tmp_path / "table.csv", pd.DataFrame({"T": ["2.30"]}))
    assert tables.read_table(tmp_path / "table.csv", text=["T"])["T"].item() == "2.30"


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "file.txt"
    io.write_text(path, "old")
    with pytest.raises(RuntimeError), io.atomic(path) as temporary:
        Path(temporary).write_text("ha")
        raise RuntimeError
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


DAMAGED = {
    "truncated array": ("a.npz", lambda good: good[: len(good) // 2], lambda path: io.load_arrays(path, "a")),
    "empty array": ("a.npz", lambda good: b"", lambda path: io.load_arrays(path, "a")),
    "missing array": ("a.npz", lambda good: good, lambda path: io.load_arrays(path, "b")),
    "missing column": ("t.csv", lambda good: good, lambda path: tables.read_table(path, "y")),
    "empty table": ("t.csv", lambda good: b"", lambda path: tables.read_table(path, "x")),
    "truncated json": ("j.json", lambda good: good[:4], io.read_json),
}


@pytest.mark.parametrize(("name", "damage", "read"), DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_file_is_named_in_one_line(tmp_path, name, damage, read):
    io.save_arrays(tmp_path / "a.npz", a=np.arange(1000))
    tables.write_table(tmp_path / "t.csv", pd.DataFrame({"x": [1.0]}))
    io.write_json(tmp_path / "j.json", {"x": 1})
    path = tmp_path / name
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(io.InputError) as error:
        read(path)
    assert name in str(error.value)
    assert "\n" not in str(error.value)
    assert "delete it" in str(error.value)


def test_json_refuses_what_no_other_program_reads(tmp_path):
    with pytest.raises(ValueError, match="JSON"):
        io.write_json(tmp_path / "j.json", {"x": float("nan")})
    assert not (tmp_path / "j.json").exists()


class Step:
    """What `job` needs of Snakemake's object."""

    def __init__(self, log):
        self.log = log


def test_a_job_turns_a_mistake_into_one_line_in_its_log(tmp_path, capsys):
    with pytest.raises(SystemExit) as stop, io.job(Step(tmp_path / "logs/step.log")):
        print("working")
        raise io.InputError("config: no such size")
    assert stop.value.code == 1
    assert (tmp_path / "logs/step.log").read_text() == "working\nerror: config: no such size\n"
    assert capsys.readouterr().out == ""


def test_a_job_keeps_the_traceback_of_a_bug(tmp_path):
    with pytest.raises(ZeroDivisionError), io.job(Step(tmp_path / "step.log")):
        1 / 0  # noqa: B018 (the bug)
    assert "ZeroDivisionError" in (tmp_path / "step.log").read_text()
