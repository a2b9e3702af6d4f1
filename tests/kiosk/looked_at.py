"""A gate on simulated cameras, one picture after the other, and a technician's page of it; time moves when the test says so."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from contract.verdicts import Mask
from edge.actuators.log_barrier import LogBarrier
from edge.app.gate_part import build
from edge.app.kiosk_part import door_of
from edge.app.rundir import RunDir
from edge.app.technician.certificate import certificate_of, make
from edge.config import GateConfig
from edge.config.technician import TechnicianConfig
from edge.gate.loop import GateLoop
from edge.kiosk.technician.door import Door
from edge.kiosk.technician.opening import Opening
from edge.policy.reading import Reading
from edge.sim.drawing import Placement
from edge.sim.world import Actor, Appearance
from tests.clocks import FakeClock
from tests.gate.watched import cameras
from tests.kiosk.conftest import living, until
from tests.sim.gates import simulated_gate

STEP_S = 0.1
BOX = (248.0, 130.0, 392.0, 320.0)
BEHIND = (470.0, 170.0, 530.0, 250.0)
PIN = "20261121"
DRAWN = 6


def gate_with_a_page() -> GateConfig:
    return simulated_gate().model_copy(update={"technician": TechnicianConfig(listen="127.0.0.1", port=0)})


@dataclass
class LookedAt:
    """A gate built as `run` builds it, before which two people stand."""

    folder: Path
    config: GateConfig = field(default_factory=gate_with_a_page)
    port: int = 0

    def __post_init__(self) -> None:
        self.clock = FakeClock()
        database = self.folder / "gate.db"
        self.config = self.config.model_copy(update={"uplink": self.config.uplink.model_copy(update={"database": database})})
        self.rundir = RunDir(self.folder)
        self.folder.mkdir(exist_ok=True)
        self.rundir._fill(self.config)
        self.loop: GateLoop = build(self.config, self.rundir, LogBarrier(self.clock), self.clock)
        self.lock = threading.Lock()
        self.still = threading.Event()
        self._pictures = list(self._drawn())
        self._step = 0

    def _drawn(self) -> Iterator[tuple[NDArray[np.uint8], NDArray[np.uint16]]]:
        actors = (
            Actor(BOX, Mask.WORN, 36.6, 34.6, Appearance(7, Placement.WORN)),
            Actor(BEHIND, Mask.ABSENT, 36.6, 34.6, Appearance(8, None)),
        )
        camera, thermal = cameras(self.config, lambda _: actors, lambda _: actors, self.config.simulation.seed)
        for number in range(DRAWN):
            yield camera.picture(number * STEP_S), thermal.counts(number * STEP_S)
        camera.close()

    def step(self) -> None:
        """One picture of each camera, and the loop's round."""
        with self.lock:
            self._step += 1
            self.clock.advance(STEP_S)
            now_s = self.clock.monotonic_s()
            picture, counts = self._pictures[self._step % DRAWN]
            self.rundir.colour_ring(self.config).write(picture, now_s - 0.03)
            thermal = self.rundir.thermal_ring(self.config)
            assert thermal is not None
            thermal.write(counts, now_s - 0.01, 600.0)
            for name in ("colour", "thermal"):
                self.rundir.board(name).post({"state": "live", "fps": 10.0, "frames": self._step, "replay": True}, now_s)
            self.loop.round()

    def run(self, stop: threading.Event) -> None:
        while not stop.wait(0.1):
            if not self.still.is_set():
                self.step()

    def readings(self) -> list[Reading]:
        """What the lane holds of everybody."""
        return [reading for visit in self.loop._lane._visits.values() for reading in visit.readings]

    def open(self, pin: str = PIN) -> str:
        """As `menshen-edge technician` does. Returns the opening's name."""
        certificate = certificate_of(self.config)
        if not certificate.exists():
            make(certificate, ["127.0.0.1"], self.clock.wall())
        now_s = self.clock.monotonic_s()
        opening = Opening.make(pin, now_s, str(certificate), "a test")
        self.rundir.board("technician").post(opening.note(), now_s)
        return opening.name

    @property
    def address(self) -> str:
        return f"https://127.0.0.1:{self.port}/"


@contextmanager
def serving(gate: LookedAt) -> Iterator[Door]:
    """The kiosk process's door to the page, opened once."""
    door = door_of(gate.config, gate.rundir, gate.clock)
    assert door is not None
    with living(lambda stop: asyncio.run(door.keep(stop.is_set))):
        name = gate.open()
        until(lambda: (door.note["state"], door.note.get("opening")) == ("open", name), 20.0)
        gate.port = door.note["port"]
        yield door
