"""An event's name: gate, install and sequence number, unique on all three."""

from __future__ import annotations

from typing import Final, NamedTuple

from contract.errors import MessageError
from contract.topics import GATE_NAME

MAX_DIGITS: Final = 18
"""Fits a signed 64-bit integer."""


class EventId(NamedTuple):
    """`{gate}:{install}:{seq}`. `install` is new whenever the gate's database is; `seq` is never reused within one."""

    gate: str
    install: str
    seq: int

    def __str__(self) -> str:
        return f"{self.gate}:{self.install}:{self.seq}"


def parse_event_id(text: str) -> EventId:
    """Read an event id. Raises MessageError when it is not three parts of the right form."""
    gate, _, rest = text.partition(":")
    install, _, seq = rest.partition(":")
    if not (GATE_NAME.fullmatch(gate) and install.isalnum() and seq.isascii() and seq.isdigit() and 0 < len(seq) <= MAX_DIGITS):
        raise MessageError(f"event id {text!r} is not gate:install:seq")
    return EventId(gate, install, int(seq))
