"""Rows as the cloud sends them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from cloud.ledger.chinese.said import in_chinese

READING = {
    "raw_c": 34.9,
    "corrected_c": 35.6,
    "core_c": 37.6,
    "uncertainty_c": 0.24,
    "region": "forehead",
    "distance_m": 0.6,
    "samples": 14,
    "reference_seen": True,
    "core_rule": "ambient",
    "ambient_c": 21.4,
    "baseline_shift_c": 0.0,
}


def ago(seconds: float) -> str:
    return (datetime.now(UTC) - timedelta(seconds=seconds)).isoformat().replace("+00:00", "Z")


def gate(name: str, **change: Any) -> dict[str, Any]:
    return {
        "gate": name,
        "site": "",
        "online": True,
        "state": "live",
        "state_since": ago(3000),
        "last_verdict": "pass",
        "last_visit_at": ago(12),
        "verdicts_last_hour": {"pass": 84, "put_on_mask": 7, "fix_mask": 5, "recheck": 2, "cannot_measure": 3, "wait": 11},
        "colour_fps": 25.0,
        "thermal_fps": 24.9,
        "loop_p99_ms": 11.8,
        "outbox_rows": 0,
        "oldest_unacked": None,
        "restarts": {"colour": 0, "thermal": 0, "gate": 0},
        "parts": {"colour": "up", "thermal": "up", "gate": "up", "uplink": "up", "kiosk": "up"},
        "replay": False,
        "version": "0.1.0",
        "model": "facemask-416x320",
        "health_at": ago(4),
        **change,
    }


def item(name: str, **change: Any) -> dict[str, Any]:
    return {
        "id": name,
        "type": "case",
        "kind": "recheck",
        "gate": "south-1",
        "state": "open",
        "active": True,
        "priority": 1,
        "raised_at": ago(5),
        "returned_at": None,
        "acknowledged_by": None,
        "acknowledged_at": None,
        "detail": "",
        "detail_zh": in_chinese(change.get("detail", "")),
        "visit": None,
        "reading": READING,
        "count": 1,
        **change,
    }


def alarm(name: str, kind: str, **change: Any) -> dict[str, Any]:
    return item(name, **{"type": "alarm", "kind": kind, "state": "UNACK", "priority": 2, "reading": None, **change})


def visit(name: str, **change: Any) -> dict[str, Any]:
    return {
        "visit": name,
        "gate": "south-1",
        "verdict": "pass",
        "mask": "worn",
        "revision": 0,
        "revisions": 1,
        "first_seen": ago(20),
        "decided": ago(18),
        "received_at": ago(18),
        "reasons": [],
        "reading": None,
        "core_bin_c": 36.5,
        "screened_for": {"mask": True, "temperature": True},
        "record_late": False,
        "replay": False,
        "late": False,
        **change,
    }
