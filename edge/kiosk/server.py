"""The kiosk process: one small server on this machine only, one page, two streams."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import tzinfo
from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from contract.prometheus import CONTENT_TYPE
from edge.board import Board
from edge.clock import Clock, SystemClock
from edge.config.hours import Hours
from edge.config.kiosk import KioskConfig
from edge.frames import FrameRing
from edge.kiosk.duty import DutyButtons
from edge.kiosk.hands import HandsButton
from edge.kiosk.headers import StrictHeaders
from edge.kiosk.help import HelpButton
from edge.kiosk.local_server import NAMES, LocalServer, listen
from edge.kiosk.look import Look
from edge.kiosk.metrics import GateMetrics
from edge.kiosk.shown import BEAT_MAX_AGE_S
from edge.kiosk.streams import Streams
from edge.kiosk.technician.door import Door
from edge.kiosk.voice import Voice
from edge.stop import Stop

PAGES: Final = Path(__file__).parent / "pages"


def run_kiosk(
    config: KioskConfig,
    gate: str,
    gate_board: Board,
    ring: FrameRing,
    board: Board,
    stop: Stop,
    door: Door | None = None,
    *,
    metrics: GateMetrics | None = None,
    help_board: Board | None = None,
    duty_board: Board | None = None,
    hands_board: Board | None = None,
    zone: tzinfo | None = None,
    look: Look | None = None,
) -> None:
    """Serve until `stop` is set; beat on `board`, and note there which port it is. Raises BusyPortError.

    `door`: to the technician's page, where the gate has one. `metrics`: what /metrics answers. `help_board`: where a press of
    the help button is noted, `duty_board`: where staff choose, `hands_board`: where somebody says that their hands are
    disinfected; None: no such button. `zone`: the site's own, None: the machine's. `look`: how a guard looks from afar, None:
    nobody may.
    """
    clock = SystemClock()
    with listen(config.port, f"kiosk.port = {config.port}") as listening:
        button = None if help_board is None else HelpButton(help_board, clock)
        duty = None if duty_board is None else DutyButtons(duty_board, clock)
        hands = None if hands_board is None else HandsButton(hands_board, clock)
        voice = Voice(config.voice, Hours.of(config.quiet_hours), zone, clock)
        streams = Streams(gate, gate_board, ring, clock, stop.is_set, lambda: look is not None and look.watched)
        server = LocalServer(create_app(config, streams, metrics, button, voice, duty, hands))
        port = listening.getsockname()[1]

        def beat() -> None:
            board.post({"port": port, "technician": door.note if door else None}, clock.monotonic_s())

        async def serve() -> None:
            async with asyncio.TaskGroup() as group:
                keeping = group.create_task(door.keep(stop.is_set)) if door else None
                looking = group.create_task(look.keep(stop.is_set)) if look else None
                await server.serve_until(listening, stop.is_set, beat)
                if keeping and not stop.is_set():
                    keeping.cancel()
                if looking:
                    looking.cancel()

        asyncio.run(serve())


def create_app(
    config: KioskConfig,
    streams: Streams,
    metrics: GateMetrics | None = None,
    button: HelpButton | None = None,
    voice: Voice | None = None,
    duty: DutyButtons | None = None,
    hands: HandsButton | None = None,
) -> Starlette:
    """The application, its parts handed in."""
    routes = [
        Route("/", _page),
        Route("/health", _health(streams.board, streams.clock)),
        Route("/state", streams.state),
        Route("/site.json", _site(config)),
        *([Route("/metrics", _metrics(metrics))] if metrics else []),
        *([Route("/help", button.press, methods=["POST"])] if button else []),
        *([Route("/duty", duty.choose, methods=["POST"])] if duty else []),
        *([Route("/hands", hands.press, methods=["POST"])] if hands else []),
        *([Route("/voice/{language}/{key}", voice.answer)] if voice else []),
        *([Route("/mirror", streams.mirror)] if config.mirror else []),
        Mount("/", StaticFiles(directory=PAGES)),
    ]
    middleware = [Middleware(StrictHeaders), Middleware(TrustedHostMiddleware, allowed_hosts=list(NAMES))]
    return Starlette(routes=routes, middleware=middleware)


def _site(config: KioskConfig) -> Callable[[Request], Awaitable[Response]]:
    """What the page has to know of the place it stands in."""
    ways = {"recheck": config.recheck_way, "cannot_measure": config.lane_way}
    told = {"ways": ways, "sleep_ms": round(1000 * config.sleep_after_s)}

    async def site(_: Request) -> Response:
        return JSONResponse(told)

    return site


def _metrics(metrics: GateMetrics) -> Callable[[Request], Awaitable[Response]]:
    async def answer(_: Request) -> Response:
        return Response(metrics.text(), headers={"content-type": CONTENT_TYPE})

    return answer


async def _page(_: Request) -> Response:
    return FileResponse(PAGES / "index.html")


def _health(board: Board, clock: Clock) -> Callable[[Request], Awaitable[Response]]:
    async def health(_: Request) -> Response:
        age_s = clock.monotonic_s() - board.beat_s
        living = 0 <= age_s <= BEAT_MAX_AGE_S
        return JSONResponse({"gate": "up" if living else "silent"}, status_code=200 if living else 503)

    return health
