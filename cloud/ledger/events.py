"""An event as the ledger takes it: read, checked, named, with the times both sides gave it."""

from __future__ import annotations

from dataclasses import dataclass

from cloud.ledger.visits import Position, shown_at_ms
from contract.ids import EventId
from contract.message import Message
from contract.messages.health import StateData
from contract.topics import Kind


@dataclass(frozen=True, slots=True)
class Heard:
    """One event of one gate.

    Attributes:
        id: gate, install, seq.
        time_ms: UTC milliseconds as the gate believed it.
        received_ms: UTC milliseconds when the cloud got it.
        mono_ms: monotonic milliseconds of the gate's boot `boot`.
        clock_ok: whether the gate trusted its clock.
        data: the message, without anything the contract does not name.
        corrected_ms: when it truly was, where the gate's clock was not to be believed and it is known.
    """

    kind: Kind
    id: EventId
    time_ms: int
    received_ms: int
    mono_ms: int
    boot: str
    clock_ok: bool
    data: Message
    corrected_ms: int | None = None

    @property
    def position(self) -> Position:
        return Position(self.id.install, self.id.seq, self.shown_ms)

    @property
    def shown_ms(self) -> int:
        """The time to show: the gate's where it can be believed or corrected."""
        if self.corrected_ms is not None:
            return self.corrected_ms
        return shown_at_ms(self.time_ms, self.received_ms, clock_ok=self.clock_ok)


@dataclass(frozen=True, slots=True)
class Birth:
    """A gate said that it is there, or the broker said that it is not (last will).

    `retained`: the broker had kept it, so it is no sign of life now.
    """

    gate: str
    state: StateData
    retained: bool


@dataclass(frozen=True, slots=True)
class Poison:
    """A message nobody can take. It is kept, and acknowledged where its name could be read."""

    gate: str
    topic: str
    body: bytes
    error: str
    id: EventId | None
