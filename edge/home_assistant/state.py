"""How the gate is now, for Home Assistant: from the notes of its processes, with nothing about a person in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from edge.home_assistant.discovery import UNKNOWN

SILENT_S: Final = 2.0
"""A loop that has made no round for so long says nothing any more, whatever it said last."""
GATE_SILENT: Final = "gate_silent"
BROKER: Final = "network"
DISK: Final = "disk"


def state(
    gate: Mapping[str, Any], uplink: Mapping[str, Any], silent_s: float, room: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """What is published. `gate` and `uplink`: the newest notes of the loop and of the uplink, {} before the first.

    `silent_s`: since when the loop has made no round. `room`: the newest note of who watches over a room; None without one.
    """
    speaks = bool(gate) and 0 <= silent_s <= SILENT_S
    inside = gate.get("occupancy") or {}
    return {
        "verdict": gate["verdict"] if speaks else UNKNOWN,
        "people_let_in": gate.get("let_in", 0),
        "people_gone_in": gate.get("passed"),
        "people_inside": inside.get("people") if speaks else None,
        "barrier_open": bool(speaks and gate["barrier_open"]),
        "problems": sorted({*_problems(gate, uplink, speaks=speaks), *(room or {}).get("alarms", ())}),
    }


def _problems(gate: Mapping[str, Any], uplink: Mapping[str, Any], *, speaks: bool) -> set[str]:
    """Alarms of the gate by their kinds, and what nobody can tell the cloud while it lasts."""
    if not speaks:
        return {GATE_SILENT}
    away = {BROKER} if uplink and not uplink.get("connected") else set()
    full = {DISK} if uplink.get("disk") else set()
    return {*gate.get("alarms", ()), *gate.get("faults", ()), *away, *full}
