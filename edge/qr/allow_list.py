"""Who may enter a key area, by what they show: a file beside the settings, read again when it changes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Final, Self

from pydantic import Field

from contract.errors import SettingsError
from contract.settings_file import Settings, check
from contract.tokens import Token, TokenKind, class_of

MOST: Final = 100_000
Holder = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:-]{0,31}$")]
Class = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,30}$")]


class Listed(Settings):
    """What the file says: numbers of badges and of passes, and classes, of which every badge and pass is good."""

    badges: Annotated[list[Holder], Field(max_length=MOST)] = Field(default_factory=list)
    passes: Annotated[list[Holder], Field(max_length=MOST)] = Field(default_factory=list)
    classes: Annotated[list[Class], Field(max_length=MOST)] = Field(default_factory=list)


def read_list(path: Path) -> Listed:
    """Raises SettingsError naming file, key and value."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as missing:
        raise SettingsError("there is no such list", where=str(path), remedy="Correct admission.allow_list.") from missing
    except OSError as unreadable:
        raise SettingsError(f"the list cannot be read ({unreadable})", where=str(path)) from unreadable
    except ValueError as broken:
        raise SettingsError(f"not valid JSON: {broken}", where=str(path), remedy="Correct it.") from broken
    if not isinstance(values, dict):
        raise SettingsError('not a list of this kind: write it as {"badges": ["s-17"]}', where=str(path), remedy="Correct it.")
    return check(values, Listed, where=str(path))


class AllowList:
    """Call `look` often. A list that cannot be read names nobody."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: tuple[int, ...] | None = None
        self._allowed: dict[TokenKind, frozenset[str]] = {}
        self._classes: frozenset[str] = frozenset()
        self.trouble = ""
        """Why nobody is named, in words; empty where the list was read."""

    @classmethod
    def of(cls, path: Path) -> Self:
        """The list as it stands now."""
        made = cls(path)
        made.look()
        return made

    def look(self) -> bool:
        """Read the file if it has changed; whether it has."""
        stamp = _stamp(self._path)
        if stamp == self._stamp:
            return False
        self._stamp = stamp
        try:
            listed, self.trouble = read_list(self._path), ""
        except SettingsError as wrong:
            listed, self.trouble = Listed(), str(wrong)
        self._allowed = {TokenKind.BADGE: frozenset(listed.badges), TokenKind.PASS: frozenset(listed.passes)}
        self._classes = frozenset(listed.classes)
        return True

    def names(self, token: Token) -> bool:
        """Whether whoever shows this may enter, as far as the list goes."""
        return token.holder in self._allowed[token.kind] or class_of(token.holder) in self._classes


def _stamp(path: Path) -> tuple[int, ...]:
    """Changes with the file; empty where there is none."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_ino, found.st_size, found.st_mtime_ns
