"""Runs of UV-C lamps: put together from what the sensors said, evidence that is not known never counted as enough."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest

from cloud.ledger.retention import Horizons
from cloud.periods import RetentionSettings
from cloud.projector import Projector
from cloud.store.facility.uvc import disturbed, forget_runs, runs
from cloud.store.feed import Feed
from cloud.store.series_sqlite import SqliteSeries
from cloud.store.sites import place_gate
from cloud.store.tables import uvc_run
from contract.messages.alert import AlertKind
from contract.messages.sensor import SensorData, SensorReading
from contract.topics import Kind
from tests.cloud import messages
from tests.cloud.messages import START, START_MS
from tests.cloud.people import somebody
from tests.cloud.postgres import either_ledger
from tests.cloud.rig import Rig
from tests.cloud.server import Served

GOOD: Mapping[str, float | None] = {
    "uvc_lit_s": 600.0,
    "uvc_covered_pct": 99.0,
    "uvc_dose_mj_cm2": 61.0,
    "uvc_dose_off_mj_cm2": 6.1,
    "uvc_mean_uw_cm2": 102.0,
    "uvc_peak_uw_cm2": 107.0,
    "uvc_target_mj_cm2": 50.0,
    "uvc_reached": 1.0,
}
DARK: Mapping[str, float | None] = {**dict.fromkeys(GOOD), "uvc_lit_s": 600.0, "uvc_covered_pct": 0.0, "uvc_target_mj_cm2": 50.0}
MEASURED = {name: value for name, value in GOOD.items() if name not in {"uvc_target_mj_cm2", "uvc_reached"}}


def ran(
    seq: int,
    run: Mapping[str, float | None],
    at_s: float,
    *,
    gate: str = "gate-1",
    sensor: str = "bed",
    trouble: str = "silent",
    clock: datetime = START,
    **more: Any,
) -> bytes:
    """A message with these readings of a run that ended so long after the start, by the gate's `clock` of the start."""
    taken = clock + timedelta(seconds=at_s)
    readings = tuple(
        SensorReading(
            sensor=sensor,
            quantity=quantity,
            value=value,
            unit="",
            taken=taken,
            place="ward 3",
            trouble=trouble if value is None else None,
        )
        for quantity, value in run.items()
    )
    return messages.event(Kind.SENSOR, SensorData(readings=readings), seq, gate=gate, at=taken, **more)


@pytest.fixture
def projector(rig: Rig, tmp_path: Path) -> Iterator[Projector]:
    series = SqliteSeries(tmp_path / "series.db")
    rig.now_ms += 3_600_000
    yield Projector(rig.database, series, lambda: rig.now_ms)
    series.close()


def kept(rig: Rig) -> list[tuple[str, int, str, float | None, float | None]]:
    with rig.database.reading() as connection:
        found = runs(connection, "", 0, 2**60)
    return [(one.sensor, one.ended_ms - START_MS, one.light.value, one.dose_mj_cm2, one.lit_s) for one in found]


@either_ledger
def test_a_run_is_put_together_from_whatever_messages_it_came_in_and_is_one(rig: Rig, tmp_path: Path) -> None:
    series = SqliteSeries(tmp_path / "series.db")
    projector = Projector(rig.database, series, lambda: rig.now_ms)
    rig.now_ms += 3_600_000
    parts = list(GOOD.items())
    rig.arrive(ran(1, dict(parts[:3]), 700.0))
    projector.round()
    rig.arrive(ran(2, dict(parts[3:6]), 700.0), ran(3, dict(parts[6:]), 700.0), ran(2, dict(parts[3:6]), 700.0))
    projector.round()
    assert kept(rig) == [("bed", 700_000, "reached", 61.0, 600.0)]
    with rig.database.reading() as connection:
        [run] = runs(connection, "", 0, 2**60)
    assert (run.off_mj_cm2, run.peak_uw_cm2, run.target_mj_cm2, run.trouble) == (6.1, 107.0, 50.0, None)
    rig.arrive(ran(4, {**GOOD, "uvc_reached": 0.0}, 1700.0), ran(5, GOOD, 1700.0, sensor="door"))
    projector.round()
    assert [one[:3] for one in kept(rig)] == [
        ("bed", 1_700_000, "short"),
        ("door", 1_700_000, "reached"),
        ("bed", 700_000, "reached"),
    ]
    series.close()


