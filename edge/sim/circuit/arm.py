"""An arm that takes its time, and remembers when it began and ended each way."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Final, Literal

Doing = Literal["shut", "opening", "open", "shutting"]
KEPT: Final = 64


@dataclass(slots=True)
class Arm:
    """Attributes:
    travel_s: from shut to open, and back.
    place: 0 shut to 1 open.
    history: (monotonic seconds, what it began to do), newest last.
    struck: how often it moved down while somebody stood under it.
    """

    travel_s: float
    place: float = 0.0
    doing: Doing = "shut"
    history: deque[tuple[float, Doing]] = field(default_factory=lambda: deque(maxlen=KEPT))
    struck: int = 0

    def move(self, now_s: float, step_s: float, *, up: bool, person_under: bool) -> None:
        """Go on for `step_s`, which ends at `now_s`."""
        before = self.place
        way = step_s / self.travel_s if up else -step_s / self.travel_s
        self.place = min(1.0, max(0.0, before + way))
        if self.place < before and person_under:
            self.struck += 1
        self._note(now_s, up=up)

    def _note(self, now_s: float, *, up: bool) -> None:
        ended = self.place in {0.0, 1.0}
        doing: Doing = ("open" if ended else "opening") if up else ("shut" if ended else "shutting")
        if doing != self.doing:
            self.doing = doing
            self.history.append((round(now_s, 4), doing))
