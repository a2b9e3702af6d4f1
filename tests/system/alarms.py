"""Alarms and decisions of a gate, as its own book and the guards' have them."""

from __future__ import annotations

from tests.system.books import decisions_at
from tests.system.gate import Gate
from tests.system.house import House
from tests.system.until import until

LATE_S = 30.0


def raised(gate: Gate, kind: str, since_s: float = 0.0) -> list[float]:
    """How many seconds after `since_s` (monotonic) the gate raised this alarm, each time."""
    told = [event for event in gate.events("alert") if event.data["kind"] == kind and event.data["state"] == "raised"]
    return [event.mono_s - since_s for event in told if event.mono_s > since_s]


def stands(house: House, gate: Gate, kind: str) -> bool:
    """Whether the guards' alarm stands."""
    return house.ledger(f"SELECT active FROM alarm WHERE gate = '{gate.name}' AND kind = '{kind}'") == [(1,)]


def returned(house: House, gate: Gate, kind: str) -> bool:
    return not stands(house, gate, kind)


def judged_since(gate: Gate, since_s: float) -> list[str]:
    """Verdicts the gate decided later than `since_s` (monotonic)."""
    return [event.data["verdict"] for event in gate.events("visit") if event.mono_s > since_s]


def one_more_decision(gate: Gate) -> None:
    """The gate judges somebody, and it is on its disk."""
    before = len(decisions_at(gate))
    until(lambda: len(decisions_at(gate)) > before, LATE_S, "somebody is judged")


def screening_goes_on(gate: Gate) -> None:
    """Its loop writes one more record, wherever that goes."""
    ring = gate.rundir.records()
    before = ring.written
    until(lambda: ring.written > before, LATE_S, "the gate goes on")
    ring.close()
