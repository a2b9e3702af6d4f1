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

from cloud.access.roles import granted

DIST = Path(__file__).parents[2] / "cloud" / "web" / "dist"
POLICY = {"content-security-policy": "default-src 'self'; style-src 'self'; frame-ancestors 'none'"}
PASSWORD = "correct horse"
FIGURES = {
    "since": "2026-11-15T00:00:00Z",
    "until": "2026-11-22T00:00:00Z",
    "operators": 1,
    "alarms": 621,
    "alarms_an_hour": 3.7,
    "alarms_in_ten_minutes": 0.62,
    "ten_minutes_peak": 14.0,
    "flood_share": 0.012,
    "hours_over_30_share": 0.0,
    "cases_an_hour": 9.1,
    "by_priority": [0.07, 0.2, 0.73],
    "most_often": [
        {"gate": "west-1", "kind": "colour_camera", "count": 212},
        {"gate": "east-1", "kind": "gate_offline", "count": 31},
    ],
    "chattering": [{"gate": "west-1", "kind": "colour_camera", "count": 212}],
    "stale": [],
    "targets": {
        "alarms_an_hour": 6,
        "alarms_an_hour_at_most": 12,
        "alarms_in_ten_minutes": 1,
        "flood_share": 0.01,
        "hours_over_30_share": 0.01,
        "chattering": 0,
        "stale": 5,
        "by_priority": [0.05, 0.15, 0.8],
        "source": "ISA-18.2 / IEC 62682 and EEMUA 191, as restated by others",
    },
}
"""What the cloud answers to `GET /api/alarm-figures`; the field names are checked against the API's own."""

CASE: dict[str, Any] = {
    "entries": [],
    "questionnaire": {"version": "2020-1", "questions": []},
    "suspected": False,
    "may_report": False,
    "first_reported_at": None,
    "receipts": [],
    "missing": {"not_admitted": ["second_reading"], "left": []},
    "outcome": None,
    "outcome_why": None,
    "closed_at": None,
}
"""What the cloud answers to `GET /api/cases/{id}` of a case that nobody has worked on yet, without its row and owner."""


class ScriptedCloud:
    """Rows by kind and name, a log of changes with feed numbers, and the streams that hand them out."""

    def __init__(self) -> None:
        self.log: list[tuple[int, str, dict[str, Any]]] = []
        self.rows: dict[str, dict[str, dict[str, Any]]] = {"gate": {}, "queue": {}, "visit": {}}
        self.acknowledged: list[str] = []
        self.moves: list[tuple[str, str, dict[str, Any]]] = []
        self.history: dict[str, list[dict[str, Any]]] = {}
        self.role = "guard"
        self.asked: list[str] = []
        self.away = False
        self.provider: str | None = None
        self.silent = False
        self._hung_up = 0
        self.app = Starlette(
            routes=[
                Route("/api/session", self._session, methods=["GET", "POST", "DELETE"]),
                Route("/api/oidc", self._provider),
                Route("/api/snapshot", self._snapshot),
                Route("/api/live", self._live),
                Route("/api/queue/{id}/acknowledge", self._acknowledge, methods=["POST"]),
                Route("/api/cases/{id}", self._case),
                Route("/api/notices", self._nothing),
                Route("/api/push", self._no_push),
                Route("/api/staff/overdue", self._overdue),
                Route("/api/alarm-figures", self._figures),
                Route("/api/alarms/{id}/moves", self._moves),
                Route("/api/alarms/{id}/{move}", self._withhold, methods=["POST"]),
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

    async def _nothing(self, _: Request) -> Response:
        return JSONResponse([])

    async def _no_push(self, _: Request) -> Response:
        return JSONResponse({"key": "", "devices": []})

    async def _overdue(self, _: Request) -> Response:
        return JSONResponse({"at": _now(), "overdue": 0})

    async def _provider(self, _: Request) -> Response:
        return JSONResponse({"name": self.provider})

    def _who(self, user: str) -> dict[str, Any]:
        return {
            "user": user,
            "role": self.role,
            "site": "",
            "may": sorted(permission.value for permission in granted(self.role)),
            "must_change": False,
        }

    async def _session(self, request: Request) -> Response:
        user = request.cookies.get("user")
        if request.method == "POST":
            said = await request.json()
            if said["password"] != PASSWORD:
                return JSONResponse({"detail": "no"}, 401)
            answer = JSONResponse(self._who(said["user"]))
            answer.set_cookie("user", said["user"], httponly=True, samesite="strict")
            return answer
        if request.method == "DELETE":
            answer = JSONResponse(None, 200)
            answer.delete_cookie("user")
            return answer
        return JSONResponse(self._who(user)) if user else JSONResponse({"detail": "sign in"}, 401)

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

    async def _case(self, request: Request) -> Response:
        row = self.rows["queue"][request.path_params["id"]]
        return JSONResponse(CASE | {"item": row, "owner": row["acknowledged_by"]})

    async def _withhold(self, request: Request) -> Response:
        name, move = request.path_params["id"], request.path_params["move"]
        said = await request.json() if await request.body() else {}
        self.moves.append((name, move, said))
        row, until = self.rows["queue"][name], None if move == "out-of-service" else "2030-01-01T12:00:00Z"
        why = {"by": request.cookies["user"], "at": _now(), "why": said.get("reason"), "until": until}
        states = {"shelve": "SHLVD", "out-of-service": "OOSRV"}
        after = {**row, "state": states.get(move, "UNACK"), "withheld": why if move in states else None}
        self.put("queue", after)
        return JSONResponse(after)

    async def _moves(self, request: Request) -> Response:
        return JSONResponse(self.history.get(request.path_params["id"], []))

    async def _figures(self, request: Request) -> Response:
        self.asked.append(f"figures?{request.query_params}")
        return JSONResponse(FIGURES)

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
