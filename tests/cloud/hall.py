"""A hall, its gate and the cloud for a month in a time that only moves when it is told to.

Real on the gate: the drivers of air and bin on what their devices say byte by byte, the rules of stale and stuck readings, the
alarms, the room's watch and drivers on the simulated circuit, doses and hours of its lamp, ring, writer and outbox. Real in the
cloud: ingest, ledger, series, reports and API. Played: the air, the bin, how bright the lamp is, people, and the network between
the two.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from contract.ids import EventId
from contract.messages.health import HealthData
from contract.settings_file import check
from contract.topics import Kind, topic
from edge.app.sensors_part import Out, newest_of
from edge.config.register_map import load_map
from edge.config.sensors import I2cSensor, SensorsConfig
from edge.config.serial_frame import load_frame
from edge.config.uvc import UvcDose, UvcLamp
from edge.records import RecordRing
from edge.sensors.alarms import Alarms
from edge.sensors.devices.modbus import ModbusDevice
from edge.sensors.devices.registers import Request
from edge.sensors.devices.serial_line import SerialDevice, checksum
from edge.sensors.lamp_book import LampBook
from edge.sensors.lamp_run import LampRun
from edge.sensors.place_dose import PlaceDose
from edge.sensors.reading import Reading
from edge.sensors.room_light import DARK, Light, RoomLight
from edge.sensors.source import Sensor
from edge.sensors.uvc_alarms import UvcAlarms
from edge.sensors.uvc_room import UvcRoom
from edge.uplink.clock_watch import ClockWatch
from edge.uplink.envelope import event_body
from edge.uplink.outbox import Outbox
from edge.uplink.writer import Writer
from tests.clocks import FakeClock
from tests.cloud import messages
from tests.cloud.rig import Rig
from tests.sim.room_rig import RoomRig, open_room

GATE: Final = "hall"
SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
BEGIN: Final = datetime(2026, 11, 1, tzinfo=SHANGHAI)
STEP_S: Final = 900.0
"""Sensors are asked, and messages leave, so often: more would tell the same and take longer."""
_LEVEL_MAP: Final = """
device = "Ultrasonic level transmitter"
source = "of this test: one input register in tenths of a percent"
[[registers]]
quantity = "level_pct"
kind = "input"
address = 0
type = "uint16"
scale = 0.1
"""
_EYE: Final = {"name": "eye", "driver": "ads1115_uvc", "uw_cm2_per_v": 1000.0, "every_s": 1.0}
_BED: Final = {"name": "bed", "of": "eye", "place": "Ward 3", "off_pct": 5.0, "target_mj_cm2": 5.0, "target_source": "a test"}
_LAMP: Final = {"name": "lamp", "of": "eye", "warm_up_s": 3.0}


def on(day: int, hour: float = 0.0) -> datetime:
    """A moment of the month, by the clock on the wall of the hall."""
    return BEGIN + timedelta(days=day - 1, hours=hour)


class Air:
    """CO2 of the hall in ppm: it follows the people, slowly; whoever asks again at the same time hears the same.

    Attributes: crowded, from when to when there are too many; stuck, from when to when the sensor repeats what it said then.
    """

    def __init__(self, crowded: tuple[datetime, datetime], stuck: tuple[datetime, datetime]) -> None:
        self._crowded, self._stuck = crowded, stuck
        self._noise, self._ppm, self._said = random.Random(612), 430.0, 430

    def step(self, now: datetime) -> None:
        hour = now.astimezone(SHANGHAI).hour + now.minute / 60
        people = max(0.0, math.sin(math.pi * (hour - 8.0) / 12.0)) if 8.0 <= hour < 20.0 else 0.0
        people = 2.2 if self._crowded[0] <= now < self._crowded[1] else people
        self._ppm += (425.0 + 400.0 * people - self._ppm) * STEP_S / 1800.0
        if not self._stuck[0] <= now < self._stuck[1]:
            self._said = round(self._ppm + self._noise.uniform(-6.0, 6.0))

    def ask(self, _request: bytes, _count: int) -> bytes:
        """As an MH-Z19 answers on its serial line."""
        frame = bytes([0xFF, 0x86]) + self._said.to_bytes(2, "big") + bytes(4)
        return frame + checksum(load_frame("mh_z19"), frame)

    def close(self) -> None:
        """Nothing is open."""


class Bin:
    """A bin for used masks behind a level transmitter on Modbus, at 80 % at `full`; `emptied` is told when somebody does it."""

    def __init__(self, full: datetime) -> None:
        self._pct, self._rate = 5.0, 75.0 / ((full - BEGIN).total_seconds() / STEP_S)

    def step(self) -> None:
        self._pct = min(100.0, self._pct + self._rate)

    def emptied(self) -> None:
        self._pct, self._rate = 4.0, self._rate / 2

    def ask(self, _request: Request, _unit: int) -> list[int]:
        return [round(self._pct * 10)]

    def close(self) -> None:
        """Nothing is open."""


class Lamp:
    """The lamp of the room as its sensor sees it.

    Attributes: uw_cm2, how bright it is; room, whose lamp it is tonight; said, what there is to tell of it.
    """

    def __init__(self, folder: Path, ring: RecordRing, clock: FakeClock) -> None:
        self.uw_cm2, self._clock = 1000.0, clock
        self.room: RoomRig | None = None
        eye = check(_EYE, I2cSensor, where="eye")
        lamp = LampRun(check(_LAMP, UvcLamp, where="lamp"), LampBook(folder / "hall.lamp.json"))
        self._uvc = UvcRoom(self, [PlaceDose(check(_BED, UvcDose, where="dose"), eye)], lamp, None)
        self._alarms, self._looked_s, self._asked_s = UvcAlarms(self._uvc, ring, clock), 0.0, 0.0
        self.said: list[Reading] = []

    def look(self, now_s: float) -> Light:
        return DARK if self.room is None else RoomLight(self.room.board).look(now_s)

    def round(self) -> None:
        """As the process of the sensors does it: a look ten times a second, a reading each second."""
        now_s = self._clock.monotonic_s()
        if now_s - self._looked_s < 0.1 or self.room is None:
            return
        self._looked_s, heard = now_s, []
        if now_s - self._asked_s >= 1.0:
            self._asked_s = now_s
            heard = [Reading.of("eye", "uvc_uw_cm2", self.uw_cm2 if self.room.lit else 0.0, now_s)]
        self.said += self._uvc.take(heard, now_s)
        self._alarms.round(now_s)

    @property
    def sensors(self) -> Sequence[Sensor]:
        return self._uvc.sensors

    def close(self) -> None:
        self._uvc.close()


class Hall:
    """The gate of the hall and its way to the cloud. `until` lets time pass; `cut` says that there is no network."""

    def __init__(self, folder: Path, rig: Rig, air: Air, bin_: Bin) -> None:
        self.folder, self.rig, self.air, self.bin, self.cut = folder, rig, air, bin_, False
        self.clock = FakeClock(began=BEGIN.astimezone(UTC))
        self.outbox = Outbox.open(folder / "events.db", GATE)
        self._told = self._settings()
        co2, level = self._told.serial[0], self._told.modbus[0]
        self._devices: list[tuple[Any, Any]] = [
            (SerialDevice(co2, load_frame(co2.driver)), air),
            (ModbusDevice(level, load_map(level.map)), bin_),
        ]
        self._ring = RecordRing.create(folder / "records")
        self.lamp = Lamp(folder, self._ring, self.clock)
        named = [*(device for device, _ in self._devices), *self.lamp.sensors]
        self._newest = newest_of(self._told, named, self.clock.monotonic_s())
        self._alarms = Alarms(self._told.limits, self._newest.told, self._ring, self.clock)
        self._out = Out(self._newest, self._ring, self._told.batch_s, self.clock)
        self._watch = ClockWatch(self.clock, "boot", kept_right=lambda: True)
        self._writer = self._writes(self._ring)
        self.ppm: list[tuple[datetime, float | None]] = []
        self.tell_state(online=True)

    def _settings(self) -> SensorsConfig:
        (file := self.folder / "level.toml").write_text(_LEVEL_MAP, encoding="utf-8")
        usual = {"every_s": STEP_S}
        return check(
            {
                "batch_s": 0.1,
                "serial": [{"name": "hall-co2", "place": "Hall", "driver": "mh_z19", "device": "/dev/ttyUSB0", **usual}],
                "modbus": [{"name": "bin-1", "place": "North door", "map": str(file), "host": "192.0.2.7", **usual}],
            },
            SensorsConfig,
            where="sensors",
        )

    def _writes(self, ring: RecordRing) -> Writer:
        return Writer(GATE, ring, self.outbox, "boot", self.clock, self._watch)

    @property
    def now(self) -> datetime:
        return self.clock.wall()

    def until(self, at: datetime) -> None:
        while self.now < at:
            steps = math.floor((self.now - BEGIN).total_seconds() / STEP_S + 1e-6) + 1
            self._go_to(min(BEGIN + timedelta(seconds=steps * STEP_S), at))
            self._step()

    def _go_to(self, at: datetime) -> None:
        self.clock.advance((at - self.now).total_seconds())
        self.rig.now_ms = round(self.now.timestamp() * 1000)

    def _step(self) -> None:
        now_s = self.clock.monotonic_s()
        self.air.step(self.now)
        self.bin.step()
        read = [
            Reading.of(device.told.name, quantity, said, now_s)
            for device, wire in self._devices
            for quantity, said in device.read(wire).items()
        ]
        kept = self._newest.take(read)
        self.ppm += [(self.now, one.value) for one in kept if one.quantity == "co2_ppm"]
        self._out.put([*kept, *self._newest.stale(now_s, {})])
        self._out.round(now_s)
        self._alarms.round(self._newest.readings(), now_s)
        self._health(now_s)
        self._writer.finish()
        self.deliver()

    def _health(self, now_s: float) -> None:
        said = HealthData(
            uptime_s=now_s, colour_fps=25.0, thermal_fps=9.0, frames_skipped=0, loop_p50_ms=3.0, loop_p99_ms=None,
            records_dropped=0, outbox_rows=self.outbox.waiting, oldest_unacked=self.outbox.oldest() or self.outbox.last_seq,
            last_seq=self.outbox.last_seq, restarts={}, parts={}, version="0.1", model="m", clock_ok=True,
        )  # fmt: skip
        self._ring.put(Kind.HEALTH, said.model_dump_json().encode(), self.now.timestamp(), now_s)

    def deliver(self, *, answered: bool = True) -> None:
        """All that waits goes to the cloud. `answered`: what the cloud says it has stored comes back."""
        self._watch.look(self.outbox)
        self.outbox.release()
        if self.cut:
            self.rig.ingest.round()
            return
        rows = [row for prio in range(4) for row in self.outbox.after(prio, 0, 100_000)]
        bodies = [(topic(GATE, row.kind), event_body(row, EventId(GATE, self.outbox.install, row.seq)), None) for row in rows]
        self.rig.put(*bodies)
        told, self.rig.bus.told = self.rig.bus.told, []
        if answered:
            self.outbox.acknowledge([seq for _, _, seq in told])

    def tell_state(self, *, online: bool) -> None:
        """The gate's birth, or what the broker says in its stead when it is gone."""
        self.rig.now_ms = round(self.now.timestamp() * 1000)
        self.rig.arrive_state(messages.state(online=online), GATE)

    @contextmanager
    def room(self, name: str) -> Iterator[RoomRig]:
        """The room under UV-C for a while, in the time of the hall; what it tells is delivered when it is over."""
        (folder := self.folder / name).mkdir()
        with open_room(folder, self.clock) as room:
            self.lamp.room, room.each_round = room, self.lamp.round
            yield room
            self.lamp.room = None
            self._out.put(self._newest.take(self.lamp.said))
            self.lamp.said.clear()
            self._out.send(self.clock.monotonic_s())
            for writer in (self._writes(room.ring), self._writer):
                writer.finish()
        self.rig.now_ms = round(self.now.timestamp() * 1000)
        self.deliver()

    def close(self) -> None:
        self.lamp.close()
        self.outbox.close()
        self._ring.close()


@contextmanager
def a_hall(folder: Path, rig: Rig, air: Air, bin_: Bin) -> Iterator[Hall]:
    with closing(Hall(folder, rig, air, bin_)) as hall:
        yield hall
