"""The help button: a press becomes a note for the gate's loop, which calls a guard."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from edge.board import Board
from edge.clock import Clock

ASKED_BY_PAGE: Final = "x-menshen"
"""A header no other site's page may send here without being asked first, which this server answers with no."""


class HelpButton:
    """Counts presses on its board."""

    def __init__(self, board: Board, clock: Clock) -> None:
        self._board, self._clock = board, clock

    async def press(self, request: Request) -> Response:
        """202: the gate has been told."""
        if ASKED_BY_PAGE not in request.headers:
            return JSONResponse({"detail": "only the visitor's screen asks for help here"}, status_code=403)
        now_s = self._clock.monotonic_s()
        self._board.post({"pressed_s": now_s}, now_s)
        return JSONResponse({"asked": True}, status_code=202)
