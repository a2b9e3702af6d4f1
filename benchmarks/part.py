"""One process of a gate, started as its supervisor starts it: in the same session, where it competes with the loop."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Final, Self

STOP_S: Final = 12.0


class Part:
    """Runs on entering, is stopped on leaving."""

    def __init__(self, name: str, rundir: Path, log: Path) -> None:
        self.name = name
        self.log = log
        with log.open("wb") as out:
            command = [sys.executable, "-m", "edge.app.part", name, str(rundir)]
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out)

    @property
    def ended(self) -> int | None:
        """Its exit code once it has ended."""
        return self._process.poll()

    def last_words(self, lines: int = 12) -> str:
        """The end of its log."""
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._process.terminate()
        try:
            self._process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
