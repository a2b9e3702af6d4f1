"""Around every answer: where a request may come from, how large it may be, and what a browser may do with the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cloud.api.refused import body
from cloud.refusals import Code, Value

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
MAX_BODY: Final = 65_536
LARGER: Final[Mapping[str, int]] = {"/api/facilities/rounds": 524_288}
"""Requests that may carry more: a round with a photograph."""
_POLICIES: Final = (
    "default-src 'self'",
    "img-src 'self' data: blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
)
HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": "; ".join(_POLICIES),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
HSTS: Final = "max-age=31536000"


class Shield:
    """Pure ASGI, so that the live stream passes through it unbuffered. `secure`: TLS is ended in front of this process."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self._app = app
        self._secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_shielded(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add_headers(MutableHeaders(scope=message), scope["path"])
            await send(message)

        refusal = _refusal(scope["method"], scope["path"], Headers(scope=scope))
        await (refusal or self._app)(scope, receive, send_shielded)

    def _add_headers(self, headers: MutableHeaders, path: str) -> None:
        for name, value in HEADERS.items():
            headers[name] = value
        if self._secure:
            headers["Strict-Transport-Security"] = HSTS
        if path.startswith("/api/"):
            headers["Cache-Control"] = "no-store"


def _refusal(method: str, path: str, headers: Headers) -> JSONResponse | None:
    if method in SAFE:
        return None
    if not is_own(headers):
        return _refused(Code.OTHER_SITE)
    most = LARGER.get(path, MAX_BODY)
    length = headers.get("content-length", "0")
    if "transfer-encoding" in headers or not length.isdigit() or int(length) > most:
        return _refused(Code.TOO_LARGE, most=most)
    return None


def _refused(code: Code, **values: Value) -> JSONResponse:
    return JSONResponse(body(code, values), code.status)


def is_own(headers: Headers) -> bool:
    """Whether a request that changes something comes from our own page, or from no browser at all.

    Browsers name the origin of every such request, and say `Sec-Fetch-Site` beside it; programs do neither.
    """
    origin = headers.get("origin")
    if origin is None:
        return headers.get("sec-fetch-site", "same-origin") == "same-origin"
    return urlsplit(origin).netloc == headers.get("host") != ""
