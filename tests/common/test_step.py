"""The frame of a step: every result in its own output, pairs of a value and its error."""

import numpy as np
import pandas as pd
import pytest

from scripts.common.columns import pairs
from scripts.common.io import InputError, load_arrays
from scripts.common.statistics import replica_mean
from scripts.common.step import step
from scripts.common.tables import read_table


class Rule:
    """What Snakemake gives a step."""

    def __init__(self, folder, outputs):
        self.log, self.params, self.output = folder / "step.log", {"n": 3}, outputs


def test_results_go_to_the_outputs_of_their_names(tmp_path):
    files = {"line": tmp_path / "a.csv", "spins": tmp_path / "b.npz"}
    with step(Rule(tmp_path, files)) as (params, write):
        write(spins={"s": np.arange(params["n"])}, line=pd.DataFrame({"x": [1.5]}))
    assert read_table(files["line"], "x")["x"].item() == 1.5
    assert load_arrays(files["spins"])["s"].tolist() == [0, 1, 2]


def test_a_lone_result_goes_to_the_lone_output(tmp_path):
    with step(Rule(tmp_path, {0: tmp_path / "a.csv"})) as (_, write):
        write(pd.DataFrame({"x": [1.5]}))
    assert read_table(tmp_path / "a.csv", "x")["x"].item() == 1.5


def test_a_mistake_of_the_user_ends_the_step_with_one_line(tmp_path):
    with pytest.raises(SystemExit), step(Rule(tmp_path, {})):
        raise InputError("n: too large; allowed: 3")
    assert (tmp_path / "step.log").read_text() == "error: n: too large; allowed: 3\n"


def test_a_value_and_its_error_stand_side_by_side():
    found = pairs(tau=replica_mean([1.0, 3.0]), share=(0.5, 0.1))
    assert list(found.items()) == [("tau", 2.0), ("tau_err", 1.0), ("share", 0.5), ("share_err", 0.1)]
