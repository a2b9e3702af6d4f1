"""Keeping a changed settings file, and taking it back: what it said before lies beside it, byte for byte.

The folder `gate.toml.history` holds one file for each text that was replaced. Its name says which change it was, when, why and
who replaced it: `000007_20261122T160304Z_changed_technician.toml`. A text is written there before it is replaced, so that no
power failure loses one; the newest that differs from the settings is what `undo` brings back.
"""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from contract.errors import SettingsError
from contract.settings_file import text_of
from edge.config.draft import Draft
from edge.config.durable import owned_as, replace, sync_folder

MOST: Final = 20
"""So many former texts are kept; the oldest goes first."""
_TRIAL: Final = "works.toml"
_WHEN: Final = "%Y%m%dT%H%M%SZ"
_NAME: Final = re.compile(r"(\d{6,})_(\d{8}T\d{6}Z)_(changed|undone)_([\w.-]{1,40})\.toml")


class Why(StrEnum):
    """Why a text stands in the settings file no more."""

    CHANGED = "changed"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Former:
    """One text that the settings file had.

    Attributes:
        number: counts the texts that were replaced, from 1.
        replaced_at: when another took its place, UTC as the gate believed it.
        by: who did that.
    """

    number: int
    replaced_at: datetime
    why: Why
    by: str
    file: Path

    @property
    def text(self) -> str:
        """Raises SettingsError where it cannot be read."""
        return text_of(self.file)


def formers(path: Path) -> list[Former]:
    """The texts that a settings file had, newest first."""
    folder = _folder(path.resolve())
    found = [_former(file) for file in folder.iterdir()] if folder.is_dir() else []
    return sorted((one for one in found if one is not None), key=lambda one: -one.number)


def keep(draft: Draft, by: str, now: datetime) -> None:
    """Make the file say what the draft says, as one step that `undo` takes back.

    Raises SettingsError where the gate would refuse it, where the file was changed since the draft was made, or where this
    user may not write there. Nothing is done where nothing differs.
    """
    draft.checked()
    with _alone(draft.path):
        now_there = text_of(draft.path)
        if now_there != draft.former:
            raise SettingsError(
                "the settings file was changed by somebody else meanwhile",
                where=str(draft.path),
                remedy="Look at it again, then change it.",
            )
        if draft.text != now_there:
            _put_by(draft.path, now_there, Why.CHANGED, by, now)
            _write(draft.path, draft.path, draft.text)


def undo(path: Path, by: str, now: datetime) -> Former:
    """Bring back what the file said before it was changed last; once more: before that. What is undone is kept too.

    Raises SettingsError where there is nothing to undo, or where this user may not write there.
    """
    path = path.resolve()
    with _alone(path):
        now_there = text_of(path)
        former = next((one for one in formers(path) if one.why is Why.CHANGED and one.text != now_there), None)
        if former is None:
            raise SettingsError("nothing was changed here that could be undone", where=str(path))
        _go_back(path, former.text, by, now)
    return former


def bring_back(path: Path, text: str, by: str, now: datetime) -> None:
    """Make the file say again what it said, whatever was done to it since; that is kept as undone. Raises SettingsError."""
    path = path.resolve()
    with _alone(path):
        if text_of(path) != text:
            _go_back(path, text, by, now)


def _go_back(path: Path, text: str, by: str, now: datetime) -> None:
    """The steps since the file said `text` are undone with it."""
    steps = [one for one in formers(path) if one.why is Why.CHANGED]
    to = next((number for number, one in enumerate(steps) if one.text == text), -1)
    _put_by(path, text_of(path), Why.UNDONE, by, now)
    _write(path, path, text)
    for done in steps[: to + 1]:
        done.file.unlink(missing_ok=True)
    sync_folder(_folder(path))


def begin_trial(path: Path, works: str) -> None:
    """Note, for a start after a power failure, what the gate worked with before what the file says now. Raises SettingsError."""
    path = path.resolve()
    with _alone(path):
        _write(_folder(path) / _TRIAL, path, works)


def on_trial(path: Path) -> str | None:
    """What the gate worked with before settings that it has not come up with yet; None where there are no such ones."""
    noted = _folder(path.resolve()) / _TRIAL
    return text_of(noted) if noted.is_file() else None


def end_trial(path: Path) -> None:
    """It is known now."""
    folder = _folder(path.resolve())
    (folder / _TRIAL).unlink(missing_ok=True)
    sync_folder(folder)


def _put_by(path: Path, text: str, why: Why, by: str, now: datetime) -> None:
    """Lay a text beside the file before another takes its place; those that are too old go."""
    kept = formers(path)
    number = max((one.number for one in kept), default=0) + 1
    name = f"{number:06d}_{now.astimezone(UTC):{_WHEN}}_{why}_{re.sub(r'[^A-Za-z0-9.-]', '-', by)[:40] or 'unknown'}.toml"
    _write(_folder(path) / name, path, text)
    for old in kept[MOST - 1 :]:
        old.file.unlink()


def _former(file: Path) -> Former | None:
    told = _NAME.fullmatch(file.name)
    if told is None:
        return None
    at = datetime.strptime(told[2], _WHEN).replace(tzinfo=UTC)
    return Former(int(told[1]), at, Why(told[3]), told[4], file)


def _folder(path: Path) -> Path:
    return path.with_name(f"{path.name}.history")


def _write(file: Path, like: Path, text: str) -> None:
    try:
        replace(file, text.encode("utf-8"), like)
    except OSError as refused:
        raise _may_not(like, refused) from refused


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One changer at a time. Raises SettingsError where this user may not change the file."""
    folder = _folder(path)
    try:
        if not os.access(path, os.W_OK):
            raise PermissionError(1, "this user may not write it")
        if not folder.is_dir():
            folder.mkdir(mode=0o700)
            owned_as(folder, path.stat())
        lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as refused:
        raise _may_not(path, refused) from refused
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _may_not(path: Path, refused: OSError) -> SettingsError:
    return SettingsError(
        f"the settings cannot be written ({refused.strerror})",
        where=str(path),
        remedy="Let the user who runs the gate write this file and its folder.",
    )
