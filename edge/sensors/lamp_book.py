"""Hours and starts of a lamp in a small file, which outlives the process and the power.

A thread of its own writes: the sensors wait for no disk. What a crash can cost is named beside `edge.sensors.lamp_run.SAVE_S`.
"""

from __future__ import annotations

import json
import logging
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from edge.config.durable import replace
from edge.policy.lamp import Lamp

log = logging.getLogger("menshen.sensors")

CLOSE_S: Final = 2.0
NEW: Final = Lamp()


@dataclass(frozen=True, slots=True)
class Page:
    """`put_in`: when somebody said that this lamp is new, ISO 8601; empty where nobody has."""

    lamp: Lamp = NEW
    put_in: str = ""


def read_page(file: Path) -> Page:
    """What stands there; a lamp of no hours where there is no file, or none that can be read (told in the log)."""
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        return Page(Lamp(**told["lamp"]), str(told["put_in"]))
    except FileNotFoundError:
        return Page()
    except (OSError, ValueError, TypeError, KeyError) as broken:
        log.error("the lamp's hours cannot be read (%s): they are counted from 0. Look at %s", broken, file)  # noqa: TRY400
        return Page()


class LampBook:
    """`keep` returns at once; only the newest page counts."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.page = read_page(file)
        self._changed, self._ended = threading.Event(), threading.Event()
        self._failed = False
        self._thread = threading.Thread(target=self._run, name="lamp book", daemon=True)
        self._thread.start()

    def keep(self, page: Page) -> None:
        self.page = page
        self._changed.set()

    def close(self) -> None:
        """Write what is newest; waits at most CLOSE_S for a disk that hangs."""
        self._ended.set()
        self._changed.set()
        self._thread.join(CLOSE_S)

    def _run(self) -> None:
        ended = False
        while not ended:
            self._changed.wait()
            self._changed.clear()
            ended = self._ended.is_set()  # before the last page is written, never after
            self._write(self.page)

    def _write(self, page: Page) -> None:
        body = json.dumps({"lamp": asdict(page.lamp), "put_in": page.put_in}, indent=2) + "\n"
        try:
            replace(self._file, body.encode(), like=self._file.parent, mode=0o600)
        except OSError as refused:
            if not self._failed:
                log.error("the lamp's hours cannot be kept (%s): give the folder of uplink.database to this user", refused)  # noqa: TRY400
            self._failed = True
        else:
            self._failed = False
