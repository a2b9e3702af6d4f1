"""The two large buttons for staff: a touch becomes a note for the gate's loop, which writes it beside the check."""

from __future__ import annotations

import json
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from contract.verdicts import Duty
from edge.board import Board
from edge.clock import Clock
from edge.kiosk.help import ASKED_BY_PAGE

MOST_BYTES: Final = 200
_CHOICES: Final = frozenset({Duty.ON.value, Duty.OFF.value})


class DutyButtons:
    """Notes the newest choice, for the visit that the screen showed at the touch."""

    def __init__(self, board: Board, clock: Clock) -> None:
        self._board, self._clock = board, clock

    async def choose(self, request: Request) -> Response:
        """202: the gate has been told. Whether that visit is a staff check, it knows itself."""
        if ASKED_BY_PAGE not in request.headers:
            return JSONResponse({"detail": "only the visitor's screen chooses here"}, status_code=403)
        chosen = _chosen((await request.body())[: MOST_BYTES + 1])
        if chosen is None:
            return JSONResponse({"detail": "a visit, and duty on or off"}, status_code=400)
        now_s = self._clock.monotonic_s()
        self._board.post({**chosen, "pressed_s": now_s}, now_s)
        return JSONResponse({"chosen": chosen["duty"]}, status_code=202)


def _chosen(body: bytes) -> dict[str, str] | None:
    try:
        said = json.loads(body)
        visit, duty = said["visit"], said["duty"]
    except (ValueError, KeyError, TypeError):
        return None
    known = isinstance(visit, str) and 0 < len(visit) <= MOST_BYTES and duty in _CHOICES
    return {"visit": visit, "duty": duty} if known else None
