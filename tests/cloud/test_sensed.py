"""One sensor over time: what the stores say, what becomes of it in a picture, and what the cloud answers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloud.ledger.facility.board import MOST_PIECES, Said, Standing, gap_s, piece_s, pieces
from cloud.projector import Projector
from cloud.settings import InfluxSeriesSettings
from cloud.store.errors import SeriesAwayError
from cloud.store.feed import Feed
from cloud.store.series import Mean, Sensed, Span
from cloud.store.series_influx import InfluxSeries
from cloud.store.series_sqlite import SqliteSeries
from cloud.store.sites import place_gate
from contract.messages.sensor import SensorData, SensorReading
from contract.topics import Kind
from tests.cloud import messages
from tests.cloud.influx import influx
from tests.cloud.messages import START, START_MS
from tests.cloud.people import somebody
from tests.cloud.rig import Rig
from tests.cloud.server import Served, serve
from tests.cloud.test_newest import said
from tests.cloud.test_series_answers import BEGIN_S, DAY, FRESH, SUMMED, VALUES, points
from tests.cloud.test_series_answers import set_up as make_rooms

AIR = Sensed("gate-1", "air-1", "co2")
VALUE = st.floats(-1e6, 1e6)
NOW_MS = 10_000_000


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[SqliteSeries]:
    store = SqliteSeries(tmp_path / "sensed.db")
    yield store
    store.close()


@given(value=VALUE | st.none(), age_ms=st.integers(-NOW_MS, NOW_MS), least=VALUE | st.none(), most=VALUE | st.none())
def test_only_a_value_that_is_known_now_and_keeps_its_limits_is_fine(
    value: float | None, age_ms: int, least: float | None, most: float | None
) -> None:
    now = Said(value, NOW_MS - age_ms, 60_000, least, most).standing(NOW_MS)
    keeps = value is not None and (least is None or value > least) and (most is None or value < most)
    assert (now is Standing.FINE) == (age_ms <= 120_000 and keeps and (least is not None or most is not None))
    assert (now is Standing.UNKNOWN) == (value is None or age_ms > 120_000)


@pytest.mark.parametrize("hours", [1, 2, 3, 24, 168, 720])
def test_a_span_is_never_more_pieces_than_a_picture_has_room_for(hours: int) -> None:
    assert hours * 3600 / piece_s(hours * 3600) <= MOST_PIECES


@given(st.lists(st.tuples(st.floats(0, 7200), VALUE, st.integers(1, 300)), min_size=1, max_size=60))
def test_pieces_keep_the_mean_and_the_extremes_of_what_was_said(told: list[tuple[float, float, int]]) -> None:
    made = pieces(sorted(told), 300)
    assert sum(one.count for one in made) == sum(count for _, _, count in told)
    assert min(one.least for one in made) == min(mean for _, mean, _ in told)
    assert max(one.most for one in made) == max(mean for _, mean, _ in told)
    whole = math.fsum(mean * count for _, mean, count in told)
    assert math.fsum(one.mean * one.count for one in made) == pytest.approx(whole, abs=1e-3)
    assert [one.start_s for one in made] == sorted({int(at // 300) * 300 for at, _, _ in told})


def test_a_sensor_that_speaks_seldom_has_no_gaps_between_its_readings() -> None:
    assert gap_s(10, 180_000) == 190
    assert gap_s(3600, 180_000) == 7200


def test_the_store_tells_of_one_sensor_among_others(embedded: SqliteSeries) -> None:
    written = points(3_000)
    embedded.write(written)
    ours = sorted(
        (one for one in written if (one.gate, one.sensor, one.kind) == AIR and "value" in one.fields), key=lambda one: one.ns
    )
    assert len(ours) > 50
    each = embedded.sensed(AIR, DAY, each=True)
    assert [(one.mean, one.count) for one in each] == [(one.fields["value"], 1) for one in ours]
    assert [one.at_s for one in each] == pytest.approx([one.ns / 1e9 for one in ours])
    summed = embedded.sensed(AIR, DAY, each=False)
    assert len(summed) < len(each)
    assert sum(one.count for one in summed) == len(ours)
    assert math.fsum(one.mean * one.count for one in summed) == pytest.approx(math.fsum(one.mean for one in each))
    assert embedded.sensed(AIR._replace(sensor="air-9"), DAY, each=True) == []


def test_influxdb_tells_the_same_out_of_its_sums_and_the_youngest_points(tmp_path: Path) -> None:
    with influx() as server:
        (tmp_path / "token").write_text(server.token)
        settings = InfluxSeriesSettings(kind="influxdb", url=server.url, org="o", bucket="b", token_file=tmp_path / "token")
        store = InfluxSeries(settings, lambda: DAY.end_s)
        make_rooms(server)
        server.answers = {"value_total": SUMMED, "reduce": FRESH, "ns:": VALUES}
        for each in (False, True):
            found = store.sensed(AIR, Span(BEGIN_S, DAY.end_s), each=each)
            asked = [one for one in server.questions if "r.sensor" in one]
            assert found
            assert all('r.kind == "co2" and r.sensor == "air-1"' in one for one in asked)
            if each:
                assert found == [Mean(1728000000.0, 41.5, 1)]
            else:
                assert [(one.mean, one.count) for one in found] == [(500.0, 4), (300.0, 3)]
        store.close()


class Away(SqliteSeries):
    away = False

    def sensed(self, one: Sensed, span: Span, *, each: bool) -> list[Mean]:
        if self.away:
            raise SeriesAwayError("the server is away")
        return super().sensed(one, span, each=each)


@pytest.fixture
def halls(tmp_path: Path) -> Iterator[tuple[Served, Away]]:
    """Two sites with a sensor each; of the one an hour of readings with a hole, of the other a failed one."""
    rig, series = Rig.open(tmp_path / "ledger.db"), Away(tmp_path / "series.db")
    rig.now_ms = START_MS + 3_599_000
    told = [said(10 + n, 600.0 + n, 60.0 * n, most=1000.0, fresh_s=120.0) for n in range(60) if not 20 <= n < 40]
    rig.arrive(*told, said(5, None, 3_590, gate="gate-2", trouble="silent", place="北门", calibration_due="2024-10-01"))
    rig.arrive(messages.alert(900, "co2", gate="gate-2"), messages.alert(901, "uvc_dose_short", gate="gate-2"))
    with rig.database.writing() as connection, Feed(connection) as feed:
        place_gate(connection, feed, "gate-1", "city/east")
        place_gate(connection, feed, "gate-2", "city/west")
    while Projector(rig.database, series, lambda: rig.now_ms).round():
        pass
    with serve(rig, series, tmp_path / "dist") as served:
        yield served, series
    series.close()
    rig.database.close()


def test_the_board_says_what_every_sensor_in_reach_says_and_since_when(halls: tuple[Served, Away]) -> None:
    served, _ = halls
    with somebody(served, "facilities", "city") as client:
        now = client.get("/api/facilities/sensors").json()
    brief = [(one["site"], one["place"], one["value"], one["trouble"], one["standing"]) for one in now["sensors"]]
    assert brief == [("city/east", "hall", 659.0, None, "fine"), ("city/west", "北门", None, "silent", "unknown")]
    assert [one["calibration_due"] for one in now["sensors"]] == [None, "2024-10-01"]
    conditions = sorted((one["gate"], one["kind"]) for one in now["conditions"])
    assert conditions == [("gate-2", "co2"), ("gate-2", "uvc_dose_short")]
    with somebody(served, "guard", "city/east") as client:
        now = client.get("/api/facilities/sensors").json()
        assert [one["gate"] for one in now["sensors"]] == ["gate-1"]
        assert now["conditions"] == []
        served.rig.now_ms += 400_000
        (late,) = client.get("/api/facilities/sensors").json()["sensors"]
    assert (late["value"], late["standing"]) == (659.0, "unknown")


def asked(client: httpx.Client, gate: str = "gate-1", **more: object) -> httpx.Response:
    named = {"gate": gate, "sensor": "air-1", "quantity": "co2_ppm", **more}
    return client.get("/api/facilities/history", params={name: str(value) for name, value in named.items()})


def test_the_history_of_a_sensor_keeps_its_gap_and_its_limit(halls: tuple[Served, Away]) -> None:
    served, series = halls
    with somebody(served, "facilities", "city/east") as client:
        told = asked(client, hours=1).json()
        assert (told["now"]["most"], told["piece_s"], told["of_means"]) == (1000.0, 10, False)
        assert len(told["pieces"]) == 40
        assert told["gap_s"] < 20 * 60
        month = asked(client, hours=720).json()
        assert (month["of_means"], sum(one["count"] for one in month["pieces"])) == (True, 40)
        assert asked(client, gate="gate-2").status_code == 404
        assert asked(client, sensor="air-9").json()["code"] == "not_there"
        for wrong in ({"hours": 0}, {"hours": 721}, {"sensor": "a/b"}, {"sensor": "'; --"}, {"quantity": ""}):
            assert asked(client, **wrong).status_code == 422, wrong
        series.away = True
        assert asked(client).status_code == 503
        assert client.get("/api/facilities/sensors").status_code == 200


def test_a_name_with_every_letter_that_a_name_may_have_is_found(embedded: SqliteSeries, rig: Rig, tmp_path: Path) -> None:
    name = "Wc.2_north:uv-1"
    one = SensorReading(sensor=name, quantity="uvc_uw_cm2", value=91.5, unit="µW/cm²", taken=START, place="'; --%_")
    rig.arrive(messages.event(Kind.SENSOR, SensorData(readings=(one,)), 1))
    Projector(rig.database, embedded, lambda: rig.now_ms).round()
    with serve(rig, embedded, tmp_path / "dist") as served, somebody(served, "guard") as client:
        told = asked(client, sensor=name, quantity="uvc_uw_cm2", hours=1).json()
    assert [(each["mean"], each["count"]) for each in told["pieces"]] == [(91.5, 1)]
    assert told["now"]["place"] == "'; --%_"
