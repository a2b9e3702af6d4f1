"""What the page is told: the gate's note, or that nobody knows."""

from __future__ import annotations

from typing import Any, Final

from edge.board import Board

BEAT_MAX_AGE_S: Final = 1.0
"""The gate makes a round for every picture; a second without one is a standstill."""
UNKNOWN: Final = "unknown"


def shown(board: Board, gate: str, now_s: float) -> dict[str, Any]:
    """The state for the page at `now_s` (monotonic seconds). A gate that stands still is `unknown`, whatever it said last."""
    note = board.read()
    if note is None or not 0 <= now_s - board.beat_s <= BEAT_MAX_AGE_S:
        return {"gate": gate, "verdict": UNKNOWN, "reason": None, "replay": bool(note and note.get("replay"))}
    return note


def words_of(state: dict[str, Any]) -> tuple[object, ...]:
    """The part of a state that changes what the visitor reads. A change here is pushed at once; boxes may wait."""
    screened, inside = state.get("screened_for") or {}, state.get("occupancy") or {}
    return (
        state["verdict"],
        state.get("reason"),
        state.get("replay"),
        state.get("barrier_open"),
        str(state.get("message")),
        state.get("guard_called"),
        str(state.get("hours")),
        state.get("shown"),
        str(state.get("staff")),
        str(state.get("hands")),
        inside.get("people"),
        screened.get("mask"),
        screened.get("temperature"),
    )
