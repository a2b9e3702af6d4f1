"""Running a command that must refuse, and reading what it says."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from demo.broker import REPOSITORY
from demo.child import console_command

WITHIN_S = 60.0


@dataclass(frozen=True)
class Said:
    """How a command ended and what it told."""

    code: int
    text: str

    def refuses(self, *words: str, remedy: str) -> None:
        """Exit code 2, no traceback, all of `words`, and what to do."""
        assert self.code == 2, self.text
        assert "Traceback" not in self.text, self.text
        for word in words:
            assert word in self.text, self.text
        _, found, rest = self.text.lower().partition("do:")
        assert found, self.text
        assert remedy.lower() in rest, self.text


def edge(verb: str, settings: Path, *options: str) -> Said:
    """`menshen-edge`."""
    return ran([console_command("menshen-edge"), verb, str(settings), *options])


def cloud(verb: str, settings: Path, *options: str) -> Said:
    """`menshen-cloud`."""
    return ran([console_command("menshen-cloud"), verb, str(settings), *options])


def ran(command: list[str], folder: Path = REPOSITORY) -> Said:
    """Any command, to its end."""
    environment = os.environ | {"COLUMNS": "200", "NO_COLOR": "1"}
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=WITHIN_S,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return Said(done.returncode, done.stdout + done.stderr)
