"""One change of the settings: shown first, then kept, and the running gate asked to take it. Undoing goes the same way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from contract.errors import SettingsError
from edge.app.rundir import RunDir
from edge.clock import Clock
from edge.config.draft import Draft
from edge.config.effect import ASKED, Ask
from edge.config.history import keep, undo

BY: Final = "technician"
Asked = dict[str, Any]
"""What the page sends."""


def set_keys(changes: Asked) -> Callable[[Draft], None]:
    """The edit that makes these dotted keys say these values."""

    def edit(draft: Draft) -> None:
        for key, value in changes.items():
            draft.set(key, value)

    return edit


class Changes:
    """Of the settings file of a running gate. Methods raise SettingsError."""

    def __init__(self, rundir: RunDir, clock: Clock) -> None:
        self._rundir, self._clock = rundir, clock

    @property
    def file(self) -> Path:
        """The settings file."""
        if (file := self._rundir.settings) is None:
            raise SettingsError("this gate was started without a settings file", where="settings")
        return file

    def make(self, edit: Callable[[Draft], None], *, apply: bool) -> dict[str, Any]:
        """What would change; with `apply` it does, and the gate is asked to start again with it.

        Returns the differences as they are shown, and the ask's name where there was one.
        """
        draft = Draft.of(self.file)
        edit(draft)
        draft.checked()
        told = [{"key": one.key, "old": one.old, "new": one.new} for one in draft.differences()]
        if not apply or not told:
            return {"differences": told, "ask": None}
        keep(draft, BY, self._clock.wall())
        return {"differences": told, "ask": self.ask()}

    def undo(self) -> dict[str, Any]:
        """Bring back what the file said before."""
        undo(self.file, BY, self._clock.wall())
        return {"differences": [], "ask": self.ask()}

    def ask(self) -> str:
        """Have the gate take the file as it stands. Returns the ask's name."""
        board = self._rundir.board(ASKED)
        ask = Ask.put(board, BY, self._clock.monotonic_s())
        board.close()
        return ask.name
