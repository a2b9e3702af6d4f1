"""The calibration that runs beside the gate, as the technician's page sees it."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from contract.errors import MenshenError

SECONDS: Final = 180.0
_LINES: Final = 6


@dataclass(slots=True)
class Run:
    """One try."""

    file: Path
    process: subprocess.Popen[str]
    said: deque[str] = field(default_factory=lambda: deque(maxlen=_LINES))
    outcome: dict[str, Any] | None = None
    """{"done": {...}} or {"refused": {...}} once it has ended."""


class Calibration:
    """At most one at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._run: Run | None = None

    def start(self, file: Path, seconds: float = SECONDS) -> None:
        """Begin one that writes `file` if all goes well. Raises MenshenError where one is at work."""
        if self._run is not None and self._run.outcome is None:
            raise MenshenError("a calibration is at work", remedy="Wait until it has ended, or stop it.")
        command = [sys.executable, "-m", "edge.app.set_up.calibrating", str(self._folder), str(file), str(seconds)]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)  # noqa: S603 ours
        self._run = Run(file, process)
        threading.Thread(target=_follow, args=(self._run,), name="calibration", daemon=True).start()

    def stop(self) -> None:
        """End it; nothing was changed."""
        if self._run is not None and self._run.outcome is None:
            self._run.process.terminate()

    @property
    def state(self) -> dict[str, Any] | None:
        """For the page; None before the first."""
        run = self._run
        return None if run is None else {"said": list(run.said), "outcome": run.outcome}

    @property
    def made(self) -> Path | None:
        """The file that the last one wrote; None where it wrote none."""
        run = self._run
        return run.file if run is not None and run.outcome is not None and "done" in run.outcome else None


def _follow(run: Run) -> None:
    """Until its last line."""
    ended: dict[str, Any] | None = None
    with run.process as process:
        for line in process.stdout or ():
            told = json.loads(line)
            if "say" in told:
                run.said.append(told["say"])
            else:
                ended = told
    run.outcome = ended or {"refused": {"what": "it was stopped", "remedy": None}}
