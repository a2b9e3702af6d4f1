"""A page of the technician's: for whoever has entered; the others are sent to the door."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from edge.kiosk.technician.access import Access
from edge.kiosk.technician.guarded import COOKIE, Handler

PAGES: Final = Path(__file__).parent / "pages"


def page(access: Access, file: str) -> Handler:
    async def shown(request: Request) -> Response:
        entered = access.holds(request.cookies.get(COOKIE))
        return FileResponse(PAGES / file) if entered else RedirectResponse("/", 303)

    return shown
