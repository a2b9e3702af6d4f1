"""Notices over the broker, for whatever listens there: a pager's bridge, a horn, a chat."""

from __future__ import annotations

from typing import Final, Protocol

from cloud.escalation.road import NotDeliveredError
from cloud.escalation.words import as_json
from cloud.store.notices import ToSend
from contract.topics import NOTICES

PATIENCE_S: Final = 5.0


class Line(Protocol):
    """What is needed of the bus."""

    def publish(self, address: str, body: str, wait_s: float) -> bool: ...


class MqttRoad:
    def __init__(self, line: Line) -> None:
        self._line = line

    def deliver(self, one: ToSend, address: str, since: str) -> str:  # noqa: ARG002  there is one topic
        """Says that the broker has it. Raises NotDeliveredError."""
        if not self._line.publish(NOTICES, as_json(one, since), PATIENCE_S):
            raise NotDeliveredError("the broker is away, or did not take it")
        return "PUBACK"
