"""A bus that hangs, fails or is not there costs its own sensors their values, and nobody else anything."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from edge.clock import SystemClock
from edge.config.sensors import GpioSensor, Told
from edge.errors import BusError
from edge.sensors import bus as bus_module
from edge.sensors import worker
from edge.sensors.bus import MOST_HUNG, Bus
from edge.sensors.reading import Reading, Trouble

SOON_S = 20.0


@dataclass
class Wire:
    closed: bool = False

    def close(self) -> None:
        self.closed = True


@dataclass
class Probe:
    """Hangs until `free` is set; does not answer while `silent`."""

    told: Told
    free: threading.Event = field(default_factory=threading.Event)
    silent: bool = False
    patience_s: float = 0.05
    quantities: tuple[str, ...] = ("co2_ppm",)
    asked: int = 0

    def read(self, wire: Wire) -> dict[str, float | Trouble]:
        del wire
        self.asked += 1
        self.free.wait()
        if self.silent:
            raise BusError("does not answer", where="test")
        return {"co2_ppm": 700.0}


def probe(name: str, *, free: bool = True) -> Probe:
    one = Probe(GpioSensor(name=name, line=1, every_s=0.5))
    if free:
        one.free.set()
    return one


@dataclass
class Hall:
    """`said`: everything that was handed over."""

    said: list[Reading] = field(default_factory=list)
    buses: list[Bus[Wire]] = field(default_factory=list)
    wires: list[Wire] = field(default_factory=list)

    def bus(self, *devices: Probe, open_wire: Callable[[], Wire] | None = None) -> Bus[Wire]:
        made: Bus[Wire] = Bus(f"bus {len(self.buses)}", open_wire or self._open, list(devices), self.said.extend, SystemClock())
        self.buses.append(made)
        made.start()
        return made

    def _open(self) -> Wire:
        self.wires.append(Wire())
        return self.wires[-1]

    def until(self, what: Callable[[], object]) -> None:
        end_s = time.monotonic() + SOON_S
        while not what():
            assert time.monotonic() < end_s, self.said[-5:]
            for one in self.buses:
                one.round(time.monotonic())
            time.sleep(0.01)

    def of(self, name: str) -> list[Reading]:
        return [one for one in self.said if one.sensor == name]


@pytest.fixture
def hall(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    monkeypatch.setattr(worker, "GRACE_S", 0.05)
    monkeypatch.setattr(worker, "AGAIN_S", 0.1)
    monkeypatch.setattr(bus_module, "AGAIN_S", (0.05,))
    one = Hall()
    yield one
    for each in one.buses:
        for device in each.sensors:
            assert isinstance(device, Probe)
            device.free.set()
        each.close()


def test_a_bus_that_hangs_leaves_the_others_alone_and_is_read_again_when_it_can_be(hall: Hall) -> None:
    stuck = probe("stuck", free=False)
    bus = hall.bus(stuck)
    hall.bus(probe("good"))
    hall.until(lambda: [one.trouble for one in hall.of("stuck")] == [Trouble.HANGS])
    so_far = len(hall.of("good"))
    hall.until(lambda: len(hall.of("good")) >= so_far + 2)
    assert {one.value for one in hall.of("good")} == {700.0}
    assert bus.why_silent() in {Trouble.HANGS, None}
    stuck.free.set()
    hall.until(lambda: hall.of("stuck")[-1].value == 700.0)


def test_what_a_hung_call_says_at_last_is_thrown_away(hall: Hall) -> None:
    stuck = probe("stuck", free=False)
    bus = hall.bus(stuck)
    hall.until(lambda: hall.of("stuck"))
    bus.close()
    hall.buses.clear()
    before = len(hall.said)
    stuck.free.set()
    for thread in threading.enumerate():
        if thread.name == "bus bus 0":
            thread.join(5)
    assert len(hall.said) == before
    assert all(wire.closed for wire in hall.wires)


def test_no_more_than_a_few_threads_ever_hang_on_one_bus(hall: Hall) -> None:
    stuck = probe("stuck", free=False)
    hall.bus(stuck)
    hall.until(lambda: stuck.asked == MOST_HUNG)
    hall.until(lambda: len(hall.of("stuck")) == MOST_HUNG)
    end_s = time.monotonic() + 0.5
    hall.until(lambda: time.monotonic() > end_s)
    assert stuck.asked == MOST_HUNG


def test_a_silent_device_is_told_as_silent_its_neighbour_is_read_and_the_bus_stays_open(hall: Hall) -> None:
    gone = probe("gone")
    gone.silent = True
    hall.bus(gone, probe("there"))
    hall.until(lambda: len(hall.of("there")) >= 3)
    assert {one.trouble for one in hall.of("gone")} == {Trouble.SILENT}
    assert {one.value for one in hall.of("there")} == {700.0}
    assert len(hall.wires) == 1


def test_a_bus_on_which_nobody_answers_is_opened_anew(hall: Hall) -> None:
    gone = probe("gone")
    gone.silent = True
    hall.bus(gone)
    hall.until(lambda: len(hall.wires) >= 2)
    gone.silent = False
    hall.until(lambda: hall.of("gone")[-1].value == 700.0)


def test_a_bus_that_cannot_be_opened_says_so_and_is_tried_again(hall: Hall) -> None:
    plugged = threading.Event()

    def open_wire() -> Wire:
        if not plugged.is_set():
            raise BusError("not there", where="/dev/ttyUSB0", remedy="Plug it in.")
        return Wire()

    bus = hall.bus(probe("air"), open_wire=open_wire)
    hall.until(lambda: hall.of("air"))
    assert hall.of("air")[0].trouble is Trouble.BUS
    assert bus.why_silent() is Trouble.BUS
    plugged.set()
    hall.until(lambda: hall.of("air")[-1].value == 700.0)
