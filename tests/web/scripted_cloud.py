"""A cloud that says what the test tells it to, behind the real API's paths, and serves the built screen under a strict policy."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

DIST = Path(__file__).parents[2] / "cloud" / "web" / "dist"
POLICY = {"content-security-policy": "default-src 'self'; style-src 'self'; frame-ancestors 'none'"}
PASSWORD = "correct horse"


class ScriptedCloud:
    """Rows by kind and name, a log of changes with feed numbers, and the streams that hand them out."""

    def __init__(self) -> None:
        self.log: list[tuple[int, str, dict[str, Any]]] = []
        self.rows: dict[str, dict[str, dict[str, Any]]] = {"gate": {}, "queue": {}, "visit": {}}
        self.acknowledged: list[str] = []
        self.asked: list[str] = []
        self.away = False
        self.silent = False
        self._hung_up = 0
        self.app = Starlette(
            routes=[
                Route("/api/session", self._session, methods=["GET", "POST", "DELETE"]),
                Route("/api/snapshot", self._snapshot),
                Route("/api/live", self._live),
                Route("/api/queue/{id}/acknowledge", self._acknowledge, methods=["POST"]),
                Route("/", self._page),
                Mount("/", StaticFiles(directory=DIST)),
            ]
        )

    @property
    def feed(self) -> int:
        return self.log[-1][0] if self.log else 0

    def put(self, kind: str, row: dict[str, Any]) -> None:
        """A row as it is now; every stream gets it."""
        name = row[{"gate": "gate", "queue": "id", "visit": "visit"}[kind]]
        self.rows[kind][name] = row
        self.log.append((self.feed + 1, kind, row))

    def hang_up(self) -> None:
        """Every stream ends."""
        self._hung_up += 1

    async def _page(self, _: Request) -> Response:
        return FileResponse(DIST / "index.html", headers=POLICY)

    async def _session(self, request: Request) -> Response:
        user = request.cookies.get("user")
        if request.method == "POST":
            said = await request.json()
            if said["password"] != PASSWORD:
                return JSONResponse({"detail": "no"}, 401)
            answer = JSONResponse({"user": said["user"], "role": "guard"})
            answer.set_cookie("user", said["user"], httponly=True, samesite="strict")
            return answer
        if request.method == "DELETE":
            answer = JSONResponse(None, 200)
            answer.delete_cookie("user")
            return answer
        return JSONResponse({"user": user, "role": "guard"}) if user else JSONResponse({"detail": "sign in"}, 401)

    async def _snapshot(self, _: Request) -> Response:
        self.asked.append("snapshot")
        if self.away:
            return JSONResponse({}, 503)
        rows = {
            name: list(self.rows[kind].values()) for name, kind in (("gates", "gate"), ("queue", "queue"), ("visits", "visit"))
        }
        return JSONResponse({"feed": self.feed, "server_time": _now(), **rows})

    async def _acknowledge(self, request: Request) -> Response:
        name = request.path_params["id"]
        self.acknowledged.append(name)
        row = self.rows["queue"][name]
        state = "taken" if row["type"] == "case" else "ACKED"
        after = {**row, "state": state, "acknowledged_by": request.cookies["user"], "acknowledged_at": _now()}
        self.put("queue", after)
        return JSONResponse(after)

    async def _live(self, request: Request) -> Response:
        after = int(request.query_params["after"])
        self.asked.append(f"live?after={after}")
        if self.away:
            return Response(status_code=503)
        return StreamingResponse(self._events(after), media_type="text/event-stream")

    async def _events(self, after: int) -> AsyncIterator[str]:
        hung_up, beat_s = self._hung_up, 0.0
        clock: Callable[[], float] = asyncio.get_running_loop().time
        while hung_up == self._hung_up:
            for number, kind, row in [change for change in self.log if change[0] > after]:
                yield f"id: {number}\nevent: {kind}\ndata: {json.dumps(row)}\n\n"
                after = number
            if clock() >= beat_s and not self.silent:
                beat_s = clock() + 2
                yield f'event: beat\ndata: {{"server_time":"{_now()}","feed":{self.feed}}}\n\n'
            await asyncio.sleep(0.02)


def _now() -> str:
    return datetime.now(UTC).isoformat()
