"""How a gate is, from what was heard of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from cloud.ledger.events import Birth, Heard
from contract.messages.health import HealthData
from contract.messages.visit import VisitData

SILENT_MS: Final = 30_000
"""No health message for so long means that nobody knows how the gate is."""


class GateState(StrEnum):
    LIVE = "live"
    STALE = "stale"
    OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class Gate:
    """What the ledger knows of a gate; field for field its row.

    Attributes:
        heard_ms: when its birth or a health message last arrived, by the cloud's clock.
        health: the newest health message as JSON.
        health_ms, health_install, health_seq: when it arrived and where it stands.
    """

    gate: str
    online: bool
    state: str
    state_since_ms: int
    heard_ms: int
    version: str = ""
    replay: bool = False
    last_verdict: str | None = None
    last_visit_ms: int | None = None
    health: str | None = None
    health_ms: int | None = None
    health_install: str | None = None
    health_seq: int | None = None


def first_heard(gate: str, now_ms: int) -> Gate:
    """A gate the ledger did not know. Something of it has arrived, so it is there."""
    return Gate(gate, online=True, state=GateState.LIVE, state_since_ms=now_ms, heard_ms=now_ms)


def after_birth(gate: Gate, birth: Birth, now_ms: int) -> Gate:
    """Birth message or last will."""
    said = birth.state
    if not said.online:
        return at_time(replace(gate, online=False), now_ms)
    heard_ms = gate.heard_ms if birth.retained else now_ms
    return at_time(replace(gate, online=True, heard_ms=heard_ms, version=said.version, replay=said.replay), now_ms)


def after_health(gate: Gate, heard: Heard, said: HealthData) -> Gate:
    """A health message. An older one that was overtaken changes nothing but that something was heard."""
    now_ms = heard.received_ms
    known = gate.health_install == heard.id.install and gate.health_seq is not None
    gate = replace(gate, heard_ms=now_ms)
    if known and gate.health_seq is not None and heard.id.seq <= gate.health_seq:
        return at_time(gate, now_ms)
    health = said.model_dump_json()
    newer = replace(gate, health=health, health_ms=now_ms, health_install=heard.id.install, health_seq=heard.id.seq)
    return at_time(replace(newer, version=said.version or gate.version), now_ms)


def after_visit(gate: Gate, heard: Heard, said: VisitData) -> Gate:
    """A decision; the newest one is what the guard's tile shows."""
    if gate.last_visit_ms is not None and heard.shown_ms < gate.last_visit_ms:
        return gate
    return replace(gate, last_verdict=said.verdict.value, last_visit_ms=heard.shown_ms)


def at_time(gate: Gate, now_ms: int) -> Gate:
    """The gate as it is at `now_ms`: silence is never shown as good."""
    state = _state(gate, now_ms)
    return gate if state == gate.state else replace(gate, state=state, state_since_ms=now_ms)


def _state(gate: Gate, now_ms: int) -> GateState:
    if not gate.online:
        return GateState.OFFLINE
    return GateState.STALE if now_ms - gate.heard_ms > SILENT_MS else GateState.LIVE


def is_missed(gate: Gate, listening_ms: int, *, told: bool) -> bool:
    """Whether a guard has to be told, or stays `told`, that this gate is away.

    `listening_ms` is for how long the cloud has been connected to the broker: while it is not, or has just come back,
    silence says nothing new about a gate.
    """
    match GateState(gate.state):
        case GateState.LIVE:
            return False
        case GateState.OFFLINE:
            return True
        case GateState.STALE:
            return told or listening_ms > SILENT_MS


def offline_detail(state: str) -> str:
    """What the alarm says."""
    match GateState(state):
        case GateState.OFFLINE:
            return "the broker has lost the gate"
        case GateState.STALE:
            return f"no health message for {SILENT_MS // 1000} s"
        case GateState.LIVE:
            return "the gate is back"
