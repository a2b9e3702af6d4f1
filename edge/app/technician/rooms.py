"""What there is behind the PIN besides the look: settings, log, self-test."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from edge.app.log_lines import lines_on
from edge.app.rundir import RunDir
from edge.app.technician.testing import tested
from edge.clock import Clock
from edge.config.effect import ANSWERED, ASKED
from edge.kiosk.technician.access import Access
from edge.kiosk.technician.desk import Desk
from edge.kiosk.technician.guarded import Handler, inside
from edge.kiosk.technician.log_room import log_routes
from edge.kiosk.technician.self_test_room import self_test_routes
from edge.kiosk.technician.settings_room import settings_routes


def rooms_of(access: Access, rundir: RunDir, gate: str, clock: Clock) -> list[Route]:
    """The routes for one session; without a settings file there is nothing to change."""
    file = rundir.settings
    desk = [] if file is None else settings_routes(access, Desk(file, rundir.board(ASKED), rundir.board(ANSWERED), clock))
    return [
        Route("/about", inside(access, _about(access, gate))),
        *desk,
        *log_routes(access, lambda: [line for board in rundir.log_boards() for line in lines_on(board)]),
        *self_test_routes(access, lambda: tested(rundir)),
    ]


def _about(access: Access, gate: str) -> Handler:
    async def about(_: Request) -> Response:
        return JSONResponse({"gate": gate, "remaining_s": round(access.remaining_s)})

    return about
