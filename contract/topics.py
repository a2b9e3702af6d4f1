"""One topic tree, in one table: who writes what, with which priority and quality of service.

The broker's access list is generated from this table, so a topic that is not here cannot be spoken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from contract.errors import MessageError

ROOT: Final = "menshen/v1"
GATE_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
"""A gate's id: unique in the fleet, equal to its broker user or certificate name; never `/`, `+` or `#`."""

NOTICES: Final = f"{ROOT}/cloud/notice"
"""Where the cloud tells of alarms that nobody acknowledged. No gate is called `cloud`: that is the cloud's own account."""


class Kind(StrEnum):
    """What a message is; the value is the topic below the gate."""

    ALERT = "alert"
    VISIT = "visit"
    SENSOR = "sensor"
    HEALTH = "health"
    SNAPSHOT = "snapshot"
    ACT = "act"
    STATE = "state"
    RESULT = "result"
    ACK = "down/ack"
    COMMAND = "down/command"
    FLOW = "down/flow"
    WITHDRAWN = "down/withdrawn"


class Side(StrEnum):
    GATE = "gate"
    CLOUD = "cloud"


@dataclass(frozen=True, slots=True)
class Route:
    """How one kind travels.

    Attributes:
        writer: the only side that may publish it.
        priority: place in the outbox, 0 first; None where it does not go through the outbox.
        qos: MQTT quality of service.
        retained: whether the broker keeps the last one.
    """

    writer: Side
    priority: int | None
    qos: int
    retained: bool = False


ROUTES: Final[dict[Kind, Route]] = {
    Kind.ALERT: Route(Side.GATE, 0, 1),
    Kind.VISIT: Route(Side.GATE, 1, 1),
    Kind.SENSOR: Route(Side.GATE, 2, 1),
    Kind.HEALTH: Route(Side.GATE, 2, 1),
    Kind.SNAPSHOT: Route(Side.GATE, 3, 1),
    Kind.ACT: Route(Side.GATE, 1, 1),
    Kind.STATE: Route(Side.GATE, None, 1, retained=True),
    Kind.RESULT: Route(Side.GATE, None, 1),
    Kind.ACK: Route(Side.CLOUD, None, 0),
    Kind.COMMAND: Route(Side.CLOUD, None, 1),
    Kind.FLOW: Route(Side.CLOUD, None, 1),
    Kind.WITHDRAWN: Route(Side.CLOUD, None, 1, retained=True),
}

EVENTS: Final[tuple[Kind, ...]] = tuple(kind for kind, route in ROUTES.items() if route.priority is not None)
"""Kinds that go through the outbox and are acknowledged by the application."""


_NAMES: Final = frozenset(Kind)


def topic(gate: str, kind: Kind) -> str:
    """The topic of one kind of one gate. Raises MessageError for a gate name that could escape its subtree."""
    if gate != "+" and not GATE_NAME.fullmatch(gate):
        raise MessageError(
            f"gate name {gate!r} is not allowed", remedy="Use 1 to 63 of a-z, 0-9 and '-', starting with a letter or digit."
        )
    return f"{ROOT}/{gate}/{kind.value}"


def parse(address: str) -> tuple[str, Kind]:
    """Gate and kind of a topic. Raises MessageError for a topic outside the tree."""
    head, _, rest = address.removeprefix(f"{ROOT}/").partition("/")
    if not address.startswith(f"{ROOT}/") or not GATE_NAME.fullmatch(head) or rest not in _NAMES:
        raise MessageError(f"topic {address!r} is not in the tree {ROOT}/{{gate}}/...")
    return head, Kind(rest)
