"""Many guards' screens without a browser: each its own live stream over its own connection, all read by one event loop."""

from __future__ import annotations

import asyncio
import json
import threading
import time
import urllib.request
from http.client import HTTPResponse
from typing import Final

from benchmarks.house import ADMIN_PASSWORD
from demo.broker import HOST

OPEN_S: Final = 30.0


def sign_in(port: int) -> str:
    """The session's cookie."""
    web = f"http://{HOST}:{port}"
    body = json.dumps({"user": "admin", "password": ADMIN_PASSWORD}).encode()
    headers = {"Content-Type": "application/json", "Origin": web}
    request = urllib.request.Request(f"{web}/api/session", body, headers, method="POST")
    opened: HTTPResponse = urllib.request.urlopen(request)
    return str(opened.headers["Set-Cookie"]).partition(";")[0]


class Streams(threading.Thread):
    """`came_s`: for each visit, when its case came to each screen, monotonic seconds."""

    def __init__(self, port: int, cookie: str, count: int) -> None:
        super().__init__(daemon=True)
        self._port, self._cookie, self._count = port, cookie, count
        self.came_s: dict[str, list[float]] = {}
        self.open = 0

    def run(self) -> None:
        asyncio.run(self._all())

    def complete(self, visit: str) -> bool:
        return len(self.came_s.get(visit, ())) == self._count

    async def _all(self) -> None:
        await asyncio.gather(*(self._one() for _ in range(self._count)))

    async def _one(self) -> None:
        reader, writer = await asyncio.open_connection(HOST, self._port)
        writer.write(f"GET /api/live HTTP/1.1\r\nHost: {HOST}\r\nCookie: {self._cookie}\r\n\r\n".encode())
        beats = False
        try:
            while line := await reader.readline():
                if b"event: beat" in line and not beats:
                    beats = True
                    self.open += 1
                elif line.startswith(b"data:") and b'"bench-' in line:
                    self._note(line, time.monotonic())
        except OSError:
            return
        finally:
            writer.close()

    def _note(self, line: bytes, now_s: float) -> None:
        visit = str(json.loads(line[5:]).get("visit"))
        if visit.startswith("bench-"):
            self.came_s.setdefault(visit, []).append(now_s)