@either_ledger
def test_a_gate_whose_clock_is_ahead_tells_of_one_run_and_of_two_as_two(rig: Rig, tmp_path: Path) -> None:
    """Its messages arrive one after the other, all of them before they were taken by its clock."""
    series = SqliteSeries(tmp_path / "series.db")
    projector = Projector(rig.database, series, lambda: rig.now_ms)
    parts = list(GOOD.items())
    for seq, (at_s, said) in enumerate(((60.0, dict(parts[:2])), (60.0, dict(parts[2:])), (90.0, GOOD)), 1):
        rig.now_ms += 3
        rig.arrive(ran(seq, said, at_s))
        projector.round()
    assert [(one[2], one[3]) for one in kept(rig)] == [("reached", 61.0), ("reached", 61.0)]
    assert [one[1] for one in kept(rig)] == [509, 503], "not later than they arrived"
    series.close()


@either_ledger
def test_a_run_of_a_gate_without_a_clock_gets_its_time_and_its_intruder_when_the_clock_is_known(rig: Rig, tmp_path: Path) -> None:
    series = SqliteSeries(tmp_path / "series.db")
    projector = Projector(rig.database, series, lambda: rig.now_ms)
    began = datetime(1970, 1, 1, tzinfo=UTC)
    rig.now_ms = START_MS + 20_000_000
    doubted: dict[str, Any] = {"clock_ok": False, "boot": "b1"}
    rig.arrive(ran(1, GOOD, 700.0, clock=began, mono_ms=700_000, **doubted))
    rig.arrive(messages.alert(2, AlertKind.ROOM_PERSON, at=began + timedelta(seconds=600), mono_ms=600_000, **doubted))
    projector.round()
    assert [one[:3] for one in kept(rig)] == [("bed", 20_000_000, "reached")], "when it arrived is all that is known"
    rig.arrive(messages.visit(3, "v", at=START + timedelta(seconds=800), mono_ms=800_000))
    projector.round()
    assert [one[:3] for one in kept(rig)] == [("bed", 700_000, "reached")]
    with rig.database.reading() as connection:
        [run] = runs(connection, "", 0, 2**60)
        assert list(disturbed(connection, [run]).values()) == [[AlertKind.ROOM_PERSON]]
    series.close()


def test_what_was_not_measured_or_decides_nothing_is_not_known_and_without_a_target_nothing_is_reached(
    rig: Rig, projector: Projector
) -> None:
    undecided = {**GOOD, "uvc_reached": None}
    rig.arrive(ran(1, DARK, 10.0), ran(2, undecided, 20.0, trouble="undecided"), ran(3, MEASURED, 30.0))
    rig.arrive(ran(4, {**MEASURED, "uvc_dose_mj_cm2": None}, 40.0))
    projector.round()
    assert [one[2] for one in kept(rig)] == ["unknown", "no_target", "unknown", "unknown"]


def test_a_dose_of_some_other_sensor_and_a_word_that_all_is_old_are_no_run(rig: Rig, projector: Projector) -> None:
    old = ran(3, dict.fromkeys(GOOD), 20.0, trouble="stale")
    rig.arrive(ran(1, {"uvc_dose_mj_cm2": 5.0, "uvc_mean_uw_cm2": 3.0}, 10.0), messages.sensor(2, [420.0]), old)
    projector.round()
    assert kept(rig) == []


def test_a_run_is_kept_as_long_as_rounds_and_no_longer(rig: Rig, projector: Projector) -> None:
    rig.arrive(ran(1, GOOD, 10.0))
    projector.round()
    for days, left in ((364, 1), (366, 0)):
        horizons = Horizons.at(rig.now_ms + days * 86_400_000, RetentionSettings())
        with rig.database.writing() as connection, Feed(connection) as feed:
            assert forget_runs(connection, feed, horizons) == 1 - left
        assert len(rig.rows(uvc_run, "gate")) == left


@pytest.fixture
def lived(served: Served, tmp_path: Path) -> Iterator[Served]:
    """A run that gave enough, one into which somebody came, one that came late, and one of another house."""
    rig, seqs = served.rig, count(1)
    with rig.database.writing() as connection, Feed(connection) as feed:
        place_gate(connection, feed, "gate-1", "east/ward")
        place_gate(connection, feed, "gate-2", "west")
    rig.now_ms = START_MS + 1_000_000
    rig.arrive(ran(next(seqs), GOOD, 990.0), ran(1, GOOD, 995.0, gate="gate-2"))
    rig.now_ms = START_MS + 2_100_000
    intruded = {**GOOD, "uvc_lit_s": 80.0, "uvc_dose_mj_cm2": 8.1, "uvc_reached": 0.0}
    came = START + timedelta(seconds=2_080)
    rig.arrive(
        messages.alert(next(seqs), AlertKind.ROOM_PERSON, at=came),
        messages.alert(next(seqs), AlertKind.CO2, at=came),
        ran(next(seqs), intruded, 2_080.4),
    )
    rig.now_ms = START_MS + 9_000_000
    rig.arrive(ran(next(seqs), DARK, 3_000.0))
    lamp = {"lamp_h": 612.5, "lamp_starts": 90.0, "lamp_pct": None}
    rig.arrive(ran(next(seqs), lamp, 8_990.0, sensor="ward-lamp"), messages.alert(next(seqs), AlertKind.LAMP_AGED))
    series = SqliteSeries(tmp_path / "more.db")
    Projector(rig.database, series, lambda: rig.now_ms).round()
    yield served
    series.close()


