"""`series setup` against the API of InfluxDB 2 as documented (never run against a real one here, see test_series_influx2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cloud.commands.series_setup import set_up_series
from cloud.settings import InfluxSeriesSettings, SeriesKeepSettings
from cloud.store.errors import SeriesAwayError
from cloud.store.series import DAY_S
from cloud.store.series_influx import InfluxAdministration
from cloud.store.series_setup import READY, set_up
from tests.cloud.influx import Influx, influx

NOW_S = 20_000 * DAY_S
KEEP = SeriesKeepSettings(raw_days=9)


class Operator:
    """Runs the set-up. Attributes: said, what it told the last time."""

    def __init__(self, server: InfluxAdministration) -> None:
        self._server = server
        self.said: list[str] = []

    def __call__(self, keep: SeriesKeepSettings = KEEP, *, shorten: bool = False) -> int:
        self.said = []
        return set_up(self._server, "menshen", keep, NOW_S, self.said.append, shorten=shorten)


@pytest.fixture
def server() -> Iterator[Influx]:
    with influx() as running:
        yield running


@pytest.fixture
def operator(server: Influx, tmp_path: Path) -> Iterator[Operator]:
    (tmp_path / "token").write_text(server.token)
    settings = InfluxSeriesSettings(kind="influxdb", url=server.url, org="o", bucket="menshen", token_file=tmp_path / "token")
    administration = InfluxAdministration(settings)
    yield Operator(administration)
    administration.close()


def kept_days(server: Influx, bucket: str) -> float:
    rule: dict[str, Any] = server.rooms.buckets[bucket]["retentionRules"][0]
    return float(rule["everySeconds"]) / DAY_S


def test_an_empty_server_gets_three_buckets_and_four_tasks(server: Influx, operator: Operator) -> None:
    assert operator() == 8
    assert {name: kept_days(server, name) for name in server.rooms.buckets} == {
        "menshen": 9, "menshen_5m": 400, "menshen_1h": 3660,
    }  # fmt: skip
    assert {one["description"] for one in server.rooms.buckets.values()} == {READY}
    assert sorted(server.rooms.tasks) == ["menshen 1h", "menshen 1h late", "menshen 5m", "menshen 5m late"]
    assert "made task 'menshen 5m'" in operator.said


def test_doing_it_again_changes_nothing(server: Influx, operator: Operator) -> None:
    operator()
    server.rooms.changes.clear()
    server.questions.clear()
    assert operator() == 0
    assert (server.rooms.changes, server.questions, operator.said) == ([], [], [])


def test_points_from_before_are_summed_up_once(server: Influx, operator: Operator) -> None:
    operator()
    assert len(server.questions) == 2 * KEEP.raw_days
    assert f"start = {NOW_S - 9 * DAY_S}" in server.questions[0]
    assert 'target = "menshen_1h"' in server.questions[1]


def test_a_summing_up_that_was_cut_off_is_done_again(server: Influx, operator: Operator) -> None:
    operator()
    server.rooms.buckets["menshen_5m"]["description"] = "Menshen: being filled"
    server.questions.clear()
    assert operator() == 1
    assert len(server.questions) == 2 * KEEP.raw_days
    assert server.rooms.buckets["menshen_5m"]["description"] == READY


def test_a_bucket_of_somebody_else_is_not_cut_short_without_being_told(server: Influx, operator: Operator) -> None:
    operator()
    server.rooms.buckets["menshen"] |= {"retentionRules": [], "description": "ours"}
    assert operator() == 0
    assert "--shorten" in operator.said[0]
    assert operator(shorten=True) == 1
    assert kept_days(server, "menshen") == 9
    assert server.rooms.buckets["menshen"]["description"] == "ours"


def test_a_longer_retention_is_set_without_asking(server: Influx, operator: Operator) -> None:
    operator()
    assert operator(SeriesKeepSettings(raw_days=60)) == 1
    assert kept_days(server, "menshen") == 60


def test_a_task_that_was_edited_is_set_right(server: Influx, operator: Operator) -> None:
    operator()
    right = server.rooms.tasks["menshen 5m"]["flux"]
    server.rooms.tasks["menshen 5m"]["flux"] = "option task = {}"
    assert operator() == 1
    assert server.rooms.tasks["menshen 5m"]["flux"] == right


def test_a_server_that_is_away_is_named(server: Influx, operator: Operator) -> None:
    server.away = 503
    with pytest.raises(SeriesAwayError, match="503"):
        operator()


def settings_file(folder: Path, series: str) -> Path:
    path = folder / "cloud.toml"
    path.write_text(f"[ledger]\nurl = 'sqlite:///{folder}/ledger.db'\n[series]\n{series}")
    return path


def test_the_command_uses_the_token_it_is_given(server: Influx, tmp_path: Path, told: Callable[[], str]) -> None:
    (tmp_path / "weak").write_text("may only write")
    (tmp_path / "strong").write_text(server.token)
    series = f"kind = 'influxdb'\nurl = '{server.url}'\norg = 'o'\nbucket = 'b'\ntoken_file = '{tmp_path}/weak'\n"
    with pytest.raises(SeriesAwayError, match="token"):
        set_up_series(settings_file(tmp_path, series), None, shorten=False)
    set_up_series(settings_file(tmp_path, series), tmp_path / "strong", shorten=False)
    assert "8 changes." in told()


def test_the_embedded_store_needs_no_setting_up(tmp_path: Path, told: Callable[[], str]) -> None:
    set_up_series(settings_file(tmp_path, f"kind = 'sqlite'\npath = '{tmp_path}/series.db'\n"), None, shorten=False)
    assert "Nothing to set up" in told()


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    return lambda: capsys.readouterr().out
