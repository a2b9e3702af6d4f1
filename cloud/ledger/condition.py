"""How gates and ledger are, as plain facts: what the doctor judges and the metrics tell."""

from __future__ import annotations

from dataclasses import dataclass

from cloud.ledger.gates import GateState
from contract.messages.health import HealthData


@dataclass(frozen=True, slots=True)
class GateCondition:
    """One gate.

    Attributes:
        heard_ms: when its birth or a health message last arrived, by the cloud's clock, UTC.
        health: its newest health message, which arrived at `health_ms`; None before the first.
        disk: what it said of its disk, while that takes no events; empty otherwise.
        dead_letters: messages of it that nobody could read.
        missing: numbers that never came and that nothing explains.
        dropped: numbers that it gave up itself and named.
        ahead_ms: how far its clock goes before the cloud's, at least: nothing can arrive before it was. 0 where it does not.
        behind_ms: how far its clock goes behind, at most: the way takes time too. None where nothing believed came lately.
    """

    gate: str
    state: GateState
    heard_ms: int
    health: HealthData | None = None
    health_ms: int | None = None
    disk: str = ""
    dead_letters: int = 0
    missing: int = 0
    dropped: int = 0
    ahead_ms: int = 0
    behind_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """The whole ledger at one moment.

    Attributes:
        now_ms: that moment.
        series_waiting: events whose points are not in the series yet.
        series_since_ms: when the oldest of them arrived; None where none waits.
        unnamed_dead_letters: those of no gate the ledger knows.
    """

    now_ms: int
    gates: tuple[GateCondition, ...] = ()
    series_waiting: int = 0
    series_since_ms: int | None = None
    unnamed_dead_letters: int = 0
