"""The stores give the same answers: the embedded one by itself, InfluxDB 1.x by its own query language, InfluxDB 2 out of the
answers its documentation shows (its Flux is never run here, see test_series_influx2)."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from cloud.settings import InfluxSeriesSettings, SeriesKeepSettings
from cloud.store.series import DAY_S, Bucket, Span, Step
from cloud.store.series_influx import InfluxSeries
from cloud.store.series_sqlite import SqliteSeries
from contract.series import Measurement, Point
from tests.cloud.influx import Influx, influx
from tests.cloud.real_influx import Real

BEGIN_S = 20_000 * DAY_S
DAY = Span(BEGIN_S, BEGIN_S + DAY_S)
VERDICTS = ("pass", "recheck", "put_on_mask")


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[SqliteSeries]:
    store = SqliteSeries(tmp_path / "series.db", SeriesKeepSettings(raw_days=9, five_minutes_days=30, one_hour_days=60))
    yield store
    store.close()


def points(count: int, seed: int = 1) -> list[Point]:
    """A day of readings and decisions of three gates; some readings have no value."""
    dice = random.Random(seed)

    def one(number: int) -> Point:
        gate, ns = f"gate-{dice.randrange(3)}", (BEGIN_S + dice.randrange(DAY_S)) * 10**9 + number
        if dice.random() < 0.5:
            return Point(
                Measurement.VISIT, gate, "visit", "", ns, {"verdict": dice.choice(VERDICTS), "frames": dice.randrange(9)}
            )
        value = {"value": dice.uniform(400, 900)} if dice.random() < 0.9 else {}
        sensor = f"air-{dice.randrange(2)}"
        return Point(Measurement.SENSOR, gate, dice.choice(("co2", "ozone")), sensor, ns, {**value, "valid": bool(value)})

    return [one(number) for number in range(count)]


def same(ours: list[Bucket], theirs: list[Bucket]) -> None:
    assert [one._replace(mean=0) for one in ours] == [one._replace(mean=0) for one in theirs]
    assert [one.mean for one in ours] == pytest.approx([one.mean for one in theirs])
    assert ours


def test_sums_and_single_values_are_those_of_influxdb(embedded: SqliteSeries, real: Real) -> None:
    for store in (embedded, real.store):
        store.write(points(2_000))
        store.write(points(700))
    span = Span(BEGIN_S + 1_000, BEGIN_S + 50_000)
    fields = ((Measurement.SENSOR, "value"), (Measurement.VISIT, "frames"), (Measurement.VISIT, "verdict=recheck"))
    for (measurement, field), gate, step in product(fields, (None, "gate-1"), Step):
        ours, theirs = (reader.buckets(measurement, field, span, gate, step) for reader in (embedded, real.reader))
        same(ours, theirs)
    asked = (Measurement.VISIT, "frames", "gate-2", DAY)
    assert embedded.samples(*asked) == real.reader.samples(*asked) != []


def test_what_is_given_up_is_gone_and_its_sums_stay(embedded: SqliteSeries) -> None:
    embedded.write(points(500))
    asked = (Measurement.SENSOR, "value", DAY)
    five_minutes, hours = (embedded.buckets(*asked, step=step) for step in Step)
    embedded.upkeep(DAY.end_s + 9 * DAY_S)
    assert embedded.samples(Measurement.SENSOR, "value", "gate-1", DAY) == []
    assert embedded.buckets(*asked) == five_minutes
    for _ in range(2):
        embedded.upkeep(DAY.end_s + 30 * DAY_S)
        assert embedded.buckets(*asked) == []
        same(embedded.buckets(*asked, step=Step.HOUR), hours)
    embedded.upkeep(DAY.end_s + 60 * DAY_S)
    assert embedded.buckets(*asked, step=Step.HOUR) == []


def test_nothing_of_what_was_given_up_can_be_read_in_the_file(embedded: SqliteSeries, tmp_path: Path) -> None:
    embedded.write([replace(one, fields={**one.fields, "event": "gate-1:i1:4711"}) for one in points(50)])
    embedded.upkeep(DAY.end_s + 9 * DAY_S)
    assert b"4711" not in b"".join(path.read_bytes() for path in tmp_path.glob("series.db*"))


def test_a_point_that_was_given_up_is_not_counted_again(embedded: SqliteSeries) -> None:
    embedded.write(points(500))
    before = embedded.buckets(Measurement.SENSOR, "value", DAY)
    embedded.upkeep(DAY.end_s + 9 * DAY_S)
    embedded.write(points(500))
    assert embedded.buckets(Measurement.SENSOR, "value", DAY) == before


def test_what_is_young_stays(embedded: SqliteSeries) -> None:
    embedded.write(points(500))
    before = embedded.samples(Measurement.VISIT, "frames", "gate-1", DAY)
    embedded.upkeep(DAY.start_s + 9 * DAY_S)
    assert embedded.samples(Measurement.VISIT, "frames", "gate-1", DAY) == before


def test_a_value_that_is_no_number_is_left_out_as_influxdb_leaves_it_out(embedded: SqliteSeries, real: Real) -> None:
    reading = Point(Measurement.SENSOR, "gate-1", "co2", "air-1", BEGIN_S * 10**9, {"value": float("nan"), "valid": False})
    for store in (embedded, real.store):
        store.write([reading, replace(reading, gate="gate-2", fields={"value": float("inf")})])
    assert real.reader.points() == 1
    for reader in (embedded, real.reader):
        assert reader.samples(Measurement.SENSOR, "value", "gate-1", DAY) == []
    assert [one.mean for one in embedded.buckets(Measurement.SENSOR, "valid", DAY)] == [0.0]


SUMMED = """#datatype,string,long,dateTime:RFC3339,string,string,string,double
#group,false,false,false,false,false,false,false
#default,_result,,,,,,
,result,table,_time,gate,kind,_field,_value
,,0,2024-10-04T00:00:00Z,gate-1,co2,value_total,1500
,,0,2024-10-04T00:00:00Z,gate-1,co2,value_count,2
,,0,2024-10-04T00:00:00Z,gate-1,co2,value_total,500
,,0,2024-10-04T00:00:00Z,gate-1,co2,value_count,2

