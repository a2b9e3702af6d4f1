"""One of the demo's programs: started with its own log, ended with the demo, whatever happens."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from shutil import which
from types import TracebackType
from typing import Final, Self

STOP_S: Final = 12.0


class Child:
    """Runs on entering, is stopped on leaving.

    Attributes:
        name: for people.
        log: everything it says.
    """

    def __init__(self, name: str, command: Sequence[str], log: Path) -> None:
        self.name = name
        self.log = log
        # It ends with us even when we are killed (util-linux; without it an orphan would have to be found by hand).
        setpriv = which("setpriv")
        self._command = [setpriv, "--pdeathsig", "TERM", *command] if setpriv else list(command)
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._process is None or self._process.poll() is not None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    @property
    def ended(self) -> int | None:
        """Its exit code once it has ended."""
        return self._process.poll() if self._process else None

    def last_words(self, lines: int = 12) -> str:
        """The end of its log."""
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])


def console_command(name: str) -> str:
    """The path of a command of this virtual environment."""
    return str(Path(sys.executable).with_name(name))
