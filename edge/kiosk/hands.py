"""The large button with which a person says that their hands are disinfected: a note for the gate's loop."""

from __future__ import annotations

import json
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from edge.board import Board
from edge.clock import Clock
from edge.kiosk.help import ASKED_BY_PAGE

MOST_BYTES: Final = 200


class HandsButton:
    """Notes the newest press, for the visit that the screen asked."""

    def __init__(self, board: Board, clock: Clock) -> None:
        self._board, self._clock = board, clock

    async def press(self, request: Request) -> Response:
        """202: the gate has been told. Whether that visit was asked, it knows itself."""
        if ASKED_BY_PAGE not in request.headers:
            return JSONResponse({"detail": "only the visitor's screen says this here"}, status_code=403)
        visit = _visit((await request.body())[: MOST_BYTES + 1])
        if visit is None:
            return JSONResponse({"detail": "a visit"}, status_code=400)
        now_s = self._clock.monotonic_s()
        self._board.post({"visit": visit, "pressed_s": now_s}, now_s)
        return JSONResponse({"said": True}, status_code=202)


def _visit(body: bytes) -> str | None:
    try:
        visit = json.loads(body)["visit"]
    except (ValueError, KeyError, TypeError):
        return None
    return visit if isinstance(visit, str) and 0 < len(visit) <= MOST_BYTES else None
