"""The one base of every error a person may read: what happened, where, and what to do now."""

from __future__ import annotations


class MenshenError(Exception):
    """Something a person has to know about.

    Attributes:
        what: what happened, one sentence without a full stop.
        where: the file, key, address or device it happened at; None where there is no such place.
        remedy: what to do now; None where nothing can be done.
    """

    def __init__(self, what: str, *, where: str | None = None, remedy: str | None = None) -> None:
        super().__init__(what, where, remedy)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        then = f". {self.remedy}" if self.remedy else ""
        return f"{place}{self.what}{then}"


class SettingsError(MenshenError):
    """A settings file could not be read, or says something that cannot be.

    Attributes:
        key: the key or table it is about, with dots; None where it is about several, or about the file.
    """

    def __init__(self, what: str, *, where: str | None = None, remedy: str | None = None, key: str | None = None) -> None:
        super().__init__(what, where=where, remedy=remedy)
        self.key = key


class MessageError(MenshenError):
    """A message does not follow the contract."""
