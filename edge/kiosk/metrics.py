"""The gate's numbers for Prometheus, read from the boards of its processes: `/metrics` of the kiosk's own server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from contract.prometheus import Metric, Value, exposition
from edge.board import Board
from edge.clock import Clock

UP_S: Final = 2.0
"""A loop that has not gone round for so long is not up."""
_DAY_S: Final = 86_400.0

METRICS: Final = (
    Metric("menshen_gate_info", "gauge", "Always 1; what runs here.", ("gate", "version", "model")),
    Metric("menshen_gate_up", "gauge", "Whether the loop goes round."),
    Metric("menshen_gate_uptime_seconds", "gauge", "Since the gate's process was started."),
    Metric("menshen_gate_round_age_seconds", "gauge", "Since loop, writer and sender last went round.", ("round",)),
    Metric("menshen_gate_loop_seconds", "gauge", "How long one round with a picture takes, of the last rounds.", ("quantile",)),
    Metric("menshen_gate_camera_live", "gauge", "Whether the camera gives pictures.", ("camera",)),
    Metric("menshen_gate_camera_frames_per_second", "gauge", "What the camera gives.", ("camera",)),
    Metric("menshen_gate_part_up", "gauge", "Whether the process runs.", ("part",)),
    Metric("menshen_gate_restarts_total", "counter", "How often the process was started again.", ("part",)),
    Metric("menshen_gate_fault", "gauge", "1 while this is why nobody can be measured.", ("fault",)),
    Metric("menshen_gate_barrier_open", "gauge", "Whether the barrier is held open."),
    Metric("menshen_gate_people_inside", "gauge", "How many people are inside by the gate's count."),
    Metric("menshen_gate_people_limit", "gauge", "How many may be."),
    Metric("menshen_gate_people_waiting", "gauge", "At least so many waited before the gate, of the last health message."),
    Metric("menshen_gate_broker_connected", "gauge", "Whether the broker has let the gate in."),
    Metric("menshen_gate_events_total", "counter", "Events numbered so far; it starts anew with a new events' database."),
    Metric("menshen_gate_outbox_rows", "gauge", "Events the cloud has not acknowledged."),
    Metric("menshen_gate_outbox_oldest_age_seconds", "gauge", "Age of the oldest of them by the gate's clock."),
    Metric("menshen_gate_events_dropped_total", "counter", "Events given up since the uplink was started."),
    Metric("menshen_gate_disk_ok", "gauge", "Whether the disk takes events."),
    Metric("menshen_gate_clock_ok", "gauge", "Whether the clock can be believed."),
    Metric("menshen_gate_certificate_seconds", "gauge", "Until the gate's certificate towards the broker ends."),
)


class GateMetrics:
    """`text` is the answer to a scrape; a process that has said nothing yet has no numbers in it."""

    def __init__(self, gate: str, boards: Mapping[str, Board], clock: Clock) -> None:
        """`boards` of gate, uplink, supervisor, health, and of the cameras."""
        self._gate, self._boards, self._clock = gate, boards, clock

    def text(self) -> str:
        notes = {name: board.read() or {} for name, board in self._boards.items()}
        now_s = self._clock.monotonic_s()
        values = {
            **_loop(notes, self._gate, self._boards["gate"].beat_s, now_s),
            **_cameras(notes),
            **_processes(notes["supervisor"]),
            **_uplink(notes["uplink"]),
        }
        return exposition(METRICS, values)


Notes = Mapping[str, dict[str, Any]]


def _loop(notes: Notes, gate: str, beat_s: float, now_s: float) -> dict[str, Value]:
    health, uplink, inside = notes["health"], notes["uplink"], notes["gate"].get("occupancy") or {}
    beats_s = {"loop": beat_s, "writer": uplink.get("writer_beat_s", 0.0), "sender": uplink.get("sender_beat_s", 0.0)}
    loop_ms = {"0.5": health.get("loop_p50_ms"), "0.99": health.get("loop_p99_ms")}
    return {
        "menshen_gate_info": {(gate, health["version"], health["model"]): 1.0} if health else None,
        "menshen_gate_up": float(beat_s > 0 and now_s - beat_s <= UP_S),
        "menshen_gate_uptime_seconds": health.get("uptime_s"),
        "menshen_gate_round_age_seconds": {(name,): max(0.0, now_s - at_s) for name, at_s in beats_s.items() if at_s},
        "menshen_gate_loop_seconds": {(name,): took_ms / 1000 for name, took_ms in loop_ms.items() if took_ms is not None},
        "menshen_gate_fault": {(name,): 1.0 for name, state in health.get("parts", {}).items() if state == "fault"},
        "menshen_gate_barrier_open": _truth(notes["gate"].get("barrier_open")),
        "menshen_gate_people_inside": inside.get("people"),
        "menshen_gate_people_limit": inside.get("limit"),
        "menshen_gate_people_waiting": (health.get("queue") or {}).get("people"),
    }


def _cameras(notes: Notes) -> dict[str, Value]:
    cameras = {name: notes[name] for name in ("colour", "thermal") if notes.get(name)}
    return {
        "menshen_gate_camera_live": {(name,): float(note["state"] == "live") for name, note in cameras.items()},
        "menshen_gate_camera_frames_per_second": {(name,): float(note.get("fps", 0.0)) for name, note in cameras.items()},
    }


def _processes(note: Mapping[str, Any]) -> dict[str, Value]:
    return {
        "menshen_gate_part_up": {(name,): float(state == "up") for name, state in note.get("parts", {}).items()},
        "menshen_gate_restarts_total": {(name,): float(count) for name, count in note.get("restarts", {}).items()},
    }


def _uplink(note: Mapping[str, Any]) -> dict[str, Value]:
    if not note:
        return {}
    days = note["certificate_days"]
    return {
        "menshen_gate_broker_connected": float(note["connected"]),
        "menshen_gate_events_total": note["last_seq"] or None,
        "menshen_gate_outbox_rows": note["outbox_rows"],
        "menshen_gate_outbox_oldest_age_seconds": note["oldest_age_s"],
        "menshen_gate_events_dropped_total": note["dropped"],
        "menshen_gate_disk_ok": float(note["disk"] is None),
        "menshen_gate_clock_ok": float(note["clock_ok"]),
        "menshen_gate_certificate_seconds": None if days is None else days * _DAY_S,
    }


def _truth(fact: bool | None) -> float | None:
    return None if fact is None else float(fact)
