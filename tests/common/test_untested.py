"""The list of what no check touches: on a chapter in small, with faults planted in its claims."""

from types import ModuleType, SimpleNamespace

import pandas as pd
import pytest

from scripts.common import untested
from scripts.common.claims.findings import column
from scripts.common.tables import write_table
from scripts.common.untested import Chapter, odd_records, reach, self_judged, used_twice
from tests.common.claims_examples import check, measured

SOURCE = {"data": "coin/tables/tosses.csv", "rule": "coin_settle"}
TABLE = pd.DataFrame(
    {
        "coin": ["fair", "bent"],
        "share": [0.5, 0.7],
        "share_err": [0.004, 0.003],
        "drawn": [0.1, 0.2],
        "p": [0.5, 0.7],
    }
)


def numbers(data):
    table = data["tosses"]
    return {"coin.share": {"value": table["share"][0]}, "coin.drawn": {"value": table["drawn"][0]}}


def findings(data, reference="p"):
    row = data["tosses"].iloc[0]
    return [(SOURCE, [("1.1-01", "energy", column(row, "share", replicas=50), row[reference])])]


@pytest.fixture
def chapter(tmp_path, monkeypatch):
    """Makes a chapter of one table and one group, with the findings given."""
    write_table(tmp_path / "coin" / "tables" / "tosses.csv", TABLE)
    (tmp_path / "claims.json").write_text('{"scale": "quick"}', encoding="utf-8")
    monkeypatch.setattr(untested, "registered_checks", lambda *_: {("1.1-01", "energy"): check()})
    monkeypatch.setattr(untested, "read_yaml", lambda _: {"tosses": {"columns": {"p": {"axis": True}}}})

    def made(found=findings):
        group = ModuleType("group")
        group.findings, group.numbers = found, numbers
        monkeypatch.setattr(untested, "import_module", lambda _: SimpleNamespace(GROUPS=[group]))
        return Chapter("coin", tmp_path)

    return made


def test_a_column_that_no_check_reads_is_untested_and_so_is_its_number(chapter):
    coin = chapter()
    assert reach(coin, coin.shifts()) == {
        "tosses.share": "touched",  # 1 % of 0.5 is 1.25 errors
        "tosses.drawn": "untested",
        "coin.share": "touched",
        "coin.drawn": "untested",
    }


def test_a_shift_that_a_check_notices_is_told_apart(chapter, monkeypatch):
    monkeypatch.setattr(untested, "SHIFT", 1.04)  # five errors
    coin = chapter()
    assert reach(coin, coin.shifts())["tosses.share"] == "noticed"


def test_an_observation_touches_nothing(chapter, monkeypatch):
    observed = {("1.1-01", "energy"): check(role="observation")}
    monkeypatch.setattr(untested, "registered_checks", lambda *_: observed)
    coin = chapter()
    assert reach(coin, coin.shifts())["tosses.share"] == "untested"


def test_a_column_that_rows_are_found_by_is_a_setting(chapter):
    def by_value(data):
        table = data["tosses"]
        row = table[table["drawn"] == 0.1].iloc[0]
        return [(SOURCE, [("1.1-01", "energy", column(row, "share", replicas=50), 0.5)])]

    coin = chapter(by_value)
    assert reach(coin, coin.shifts())["tosses.drawn"] == "setting"


def test_a_number_judged_by_itself_is_found(chapter):
    coin = chapter(lambda data: findings(data, reference="share"))
    assert self_judged(coin, coin.shifts()) == [
        "1.1-01/energy: number and reference both come from tosses.share"
    ]
    honest = chapter()
    assert self_judged(honest, honest.shifts()) == []


def test_a_number_used_twice_is_found_with_either_sign_unless_it_only_reports():
    first = measured(1.0)
    again = first | {"claim": "1.1-02", "measured": -first["measured"]}
    assert used_twice([first, again]) == [
        ("1.1-01/energy (ising, statement)", "1.1-02/energy (ising, statement)")
    ]
    assert used_twice([first, again | {"role": "observation"}]) == []
    assert used_twice([first, again | {"measured": 1.2}]) == []
    assert used_twice([each | {"measured": 1.0} for each in (first, again)]) == []


def test_a_gross_control_and_an_error_without_units_are_found():
    control = measured(1.0, role="control")
    gross = control | {"measured": 20.0}
    assert list(odd_records([control, measured()])) == []
    assert "190 resolutions off" in next(odd_records([gross]))
    assert "does not say how many" in next(odd_records([control | {"n_effective": None}]))
    assert list(odd_records([gross | {"role": "observation"}])) == []
