"""One of the product's commands as a real process with a log of its own; it can be killed and started again."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

from demo.broker import REPOSITORY

STOP_S = 20.0


class Program:
    """Ends with the test run, also when that is killed (where util-linux is there).

    Attributes:
        log: all it has said, over every start.
        environment: besides this process's own.
    """

    def __init__(self, command: Sequence[str], log: Path) -> None:
        setpriv = shutil.which("setpriv")
        self._command = [setpriv, "--pdeathsig", "TERM", *command] if setpriv else list(command)
        self._process: subprocess.Popen[bytes] | None = None
        self.log = log
        self.environment: dict[str, str] = {}

    def start(self) -> None:
        assert not self.running
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                cwd=REPOSITORY,
                env=os.environ | self.environment,
            )

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        """Of the process that was started."""
        assert self._process is not None
        return self._process.pid

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""

    def kill(self) -> None:
        """No warning (SIGKILL). What it had started is on its own."""
        self._send(signal.SIGKILL)

    def stop(self) -> int | None:
        """Ask it to end, as a service manager does. Its exit code; None where it was not running."""
        return self._send(signal.SIGTERM) if self.running else None

    def _send(self, how: signal.Signals) -> int:
        assert self._process is not None
        self._process.send_signal(how)
        try:
            return self._process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise AssertionError(f"did not end within {STOP_S:g} s of {how.name}:\n{self.said[-2000:]}") from None
