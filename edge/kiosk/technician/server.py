"""The page's own small server. Every route but the PIN's asks for the session, every unsafe one for the page's own origin.

What changes something is one more POST, behind `inside` and `own` like `close`.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from ipaddress import ip_address
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from edge.kiosk.headers import StrictHeaders
from edge.kiosk.technician.access import MOST_WRONG, Access, Answer
from edge.kiosk.technician.drawn import palette
from edge.kiosk.technician.guarded import COOKIE, Handler, inside, json_of, own
from edge.kiosk.technician.looker import Looker
from edge.kiosk.technician.opening import PIN_DIGITS

log = logging.getLogger("menshen.technician")

PAGES: Final = Path(__file__).parent / "pages"
_LARGEST_BODY: Final = 64
_STATUS: Final = {Answer.WRONG: 403, Answer.USED: 409, Answer.CLOSED: 410}


def create_app(access: Access, looker: Looker, names: Collection[str], rooms: Sequence[Route] = (), home: str = "/") -> Starlette:
    """The application; `names`: of this machine, besides any IP address. `rooms`: what else there is behind the PIN.

    `home`: where whoever has entered is led first.
    """
    routes = [
        Route("/", _page(access)),
        Route("/enter", own(_enter(access, home)), methods=["POST"]),
        Route("/close", inside(access, own(_close(access))), methods=["POST"]),
        Route("/look", inside(access, _look(access, looker))),
        Route("/palette.png", inside(access, _palette)),
        *rooms,
        Mount("/static", StaticFiles(directory=PAGES / "static")),
    ]
    middleware = [Middleware(StrictHeaders), Middleware(OwnNames, names=frozenset(names))]
    return Starlette(routes=routes, middleware=middleware)


class OwnNames:
    """Refuses a Host that is neither an IP address nor a name of this machine: another page's name that points here."""

    def __init__(self, app: ASGIApp, names: Collection[str]) -> None:
        self._app = app
        self._names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._own(dict(scope["headers"]).get(b"host", b"").decode("latin-1")):
            await PlainTextResponse("not this machine's name", status_code=400)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _own(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
            return name in self._names or bool(ip_address(name))
        except ValueError:
            return False


def _page(access: Access) -> Handler:
    async def page(request: Request) -> Response:
        entered = access.holds(request.cookies.get(COOKIE))
        return FileResponse(PAGES / ("look.html" if entered else "pin.html"))

    return page


def _enter(access: Access, home: str) -> Handler:
    async def enter(request: Request) -> Response:
        pin = await _pin(request)
        if pin is None:
            return PlainTextResponse(f"a PIN has {PIN_DIGITS} digits", status_code=422)
        answer, token = access.enter(pin)
        caller = request.client.host if request.client else "?"
        if answer is Answer.ENTERED:
            log.warning("%s entered the technician's page, %.0f s left", caller, access.remaining_s)
            entered = JSONResponse({"answer": answer, "home": home})
            entered.set_cookie(COOKIE, token, max_age=int(access.remaining_s), secure=True, httponly=True, samesite="strict")
            return entered
        log.warning("%s tried to enter the technician's page: %s, %d tries left", caller, answer.value, access.tries_left)
        if access.locked:
            log.error("the technician's page is locked: %d wrong PINs", MOST_WRONG)
        return JSONResponse({"answer": answer, "tries_left": max(0, access.tries_left)}, status_code=_STATUS[answer])

    return enter


def _look(access: Access, looker: Looker) -> Handler:
    async def look(request: Request) -> Response:
        after = request.query_params.get("after", "0")
        body = await looker.look(int(after) if after.isdecimal() else 0, lambda: access.remaining_s)
        return Response(body, media_type="application/octet-stream")

    return look


def _close(access: Access) -> Handler:
    async def close(_: Request) -> Response:
        access.close()
        log.warning("the technician's page was closed by its user")
        return Response(status_code=204)

    return close


async def _palette(_: Request) -> Response:
    return Response(palette(), media_type="image/png")


async def _pin(request: Request) -> str | None:
    """The PIN of a small JSON body; None of anything else."""
    pin = (await json_of(request, _LARGEST_BODY) or {}).get("pin")
    return pin if isinstance(pin, str) and len(pin) == PIN_DIGITS and pin.isascii() and pin.isdecimal() else None
