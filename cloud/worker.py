"""A worker of the cloud: makes its round again and again, and says why it cannot."""

from __future__ import annotations

import logging
import threading
from abc import ABC, abstractmethod
from typing import ClassVar

from sqlalchemy.exc import SQLAlchemyError

log = logging.getLogger(__name__)


class Worker(ABC):
    """Runs until `stop`, in a thread of its own. A round that fails is told once, and made again later.

    Attributes:
        trouble: why the round cannot be made; empty while it can.
        CANNOT: what does not happen then, for the log.
        EVERY_S, TROUBLED_S: between two rounds, and after one that failed.
        AT_ONCE: whether the first round is made at the start, without waiting.
    """

    CANNOT: ClassVar[str]
    EVERY_S: ClassVar[float] = 1.0
    TROUBLED_S: ClassVar[float] = 10.0
    AT_ONCE: ClassVar[bool] = False

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self.trouble = ""

    def stop(self) -> None:
        self._stopping.set()

    def run(self) -> None:
        pause_s = 0.0 if self.AT_ONCE else self.EVERY_S
        while not self._stopping.wait(pause_s):
            try:
                self.round()
            except (SQLAlchemyError, OSError) as away:
                self._note_trouble(str(away))
                pause_s = self.TROUBLED_S
            except Exception as unforeseen:
                # The supervisor of this thread: what was left undone is done when it works again.
                log.exception("%s", self.CANNOT)
                self._note_trouble(str(unforeseen))
                pause_s = self.TROUBLED_S
            else:
                self.trouble, pause_s = "", self.EVERY_S

    @abstractmethod
    def round(self) -> object:
        """Do what is due by now. Raises SQLAlchemyError or OSError where something is away."""

    def _note_trouble(self, reason: str) -> None:
        if reason != self.trouble:
            log.error("%s: %s", self.CANNOT, reason)
        self.trouble = reason
