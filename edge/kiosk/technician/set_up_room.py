"""The routes of the first set-up. What its acts do is the gate's business, and handed in."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Final, Protocol

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from contract.errors import MenshenError
from edge.kiosk.technician.access import Access
from edge.kiosk.technician.guarded import Handler, inside, json_of, own
from edge.kiosk.technician.page import page

log = logging.getLogger("menshen.technician")

_LARGEST_BODY: Final = 4096


class SetUp(Protocol):
    """The steps of one gate."""

    @property
    def acts(self) -> frozenset[str]:
        """What can be asked for."""

    def state(self) -> dict[str, Any]:
        """How everything stands."""

    def act(self, name: str, asked: dict[str, Any]) -> dict[str, Any]:
        """Do one of the acts; it may take seconds.

        Raises MenshenError where it cannot be done, and KeyError, TypeError or ValueError where `asked` has another form.
        """


def set_up_routes(access: Access, set_up: SetUp) -> list[Route]:
    """A page, how everything stands, and what it does."""
    return [
        Route("/set-up", page(access, "set_up.html")),
        Route("/set-up/state", inside(access, _state(set_up))),
        Route("/set-up/{act}", inside(access, own(_act(set_up))), methods=["POST"]),
    ]


def _state(set_up: SetUp) -> Handler:
    async def state(_: Request) -> Response:
        return JSONResponse(await asyncio.to_thread(set_up.state))

    return state


def _act(set_up: SetUp) -> Handler:
    async def act(request: Request) -> Response:
        name, asked = request.path_params["act"], await json_of(request, _LARGEST_BODY)
        if name not in set_up.acts or asked is None:
            return PlainTextResponse("nothing that this page asks for", status_code=404)
        log.info("the technician's page, set-up: %s", name)
        try:
            return JSONResponse(await asyncio.to_thread(set_up.act, name, asked))
        except MenshenError as refused:
            said = {"what": refused.what, "where": refused.where, "remedy": refused.remedy}
            return JSONResponse(said, status_code=409)
        except (KeyError, TypeError, ValueError) as wrong:
            log.warning("the technician's page, set-up: %s is not asked so (%r)", name, wrong)
            return PlainTextResponse("not what the page sends", status_code=422)

    return act
