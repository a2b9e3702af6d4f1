"""The routes of the settings page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from contract.errors import SettingsError
from edge.kiosk.technician.access import Access
from edge.kiosk.technician.desk import Desk, Said
from edge.kiosk.technician.guarded import Handler, inside, json_of, own
from edge.kiosk.technician.page import page

_LARGEST_BODY: Final = 65_536
_WRONG: Final = 409


class Filled(BaseModel):
    """What the page sends: texts as they were typed, which text of the file they are about, which careful keys are meant."""

    model_config = ConfigDict(extra="forbid", strict=True)

    digest: str
    changes: dict[str, str | None] = {}
    sure: list[str] = []


def settings_routes(access: Access, desk: Desk) -> list[Route]:
    """A page, what it shows, and what it does."""
    acts = {
        "try": lambda filled: desk.tried(filled.changes, filled.digest),
        "keep": lambda filled: desk.kept(filled.changes, filled.digest, filled.sure),
        "undo": lambda filled: desk.undone(filled.digest),
    }
    return [
        Route("/settings", page(access, "settings.html")),
        Route("/settings/form", inside(access, _form(desk))),
        Route("/settings/answer", inside(access, _answer(desk))),
        *(Route(f"/settings/{name}", inside(access, own(_act(what))), methods=["POST"]) for name, what in acts.items()),
    ]


def _form(desk: Desk) -> Handler:
    async def form(_: Request) -> Response:
        return await _said(desk.form)

    return form


def _answer(desk: Desk) -> Handler:
    async def answer(_: Request) -> Response:
        return JSONResponse(desk.answer())

    return answer


def _act(what: Callable[[Filled], Said]) -> Handler:
    async def act(request: Request) -> Response:
        try:
            filled = Filled.model_validate(await json_of(request, _LARGEST_BODY))
        except ValidationError:
            return PlainTextResponse("not what the page sends", status_code=422)
        return await _said(lambda: what(filled))

    return act


async def _said(what: Callable[[], Said]) -> Response:
    """Files are read and written in a thread: the picture goes on meanwhile."""
    said: dict[str, Any]
    try:
        said = await asyncio.to_thread(what)
    except SettingsError as refused:
        said = {"faults": [{"key": refused.key, "what": refused.what, "remedy": refused.remedy}]}
    return JSONResponse(said, status_code=_WRONG if said.get("faults") else 200)