"""
FRESH = """#datatype,string,long,dateTime:RFC3339,string,string,double,double
#group,false,false,false,false,false,false,false
#default,_result,,,,,,
,result,table,_time,gate,kind,total,count
,,0,2024-10-04T23:55:00Z,gate-1,co2,900,3

"""
VALUES = """#datatype,string,long,long,double
#group,false,false,false,false
#default,_result,,,
,result,table,ns,_value
,,0,1728000000000000007,41.5

"""


@pytest.fixture
def server() -> Iterator[Influx]:
    with influx() as running:
        yield running


@pytest.fixture
def influxdb(server: Influx, tmp_path: Path) -> Iterator[InfluxSeries]:
    (tmp_path / "token").write_text(server.token)
    settings = InfluxSeriesSettings(kind="influxdb", url=server.url, org="o", bucket="b", token_file=tmp_path / "token")
    store = InfluxSeries(settings, lambda: DAY.end_s)
    yield store
    store.close()


def set_up(server: Influx) -> None:
    for name in ("b_5m", "b_1h"):
        server.rooms.answer("POST", "/api/v2/buckets", {"name": name, "retentionRules": [], "description": "Menshen"})


def test_old_steps_come_from_the_tasks_and_young_ones_from_the_points(server: Influx, influxdb: InfluxSeries) -> None:
    set_up(server)
    server.answers = {'bucket: "b_5m"': SUMMED, 'bucket: "b")': FRESH}
    assert influxdb.buckets(Measurement.SENSOR, "value", DAY) == [
        Bucket(DAY.start_s, "gate-1", "co2", 500.0, 4),
        Bucket(DAY.end_s - 300, "gate-1", "co2", 300.0, 3),
    ]
    summed, fresh = server.questions
    assert f"range(start: {DAY.start_s}, stop: {DAY.end_s - 900})" in summed
    assert f"range(start: {DAY.end_s - 900}, stop: {DAY.end_s})" in fresh


def test_hours_come_from_their_own_task(server: Influx, influxdb: InfluxSeries) -> None:
    set_up(server)
    influxdb.buckets(Measurement.SENSOR, "value", DAY, step=Step.HOUR)
    summed, fresh = server.questions
    assert 'bucket: "b_1h"' in summed
    assert f"range(start: {DAY.end_s - 7_200}, stop: {DAY.end_s})" in fresh


def test_without_a_set_up_all_comes_from_the_points(server: Influx, influxdb: InfluxSeries) -> None:
    influxdb.buckets(Measurement.SENSOR, "value", DAY)
    assert len(server.questions) == 1
    assert f"range(start: {DAY.start_s}, stop: {DAY.end_s})" in server.questions[0]


def test_a_time_is_exact_to_the_nanosecond(server: Influx, influxdb: InfluxSeries) -> None:
    server.answers = {"int(v: r._time)": VALUES}
    assert [(one.ns, one.value) for one in influxdb.samples(Measurement.SENSOR, "value", "gate-1", DAY)] == [
        (1_728_000_000_000_000_007, 41.5)
    ]


def test_what_came_late_is_summed_up_once_by_hand(server: Influx, influxdb: InfluxSeries) -> None:
    set_up(server)
    influxdb.write([Point(Measurement.VISIT, "gate-1", "visit", "", (DAY.end_s - 10) * 10**9, {"frames": 1})])
    influxdb.upkeep(DAY.end_s)
    assert server.questions == []
    influxdb.write([Point(Measurement.VISIT, "gate-1", "visit", "", (DAY.start_s + 4_000) * 10**9, {"frames": 1})])
    for _ in range(2):
        influxdb.upkeep(DAY.end_s)
    assert [f"start = {DAY.start_s + 3_600}" in one for one in server.questions] == [True, True]
    assert ['target = "b_5m"' in one for one in server.questions] == [True, False]
