"""A month of a hall, from the bytes of its sensors to the report: every event once, the right alarms and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import pytest

from cloud.projector import Projector
from cloud.reports.worker import Reporter
from cloud.store.series_sqlite import SqliteSeries
from cloud.store.tables import alarm_move, data_gap, event
from cloud.store.verifying import verify
from contract.messages.alert import AlertData
from tests.cloud.hall import BEGIN, GATE, SHANGHAI, STEP_S, Air, Bin, Hall, a_hall, on
from tests.cloud.people import somebody
from tests.cloud.rig import Rig
from tests.cloud.server import Served, serve
from tests.cloud.test_daily_report import SIX

CROWDED = on(5, 13), on(5, 16)
STUCK = on(9, 8), on(11, 10)
MISSED, FULL, PICKED_UP, INTRUDER = 12, on(15, 10), on(15, 15), 20
AGED = 27
UVC_NIGHTS = {6: 1000.0, 13: 900.0, INTRUDER: 850.0, AGED: 700.0}
"""How bright the lamp is then, µW/cm2: on the 27th it has 70 % of its first run."""
CUT = on(23), on(25)
STEP = timedelta(seconds=STEP_S)


class Month:
    """What people do in the hall, and what they see; `saw` is what was written down on the way."""

    def __init__(self, hall: Hall, served: Served, series: SqliteSeries) -> None:
        self.hall, self.served, self.rig = hall, served, served.rig
        self.projector = Projector(self.rig.database, series, lambda: self.rig.now_ms)
        self.reporter = Reporter(self.rig.database, SIX, 60_000, lambda: self.rig.now_ms)
        self.saw: dict[str, Any] = {}
        with self.person("supervisor") as boss:
            door = ok(boss.post("/api/facilities/assets", json={"kind": "door_handle", "name": "north door", **DAILY}))
            self.asset = door["id"]
            page = ok(boss.post(f"/api/facilities/assets/{self.asset}/tag", json=ADDRESS))["page"]
            self.tag = page.partition("=")[2]
            bin_ = {"kind": "mask_bin", "name": "north bin", "sensor": f"{GATE}/bin-1/level_pct"}
            self.bin = ok(boss.post("/api/facilities/levels", json=bin_))["level"]["id"]
        self.reporter.round()

    def person(self, role: str) -> httpx.Client:
        return somebody(self.served, role, user=f"{role}-of-the-hall")

    def look(self, path: str) -> Any:
        with self.person("inspector") as client:
            return ok(client.get(path))

    def day(self, day: int) -> None:
        """From midnight to midnight."""
        if on(day) == CUT[0]:
            self.hall.cut = True
            self.hall.tell_state(online=False)
        if on(day) == CUT[1]:
            self.network_is_back()
        self.hall.until(on(day, 9))
        if day != MISSED:
            self.round(day)
        self.saw[f"bin {day}"] = self.bin_light()
        self.hall.until(on(day, 12))
        self.look_at_noon(day)
        if on(day) < FULL < on(day + 1):
            self.empty_the_bin()
        self.hall.until(on(day, 18.5))
        self.reporter.round()
        self.hall.until(on(day, 22))
        if day in UVC_NIGHTS:
            self.uvc(day)
        self.hall.until(on(day + 1))
        while self.projector.round():
            pass

    def round(self, day: int) -> None:
        wish = {"key": f"round-of-the-hall-{day:02}", "asset": self.asset, "agent": "bleach_84", "parts": 100}
        with self.person("facilities") as li:
            ok(li.post("/api/facilities/rounds", json={**wish, "contact_min": 30, "tag": self.tag}))

    def look_at_noon(self, day: int) -> None:
        [door] = self.look("/api/facilities")["assets"]
        self.saw[f"door {day}"] = door["light"]
        while self.projector.round():
            pass
        board = self.look("/api/facilities/sensors")
        self.saw[f"conditions {day}"] = [one["kind"] for one in board["conditions"]]
        [air] = [one for one in board["sensors"] if one["quantity"] == "co2_ppm"]
        self.saw[f"air {day}"] = air["trouble"], air["value"] is None, air["standing"]

    def empty_the_bin(self) -> None:
        self.hall.until(PICKED_UP)
        self.saw["bin full"] = self.bin_light()
        self.saw["full since"] = self.look(f"/api/facilities/levels/{self.bin}")["level"]["due_since"]
        with self.person("facilities") as li:
            ok(li.post(f"/api/facilities/levels/{self.bin}/done", json={"key": "pickup-of-the-hall"}))
        self.hall.bin.emptied()
        self.hall.until(PICKED_UP + STEP)
        self.saw["bin after"] = self.bin_light()

    def bin_light(self) -> str:
        return str(self.look(f"/api/facilities/levels/{self.bin}")["level"]["light"])

    def uvc(self, day: int) -> None:
        """A run of the lamp after closing time; on one night somebody opens the door and goes in."""
        self.hall.lamp.uw_cm2 = UVC_NIGHTS[day]
        with self.hall.room(f"night-{day}") as room:
            room.burn()
            if day == INTRUDER:
                came_s = room.clock.now_s
                self.saw["came"] = self.hall.now
                room.do(door_open=True, inside=True)
                self.saw["lamp out after s"] = room.out_after_s(came_s)
                self.saw["told after s"] = room.told_after_s("room_person", came_s)
                room.run(5.0)
                self.saw["still"] = (room.state, room.lit)
                room.do(inside=False, door_open=False)
                room.reset()
                room.run(3.0)
                self.saw["left"] = self.hall.now
                self.saw["under it s"] = room.under_it_s
            else:
                room.run(12.0)
                self.saw[f"run {day}"] = (room.state, room.lit, room.under_it_s)

    def network_is_back(self) -> None:
        """What the cloud answers to the first of it is lost on the way: the gate sends it all again."""
        self.hall.cut = False
        self.saw["waited"] = self.hall.outbox.waiting
        self.hall.tell_state(online=True)
        self.hall.deliver(answered=False)
        self.hall.deliver()
        self.saw["waits"] = self.hall.outbox.waiting


DAILY = {"interval_min": 24 * 60, "grace_min": 60}
ADDRESS = {"address": "https://menshen.site.example"}


def ok(answer: httpx.Response) -> Any:
    assert answer.status_code < 300, answer.text
    return answer.json()


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Month]:
    folder: Path = tmp_path_factory.mktemp("month")
    rig, series = Rig.open(folder / "ledger.db"), SqliteSeries(folder / "series.db")
    rig.now_ms = round(BEGIN.timestamp() * 1000)
    with serve(rig, series, folder) as served, a_hall(folder, rig, Air(CROWDED, STUCK), Bin(FULL)) as hall:
        lived = Month(hall, served, series)
        for day in range(1, 31):
            lived.day(day)
        yield lived
    series.close()
    rig.database.close()


def alarms(month: Month) -> list[tuple[str, datetime, datetime | None]]:
    """As the monthly report has them."""
    said = month.look("/api/facilities/months/2026-11?lang=en")["body"]["alarms"]
    return [(one["kind"], _at(one["since"]), None if one["until"] is None else _at(one["until"])) for one in said]


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(SHANGHAI)


def test_every_event_of_the_gate_is_in_the_ledger_once(month: Month) -> None:
    stored = month.rig.rows(event, "install", "seq")
    assert Counter(stored).most_common(1)[0][1] == 1
    assert [seq for _, seq in stored] == list(range(1, month.hall.outbox.last_seq + 1))
    assert month.rig.rows(data_gap) == []
    assert (month.saw["waits"], month.hall.outbox.waiting) == (0, 0)
    with month.rig.database.reading() as connection:
        assert verify(connection).faults == []


def crowded(month: Month) -> tuple[datetime, datetime]:
    """When CO2 was at its limit for the second time in a row, and below the deadband likewise, by what its sensor said."""
    said = [(at, value) for at, value in month.hall.ppm if value is not None]
    pairs = list(pairwise(said))
    bad = next(at for (_, before), (at, value) in pairs if min(before, value) >= 1000.0)
    good = next(at for (_, before), (at, value) in pairs if at > bad and max(before, value) < 900.0)
    return bad, good


def test_the_alarms_of_the_month_are_these_and_no_others(month: Month) -> None:
    """Each once: CO2 on the 5th, the stuck sensor of the 9th after six hours, the intruder of the 20th, the dose that was too
    small therefore until the next run, and the lamp of the 27th, which nobody has replaced.
    """
    bad, good = crowded(month)
    assert CROWDED[0] < bad < CROWDED[1] < good < CROWDED[1] + timedelta(hours=2)
    [co2, stuck, person, dose, lamp] = alarms(month)
    assert co2 == ("co2", bad, good)
    assert stuck == ("facility_sensor", STUCK[0] - STEP + timedelta(hours=6), STUCK[1])
    assert (person[0], person[1] - month.saw["came"] < timedelta(seconds=1)) == ("room_person", True)
    assert person[2] is not None
    assert person[1] < person[2] <= month.saw["left"]
    assert (dose[0], lamp[0], lamp[2]) == ("uvc_dose_short", "lamp_aged", None)
    assert timedelta(0) <= dose[1] - month.saw["came"] < timedelta(seconds=1)
    assert dose[2] is not None
    assert on(AGED, 22) < dose[2] == lamp[1] < on(AGED, 22.1)
    moves = Counter(month.rig.rows(alarm_move, "kind", "move"))
    over = {"co2", "facility_sensor", "room_person", "uvc_dose_short", "gate_offline"}
    assert moves == Counter([*((kind, move) for kind in over for move in ("raise", "return_to_normal")), ("lamp_aged", "raise")])


def test_each_alarm_was_told_by_the_gate_once_raised_and_once_returned(month: Month) -> None:
    """What a process says when it begins, that nothing stands, is no alarm."""
    told = [AlertData.model_validate_json(data) for kind, data in month.rig.rows(event, "kind", "data") if kind == "alert"]
    kinds = ("co2", "facility_sensor", "room_person", "uvc_dose_short", "lamp_aged")
    assert Counter(one.kind.value for one in told if one.state == "raised") == dict.fromkeys(kinds, 1)
    details = {one.kind.value: one.detail for one in told if one.state == "raised"}
    assert details["facility_sensor"] == "Hall: stuck"
    assert "70 % of its first run" in details["lamp_aged"]
    assert "of 5 mJ/cm², short" in details["uvc_dose_short"]
    assert details["co2"].endswith("the limit is 1000 ppm")


def test_somebody_who_goes_in_puts_the_lamp_out_within_a_second_and_it_stays_out(month: Month) -> None:
    saw = month.saw
    assert saw["lamp out after s"] < 1.0
    assert saw["told after s"] < 1.0
    assert saw["under it s"] < 1.0
    assert saw["still"] == ("tripped", False)
    assert [saw[f"run {day}"] for day in UVC_NIGHTS if day != INTRUDER] == [("idle", False, 0.0)] * 3


def test_the_board_showed_the_missed_round_and_the_full_bin_on_their_days_alone(month: Month) -> None:
    assert {day for day in range(1, 31) if month.saw[f"door {day}"] != "fine"} == {MISSED}
    assert month.saw[f"door {MISSED}"] == "overdue"
    mornings = {day: month.saw[f"bin {day}"] for day in range(1, 31)}
    assert mornings == {day: "unknown" if day in {23, 24} else "fine" for day in mornings}, "nobody knows while the gate is away"
    assert _at(month.saw["full since"]) == FULL
    assert [month.saw[f"bin {when}"] for when in ("full", "after")] == ["due", "fine"]


def test_a_stuck_sensor_is_no_value_on_any_screen_from_then_on(month: Month) -> None:
    unknown = [at for at, value in month.hall.ppm if value is None]
    assert (unknown[0], unknown[-1]) == (STUCK[0] - STEP + timedelta(hours=6), STUCK[1] - STEP)
    assert len(unknown) == (unknown[-1] - unknown[0]) / STEP + 1


def test_the_board_shows_at_noon_what_stands_that_day_and_a_stuck_sensor_as_unknown(month: Month) -> None:
    """On the 10th the sensor is stuck; the dose of the 20th is short until the next run; the lamp is not replaced."""
    stands = {day: month.saw[f"conditions {day}"] for day in range(1, 31) if day not in {23, 24}}
    expected = {
        10: ["facility_sensor"],
        **{day: ["uvc_dose_short"] for day in range(21, 28)},
        **{day: ["lamp_aged"] for day in range(28, 31)},
    }
    assert stands == {day: expected.get(day, []) for day in stands}
    assert month.saw["air 10"] == ("stuck", True, "unknown")
    assert {month.saw[f"air {day}"] for day in (1, 8, 12, 30)} == {(None, False, "unlimited")}
    assert month.saw["air 24"][2] == "unknown", "nobody knows while the gate is away"


def test_what_the_gate_did_while_the_network_was_cut_came_late_and_is_said_to_be_late(month: Month) -> None:
    late = [time_ms for time_ms, received_ms in month.rig.rows(event, "time_ms", "received_ms") if received_ms - time_ms > 60_000]
    assert 0 < len(late) < month.saw["waited"]
    assert all(_ms(CUT[0]) < at < _ms(CUT[1]) for at in late)
    [gate] = month.look("/api/facilities/months/2026-11")["body"]["delivery"]
    assert (gate["gate"], gate["late"], gate["missing"], gate["silent_times"]) == (GATE, len(late), 0, 1)
    assert gate["silent_s"] == (CUT[1] - CUT[0]).total_seconds()


def _ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def test_the_monthly_report_says_just_that(month: Month) -> None:
    said = month.look("/api/facilities/months/2026-11?lang=en")
    body = said["body"]
    assert (said["over"], len(body["days"]), {one["reported"] for one in body["days"]}) == (True, 30, {True})
    [door] = body["rounds"]
    counts = [door[name] for name in ("due", "shown", "missed", "unverified", "invalid", "late")]
    assert (counts, door["overdue_s"]) == ([30, 29, 1, 0, 0, 0], 23 * 3600.0)
    [bin_] = body["levels"]
    counts = [bin_[name] for name in ("became_due", "done", "unverified", "contradicted", "returned", "open")]
    assert counts == [1, 1, 0, 0, 0, False]
    of_hall = [one for one in body["sensors"] if "lamp" not in one["quantity"]]
    hours = {one["quantity"]: (one["hours_with"], one["hours_without"]) for one in of_hall}
    assert hours == {"co2_ppm": (720 - 44, 44), "level_pct": (720, 0)}, "stuck from 13:45 of the 9th to 10:00 of the 11th"
    told = {one["day"][-2:]: [one["rounds"], one["missed"], one["alarms"], one["levels"]] for one in body["days"]}
    special = {
        "05": [1, 0, 1, 0],
        "09": [1, 0, 1, 0],
        "12": [0, 1, 0, 0],
        "15": [1, 0, 0, 1],
        "20": [1, 0, 2, 0],
        "27": [1, 0, 1, 0],
    }
    assert told == {f"{day:02}": special.get(f"{day:02}", [1, 0, 0, 0]) for day in range(1, 31)}
    assert "Disinfection rounds due: 30; shown 29, unverified 0, missed 1." in said["notes"]


def test_each_night_under_uv_c_is_evidence_or_says_why_it_is_none(month: Month) -> None:
    """The sensor's word on four nights, the third of which somebody ended by going in."""
    told = month.look("/api/facilities/uvc?days=366")
    nights = [(_at(one["ends"]).day, one["place"], one["light"], one["disturbed"], one["late"]) for one in told["runs"]]
    none: list[str] = []
    good = [(day, "Ward 3", "reached", none, False) for day in UVC_NIGHTS if day != INTRUDER]
    intruded = (INTRUDER, "Ward 3", "short", ["room_person"], False)
    assert sorted(nights) == sorted([*good, intruded])
    [lamp] = told["lamps"]
    assert (lamp["sensor"], lamp["aged"]) == ("lamp", True)
    [doses] = month.look("/api/facilities/months/2026-11")["body"]["doses"]
    counts = {name: doses[name] for name in ("runs", "reached", "short", "unknown", "no_target", "intruded")}
    assert counts == {"runs": 4, "reached": 3, "short": 1, "unknown": 0, "no_target": 0, "intruded": 1}