def ok(answer: httpx.Response) -> Any:
    assert answer.status_code < 300, answer.text
    return answer.json()


def test_each_run_is_listed_with_what_it_gave_who_came_and_whether_it_came_late(lived: Served) -> None:
    with somebody(lived, "guard") as client:
        told = ok(client.get("/api/facilities/uvc"))
    rows = [[one["place"], one["light"], one["disturbed"], one["late"], one["site"]] for one in told["runs"]]
    assert rows == [
        ["ward 3", "unknown", [], True, "east/ward"],
        ["ward 3", "short", ["room_person"], False, "east/ward"],
        ["ward 3", "reached", [], False, "west"],
        ["ward 3", "reached", [], False, "east/ward"],
    ]
    newest = told["runs"][0]
    assert (newest["dose_mj_cm2"], newest["trouble"], newest["lit_s"]) == (None, "silent", 600.0)
    assert newest["begins"] == "2026-11-21T08:40:00Z"
    [lamp] = told["lamps"]
    assert [lamp[name] for name in ("sensor", "hours", "starts", "percent", "aged")] == ["ward-lamp", 612.5, 90.0, None, True]


def test_who_looks_after_one_house_sees_the_runs_of_that_house(lived: Served) -> None:
    with somebody(lived, "facilities", "west") as client:
        told = ok(client.get("/api/facilities/uvc"))
        month = ok(client.get("/api/facilities/months/2026-11"))["body"]
    assert [one["gate"] for one in told["runs"]] == ["gate-2"]
    assert told["lamps"] == []
    assert [one["gate"] for one in month["doses"]] == ["gate-2"]


def test_a_long_list_is_read_page_by_page_and_no_run_falls_between_two(lived: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cloud.store.views.uvc.MOST", 2)
    with somebody(lived, "guard") as client:
        pages = [ok(client.get("/api/facilities/uvc"))]
        while pages[-1]["next"] is not None:
            pages.append(ok(client.get("/api/facilities/uvc", params={"before": pages[-1]["next"]})))
    ends = [one["ends"] for page in pages for one in page["runs"]]
    assert len(ends) == len(set(ends)) == 4
    assert ends == sorted(ends, reverse=True)


def test_the_month_counts_by_place_what_was_enough_what_was_not_and_how_often_somebody_came(lived: Served) -> None:
    with somebody(lived, "inspector") as client:
        said = ok(client.get("/api/facilities/months/2026-11?lang=en"))
    east = next(one for one in said["body"]["doses"] if one["gate"] == "gate-1")
    counts = {name: east[name] for name in ("runs", "reached", "short", "unknown", "no_target", "intruded", "lit_s")}
    assert counts == {"runs": 3, "reached": 1, "short": 1, "unknown": 1, "no_target": 0, "intruded": 1, "lit_s": 1280.0}
    [table] = [one for one in said["tables"] if one["title"] == "UV-C"]
    assert table["rows"][0] == ["east/ward", "gate-1", "ward 3", 3, 1, 1, 1, 0, 1, "21 min 20 s"]
    assert not any(row[2].startswith("uvc") for one in said["tables"] if one["title"] == "Sensors" for row in one["rows"])


@pytest.mark.parametrize("form", ["csv", "xlsx", "pdf"])
def test_the_list_is_taken_away_as_a_file_and_the_audit_says_by_whom(lived: Served, form: str) -> None:
    with somebody(lived, "inspector") as client:
        answer = client.get(f"/api/facilities/uvc/file?form={form}&lang=en")
    if answer.status_code == 503 and form == "pdf":
        pytest.skip("needs the font of PDF files: make web")
    assert answer.status_code == 200, answer.text
    if form == "csv":
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        results = [row[10:13] for row in rows if len(row) > 12 and row[4] == "ward 3"]
        came = ["too small", "somebody under UV-C or ozone", ""]
        assert results == [["not known", "", "yes"], came, ["reached", "", ""], ["reached", "", ""]]
    with somebody(lived, "administrator") as boss:
        audit = ok(boss.get("/api/audit"))
    assert f"uvc.{form}" in str(audit)
