"""Runs of a UV-C lamp: what each gave at every place, what it took of the lamp, and what a person is told of it."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from cloud.ledger.chinese.said import in_chinese
from contract.errors import SettingsError
from contract.messages.alert import AlertData
from contract.settings_file import check
from edge.board import Board
from edge.config import GateConfig
from edge.config.sensors import I2cSensor
from edge.config.uvc import UvcConfig, UvcDose, UvcLamp
from edge.records import RecordRing
from edge.sensors.devices.ads1115 import AnalogueUvc
from edge.sensors.lamp_book import LampBook, read_page
from edge.sensors.lamp_run import LampRun
from edge.sensors.place_dose import PlaceDose
from edge.sensors.reading import Reading, Trouble
from edge.sensors.room_light import DARK, Light, RoomLight
from edge.sensors.uvc_alarms import UvcAlarms
from edge.sensors.uvc_borders import uvc_borders
from edge.sensors.uvc_room import UvcRoom
from edge.sim.wire.air import SimulatedAirBus
from edge.sim.wire.uvc import UW_CM2_PER_V, SimulatedUvcBus
from tests.clocks import FakeClock
from tests.sim.gates import simulated_gate

EYE = {"name": "eye", "driver": "ads1115_uvc", "uw_cm2_per_v": 100.0, "every_s": 1.0, "range": {"uvc_uw_cm2": [0.0, 400.0]}}
BED = {"name": "bed", "of": "eye", "place": "Ward 3, bed", "off_pct": 5.0, "target_mj_cm2": 5.0, "target_source": "a test"}
LAMP = {"name": "lamp", "of": "eye", "warm_up_s": 10.0, "rated_h": 1.0}


SILENCE = -1.0
WRITTEN_S = 30.0


class Room:
    """`lit` lets a lamp burn with these readings, one a second; None is one that failed, SILENCE none at all."""

    def __init__(self, folder: Path, dose: dict[str, Any] | None = None) -> None:
        self.clock, self.folder = FakeClock(), folder
        self.dose = BED if dose is None else dose
        self.ring = RecordRing.create(folder / "records")
        self.told = Board.create(folder / "lamp.board")
        self.on, self.since_s = False, 0.0
        self.said: list[Reading] = []
        self.books: list[LampBook] = []
        self.start()

    def start(self) -> None:
        """A process of the sensors starts."""
        self.book = LampBook(self.folder / "gate.lamp.json")
        self.books.append(self.book)
        place = PlaceDose(check(self.dose, UvcDose, where="dose"), check(EYE, I2cSensor, where="eye"))
        self.room = UvcRoom(self, [place], LampRun(check(LAMP, UvcLamp, where="lamp"), self.book), self.told)
        self.alarms = UvcAlarms(self.room, self.ring, self.clock)

    def look(self, now_s: float) -> Light:
        del now_s
        return Light(on=True, since_s=self.since_s) if self.on else DARK

    def lit(self, seconds: int, uw_cm2: float | None = 100.0) -> None:
        if not self.on:
            self.round()
            self.on, self.since_s = True, self.clock.monotonic_s()
        for _ in range(seconds):
            self.clock.advance(1.0)
            self.round(uw_cm2)

    def dark(self) -> None:
        """It goes out; what the sensor says in the dark is no part of the run."""
        self.on = False
        self.clock.advance(0.1)
        self.round(400.0)

    def round(self, uw_cm2: float | None = SILENCE) -> None:
        now_s = self.clock.monotonic_s()
        said = Trouble.SILENT if uw_cm2 is None else uw_cm2
        heard = [] if said == SILENCE else [Reading.of("eye", "uvc_uw_cm2", said, now_s)]
        self.said += self.room.take(heard, now_s)
        self.alarms.round(now_s)

    def last(self, quantity: str) -> Reading:
        return [one for one in self.said if one.quantity == quantity][-1]

    @property
    def told_of(self) -> list[tuple[str, str]]:
        said = [AlertData.model_validate_json(one.data) for one in self.ring.waiting()]
        assert all(in_chinese(one.detail) for one in said)
        return [(one.kind.value, one.state) for one in said]

    @property
    def words(self) -> str:
        return [AlertData.model_validate_json(one.data).detail for one in self.ring.waiting()][-1]

    def close(self) -> None:
        for book in self.books:
            book.close()
        self.ring.close()
        self.told.close()


@pytest.fixture
def room(tmp_path: Path) -> Any:
    one = Room(tmp_path)
    yield one
    one.close()


def test_a_run_that_gave_enough_is_told_with_its_numbers_and_is_no_alarm(room: Room) -> None:
    room.lit(61)
    room.dark()
    assert room.last("uvc_dose_mj_cm2").value == pytest.approx(6.0)
    assert room.last("uvc_dose_off_mj_cm2").value == pytest.approx(0.3)
    assert room.last("uvc_reached").value == 1.0
    assert room.last("uvc_lit_s").value == pytest.approx(61.1)
    assert room.last("uvc_covered_pct").value == pytest.approx(60 / 61.1 * 100)
    assert (room.last("uvc_mean_uw_cm2").value, room.last("uvc_peak_uw_cm2").value) == (100.0, 100.0)
    assert len({one.taken_s for one in room.said if one.sensor == "bed"}) == 1, "one run, one moment"
    assert ("uvc_dose_short", "raised") not in room.told_of


def test_a_run_that_was_cut_short_is_an_alarm_until_one_gives_enough(room: Room) -> None:
    room.lit(20)
    room.dark()
    assert room.last("uvc_reached").value == 0.0
    assert room.words == "Ward 3, bed: 1.9 ± 0.095 of 5 mJ/cm², short (measured 95 % of 20 s)"
    room.lit(20)
    room.dark()
    room.lit(61)
    room.dark()
    assert [told for told in room.told_of if told[0] == "uvc_dose_short"] == [
        ("uvc_dose_short", "raised"),
        ("uvc_dose_short", "returned"),
    ]


def test_a_run_without_readings_is_unknown_and_is_an_alarm(room: Room) -> None:
    room.lit(61, None)
    room.dark()
    reached, dose = room.last("uvc_reached"), room.last("uvc_dose_mj_cm2")
    assert (reached.value, reached.trouble, dose.value, dose.trouble) == (None, Trouble.SILENT, None, Trouble.SILENT)
    assert room.last("uvc_lit_s").value == pytest.approx(61.1)
    assert room.words == "Ward 3, bed: not measured of 5 mJ/cm², unknown (measured 0 % of 61 s)"


def test_a_sensor_that_was_silent_for_long_leaves_a_lower_bound_that_decides_nothing(room: Room) -> None:
    room.lit(20)
    room.lit(30, SILENCE)
    room.lit(11)
    room.dark()
    assert room.last("uvc_dose_mj_cm2").value == pytest.approx(2.9)
    assert room.last("uvc_reached").trouble is Trouble.UNDECIDED


def test_a_place_without_a_target_is_measured_and_not_judged(tmp_path: Path) -> None:
    room = Room(tmp_path, {"name": "bed", "of": "eye", "off_pct": 5.0})
    room.lit(20)
    room.dark()
    assert {one.quantity for one in room.said if one.sensor == "bed"}.isdisjoint({"uvc_reached", "uvc_target_mj_cm2"})
    assert room.told_of == [("lamp_aged", "returned")]
    room.close()


def test_hours_and_starts_outlive_a_process_that_is_killed_in_a_run(room: Room) -> None:
    room.lit(130)
    killed = read_after(room, lit_s=120.0)  # nobody closed anything: what the thread had written
    assert killed.starts == 1
    room.start()
    room.lit(50)
    room.dark()
    assert room.room.lamp is not None
    assert room.room.lamp.lamp.starts == 1
    assert room.room.lamp.lamp.lit_s == pytest.approx(killed.lit_s + 49.1), "from its first look on"
    assert room.last("uvc_reached").trouble is Trouble.UNDECIDED, "of a run that is older than the process nothing is sure"


def read_after(room: Room, lit_s: float) -> Any:
    """What stands in the file once it has so many seconds."""
    file = room.folder / "gate.lamp.json"
    until_s, pause = time.monotonic() + WRITTEN_S, threading.Event()
    while time.monotonic() < until_s:
        if file.exists() and (lamp := read_page(file).lamp).lit_s >= lit_s:
            return lamp
        pause.wait(0.01)
    raise AssertionError(f"the file stayed behind: {read_page(file)}")


def test_a_lamp_that_has_been_on_for_its_hours_is_an_alarm_until_a_new_one_is_put_in(room: Room) -> None:
    room.lit(3601)
    room.dark()
    assert room.told_of == [("lamp_aged", "returned"), ("lamp_aged", "raised"), ("uvc_dose_short", "returned")]
    assert room.last("lamp_h").value == pytest.approx(1.0, abs=0.001)
    assert room.last("lamp_starts").value == 1.0
    room.told.post({"put_in": "2026-11-23T08:00:00+00:00", "by": "anna"}, room.clock.monotonic_s())
    room.round()
    assert room.told_of[-1] == ("lamp_aged", "returned")
    assert room.last("lamp_h").value == 0.0
    room.lit(20)
    room.dark()
    room.room.close()
    room.start()
    room.round()
    assert room.last("lamp_starts").value == 1.0, "the same word is not taken twice"


def test_a_lamp_that_fades_is_an_alarm(room: Room) -> None:
    room.lit(60)
    room.dark()
    assert (room.last("lamp_pct").value, room.told_of) == (100.0, [("lamp_aged", "returned"), ("uvc_dose_short", "returned")])
    room.lit(60, 76.0)
    room.dark()
    assert room.last("lamp_pct").value == pytest.approx(76.0)
    assert room.words == "lamp (0.0 h, 76 % of its first run): it has lost too much of what it had when it was new"


def test_what_a_cold_lamp_gives_does_not_make_it_an_old_one(room: Room) -> None:
    room.lit(60)
    room.dark()
    room.lit(9, 20.0)
    room.dark()
    assert room.last("lamp_pct").value == 100.0


def test_a_broken_file_of_hours_is_told_and_counted_from_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = tmp_path / "gate.lamp.json"
    file.write_text('{"lamp": {"lit_s": 1', encoding="utf-8")
    assert read_page(file).lamp.hours == 0.0
    assert "counted from 0" in caplog.text


@pytest.mark.parametrize(
    ("note", "beat_s", "on"),
    [
        ({"lamp": "on", "state": "running", "since_s": 90.0}, 99.9, True),
        ({"lamp": "on", "state": "stopping", "since_s": 90.0}, 99.9, True),
        ({"lamp": "off", "state": "running", "since_s": 90.0}, 99.9, False),
        ({"lamp": "on", "state": "faulty", "since_s": 90.0}, 99.9, False),
        ({"lamp": "on", "state": "running", "since_s": 90.0}, 99.4, False),
    ],
)
def test_a_lamp_is_on_only_by_a_room_that_lives_asks_and_sees_it(
    tmp_path: Path, note: dict[str, Any], beat_s: float, on: bool
) -> None:
    board = Board.create(tmp_path / "room.board")
    light = RoomLight(board)
    assert not light.look(100.0).on, "nobody has said anything"
    board.post(note, beat_s)
    assert light.look(100.0).on is on
    board.close()


ROOM = {
    "agent": "uvc",
    "enable_line": 5,
    "feedback_line": 6,
    "key_line": 12,
    "reset_line": 13,
    "sign_line": 16,
    "door": {"line": 19},
    "motion": {"line": 21},
}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"room": None}, "measures the room of"),
        ({"room": ROOM | {"agent": "ozone", "clear_s": 60.0}}, "measures the room of"),
        ({"uvc": {"doses": [BED | {"of": "ear"}]}}, "no sensor is called 'ear'. Name one of eye"),
        ({"uvc": {"doses": [BED | {"name": "eye"}]}}, "two sensors are called 'eye'"),
        ({"uvc": {"doses": [BED, BED]}}, "two sensors are called 'bed'"),
        ({"uvc": {"doses": [BED | {"gap_s": 1.0}]}}, "Ask it more often"),
        ({"uvc": {"doses": [BED | {"target_source": ""}]}}, "together, or neither"),
    ],
)
def test_settings_that_could_measure_nothing_are_refused(change: dict[str, Any], words: str) -> None:
    values = json.loads(simulated_gate().model_dump_json())
    values |= {
        "sensors": {"i2c": [EYE]},
        "room": ROOM,
        "uvc": {"doses": [BED], "lamps": [LAMP]},
        "uplink": {"database": "unused.db"},
    }
    check(values, GateConfig, where="gate")
    with pytest.raises(SettingsError, match=words):
        check(values | change, GateConfig, where="gate")


def test_readings_of_a_run_go_with_the_limits_they_are_watched_by() -> None:
    told = check({"doses": [BED], "lamps": [LAMP]}, UvcConfig, where="uvc")
    limits = uvc_borders(told)
    assert limits == {"uvc_reached": (0.5, None), "lamp_h": (None, 1.0), "lamp_pct": (77.0, None)}
    assert "lamp_h" not in uvc_borders(UvcConfig())


@pytest.mark.parametrize("uw_cm2", [0.0, 53.5, 107.0, 300.0])
def test_the_simulated_photodiode_is_read_by_the_real_driver(uw_cm2: float) -> None:
    bus = SimulatedUvcBus(SimulatedAirBus(lambda: 0.0, 22.0), lambda: uw_cm2)
    told = check(EYE | {"uw_cm2_per_v": UW_CM2_PER_V}, I2cSensor, where="eye")
    assert AnalogueUvc(told).read(bus)["uvc_uw_cm2"] == pytest.approx(uw_cm2, abs=0.02)
    bus.close()
