"""Whether all that has to go round goes round: the loop, the writer and the sender, with or without work.

A missing camera, broker or disk stops none of them. What a single process can cure, the supervisor cures first by starting it
again; what stays stuck is the service manager's business.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from edge.board import Board

STALE_S: Final = 10.0
"""A round older than this has stopped."""
START_S: Final = 60.0
"""For so long a process that was just started may take to its first round; in all, however often it is started."""


@dataclass(frozen=True, slots=True)
class Round:
    """One thing that goes round.

    Attributes:
        name: how a person calls it.
        part: the process that does it.
        beat_s: when it last did, monotonic seconds; 0.0 before the first time.
    """

    name: str
    part: str
    beat_s: Callable[[], float]


def rounds_of(gate: Board, uplink: Board) -> tuple[Round, ...]:
    """The three of a gate, read from the boards of its processes."""

    def noted(key: str) -> Callable[[], float]:
        return lambda: float((uplink.read() or {}).get(key, 0.0))

    return (
        Round("loop", "gate", lambda: gate.beat_s),
        Round("writer", "uplink", noted("writer_beat_s")),
        Round("sender", "uplink", noted("sender_beat_s")),
    )


class Rounds:
    """Ask `stuck` as often as you like."""

    def __init__(self, rounds: Sequence[Round], began_s: float) -> None:
        self._rounds = rounds
        self._newest_s = {one.name: began_s for one in rounds}

    def stuck(self, now_s: float, started_s: Mapping[str, float]) -> list[str]:
        """Those that have stopped. `started_s`: when each process was last started."""
        return [one.name for one in self._rounds if self._has_stopped(one, now_s, started_s.get(one.part, 0.0))]

    def _has_stopped(self, one: Round, now_s: float, started_s: float) -> bool:
        beat_s = one.beat_s()
        self._newest_s[one.name] = max(self._newest_s[one.name], beat_s)
        patience_s = START_S if beat_s < started_s else STALE_S
        return now_s - self._newest_s[one.name] > patience_s
