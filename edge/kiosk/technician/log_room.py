"""The routes of the log page: the last lines of all processes, the newest again and again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from edge.kiosk.technician.access import Access
from edge.kiosk.technician.guarded import Handler, inside
from edge.kiosk.technician.page import page


class LogLine(Protocol):
    """One line, as the processes keep them."""

    at_s: float
    mono_s: float
    level: int
    part: str
    text: str


Lines = Callable[[], list[Any]]
"""All lines there are, in no order."""


def log_routes(access: Access, lines: Lines) -> list[Route]:
    return [Route("/log", page(access, "log.html")), Route("/log/lines", inside(access, _newer(lines)))]


def _newer(lines: Lines) -> Handler:
    async def newer(request: Request) -> Response:
        after_s = _seconds(request.query_params.get("after", "0"))
        newest = sorted((line for line in lines() if line.mono_s > after_s), key=lambda line: line.mono_s)
        return JSONResponse({"lines": [_told(line) for line in newest]})

    return newer


def _told(line: LogLine) -> dict[str, Any]:
    return {"at_s": line.at_s, "mono_s": line.mono_s, "level": line.level, "part": line.part, "text": line.text}


def _seconds(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
