"""The picture of now, and the stream of what changes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Final

from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import StreamingResponse

from cloud.api.allowed import MayReadBoard
from cloud.api.parts import REFUSALS, Parts, PartsOf, Problem, sight_of, who
from cloud.api.refused import Refused
from cloud.refusals import Code
from cloud.store.accounts import User
from cloud.store.views.changes import Snapshot
from cloud.store.views.changes import snapshot as read_snapshot

router = APIRouter(prefix="/api", tags=["live"])

MOST_SCREENS: Final = 500
SESSION_CHECK_MS: Final = 10_000
Number = Annotated[int, Query(ge=0, le=2**62)]


@router.get("/snapshot", responses=REFUSALS)
def snapshot(user: MayReadBoard, parts: PartsOf) -> Snapshot:
    """Gates, queue and the last visits in sight, all of one moment. Go on with `/api/live?after={feed}`."""
    return read_snapshot(parts.database, parts.now_ms(), sight_of(user))


@router.get(
    "/live",
    response_class=StreamingResponse,
    responses={
        200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}, "description": "server-sent events"},
        **REFUSALS,
        503: {"model": Problem},
    },
)
def live(
    user: MayReadBoard,
    request: Request,
    parts: PartsOf,
    after: Number = 0,
    last_event_id: Annotated[str | None, Header()] = None,
) -> StreamingResponse:
    """What has changed since `after`, then what changes: events `gate`, `queue` and `visit`, each a whole row, with the
    number of the change as id; `beat` every two seconds; `reset` where a screen has to begin
    anew with a snapshot. A broken stream goes on where it was by `Last-Event-ID`.
    """
    if parts.hub.screens >= MOST_SCREENS:
        raise Refused(Code.TOO_MANY_SCREENS)
    resumed = int(last_event_id) if last_event_id and last_event_id.isascii() and last_event_id.isdigit() else 0
    texts = _while_signed_in(request, parts, user, max(after, min(resumed, 2**62)))
    return StreamingResponse(texts, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


async def _while_signed_in(request: Request, parts: Parts, user: User, after: int) -> AsyncIterator[str]:
    """The stream ends with the session, and where role or site are others now. It does not keep a session alive."""
    checked_ms = parts.now_ms()
    async for text in parts.hub.listen(after, user.user, sight_of(user)):
        yield text
        now_ms = parts.now_ms()
        if now_ms - checked_ms > SESSION_CHECK_MS:
            checked_ms = now_ms
            if await asyncio.to_thread(who, request) != user:
                return
