"""The routes of the self-test: one button, one answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from contract.errors import MenshenError
from edge.kiosk.technician.access import Access
from edge.kiosk.technician.guarded import Handler, inside, own
from edge.kiosk.technician.page import page

Test = Callable[[], Awaitable[list[dict[str, Any]]]]
"""Looks at every part of the gate. Raises MenshenError where it cannot."""


def self_test_routes(access: Access, test: Test) -> list[Route]:
    return [
        Route("/self-test", page(access, "self_test.html")),
        Route("/self-test/run", inside(access, own(_run(test))), methods=["POST"]),
    ]


def _run(test: Test) -> Handler:
    async def run(_: Request) -> Response:
        try:
            return JSONResponse({"findings": await test()})
        except MenshenError as refused:
            return JSONResponse({"findings": [], "broken": str(refused)})

    return run
