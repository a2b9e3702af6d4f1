"""From a stored event to the points of its series. Every field keeps one type for ever; what has no value is left out."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from contract.series import FieldValue, Measurement, Point, series_ns
from contract.topics import Kind

_HEALTH_NUMBERS: Final = ("uptime_s", "colour_fps", "thermal_fps", "loop_p50_ms", "loop_p99_ms")
_HEALTH_COUNTS: Final = ("frames_skipped", "records_dropped", "outbox_rows", "oldest_unacked", "last_seq")

_INSIDE: Final = {"people_inside": "people", "people_limit": "limit"}
_QUEUE: Final = {"people_waiting": "people"}


def points_of(kind: Kind, gate: str, event_id: str, ns: int, shift_ms: int, data: dict[str, Any]) -> tuple[Point, ...]:
    """The points of one event.

    `ns` is the event's `series_ns`; `shift_ms` is what has to be added to the gate's times, 0 where its clock could be
    believed; `data` is the event's data as stored.
    """
    match kind:
        case Kind.ALERT:
            return (_alert(gate, event_id, ns, data),)
        case Kind.VISIT:
            return (_visit(gate, event_id, ns, data),)
        case Kind.HEALTH:
            return (_health(gate, event_id, ns, data),)
        case Kind.SENSOR:
            return tuple(_reading(gate, event_id, ns, shift_ms, one) for one in data["readings"])
        case Kind.SNAPSHOT | Kind.ACT | Kind.STATE | Kind.RESULT | Kind.ACK | Kind.COMMAND | Kind.FLOW | Kind.WITHDRAWN:
            return ()


def _alert(gate: str, event_id: str, ns: int, data: dict[str, Any]) -> Point:
    fields: dict[str, FieldValue] = {"raised": data["state"] == "raised", "event": event_id}
    return Point(Measurement.ALERT, gate, str(data["kind"]), "", ns, fields)


def _visit(gate: str, event_id: str, ns: int, data: dict[str, Any]) -> Point:
    fields: dict[str, FieldValue] = {
        "verdict": str(data["verdict"]),
        "mask": str(data["mask"]),
        "revision": int(data["revision"]),
        "frames": int(data["frames"]),
        "replay": bool(data["replay"]),
        "event": event_id,
    }
    return Point(Measurement.VISIT, gate, "visit", "", ns, fields)


def _health(gate: str, event_id: str, ns: int, data: dict[str, Any]) -> Point:
    numbers = {name: float(data[name]) for name in _HEALTH_NUMBERS if data[name] is not None}
    counts = {name: int(data[name]) for name in _HEALTH_COUNTS if data[name] is not None}
    for part, names in (("occupancy", _INSIDE), ("queue", _QUEUE)):
        told = data.get(part) or {}
        counts |= {name: int(told[key]) for name, key in names.items() if told.get(key) is not None}
    restarts = sum(int(count) for count in data["restarts"].values())
    return Point(Measurement.HEALTH, gate, "health", "", ns, {**numbers, **counts, "restarts": restarts, "event": event_id})


def _reading(gate: str, event_id: str, ns: int, shift_ms: int, one: dict[str, Any]) -> Point:
    """A reading keeps its own time; the digits that tell events apart come from `ns`, so a repeat is the same point."""
    taken_ms = round(datetime.fromisoformat(one["taken"]).timestamp() * 1000) + shift_ms
    value: dict[str, FieldValue] = {} if one["value"] is None else {"value": float(one["value"])}
    fields = {**value, "valid": one["value"] is not None, "event": event_id}
    return Point(Measurement.SENSOR, gate, str(one["quantity"]), str(one["sensor"]), series_ns(taken_ms, ns % 1_000_000), fields)
