"""What every route behind the PIN has in common: the session, the page's own origin where something changes, small JSON."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from edge.kiosk.technician.access import Access

COOKIE: Final = "__Host-technician"
"""The prefix makes browsers insist on Secure, on `/` and on no other host."""
Handler = Callable[[Request], Awaitable[Response]]


def inside(access: Access, handler: Handler) -> Handler:
    """Only for whoever has entered."""

    async def guarded(request: Request) -> Response:
        if not access.holds(request.cookies.get(COOKIE)):
            return PlainTextResponse("enter the PIN first", status_code=401)
        return await handler(request)

    return guarded


def own(handler: Handler) -> Handler:
    """Only for the page itself. Browsers say with every POST which page it is from."""

    async def guarded(request: Request) -> Response:
        if request.headers.get("origin") != f"https://{request.headers.get('host')}":
            return PlainTextResponse("another page's request", status_code=403)
        return await handler(request)

    return guarded


async def json_of(request: Request, largest: int) -> dict[str, Any] | None:
    """The object that a small JSON body holds; None of anything else."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > largest:
            return None
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None
