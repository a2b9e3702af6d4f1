"""What the service manager hears of the gate: that it serves, that all goes round, and how it is."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Final

from contract.notify import Heart, ServiceManager
from edge.board import Board
from edge.supervisor.rounds import Rounds, rounds_of
from edge.supervisor.words import status_words

log = logging.getLogger("menshen.supervisor")

SAY_S: Final = 1.0


class Report:
    """Call `round` after every round of the supervisor."""

    def __init__(self, manager: ServiceManager, boards: Mapping[str, Board], began_s: float) -> None:
        """`boards` of gate, uplink, supervisor, and of the cameras there are."""
        self._manager, self._heart = manager, Heart(manager)
        self._boards = boards
        self._rounds = Rounds(rounds_of(boards["gate"], boards["uplink"]), began_s)
        self._said = ""
        self._say_s = float("-inf")
        self._stuck: list[str] = []

    def between(self, now_s: float) -> None:
        """The processes are being ended to be started with other settings: that nothing goes round now is no hang."""
        self._heart.beat(now_s)
        self._say("takes new settings")

    def round(self, now_s: float, started_s: Mapping[str, float]) -> None:
        """Feed the watchdog where nothing is stuck. `started_s`: when each process was last started."""
        stuck = self._rounds.stuck(now_s, started_s)
        if stuck != self._stuck:
            log.log(logging.ERROR if stuck else logging.INFO, "stuck: %s", ", ".join(stuck) or "nothing any more")
            self._stuck = stuck
        if not stuck:
            self._heart.beat(now_s)
        if now_s >= self._say_s:
            self._say_s = now_s + SAY_S
            self._say(status_words({name: board.read() or {} for name, board in self._boards.items()}, stuck))

    def _say(self, words: str) -> None:
        if words != self._said:
            self._said = words
            self._manager.status(words)
