"""The board, looked at often, told seldom: words at once, boxes ten times a second, a beat every second."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any, Final

from edge.board import Board
from edge.clock import Clock
from edge.kiosk.shown import shown, words_of

LOOK_S: Final = 0.02
BOXES_S: Final = 0.1
BEAT_S: Final = 1.0
RETRY_MS: Final = 500
"""How soon a page asks again after the kiosk process was restarted."""


async def states(board: Board, gate: str, clock: Clock, stopped: Callable[[], bool]) -> AsyncIterator[dict[str, Any]]:
    """Every state worth telling, the first at once; at most 20 ms after the board has it."""
    told: dict[str, Any] | None = None
    told_s = 0.0
    version = -1
    while not stopped():
        now_s = clock.monotonic_s()
        fresh = told is None or board.version != version or now_s - told_s >= BEAT_S / 2
        if fresh:
            version = board.version
            state = shown(board, gate, now_s)
            if told is None or _worth_telling(state, told, now_s - told_s):
                told, told_s = state, now_s
                yield state
        await asyncio.sleep(LOOK_S)


def _worth_telling(state: dict[str, Any], told: dict[str, Any], since_s: float) -> bool:
    return words_of(state) != words_of(told) or since_s >= (BOXES_S if state.get("frame") != told.get("frame") else BEAT_S)


def as_event(state: dict[str, Any], size: tuple[int, int], sent_s: float) -> bytes:
    """One server-sent event. `size` is columns and rows of the picture the boxes belong to."""
    body = json.dumps({**state, "size": size, "sent_s": sent_s}, separators=(",", ":"), ensure_ascii=False)
    return f"retry: {RETRY_MS}\nevent: state\ndata: {body}\n\n".encode()
