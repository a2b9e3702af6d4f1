"""A whole gate loop that is fed picture by picture with whatever a test thinks of; only the network is played."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from math import nan
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from unittest.mock import patch

import numpy as np

from contract.topics import Kind
from contract.verdicts import Verdict
from edge.actuators.log_barrier import LogBarrier
from edge.app import gate_part
from edge.app.rundir import RunDir
from edge.config import GateConfig
from edge.gate.loop import GateLoop
from edge.vision.detector import Detections
from edge.vision.network import PLAIN
from tests.clocks import FakeClock
from tests.vision.heat import COLOUR_PX, REFERENCE, Face, Room

if TYPE_CHECKING:
    from numpy.typing import NDArray

TICK_S: Final = 0.1
LONG_AGO_S: Final = 600.0
SETTLED_C, FEVER_C, COLD_C = 34.6, 36.4, 31.0
HEADS: Final = {"near": Face(95.0, 55.0, 44.0, SETTLED_C), "beside": Face(45.0, 45.0, 36.0, SETTLED_C)}
PLACES: Final = HEADS | {"far": Face(140.0, 30.0, 11.8)}  # a body, too small to be measured
MASKS: Final = {
    "worn": (0.02, 0.96, 0.02),
    "absent": (0.96, 0.02, 0.02),
    "wrong": (0.02, 0.02, 0.96),
    "unsure": (0.3, 0.5, 0.2),
    "nan": (nan, nan, nan),
    "half nan": (0.02, nan, 0.02),
    "infinite": (0.02, float("inf"), 0.02),
    "minus infinite": (float("-inf"), 0.96, 0.02),
    "too large": (-4.0, 9.0, -4.0),
}


class Colour(Enum):
    """What the colour camera does."""

    OK = "ok"
    MISSING = "missing"
    FROZEN = "frozen"
    BLACK = "black"


class Heat(Enum):
    """What the thermal camera does, or what stands before it."""

    OK = "ok"
    MISSING = "missing"
    FROZEN = "frozen"
    ZERO = "zero"
    SATURATED = "saturated"
    FACE_NAN = "no value on the face"
    BODY_NAN = "no value on the reference body"
    NO_BODY = "no reference body"
    HOT_BODY = "an implausible reference body"
    FLAT = "nobody warm"
    FEVER = "fever"
    COLD = "cold skin"


@dataclass(frozen=True, slots=True)
class Seen:
    """One face as the network gives it. `broken`: which part of it is `value`."""

    place: str = "near"
    mask: str = "worn"
    broken: str | None = None
    value: float = nan


@dataclass(frozen=True, slots=True)
class Tick:
    """What one round of the loop finds. The offsets are added to the times that stand in the pictures."""

    after_s: float = TICK_S
    colour: Colour = Colour.OK
    colour_off_s: float = 0.0
    faces: tuple[Seen, ...] = (Seen(),)
    heat: Heat = Heat.OK
    heat_off_s: float = 0.0
    ffc_age_s: float = LONG_AGO_S


@dataclass(frozen=True, slots=True)
class Told:
    """What the gate did in a round: PASS on the screen, PASS in a record, arm up."""

    now_s: float
    shown: bool
    announced: bool
    open: bool


class Played:
    """Stands where the network stands, and says what the tick says."""

    def __init__(self) -> None:
        self.faces: tuple[Seen, ...] = ()

    def find(self, picture: NDArray[np.uint8]) -> Detections:
        del picture
        boxes = np.array([PLACES[one.place].box for one in self.faces], np.float32).reshape(-1, 4)
        landmarks = np.array([PLACES[one.place].landmarks for one in self.faces], np.float32).reshape(-1, 5, 2)
        scores = np.full(len(self.faces), 0.95, np.float32)
        for index, one in enumerate(self.faces):
            match one.broken:
                case "box":
                    boxes[index] = one.value
                case "edge":
                    boxes[index, 2] = one.value
                case "landmarks":
                    landmarks[index] = one.value
                case "point":
                    landmarks[index, 0, 0] = one.value
                case "score":
                    scores[index] = one.value
                case _:
                    pass
        mask = np.array([MASKS[one.mask] for one in self.faces], np.float32).reshape(-1, 3)
        return Detections(boxes, scores, landmarks, mask)


class Fed:
    """The gate. Every part of it is the real one but for the network and the barrier's wires."""

    def __init__(self, folder: Path, **tables: Any) -> None:
        """`tables`: further ones of the settings."""
        self.clock, self._network, self._count = FakeClock(), Played(), 0
        config, rundir = _config(folder, tables), RunDir(folder)
        self.visits: list[dict[str, Any]] = []
        rundir._fill(config)
        self._colours, heats = rundir.colour_ring(config), rundir.thermal_ring(config)
        assert heats is not None
        self._heats, self._records, self.board = heats, rundir.records(), rundir.board("gate")
        self._barrier = LogBarrier(self.clock)
        with patch.object(gate_part, "eye_of", lambda _: (self._network, PLAIN)):
            self.loop: GateLoop = gate_part.build(config, rundir, self._barrier, self.clock)

    def round(self, tick: Tick) -> list[Told]:
        """Let the cameras give what the tick says; two rounds, of which the second finds nothing new."""
        self.clock.advance(tick.after_s)
        self._count += 1
        now_s = self.clock.monotonic_s()
        if tick.colour is not Colour.MISSING:
            self._network.faces = tick.faces
            self._colours.write(colour_of(tick.colour, self._count % 2), now_s + tick.colour_off_s)
        if tick.heat is not Heat.MISSING:
            self._heats.write(counts_of(tick.heat, self._count % 2), now_s + tick.heat_off_s, tick.ffc_age_s)
        told = [self._look()]
        self.clock.advance(0.02)
        return [*told, self._look()]

    def _look(self) -> Told:
        self.loop.round()
        waiting = self._records.waiting()
        visits = [json.loads(record.data) for record in waiting if record.kind is Kind.VISIT]
        self.visits += visits
        if waiting:
            self._records.commit(waiting[-1].number)
        note = self.board.read() or {}
        passed = any(visit["verdict"] == Verdict.PASS for visit in visits)
        return Told(self.clock.monotonic_s(), note["verdict"] == Verdict.PASS, passed, self._barrier.is_open)


