"""What the page shows at one moment: the two pictures the gate's record is about, and the record."""

from __future__ import annotations

import asyncio
import contextlib
import json
import math
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from edge.board import Board
from edge.clock import Clock, clock_ok
from edge.frames import FrameRing
from edge.kiosk.kept import Kept, KeptFrames
from edge.kiosk.mirror import WIDEST_PX
from edge.kiosk.shown import shown
from edge.kiosk.technician.drawn import Laid, alone, colour, shades, span_c
from edge.kiosk.technician.sight import Sight

LOOK_S: Final = 0.01
PATIENCE_S: Final = 1.0
"""So long a question waits for something new; then the page hears what is known without a picture."""
ASKED_S: Final = 2.0
"""Nobody asked for so long: nobody looks."""
KEPT: Final = 12
_LENGTH: Final = struct.Struct(">I")


@dataclass(frozen=True, slots=True)
class Boards:
    """What the other processes say; the kiosk process writes only on `looking`."""

    gate: Board
    seen: Board
    looking: Board
    colour: Board
    thermal: Board


@dataclass(slots=True)
class _Moment:
    number: int = 0
    record: dict[str, Any] = field(default_factory=dict)
    colour: Kept | None = None
    thermal: Kept | None = None
    body: bytes | None = None


class Looker:
    """Answers `look`. While somebody asks, it keeps the newest pictures and lets the gate know that it is looked at."""

    def __init__(self, gate: str, boards: Boards, rings: tuple[FrameRing, FrameRing | None], sight: Sight, clock: Clock) -> None:
        self._gate, self._boards, self._sight, self._clock = gate, boards, sight, clock
        colour_ring, thermal_ring = rings
        self._size = (colour_ring.form.cols, colour_ring.form.rows)
        self._colour = KeptFrames(colour_ring, KEPT, WIDEST_PX)
        self._thermal = None if thermal_ring is None else KeptFrames(thermal_ring, KEPT)
        self._laid = Laid(sight, self._size)
        self._moment = _Moment()
        self._version = -1
        self._asked_s = -math.inf
        self._news = asyncio.Event()
        self._watching: asyncio.Task[None] | None = None

    async def look(self, after: int, remaining_s: Callable[[], float]) -> bytes:
        """The newest moment once its number is above `after`; without pictures when there is none for PATIENCE_S."""
        self._asked_s = self._clock.monotonic_s()
        if self._watching is None or self._watching.done():
            self._watching = asyncio.create_task(self._watch())
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_S):
                while self._moment.number <= after:
                    await self._news.wait()
        moment = self._moment
        if moment.number <= after:
            return packed(self._known(remaining_s()), [])
        if moment.body is None:
            moment.body = self._drawn(moment, remaining_s())
        return moment.body

    async def _watch(self) -> None:
        """Until nobody asks."""
        while (now_s := self._clock.monotonic_s()) - self._asked_s < ASKED_S:
            self.round(now_s)
            await asyncio.sleep(LOOK_S)

    def round(self, now_s: float) -> None:
        """Beat, take in what is new, and see whether the newest record's pictures are there."""
        self._boards.looking.beat(now_s)
        self._colour.look()
        if self._thermal is not None:
            self._thermal.look()
        version = self._boards.seen.version
        if version == self._version or (record := self._boards.seen.read()) is None:
            return
        self._version = version
        picture = self._colour.find(record["frame"])
        told = record["thermal"]
        heat = None if told is None or self._thermal is None else self._thermal.find(told["frame"])
        if picture is not None:
            self._moment = _Moment(self._moment.number + 1, record, picture, heat)
            self._news.set()
            self._news = asyncio.Event()

    def _known(self, remaining_s: float) -> dict[str, Any]:
        """What can be said without a picture."""
        now_s, wall = self._clock.monotonic_s(), self._clock.wall()
        return {
            "number": self._moment.number,
            "remaining_s": round(remaining_s),
            "wall": wall.isoformat(timespec="seconds") if clock_ok(wall) else None,
            "sent_s": now_s,
            "state": shown(self._boards.gate, self._gate, now_s),
            "cameras": {"colour": self._boards.colour.read(), "thermal": self._boards.thermal.read()},
            "record": None,
            "facts": self._sight.facts,
            "pictures": [],
        }

    def _drawn(self, moment: _Moment, remaining_s: float) -> bytes:
        said = self._known(remaining_s) | {"record": moment.record, "size": self._size}
        blobs = []
        if moment.colour is not None:
            said["pictures"].append("colour")
            blobs.append(colour(moment.colour.picture))
        if moment.thermal is not None:
            celsius = self._sight.upright(moment.thermal.picture)
            low_c, high_c = span_c(celsius)
            shade = shades(celsius, low_c, high_c)
            laid, outline = self._laid.over(shade, _nearest_m(moment.record))
            said |= {"scale_c": (low_c, high_c), "outline": outline, "thermal_size": celsius.shape[::-1]}
            said["pictures"] += ["thermal", "laid"]
            blobs += [alone(shade), laid]
        return packed(said, blobs)


def _nearest_m(record: dict[str, Any]) -> float | None:
    """How far away the nearest face is: the pictures are laid on each other for it."""
    placed = [face["placed"] for face in record["faces"] if face["placed"] is not None]
    return min((one["distance_m"] for one in placed if one["distance_m"] is not None), default=None)


def packed(said: dict[str, Any], blobs: list[bytes]) -> bytes:
    """Length and JSON, then length and bytes of each picture; lengths are 32 bits, big-endian."""
    body = json.dumps(said, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
    return b"".join(_LENGTH.pack(len(part)) + part for part in (body, *blobs))
