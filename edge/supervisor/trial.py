"""Whether the gate comes up with new settings. No process, file or clock in here: what was seen is handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

NEEDED: Final = ("gate", "uplink", "kiosk")
"""Processes that must make rounds whatever else is missing; a camera that is not there is a state."""
WITHIN_S: Final = 60.0
"""So long they may take to their first rounds: as long as the supervisor waits for a process that was just started."""
STEADY_S: Final = 3.0
"""So long nothing may end once all of them have made a round."""
MOST_RESTARTS: Final = 3
"""A process that ended so often ends for a reason."""


@dataclass(frozen=True, slots=True)
class Fails:
    """The gate does not come up.

    Attributes:
        why: in words.
        parts: the processes that are to blame; none where none is.
    """

    why: str
    parts: tuple[str, ...] = ()


@dataclass(slots=True)
class Trial:
    """Call `judge` every round.

    Attributes:
        began_s: when the processes were started, monotonic seconds.
    """

    began_s: float
    _steady_since_s: float | None = None
    _restarts: int = 0

    def judge(self, now_s: float, beats_s: Mapping[str, float], restarts: Mapping[str, int]) -> Fails | bool:
        """True when the gate has come up; False while nobody can tell.

        `beats_s`: when each process made its last round; `restarts`: how often each has been started again.
        """
        dying = [name for name, count in restarts.items() if count >= MOST_RESTARTS]
        if dying:
            return Fails(f"{', '.join(dying)} ended again and again", tuple(dying))
        silent = [name for name in NEEDED if beats_s.get(name, 0.0) < self.began_s]
        if silent and now_s - self.began_s > WITHIN_S:
            return Fails(f"{', '.join(silent)} made no round within {WITHIN_S:.0f} s", tuple(silent))
        return self._is_steady(now_s, sum(restarts.values()), silent)

    def _is_steady(self, now_s: float, restarts: int, silent: list[str]) -> bool:
        if silent or restarts != self._restarts:
            self._steady_since_s, self._restarts = None, restarts
            return False
        if self._steady_since_s is None:
            self._steady_since_s = now_s
        return now_s - self._steady_since_s >= STEADY_S
