"""The last lines of a process's log on a board of the run's folder, in memory only: what the technician's page shows.

The log proper goes to standard error, to the journal. Whoever is named in a line as a person (`extra={"person": ...}`) is not
named here.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from collections import deque
from dataclasses import asdict, dataclass
from types import TracebackType
from typing import Any, Final

from contract.errors import MenshenError
from edge.board import BOARD_BYTES, Board

MOST: Final = 200
_MOST_BYTES: Final = BOARD_BYTES - 4096
_LONGEST: Final = 1500
"""Characters of one line; a traceback's end says more than its beginning."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Attributes:
        at_s: UTC seconds since 1970 as the machine believed it.
        mono_s: monotonic seconds; the order of lines of all processes.
        level: as `logging` numbers them.
        part: which process.
    """

    at_s: float
    mono_s: float
    level: int
    part: str
    text: str


class LogBoard(logging.Handler):
    """Puts what a process logs on its board; what an earlier process of this name had said stays."""

    def __init__(self, part: str, board: Board) -> None:
        super().__init__(logging.INFO)
        self._part, self._board = part, board
        self._sizes: deque[int] = deque()
        self._lines: deque[dict[str, Any]] = deque()
        for line in lines_on(board):
            self._add(line)

    def emit(self, record: logging.LogRecord) -> None:
        text = self.format(record)
        person = getattr(record, "person", None)
        if person:
            text = text.replace(str(person), "…")
        cut = text if len(text) <= _LONGEST else f"…{text[-_LONGEST:]}"
        now_s = time.monotonic()
        self._add(Line(record.created, now_s, record.levelno, self._part, cut))
        self._board.post({"lines": list(self._lines)}, now_s)

    def _add(self, line: Line) -> None:
        told = asdict(line)
        self._lines.append(told)
        self._sizes.append(len(json.dumps(told, ensure_ascii=False).encode()) + 1)
        while len(self._lines) > MOST or sum(self._sizes) > _MOST_BYTES:
            self._lines.popleft()
            self._sizes.popleft()


def lines_on(board: Board) -> list[Line]:
    """What stands on a log's board, oldest first."""
    return [Line(**told) for told in (board.read() or {}).get("lines", ())]


def keep_lines(part: str, board: Board) -> None:
    """From now on what this process logs stands there too, also the error that ends it."""
    logging.getLogger().addHandler(LogBoard(part, board))
    sys.excepthook = _log_the_end


def _log_the_end(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
    if isinstance(error, MenshenError):  # the sentence is enough
        logging.getLogger("menshen").critical("%s", error)
    else:
        logging.getLogger("menshen").critical("ended by an error", exc_info=(kind, error, where))
