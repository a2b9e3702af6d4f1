"""The page of `try`: this machine only, two streams, nothing kept."""

from __future__ import annotations

import asyncio
import json
import signal
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any, Final

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from edge.app.trial.live import Live, View
from edge.config import GateConfig
from edge.kiosk.headers import StrictHeaders
from edge.kiosk.local_server import HOST, NAMES, LocalServer, listen
from edge.kiosk.server import PAGES as KIOSK_PAGES
from edge.stop import stop_on

PAGES: Final = Path(__file__).parent / "pages"
LOOK_S: Final = 0.01
PICTURE_S: Final = 0.05
NOTE_S: Final = 0.1
BEAT_S: Final = 1.0
STALE_S: Final = 2.0
"""A picture older than this is said to be so: a picture that stands still is no view."""
_BOUNDARY: Final = b"frame"


def show(config: GateConfig, port: int, ready: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM. `ready` gets the address. Raises ModelError, SourceError, BusyPortError."""
    stop = stop_on(signal.SIGINT, signal.SIGTERM)
    live = Live(config, stop)
    with listen(port, f"--port {port}") as listening:
        live.start()
        ready(f"http://{HOST}:{listening.getsockname()[1]}/")
        asyncio.run(LocalServer(create_app(live, stop.is_set)).serve_until(listening, stop.is_set))


def create_app(live: Live, stopped: Callable[[], bool]) -> Starlette:
    """The application. `stopped` ends the streams, so that the server can stop."""

    async def page(_: Request) -> Response:
        return FileResponse(PAGES / "index.html")

    async def words(_: Request) -> Response:
        return FileResponse(KIOSK_PAGES / "words.json")

    async def picture(_: Request) -> Response:
        kind = f"multipart/x-mixed-replace; boundary={_BOUNDARY.decode()}"
        return StreamingResponse(_pictures(live, stopped), media_type=kind)

    async def seen(_: Request) -> Response:
        return StreamingResponse(_notes(live, stopped), media_type="text/event-stream")

    routes = [
        Route("/", page),
        Route("/words.json", words),
        Route("/picture", picture),
        Route("/seen", seen),
        Mount("/", StaticFiles(directory=PAGES)),
    ]
    middleware = [Middleware(StrictHeaders), Middleware(TrustedHostMiddleware, allowed_hosts=list(NAMES))]
    return Starlette(routes=routes, middleware=middleware)


async def _changes(live: Live, stopped: Callable[[], bool], least_s: float, most_s: float) -> AsyncIterator[View]:
    """The newest view when it has changed, no oftener than every `least_s`; the same one again after `most_s`."""
    told, told_s = -1, 0.0
    while not stopped():
        view, now_s = live.view, time.monotonic()
        if now_s - told_s >= (least_s if view.number != told else most_s):
            told, told_s = view.number, now_s
            yield view
        await asyncio.sleep(LOOK_S)


async def _pictures(live: Live, stopped: Callable[[], bool]) -> AsyncIterator[bytes]:
    async for view in _changes(live, stopped, PICTURE_S, BEAT_S):
        if view.jpeg is not None:
            head = b"--%b\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n" % (_BOUNDARY, len(view.jpeg))
            yield head + view.jpeg + b"\r\n"


async def _notes(live: Live, stopped: Callable[[], bool]) -> AsyncIterator[bytes]:
    async for view in _changes(live, stopped, NOTE_S, BEAT_S):
        note: dict[str, Any] = view.note
        if note["state"] == "live" and time.monotonic() - view.made_s > STALE_S:
            note = {**note, "state": "stale"}
        yield f"event: seen\ndata: {json.dumps(note, ensure_ascii=False)}\n\n".encode()
