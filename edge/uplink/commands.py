"""Commands of the cloud: checked, remembered on disk so that none is obeyed twice, and handed to the loop, which acts."""

from __future__ import annotations

import json
import logging
import sqlite3
from base64 import b64decode
from binascii import Error as NoBase64Error
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from contract.commands import check_order, check_times, signed_bytes
from contract.errors import MessageError
from contract.messages.envelope import read_data
from contract.messages.orders import ActData, CommandData, ResultData
from edge.orders import Order, Orders, from_note, held_after

if TYPE_CHECKING:
    from edge.board import Board
    from edge.clock import Clock
    from edge.mqtt import Incoming
    from edge.uplink.outbox import Outbox

log = logging.getLogger(__name__)

KEPT_S: Final = 86_400.0
"""A command's id is remembered for so long after its end: a clock set back by hours lets none in again."""
UNREADABLE: Final = "unreadable"
"""Stands for the id of a command nobody can read."""


class RepeatedError(MessageError):
    """The command was handed to the loop before."""


class CommandKeys:
    """The public keys a gate believes, for the gate `gate`: one, and a second while the cloud's key is being changed."""

    def __init__(self, gate: str, keys: Iterable[str]) -> None:
        self._gate = gate
        self._keys = [Ed25519PublicKey.from_public_bytes(b64decode(key)) for key in keys]

    def check(self, command: CommandData) -> None:
        """Raises MessageError where none of the keys signed this command for this gate."""
        if not self._keys:
            raise MessageError("this gate knows no key to check it with (uplink.command_keys)")
        try:
            signature = b64decode(command.signature, validate=True)
        except (NoBase64Error, ValueError) as wrong:
            raise MessageError("it is not signed") from wrong
        if not any(self._signed(key, signature, command) for key in self._keys):
            raise MessageError("it is not signed for this gate with a key that this gate knows")

    def _signed(self, key: Ed25519PublicKey, signature: bytes, command: CommandData) -> bool:
        try:
            key.verify(signature, signed_bytes(self._gate, command))
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class CommandMemory:
    """What was ordered, on the outbox's disk. Methods raise sqlite3.OperationalError."""

    outbox: Outbox

    def held(self) -> bool:
        with self.outbox.alone() as connection:
            return connection.execute("SELECT 1 FROM meta WHERE key = 'held'").fetchone() is not None

    def remember(self, order: Order, until_wall_s: float, now_wall_s: float) -> bool:
        """Note a command before it is obeyed; durable on return. False for one that was noted before."""
        with self.outbox.transaction() as connection:
            connection.execute("DELETE FROM command WHERE until_s < ?", (now_wall_s - KEPT_S,))
            new = connection.execute(
                "INSERT INTO command VALUES (?, ?) ON CONFLICT DO NOTHING", (order.command, until_wall_s)
            ).rowcount
            if new and held_after(order.verb, before=False):
                connection.execute("INSERT OR REPLACE INTO meta VALUES ('held', ?)", (order.command,))
            elif new and not held_after(order.verb, before=True):
                connection.execute("DELETE FROM meta WHERE key = 'held'")
        return bool(new)


class Commands:
    """Used by the sender's thread. `sure`: whether the gate's clock can be believed; `board`: where the loop looks."""

    def __init__(self, keys: CommandKeys, memory: CommandMemory, board: Board, clock: Clock, sure: Callable[[], bool]) -> None:
        self._keys, self._memory, self._board, self._clock, self._sure = keys, memory, board, clock, sure
        before = from_note(board.read())  # of an uplink that died: what it had posted is not posted again
        self._orders = Orders(memory.held() or before.held, before.last)
        self._board.post(self._orders.as_note(), clock.monotonic_s())

    def take(self, incoming: Incoming) -> ResultData | None:
        """Hand a command over to the loop, which answers by its act; or the answer, where it is refused."""
        try:
            command = _read(incoming)
            self._hand_over(command, self._clock.wall())
        except (MessageError, sqlite3.OperationalError) as refused:
            name = _name_of(incoming.body)
            why = str(refused) if isinstance(refused, MessageError) else f"the disk does not take it ({refused})"
            log.warning("command %s refused: %s", name, why)
            return ResultData(
                command=name, done=False, detail=f"refused: {why}"[:200], repeated=isinstance(refused, RepeatedError)
            )
        log.info(
            "command %s: %s by %s (%s)", command.id, command.verb, command.issuer, command.role, extra={"person": command.issuer}
        )
        return None

    def _hand_over(self, command: CommandData, now: datetime) -> None:
        self._keys.check(command)
        if not self._sure():
            raise MessageError("the gate's clock cannot be believed now, so nobody knows whether it is late")
        check_times(command, now)
        verb = check_order(command.verb, command.role, command.arguments)
        until_s = self._clock.monotonic_s() + (command.expires - now).total_seconds()
        order = Order(command.id, verb, command.issuer, command.role, command.arguments, until_s)
        if not self._memory.remember(order, command.expires.timestamp(), now.timestamp()):
            raise RepeatedError("it was given before: a command is obeyed once")
        self._orders = self._orders.with_order(order)
        self._board.post(self._orders.as_note(), self._clock.monotonic_s())


def result_of(act: bytes) -> ResultData:
    """The answer to the cloud, from the loop's record of what it did."""
    did = ActData.model_validate_json(act)
    return ResultData(command=did.command, done=did.done, detail=did.detail)


def _read(incoming: Incoming) -> CommandData:
    if incoming.retained:
        raise MessageError("it was retained: nobody knows when it was said")
    return read_data(CommandData, incoming.body)


def _name_of(body: bytes) -> str:
    """The id of a command, as far as it can be read."""
    try:
        return ResultData(command=json.loads(body)["id"], done=False).command
    except (ValueError, TypeError, KeyError, RecursionError):
        return UNREADABLE
