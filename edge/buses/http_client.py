"""Requests to one device or server over HTTP: each with a deadline, over a connection that is kept, with a password by digest."""

from __future__ import annotations

import http.client
import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from edge.buses.http_digest import Challenge, authorization, strongest

if TYPE_CHECKING:
    import ssl
    from http.client import HTTPResponse

_MOST_BYTES: Final = 16 << 20
_CHUNK_BYTES: Final = 1 << 16
_UNAUTHORIZED: Final = 401
OK: Final = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """What the device said. `digest_known`: it asked for a password in a way that is known here."""

    status: int
    body: bytes
    digest_known: bool


class HttpClient:
    """Keeps its connection and its challenge; both are renewed where the device wants it. For one thread.

    Args:
        url: scheme, host and port.
        user, password: given only where the device asks, and never in the clear; None where it must not ask.
        deadline_s: of a whole request.
        context: whose certificates count for https; None: those this machine trusts.
    """

    def __init__(
        self, url: str, user: str, password: str | None, deadline_s: float, context: ssl.SSLContext | None = None
    ) -> None:
        self._user, self._password, self._deadline_s, self._context = user, password, deadline_s, context
        self._parts = urlsplit(url)
        self._connection: http.client.HTTPConnection | None = None
        self._challenge: Challenge | None = None
        self._count = 0

    def get(self, path: str) -> Answer:
        """The answer, whatever its status. Raises TimeoutError at the deadline, OSError or HTTPException where none comes."""
        return self._ask("GET", path, None)

    def post(self, path: str, body: bytes) -> Answer:
        """Likewise, for a body of JSON. It may be said twice: a server may have closed the connection that was kept."""
        return self._ask("POST", path, body)

    def _ask(self, method: str, path: str, content: bytes | None) -> Answer:
        until_s = time.monotonic() + self._deadline_s
        try:
            status, headers, body = self._answer(method, path, content, until_s)
            if status == _UNAUTHORIZED and self._password is not None:
                self._challenge, self._count = strongest(headers.get_all("WWW-Authenticate") or []), 0
                if self._challenge is not None:
                    status, headers, body = self._answer(method, path, content, until_s)
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        answer = Answer(status, body, self._challenge is not None)
        if status != OK:
            self.close()
            self._challenge = None
        return answer

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _answer(
        self, method: str, path: str, content: bytes | None, until_s: float
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        """Over the connection that is open; a device may have closed it since, then over a new one."""
        kept = self._connection is not None
        try:
            return self._once(method, path, content, until_s)
        except (ConnectionError, http.client.BadStatusLine):
            self.close()
            if not kept:
                raise
            return self._once(method, path, content, until_s)

    def _once(self, method: str, path: str, content: bytes | None, until_s: float) -> tuple[int, http.client.HTTPMessage, bytes]:
        connection = self._connected(until_s)
        kind = {} if content is None else {"Content-Type": "application/json"}
        connection.request(method, path, content, headers=kind | self._headers(method, path))
        answer = connection.getresponse()
        body = self._body(answer, connection, until_s)
        if answer.will_close:
            self.close()
        return answer.status, answer.headers, body

    def _connected(self, until_s: float) -> http.client.HTTPConnection:
        if self._connection is None:
            self._connection = self._made(_left_s(until_s))
        elif self._connection.sock is not None:
            self._connection.sock.settimeout(_left_s(until_s))
        return self._connection

    def _made(self, timeout_s: float) -> http.client.HTTPConnection:
        host, port = self._parts.hostname or "", self._parts.port
        if self._parts.scheme == "https":
            return http.client.HTTPSConnection(host, port, timeout=timeout_s, context=self._context)
        return http.client.HTTPConnection(host, port, timeout=timeout_s)

    def _headers(self, method: str, path: str) -> dict[str, str]:
        if self._challenge is None or self._password is None:
            return {}
        self._count += 1
        value = authorization(self._challenge, self._user, self._password, method, path, secrets.token_hex(8), self._count)
        return {"Authorization": value}

    def _body(self, answer: HTTPResponse, connection: http.client.HTTPConnection, until_s: float) -> bytes:
        """In pieces: a socket's own timeout begins anew with each byte that a slow device sends."""
        body = bytearray()
        while len(body) <= _MOST_BYTES:
            if connection.sock is not None:
                connection.sock.settimeout(_left_s(until_s))
            piece = answer.read1(_CHUNK_BYTES)
            if not piece:
                missing = answer.length
                answer.close()
                if missing:
                    raise http.client.IncompleteRead(bytes(body), missing)
                return bytes(body)
            body += piece
        raise http.client.HTTPException(f"an answer of more than {_MOST_BYTES} bytes")


def _left_s(until_s: float) -> float:
    left_s = until_s - time.monotonic()
    if left_s <= 0:
        raise TimeoutError
    return left_s
