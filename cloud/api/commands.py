"""Commands to a gate: signed by the cloud, obeyed once by the gate, and written down on both sides."""

from __future__ import annotations

import asyncio
import json
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field

from cloud.api.allowed import MayCommand
from cloud.api.parts import REFUSALS, Parts, PartsOf, Problem
from cloud.api.refused import Refused
from cloud.dispatch.dispatch import CannotSendError
from cloud.refusals import Code
from cloud.store.accounts import User, note
from cloud.store.gates import is_known
from contract.commands import RULES, Verb, check_order
from contract.errors import MessageError
from contract.message import Text
from contract.messages.orders import CommandData
from contract.topics import GATE_NAME

router = APIRouter(prefix="/api/gates", tags=["commands"])
GateName = Annotated[str, Path(pattern=f"^{GATE_NAME.pattern}$", examples=["gate-1"])]


class Order(BaseModel):
    """What the gate shall do. `open_once` needs `reason`; `message` needs `zh` and `en`; the others may have `reason`."""

    model_config = ConfigDict(extra="forbid")
    verb: Verb
    arguments: dict[str, Text] = Field(default_factory=dict, max_length=4)


class CommandOutcome(BaseModel):
    """What became of it. Not `done`: the gate refused, or could not, and `detail` says why."""

    command: str
    done: bool
    detail: str


_ANSWERS = {
    **REFUSALS,
    404: {"model": Problem},
    422: {"model": Problem, "description": "the arguments do not fit the verb"},
    503: {"model": Problem, "description": "nothing was sent"},
    504: {"model": Problem, "description": "the gate did not answer in time; it does not obey later"},
}


@router.post("/{gate}/commands", responses=_ANSWERS)
async def command(gate: GateName, order: Order, user: MayCommand, parts: PartsOf) -> CommandOutcome:
    """Give one command and wait for what becomes of it, ten seconds at most. An empty gate never opens."""
    if order.verb is Verb.LIVE:
        raise Refused(Code.PICTURE_ELSEWHERE, gate=gate)
    if user.role not in RULES[order.verb].roles:
        raise Refused(Code.ROLE_MAY_NOT, role=user.role, verb=order.verb.value)
    try:
        check_order(order.verb, user.role, order.arguments)
        signed = parts.dispatch.sign(gate, order.verb, order.arguments, issuer=user.user, role=user.role)
    except MessageError as wrong:
        raise Refused(Code.ORDER_WRONG, why=str(wrong)) from wrong
    except CannotSendError as cannot:
        raise Refused.of(cannot) from cannot
    await asyncio.to_thread(_note_order, parts, gate, signed, user)
    return await _sent(parts, gate, signed, user)


async def _sent(parts: Parts, gate: str, signed: CommandData, user: User) -> CommandOutcome:
    try:
        result = await parts.dispatch.send(gate, signed)
    except CannotSendError as cannot:
        await asyncio.to_thread(_note_outcome, parts, gate, signed, user, f"not sent: {cannot.what}")
        raise Refused.of(cannot) from cannot
    if result is None:
        await asyncio.to_thread(_note_outcome, parts, gate, signed, user, "no answer")
        raise Refused(Code.NO_ANSWER, gate=gate)
    outcome = CommandOutcome(command=signed.id, done=result.done, detail=result.detail)
    said = f"{'done' if result.done else 'not done'}: {result.detail}"
    await asyncio.to_thread(_note_outcome, parts, gate, signed, user, said)
    return outcome


def _note_order(parts: Parts, gate: str, signed: CommandData, user: User) -> None:
    """Before it is sent: nothing is ordered that is not written down. Refuses a gate nobody knows."""
    with parts.database.writing() as connection:
        if not is_known(connection, gate, user.site):
            raise Refused(Code.NO_GATE, gate=gate)
        said = json.dumps(signed.arguments, ensure_ascii=False, sort_keys=True)
        note(connection, user, "command", gate, parts.now_ms(), f"{signed.id} {signed.verb} {said}")


def _note_outcome(parts: Parts, gate: str, signed: CommandData, user: User, outcome: str) -> None:
    with parts.database.writing() as connection:
        note(connection, user, "command answered", gate, parts.now_ms(), f"{signed.id} {outcome}")
