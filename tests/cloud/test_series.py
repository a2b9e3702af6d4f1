"""One suite for the stores: what is asked of a series store holds for the embedded one, for InfluxDB's write path as documented,
and for that path into a real influxd 1.x."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cloud.settings import InfluxSeriesSettings
from cloud.store.errors import SeriesAwayError, SeriesRefusedError
from cloud.store.series import SeriesStore, Span
from cloud.store.series_influx import InfluxSeries
from cloud.store.series_sqlite import SqliteSeries
from contract.series import FieldValue, Measurement, Point
from tests.cloud.influx import Influx, influx
from tests.cloud.real_influx import Real

NS = 1_700_000_100_000_000_007
VISIT = Point(Measurement.VISIT, "gate-1", "visit", "", NS, {"verdict": "pass", "revision": 1, "replay": False})
AIR = Point(Measurement.SENSOR, "gate-1", "co2", "air-1", NS, {"value": 600.0, "valid": True})
Store = tuple[SeriesStore, Callable[[], int]]


@pytest.fixture
def server() -> Iterator[Influx]:
    with influx() as running:
        yield running


@pytest.fixture(params=["sqlite", "influxdb", "influxd"])
def store(request: pytest.FixtureRequest, tmp_path: Path, server: Influx) -> Iterator[Store]:
    match request.param:
        case "sqlite":
            sqlite = SqliteSeries(tmp_path / "series.db")
            yield sqlite, lambda: count(tmp_path / "series.db")
            sqlite.close()
        case "influxdb":
            client = InfluxSeries(settings(tmp_path, server.url))
            yield client, lambda: len(server.points)
            client.close()
        case _:
            real: Real = request.getfixturevalue("real")
            yield real.store, real.reader.points


def settings(folder: Path, url: str, token: str = "secret") -> InfluxSeriesSettings:
    (folder / "token").write_text(token + "\n")
    return InfluxSeriesSettings(kind="influxdb", url=url, org="o", bucket="b", token_file=folder / "token")


def count(path: Path) -> int:
    connection = sqlite3.connect(path)
    found: int = connection.execute("SELECT count(*) FROM point").fetchone()[0]
    connection.close()
    return found


def test_a_point_that_is_written_again_is_the_same_point(store: Store) -> None:
    series, points = store
    series.write([VISIT, AIR, VISIT])
    series.write([VISIT])
    assert points() == 2


def test_points_differ_by_measurement_gate_kind_sensor_and_time(store: Store) -> None:
    series, points = store
    others = [
        replace(AIR, gate="gate-2"),
        replace(AIR, kind="ozone"),
        replace(AIR, sensor="air-2"),
        replace(AIR, ns=NS + 1),
    ]
    series.write([AIR, *others, VISIT])
    assert points() == 6


def test_awkward_words_arrive_as_they_are(store: Store) -> None:
    series, points = store
    series.write([replace(AIR, sensor="a b,c=d\\", fields={"event": 'say "x"\\ , = \n'})])
    assert points() == 1


def test_an_empty_write_is_no_write(store: Store) -> None:
    store[0].write([])
    assert store[1]() == 0


def test_a_store_that_answers_is_told_so(tmp_path: Path, server: Influx) -> None:
    for series in (SqliteSeries(tmp_path / "series.db"), InfluxSeries(settings(tmp_path, server.url))):
        series.probe()
        series.close()


def test_a_field_that_changes_its_type_is_refused_by_name_and_its_neighbours_can_be_written(real: Real) -> None:
    real.store.write([AIR])
    with pytest.raises(SeriesRefusedError, match="field type conflict"):
        real.store.write([replace(AIR, ns=NS + 1), replace(AIR, ns=NS + 2, fields={"value": 5})])
    real.store.write([replace(AIR, ns=NS + 1)])
    assert real.reader.points() == 2


def test_awkward_words_and_types_are_what_influxdb_gives_back(real: Real) -> None:
    fields: dict[str, FieldValue] = {"event": 'say "x"\\ , = ', "n": 7, "value": 7.0, "valid": True}
    real.store.write([replace(AIR, sensor="a b,c=d", fields=fields)])
    found = real.server.ask("SELECT event, n, value, valid FROM sensor WHERE sensor = 'a b,c=d'", real.bucket)
    assert found[0]["values"] == [[NS, *fields.values()]]


def test_every_field_keeps_its_type_on_the_wire(tmp_path: Path, server: Influx) -> None:
    series = InfluxSeries(settings(tmp_path, server.url))
    series.write([replace(AIR, fields={"value": 37.0, "count": 37, "valid": True, "verdict": "pass", "gone": float("nan")})])
    series.close()
    assert server.points == {
        ("sensor,gate=gate-1,kind=co2,sensor=air-1", NS): {
            "value": "37.0",
            "count": "37i",
            "valid": "true",
            "verdict": '"pass"',
        }
    }


def test_a_conflict_of_types_is_a_refusal_and_silence_is_not(tmp_path: Path, server: Influx) -> None:
    series = InfluxSeries(settings(tmp_path, server.url))
    series.write([AIR])
    with pytest.raises(SeriesRefusedError, match="field type conflict"):
        series.write([replace(AIR, fields={"value": 5})])
    server.away = 503
    with pytest.raises(SeriesAwayError, match="503"):
        series.write([AIR])
    series.close()


def test_a_wrong_token_says_where_the_token_stands(tmp_path: Path, server: Influx) -> None:
    series = InfluxSeries(settings(tmp_path, server.url, token="wrong"))
    with pytest.raises(SeriesAwayError, match=r"series\.token_file"):
        series.probe()
    series.close()


def test_five_minutes_hold_mean_and_count_of_each_gate(tmp_path: Path) -> None:
    series = SqliteSeries(tmp_path / "series.db")
    begin_s = 1_700_000_100
    points = [
        replace(AIR, gate=gate, ns=(begin_s + second) * 10**9, fields={"value": float(second)})
        for gate in ("gate-1", "gate-2")
        for second in range(0, 600, 100)
    ]
    for _ in range(2):
        series.write(points)
    found = series.buckets(Measurement.SENSOR, "value", Span(begin_s, begin_s + 600))
    assert [(one.gate, one.start_s - begin_s, one.mean, one.count) for one in found] == [
        ("gate-1", 0, 100.0, 3),
        ("gate-1", 300, 400.0, 3),
        ("gate-2", 0, 100.0, 3),
        ("gate-2", 300, 400.0, 3),
    ]
    assert [one.gate for one in series.buckets(Measurement.SENSOR, "value", Span(begin_s, begin_s + 300), "gate-2")] == ["gate-2"]
    assert [one.value for one in series.samples(Measurement.SENSOR, "value", "gate-1", Span(begin_s + 100, begin_s + 300))] == [
        100.0,
        200.0,
    ]
    series.close()


def test_decisions_are_counted_by_verdict(tmp_path: Path) -> None:
    series = SqliteSeries(tmp_path / "series.db")
    series.write([VISIT, replace(VISIT, ns=NS + 1, fields={**VISIT.fields, "verdict": "recheck"})])
    span = Span(NS // 10**9 // 300 * 300, NS // 10**9 + 300)
    assert [one.count for one in series.buckets(Measurement.VISIT, "verdict=recheck", span)] == [1]
    series.close()


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(SeriesAwayError, match=r"series\.path"):
        SqliteSeries(tmp_path / "nowhere" / "series.db")