def _config(folder: Path, tables: dict[str, Any]) -> GateConfig:
    """Two live cameras, so that one that stands still is noticed."""
    return GateConfig.model_validate(
        {
            "gate": "fed",
            "colour": {"source": "v4l2"},
            "thermal": {"source": "lepton_uvc"},
            "reference": REFERENCE.model_dump(),
            "registration": {"matrix": [[1 / COLOUR_PX, 0.0, 0.0], [0.0, 1 / COLOUR_PX, 0.0]]},
            "zone": {"polygon": [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]]},
            "uplink": {"database": folder / "unused.db"},
            **tables,
        }
    )


@cache
def colour_of(state: Colour, turn: int) -> NDArray[np.uint8]:
    """A picture sharp everywhere; a living camera's differ from one to the next."""
    if state is Colour.BLACK:
        return np.zeros((480, 640, 3), np.uint8)
    seed = 0 if state is Colour.FROZEN else turn
    return np.random.default_rng(seed).integers(60, 200, (480, 640, 3)).astype(np.uint8)


@cache
def counts_of(state: Heat, turn: int) -> NDArray[np.uint16]:
    """A room with two heads in it; a living sensor's noise is in the first row."""
    counts = _room(state).counts()
    near, body = HEADS["near"], (slice(95, 106), slice(15, 26))
    match state:
        case Heat.ZERO:
            counts[:] = 0
        case Heat.SATURATED:
            counts[:] = 65535
        case Heat.FACE_NAN:
            counts[int(near.row - 30) : int(near.row + 20), int(near.col - 20) : int(near.col + 20)] = 0
        case Heat.BODY_NAN:
            counts[body] = 65535
        case _:
            pass
    if state not in {Heat.ZERO, Heat.SATURATED, Heat.FROZEN}:
        counts[0] += np.uint16(turn)
    return counts


def _room(state: Heat) -> Room:
    skin_c = {Heat.FEVER: FEVER_C, Heat.COLD: COLD_C}.get(state, SETTLED_C)
    heads = () if state is Heat.FLAT else tuple(replace(head, skin_c=skin_c) for head in HEADS.values())
    body_c = {Heat.NO_BODY: None, Heat.HOT_BODY: REFERENCE.setpoint_c + 8.0}.get(state, REFERENCE.setpoint_c)
    return Room(faces=heads, reference_c=body_c)
