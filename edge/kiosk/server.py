"""The kiosk process: one small server on this machine only, one page, two streams."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Awaitable, Callable, Generator
from pathlib import Path
from typing import Final

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from edge.board import Board
from edge.clock import Clock, SystemClock
from edge.config.tree import KioskConfig
from edge.errors import BusyPortError
from edge.frames import FrameRing
from edge.kiosk.headers import StrictHeaders
from edge.kiosk.shown import BEAT_MAX_AGE_S
from edge.kiosk.streams import Streams
from edge.stop import Stop

PAGES: Final = Path(__file__).parent / "pages"
HOST: Final = "127.0.0.1"
NAMES: Final = (HOST, "localhost")
ROUND_S: Final = 0.2


def run_kiosk(config: KioskConfig, gate: str, gate_board: Board, ring: FrameRing, board: Board, stop: Stop) -> None:
    """Serve until `stop` is set; beat on `board`, and note there which port it is. Raises BusyPortError."""
    clock = SystemClock()
    with listen(config.port) as listening:
        server = _Server(create_app(config, Streams(gate, gate_board, ring, clock, stop.is_set)))
        note = {"port": listening.getsockname()[1]}
        asyncio.run(server.serve_until(listening, stop.is_set, lambda: board.post(note, clock.monotonic_s())))


class _Server(uvicorn.Server):
    """Uvicorn without its own signal handlers: when this process ends is said by `stop` alone."""

    def __init__(self, app: Starlette) -> None:
        super().__init__(
            uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=1)
        )

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        yield

    async def serve_until(self, listening: socket.socket, stopped: Callable[[], bool], beat: Callable[[], None]) -> None:
        serving = asyncio.create_task(self.serve([listening]))
        while not stopped() and not serving.done():
            beat()
            await asyncio.sleep(ROUND_S)
        self.should_exit = True
        await serving


def listen(port: int) -> socket.socket:
    """A socket on this machine's own address. Raises BusyPortError."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
        listening.listen(64)
    except OSError as busy:
        listening.close()
        raise BusyPortError(
            f"port {port} cannot be used ({busy.strerror})",
            where=f"kiosk.port = {port}",
            remedy=f"Stop the other program (`ss -ltnp | grep :{port}` names it), or choose another port.",
        ) from busy
    return listening


def create_app(config: KioskConfig, streams: Streams) -> Starlette:
    """The application, its parts handed in."""
    routes = [
        Route("/", _page),
        Route("/health", _health(streams.board, streams.clock)),
        Route("/state", streams.state),
        *([Route("/mirror", streams.mirror)] if config.mirror else []),
        Mount("/", StaticFiles(directory=PAGES)),
    ]
    middleware = [Middleware(StrictHeaders), Middleware(TrustedHostMiddleware, allowed_hosts=list(NAMES))]
    return Starlette(routes=routes, middleware=middleware)


async def _page(_: Request) -> Response:
    return FileResponse(PAGES / "index.html")


def _health(board: Board, clock: Clock) -> Callable[[Request], Awaitable[Response]]:
    async def health(_: Request) -> Response:
        age_s = clock.monotonic_s() - board.beat_s
        living = 0 <= age_s <= BEAT_MAX_AGE_S
        return JSONResponse({"gate": "up" if living else "silent"}, status_code=200 if living else 503)

    return health
