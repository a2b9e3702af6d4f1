"""The monthly report of the facilities: out of the record, in both languages, for one site, on the screen and as a file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import httpx
import pytest
from pypdf import PdfReader

from cloud.projector import Projector
from cloud.store.errors import SeriesAwayError
from cloud.store.feed import Feed
from cloud.store.series import SeriesStore
from cloud.store.series_sqlite import SqliteSeries
from cloud.store.sites import place_gate
from cloud.store.tables import audit
from contract.messages.sensor import SensorData, SensorReading
from contract.topics import Kind
from tests.cloud import messages
from tests.cloud.people import sign_in
from tests.cloud.rig import Rig
from tests.cloud.server import Served, serve

HALL, YARD = "city/hall", "city/yard"
MONTH = "/api/facilities/months/2026-11"
BEGIN = datetime(2026, 10, 31, 16, tzinfo=UTC)
"""The first midnight of November in Shanghai."""


def ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def reading(seq: int, at: datetime, value: float | None, gate: str = "gate-1") -> bytes:
    trouble = "stuck" if value is None else None
    one = SensorReading(sensor="hall", quantity="co2_ppm", value=value, unit="ppm", taken=at, trouble=trouble)
    return messages.event(Kind.SENSOR, SensorData(readings=(one,)), seq, at=at, gate=gate)


@pytest.fixture
def series(tmp_path: Path) -> Iterator[SeriesStore]:
    store = SqliteSeries(tmp_path / "series.db")
    yield store
    store.close()


@pytest.fixture
def november(rig: Rig, series: SeriesStore, tmp_path: Path) -> Iterator[Served]:
    """Two gates: CO2 over its limit on the 2nd, a sensor that is lost from the 3rd on; another site has an alarm of its own."""
    rig.now_ms = ms(BEGIN)
    with serve(rig, series, tmp_path) as served:
        with served.rig.database.writing() as connection, Feed(connection) as feed:
            place_gate(connection, feed, "gate-1", HALL)
            place_gate(connection, feed, "gate-2", YARD)
        seq = count(1)
        for hour in range(96):
            at = BEGIN + timedelta(hours=hour, minutes=5)
            rig.now_ms = ms(at) + 1000
            rig.arrive(reading(next(seq), at, 600.0 + hour if hour < 50 else None))
            if hour == 30:
                rig.arrive(messages.alert(next(seq), "co2", at=at), messages.alert(900, "ozone", gate="gate-2", at=at))
                rig.arrive(messages.visit(901, "v1", at=at), messages.alert(next(seq), "recheck", subject="v1", at=at))
            if hour == 32:
                rig.arrive(messages.alert(next(seq), "co2", "raised", at=at), messages.alert(next(seq), "co2", "returned", at=at))
            if hour == 51:
                rig.arrive(messages.alert(next(seq), "facility_sensor", at=at))
        Projector(rig.database, series, lambda: rig.now_ms).round()
        yield served


def month(client: httpx.Client, **more: Any) -> Any:
    answer = client.get(MONTH, params={"lang": "en", **more})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_month_says_what_was_when_and_for_how_long_and_which_days_had_nothing(november: Served) -> None:
    with november.client() as client:
        said = month(client)["body"]
    stood = [(one["gate"], one["kind"], one["since"], one["lasted_s"]) for one in said["alarms"]]
    second, third = BEGIN + timedelta(hours=30, minutes=5), BEGIN + timedelta(hours=51, minutes=5)
    now = BEGIN + timedelta(hours=95, minutes=5, seconds=1)
    at = {"co2": second, "ozone": second, "facility_sensor": third}
    assert [(gate, kind) for gate, kind, *_ in stood] == [("gate-1", "co2"), ("gate-2", "ozone"), ("gate-1", "facility_sensor")]
    assert [datetime.fromisoformat(since) for _, _, since, _ in stood] == [at[kind] for _, kind, *_ in stood]
    lasted = [7200.0, (now - second).total_seconds(), (now - third).total_seconds()]
    assert [lasted_s for *_, lasted_s in stood] == pytest.approx(lasted, abs=0.01)
    assert [one["until"] is None for one in said["alarms"]] == [False, True, True]
    days = {one["day"]: (one["alarms"], one["hours"], one["quiet"]) for one in said["days"]}
    assert days == {
        "2026-11-01": (0, 24, True),
        "2026-11-02": (2, 24, False),
        "2026-11-03": (1, 2, False),
        "2026-11-04": (0, 0, True),
    }
    [co2] = said["sensors"]
    assert (co2["gate"], co2["quantity"], co2["hours_with"], co2["hours_without"]) == ("gate-1", "co2_ppm", 50, 46)
    assert not said["over"]


def test_an_account_of_one_site_sees_its_own_month_alone_and_nobody_looks_beyond(november: Served) -> None:
    with november.client(signed_in=False) as client:
        there = sign_in(november, "facilities", site=YARD)
        answer = client.get(MONTH, headers=there).json()["body"]
        assert [one["kind"] for one in answer["alarms"]] == ["ozone"]
        assert (answer["sensors"], answer["site"]) == ([], YARD)
        beyond = client.get(MONTH, params={"site": HALL}, headers=there)
        assert (beyond.status_code, beyond.json()["code"]) == (409, "beyond_reach")
    with november.client() as client:
        assert [one["kind"] for one in month(client, site=HALL)["body"]["alarms"]] == ["co2", "facility_sensor"]


def test_a_month_that_has_not_begun_is_no_month_and_one_long_past_is_an_empty_one(november: Served) -> None:
    with november.client() as client:
        ahead = client.get("/api/facilities/months/2026-12")
        assert (ahead.status_code, ahead.json()["code"]) == (404, "no_month")
        assert client.get("/api/facilities/months/2026-13").status_code == 422
        past = client.get("/api/facilities/months/2026-02", params={"lang": "en"}).json()
        assert past["over"]
        assert len(past["body"]["days"]) == 28
        assert all(one["quiet"] for one in past["body"]["days"])
        assert "Days without an event: 28." in past["notes"]


def test_a_month_is_taken_away_as_a_file_and_the_audit_says_by_whom(november: Served) -> None:
    with november.client() as client:
        client.timeout = httpx.Timeout(60)  # the first PDF of a process reads the font
        answer = client.get(f"{MONTH}/file")
        assert answer.headers["content-disposition"].startswith('attachment; filename="menshen-facilities-2026-11-')
        text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
        for words in ("设施月报 2026-11", "二氧化碳超限", "环境传感器没有数据", "无事件", "2026-11-04"):
            assert words in text
        rows = client.get(f"{MONTH}/file", params={"form": "csv", "lang": "en"}).content.decode("utf-8-sig")
        assert "2026-11-01,0,0,0,0,24,no,no event" in rows
        book = client.get(f"{MONTH}/file", params={"form": "xlsx", "lang": "en"})
        with ZipFile(io.BytesIO(book.content)) as parts:
            assert b'name="Alarms by kind"' in parts.read("xl/workbook.xml")
    taken = [row for row in november.rig.rows(audit, "user", "action", "subject") if row[1] == "exported"]
    assert taken == [("admin", "exported", f"facilities-2026-11.{form}") for form in ("pdf", "csv", "xlsx")]


def test_both_languages_say_the_same_tables(november: Served) -> None:
    with november.client() as client:
        english, chinese = month(client), month(client, lang="zh")
    assert [len(one["columns"]) for one in english["tables"]] == [len(one["columns"]) for one in chinese["tables"]]
    assert [len(one["rows"]) for one in english["tables"]] == [len(one["rows"]) for one in chinese["tables"]]
    assert not {one["title"] for one in english["tables"]} & {one["title"] for one in chinese["tables"]}


class Away(SqliteSeries):
    """Does not answer."""

    def buckets(self, *_: Any, **__: Any) -> Any:
        raise SeriesAwayError("away")


def test_where_the_series_store_is_away_hours_are_not_known_and_the_rest_is_there(rig: Rig, tmp_path: Path) -> None:
    store = Away(tmp_path / "series.db")
    try:
        with serve(rig, store, tmp_path) as served, served.client() as client:
            rig.arrive(messages.alert(1, "co2"))
            said = month(client)
            assert said["body"]["sensors"] is None
            assert {one["hours"] for one in said["body"]["days"]} == {None}
            assert [one["kind"] for one in said["body"]["alarms"]] == ["co2"]
            assert "The series store does not answer: not known." in [one["empty"] for one in said["tables"]]
    finally:
        store.close()
