"""Asking a running gate to take its settings as they stand in the file, and waiting for what comes of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from contract.errors import MenshenError
from edge.app.rundir import RunDir, folder_of
from edge.clock import Clock
from edge.config.effect import ANSWERED, ASKED, Answer, Ask

PATIENCE_S: Final = 180.0
"""Longer than the gate needs to stop, to try new settings for a minute, and to stop again."""
_ROUND_S: Final = 0.2


def take_effect(rundir: RunDir, by: str, clock: Clock, gate: str, pause: Callable[[float], None] = time.sleep) -> Answer:
    """Ask, and wait until it is settled. Raises MenshenError where the gate does not answer.

    `gate`: as the file names it now; the gate may take another name with these settings, and its run's folder with it.
    """
    ask = Ask.put(rundir.board(ASKED), by, clock.monotonic_s())
    until_s = clock.monotonic_s() + PATIENCE_S
    while clock.monotonic_s() < until_s:
        for folder in {rundir.path, folder_of(gate)}:
            answer = _answer_to(ask, folder)
            if answer is not None and answer.done:
                return answer
        pause(_ROUND_S)
    raise MenshenError("the gate does not answer", where=str(rundir.path), remedy="See its log, and whether it still runs.")


def _answer_to(ask: Ask, folder: Path) -> Answer | None:
    try:
        board = RunDir(folder).board(ANSWERED)
    except FileNotFoundError:
        return None
    note = board.read()
    board.close()
    answer = None if note is None else Answer.of(note)
    return answer if answer is not None and answer.ask == ask.name else None
