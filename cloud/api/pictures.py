"""A gate's picture for one guard: asked for with a purpose, relayed for a minute, kept nowhere; that somebody looked is kept."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Final

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, StringConstraints
from starlette.websockets import WebSocket, WebSocketDisconnect

from cloud.api.allowed import MayLook
from cloud.api.commands import GateName
from cloud.api.parts import REFUSALS, Parts, PartsOf, Problem, who
from cloud.api.refused import Refused
from cloud.dispatch.dispatch import CannotSendError
from cloud.refusals import Code
from cloud.relay import BusyError, Look
from cloud.store.accounts import User, note
from cloud.store.gates import is_known
from contract.commands import Verb, check_order
from contract.errors import MessageError
from contract.live import LASTS_S, MOST_BYTES, PATH
from contract.messages.orders import CommandData

router = APIRouter(tags=["commands"])

COMES_S: Final = 10.0
"""The gate has to have opened its socket so long after it said that it would."""
SILENT_S: Final = 5.0
"""Without a picture for so long, whoever sends or takes them is gone."""
JPEG: Final = b"\xff\xd8"
_FORBIDDEN, _TOO_BIG = 1008, 1009


class Wish(BaseModel):
    """Why somebody has to look; it stands in the audit."""

    model_config = ConfigDict(extra="forbid")
    purpose: Annotated[str, StringConstraints(min_length=3, max_length=100, strip_whitespace=True)]


_ANSWERS: Final = {
    **REFUSALS,
    200: {
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        "description": "JPEG pictures, each after its length as four bytes, the highest first",
    },
    404: {"model": Problem},
    409: {"model": Problem, "description": "the gate says no, or somebody looks already"},
    422: {"model": Problem},
    503: {"model": Problem, "description": "nothing was sent"},
    504: {"model": Problem, "description": "the gate did not answer, or did not come with its picture"},
}


@router.post("/api/gates/{gate}/live", response_class=StreamingResponse, responses=_ANSWERS)
async def live(gate: GateName, wish: Wish, user: MayLook, parts: PartsOf, request: Request) -> StreamingResponse:
    """Look through a gate's camera, faces pixelated at the gate, for a minute at most; ends with this connection."""
    await asyncio.to_thread(_known, parts, gate, user)
    try:
        look = parts.relay.open(gate, user.user)
    except BusyError as busy:
        raise Refused(Code.SOMEBODY_LOOKS) from busy
    try:
        await _asked(parts, look, wish, user)
    except BaseException:
        parts.relay.close(look)
        raise
    headers = {"Content-Encoding": "identity", "X-Accel-Buffering": "no"}  # nobody gathers or squeezes pictures on their way
    return StreamingResponse(_pictures(parts, look, user, request), media_type="application/octet-stream", headers=headers)


def _known(parts: Parts, gate: str, user: User) -> None:
    with parts.database.reading() as connection:
        if not is_known(connection, gate, user.site):
            raise Refused(Code.NO_GATE, gate=gate)


async def _asked(parts: Parts, look: Look, wish: Wish, user: User) -> None:
    """The gate has been told, and said that it will; written down before it is told."""
    said = {"purpose": wish.purpose, "ticket": look.ticket}
    try:
        check_order(Verb.LIVE, user.role, said)
        signed = parts.dispatch.sign(look.gate, Verb.LIVE, said, issuer=user.user, role=user.role)
        await asyncio.to_thread(_note, parts, look, user, "live asked", f"{signed.id} {wish.purpose}")
        await _obeyed(parts, look, signed)
    except MessageError as wrong:
        raise Refused(Code.ORDER_WRONG, why=str(wrong)) from wrong
    except CannotSendError as cannot:
        raise Refused.of(cannot) from cannot


async def _obeyed(parts: Parts, look: Look, signed: CommandData) -> None:
    result = await parts.dispatch.send(look.gate, signed)
    if result is None:
        raise Refused(Code.NO_ANSWER, gate=look.gate)
    if not result.done:
        raise Refused(Code.GATE_REFUSED, why=result.detail)


async def _pictures(parts: Parts, look: Look, user: User, request: Request) -> AsyncIterator[bytes]:
    """Until a minute is over, either side is gone, or the session is."""
    clock = asyncio.get_running_loop().time
    began_s = clock()
    try:
        while clock() < began_s + COMES_S + LASTS_S:
            async with asyncio.timeout(SILENT_S if look.pictures else COMES_S):
                picture = await look.next()
            if picture is None or await asyncio.to_thread(who, request) != user:
                return
            yield len(picture).to_bytes(4, "big") + picture
    except TimeoutError:
        return
    finally:
        parts.relay.close(look)
        ended = f"{look.pictures} pictures, {clock() - began_s:.0f} s"
        asyncio.get_running_loop().run_in_executor(None, _note, parts, look, user, "live ended", ended)


def _note(parts: Parts, look: Look, user: User, action: str, detail: str) -> None:
    with parts.database.writing() as connection:
        note(connection, user, action, look.gate, parts.now_ms(), detail)


@router.websocket(PATH)
async def pictures_of_gate(socket: WebSocket) -> None:
    """A gate brings its pictures, with the ticket of the command that asked for them. A browser never does."""
    parts: Parts = socket.app.state.parts
    kind, _, ticket = socket.headers.get("authorization", "").partition(" ")
    look = parts.relay.claim(ticket) if kind.lower() == "bearer" and "origin" not in socket.headers else None
    if look is None:
        await socket.close(_FORBIDDEN)
        return
    await socket.accept()
    receiving = asyncio.create_task(_receive(socket, look))
    over = asyncio.create_task(look.ended.wait())
    _, waiting = await asyncio.wait({receiving, over}, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()
    code = 1000 if receiving.cancelled() or not receiving.done() else receiving.result()
    look.end()
    if code is not None:
        await socket.close(code)


async def _receive(socket: WebSocket, look: Look) -> int | None:
    """Hand pictures on. Returns with which code to close; None where the gate has gone by itself."""
    try:
        async with asyncio.timeout(LASTS_S + COMES_S):
            while True:
                async with asyncio.timeout(SILENT_S):
                    picture = await socket.receive_bytes()
                if len(picture) > MOST_BYTES or not picture.startswith(JPEG):
                    return _TOO_BIG
                look.put(picture)
    except TimeoutError:
        return 1000
    except (WebSocketDisconnect, KeyError):  # KeyError: a text where a picture should be
        return None
