"""What a connection to the broker has to tell. `epoch` numbers the connection it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

NO_SUBSCRIBERS: Final = 0x10  # the broker took it and threw it away
REFUSED_FROM: Final = 0x80


@dataclass(frozen=True, slots=True)
class Connected:
    """A connection stands.

    Attributes:
        receive_maximum: how many messages without a PUBACK this broker bears.
        same_broker: whether it still knows the session of the connection before, so that it cannot have died since.
    """

    epoch: int
    receive_maximum: int
    same_broker: bool = False


@dataclass(frozen=True, slots=True)
class Disconnected:
    """A connection ended, or none came about (nobody there). `told`: the broker said that it ends it."""

    epoch: int
    reason: str
    told: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """The broker, or the check of a certificate, said no. Goes away only when a person changes something."""

    epoch: int
    reason: str
    told: bool = False


@dataclass(frozen=True, slots=True)
class Puback:
    """The broker's receipt, which is not delivery. `code` is the MQTT 5 reason code."""

    epoch: int
    mid: int
    code: int

    @property
    def taken(self) -> bool:
        """Whether the broker took it for somebody."""
        return self.code < REFUSED_FROM and self.code != NO_SUBSCRIBERS


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message. `retained`: it was published to be kept, so nobody knows when it was said."""

    epoch: int
    topic: str
    body: bytes
    retained: bool = False


LinkEvent = Connected | Disconnected | Refused | Puback | Incoming
