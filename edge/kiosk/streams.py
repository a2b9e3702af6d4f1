"""The two endless answers, each with a bounded number of viewers: the state as events, the mirror as moving pictures."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Final

import cv2
import numpy as np
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from edge.board import Board
from edge.clock import Clock
from edge.frames import FrameRing
from edge.kiosk.mirror import Mirror
from edge.kiosk.watch import as_event, states

VIEWERS: Final = 4
"""One screen, a technician's browser, and a reload of each before the old connection is noticed to be gone."""
PICTURE_S: Final = 0.1
LOOK_S: Final = 0.01
BLANK_S: Final = 1.0
BOUNDARY: Final = b"frame"


@dataclass(slots=True)
class Streams:
    """What the streams read. `stopped` ends them, so that the server can stop; `watched`: whether a guard looks from afar."""

    gate: str
    board: Board
    ring: FrameRing
    clock: Clock
    stopped: Callable[[], bool]
    watched: Callable[[], bool] = lambda: False
    viewers: dict[str, int] = field(default_factory=dict)

    async def state(self, _: Request) -> Response:
        return self._answer("state", self._states(), "text/event-stream")

    async def mirror(self, _: Request) -> Response:
        return self._answer("mirror", self._pictures(), f"multipart/x-mixed-replace; boundary={BOUNDARY.decode()}")

    def _answer(self, name: str, body: AsyncIterator[bytes], media_type: str) -> Response:
        if self.viewers.get(name, 0) >= VIEWERS:
            return PlainTextResponse("too many viewers", status_code=503, headers={"retry-after": "2"})
        return StreamingResponse(self._counted(name, body), media_type=media_type)

    async def _counted(self, name: str, body: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        self.viewers[name] = self.viewers.get(name, 0) + 1
        try:
            async for part in body:
                yield part
        finally:
            self.viewers[name] -= 1

    async def _states(self) -> AsyncIterator[bytes]:
        size = (self.ring.form.cols, self.ring.form.rows)
        async for state in states(self.board, self.gate, self.clock, self.stopped):
            yield as_event({**state, "watched": self.watched()}, size, self.clock.monotonic_s())

    async def _pictures(self) -> AsyncIterator[bytes]:
        mirror = Mirror(self.ring, self.board)
        blank = _blank(self.ring.form.rows, self.ring.form.cols)
        due_s = 0.0
        while not self.stopped():
            now_s = self.clock.monotonic_s()
            mirror.look(now_s)
            if now_s >= due_s:
                picture = mirror.jpeg(now_s)
                due_s = now_s + (BLANK_S if picture is None else PICTURE_S)
                yield _part(picture or blank)
            await asyncio.sleep(LOOK_S)


def _part(picture: bytes) -> bytes:
    head = b"--%b\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n" % (BOUNDARY, len(picture))
    return head + picture + b"\r\n"


def _blank(rows: int, cols: int) -> bytes:
    """An empty dark picture: what the mirror shows when no camera does."""
    return cv2.imencode(".jpg", np.full((rows // 4, cols // 4, 3), 24, np.uint8))[1].tobytes()
