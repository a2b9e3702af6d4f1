"""The last lines of a process stand on a board: bounded, over restarts, with the error that ended it, without names of people."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import pytest

from edge.app.log_lines import MOST, LogBoard, keep_lines, lines_on
from edge.board import Board
from edge.errors import OutboxError


@pytest.fixture
def board(tmp_path: Path) -> Board:
    return Board.create(tmp_path / "log")


def logging_to(board: Board) -> logging.Logger:
    """A logger of its own, as in a fresh process."""
    logger = logging.Logger("menshen.test", logging.DEBUG)  # noqa: LOG001 the registry would keep the one before
    logger.addHandler(LogBoard("gate", board))
    return logger


@pytest.fixture
def log(board: Board) -> logging.Logger:
    return logging_to(board)


def test_a_line_stands_there_with_its_process_level_and_time(log: logging.Logger, board: Board) -> None:
    log.warning("the clock %s", "cannot be believed")
    log.debug("chatter")
    (line,) = lines_on(board)
    assert (line.part, line.level, line.text) == ("gate", logging.WARNING, "the clock cannot be believed")
    assert line.mono_s > 0


def test_only_the_last_lines_are_kept_and_they_fit_the_board(log: logging.Logger, board: Board) -> None:
    for number in range(MOST + 5):
        log.info("line %d", number)
    assert [line.text for line in lines_on(board)][:: MOST - 1] == ["line 5", f"line {MOST + 4}"]
    for _ in range(60):
        log.error("通" * 5000)
    kept = lines_on(board)
    assert 5 < len(kept) < 60
    assert len(kept[-1].text) < 2000


def test_what_was_said_before_a_restart_stays(log: logging.Logger, board: Board) -> None:
    log.info("before")
    logging_to(board).info("after")
    assert [line.text for line in lines_on(board)] == ["before", "after"]


def test_a_person_is_not_named(log: logging.Logger, board: Board) -> None:
    log.info("command %s by %s", "open_once", "wang.wei", extra={"person": "wang.wei"})
    assert [line.text for line in lines_on(board)] == ["command open_once by …"]


def test_the_error_that_ends_a_process_stands_there_too(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    root = logging.getLogger()
    before = list(root.handlers)
    try:
        keep_lines("kiosk", board)
        try:
            raise OSError("no room")  # noqa: TRY301 this is the error
        except OSError as error:
            sys.excepthook(OSError, error, error.__traceback__)
        sys.excepthook(OutboxError, OutboxError("no folder", where="/x", remedy="mkdir /x"), None)
    finally:
        for handler in set(root.handlers) - set(before):
            root.removeHandler(handler)
    line, refusal = lines_on(board)
    assert line.level == logging.CRITICAL
    assert line.text.endswith("OSError: no room")
    assert refusal.text == "/x: no folder. mkdir /x"
