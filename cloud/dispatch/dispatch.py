"""Sending a command and waiting for what became of it: in the server's event loop; answers come from the ingest's thread."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Final, Protocol

from cloud.dispatch.signer import Signer
from cloud.refusals import Code, RefusedError
from contract.commands import LONGEST_S, Verb
from contract.messages.orders import CommandData, ResultData
from contract.topics import Kind

log = logging.getLogger(__name__)

PATIENCE_S: Final = LONGEST_S + 1.0
"""A gate obeys until the end of a command; its answer needs a moment."""
MOST: Final = 100
"""So many commands may be on their way at once."""


class CannotSendError(RefusedError):
    """A command cannot be sent now. Nothing was ordered."""


class Voice(Protocol):
    """What is needed of the bus."""

    def send(self, gate: str, kind: Kind, body: str, expires_s: int) -> bool: ...


class Dispatch:
    """`signer` is None where the cloud has no key for commands: then it gives none."""

    def __init__(self, signer: Signer | None, bus: Voice, now_ms: Callable[[], int]) -> None:
        self._signer, self._bus, self._now_ms = signer, bus, now_ms
        self._waiting: dict[tuple[str, str], tuple[asyncio.AbstractEventLoop, asyncio.Future[ResultData]]] = {}

    def sign(self, gate: str, verb: Verb, arguments: Mapping[str, str], *, issuer: str, role: str) -> CommandData:
        """A command of this moment. Raises CannotSendError."""
        if self._signer is None:
            raise CannotSendError(Code.NO_COMMAND_KEY)
        now = datetime.fromtimestamp(self._now_ms() / 1000, UTC)
        return self._signer.command(gate, verb, arguments, issuer=issuer, role=role, now=now)

    async def send(self, gate: str, command: CommandData) -> ResultData | None:
        """What the gate answers; None when it does not within the command's time. Raises CannotSendError."""
        if len(self._waiting) >= MOST:
            raise CannotSendError(Code.TOO_MANY_COMMANDS)
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[ResultData] = loop.create_future()
        self._waiting[gate, command.id] = (loop, answer)
        try:
            if not self._bus.send(gate, Kind.COMMAND, command.model_dump_json(), round(LONGEST_S)):
                raise CannotSendError(Code.BROKER_AWAY)
            async with asyncio.timeout(PATIENCE_S):
                return await answer
        except TimeoutError:
            return None
        finally:
            del self._waiting[gate, command.id]

    def answered(self, gate: str, result: ResultData) -> None:
        """A gate said what became of a command; called from any thread. One that came again says nothing of the first time."""
        known = self._waiting.get((gate, result.command))
        if known is None or result.repeated:
            log.info("gate %s on command %s: %s", gate, result.command, result.detail)
            return
        loop, answer = known
        loop.call_soon_threadsafe(_settle, answer, result)


def _settle(answer: asyncio.Future[ResultData], result: ResultData) -> None:
    if not answer.done():
        answer.set_result(result)
