"""A worker whose round fails goes on, and says so once."""

import logging
import threading

import pytest

from cloud.worker import Worker


class _Counting(Worker):
    CANNOT = "nothing can be counted"
    EVERY_S = 0.01
    TROUBLED_S = 0.01
    AT_ONCE = True

    def __init__(self, failures: list[Exception]) -> None:
        super().__init__()
        self.failures = failures
        self.told: list[str] = []

    def round(self) -> None:
        self.told.append(self.trouble)
        if self.failures:
            raise self.failures.pop(0)
        if len(self.told) > 4:
            self.stop()


def _made(worker: Worker) -> None:
    thread = threading.Thread(target=worker.run)
    thread.start()
    thread.join(10)
    assert not thread.is_alive()


def test_a_round_that_fails_is_made_again_and_told_until_it_works(caplog: pytest.LogCaptureFixture) -> None:
    away = [OSError("the disk is away"), OSError("the disk is away"), ValueError("never thought of")]
    worker = _Counting(list(away))
    with caplog.at_level(logging.ERROR):
        _made(worker)
    assert worker.told == ["", "the disk is away", "the disk is away", "never thought of", ""]
    assert worker.trouble == ""
    said = [one.message for one in caplog.records if one.exc_info is None]
    assert said == ["nothing can be counted: the disk is away", "nothing can be counted: never thought of"]


def test_a_worker_that_was_stopped_makes_no_round() -> None:
    worker = _Counting([])
    worker.stop()
    _made(worker)
    assert worker.told == []
