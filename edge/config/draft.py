"""A gate's settings file being changed: one key after the other, everything else in it as its owner wrote it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import tomlkit

from contract.errors import SettingsError
from contract.settings_file import faults, text_of, values_of
from edge.config.tree import GateConfig, gate_of

Value = str | int | float | bool | list[Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """One key that says something else; None where it is not there."""

    key: str
    old: Value | None
    new: Value | None


class Draft:
    """What the file would say. Comments, order and line ends stay; nothing is written before `edge.config.history.keep`.

    Attributes:
        path: the file itself, links followed.
        former: its text when the draft was made.
    """

    def __init__(self, path: Path, former: str, text: str) -> None:
        self.path = path
        self.former = former
        self._where = str(path)
        self._before = values_of(former, where=self._where)
        self._values = values_of(text, where=self._where)
        self._document = tomlkit.parse(text)

    @classmethod
    def of(cls, path: Path) -> Self:
        """Of a file that can be read. Raises SettingsError."""
        text = text_of(path)
        return cls(path.resolve(), text, text)

    def replaced_by(self, text: str) -> Self:
        """A draft that makes the whole file say `text`. Raises SettingsError where that is no TOML."""
        return type(self)(self.path, self.former, text)

    @property
    def text(self) -> str:
        return tomlkit.dumps(self._document)

    def get(self, key: str) -> Any:
        """What stands at a dotted key: a value, or a table as a dict; None where nothing does."""
        return _at(self._values, key.split("."))

    def set(self, key: str, value: Value | Path | Mapping[str, Any]) -> None:
        """Make a dotted key say `value`, its table made where there is none. A mapping makes a table hold just that.

        Raises SettingsError where the file is written so that this key cannot be put into it.
        """
        if isinstance(value, Mapping):
            self._set_table(key, value)
            return
        plain = str(value) if isinstance(value, Path) else value
        if (now := self.get(key)) == plain and type(now) is type(plain):
            return
        *tables, last = key.split(".")
        self._edit(key, lambda tree: _made(tree, tables).__setitem__(last, plain))

    def unset(self, key: str) -> None:
        """Take a key or a whole table out, and tables that become empty by it; nothing where it is not there."""
        parts = key.split(".")
        if self.get(key) is None:
            return
        while len(parts) > 1 and len(_at(self._values, parts[:-1])) == 1:
            parts.pop()
        self._edit(key, lambda tree: _at(tree, parts[:-1]).pop(parts[-1]))

    def differences(self) -> list[Difference]:
        """What changes against the file, in the order of their keys."""
        old, new = dict(_leaves(self._before)), dict(_leaves(self._values))
        changed = (key for key in sorted(old.keys() | new.keys()) if not _same(old.get(key), new.get(key)))
        return [Difference(key, old.get(key), new.get(key)) for key in changed]

    def faults(self) -> list[SettingsError]:
        """Everything that is wrong, in the words of `load_gate`; empty where the gate would take it."""
        found = faults(self._values, GateConfig, where=self._where)
        if found:
            return found
        try:
            self.checked()
        except SettingsError as wrong:  # the calibration is none of these cameras
            return [wrong]
        return []

    def checked(self) -> GateConfig:
        """What the gate would be told, by the same road as when it starts. Raises SettingsError."""
        return gate_of(self.text, self.path)

    def _set_table(self, key: str, table: Mapping[str, Any]) -> None:
        now = self.get(key)
        for name, value in table.items():
            self.set(f"{key}.{name}", value)
        for gone in set(now if isinstance(now, dict) else ()) - table.keys():
            self.unset(f"{key}.{gone}")

    def _edit(self, key: str, change: Callable[[Any], object]) -> None:
        """Change text and values alike. A file can be written in ways that its editor does not foresee: then both stay."""
        kept = self.text
        try:
            change(self._document)
            change(self._values)
            agreed = values_of(self.text, where=self._where) == self._values
        except (KeyError, TypeError, AttributeError, ValueError, SettingsError) as refused:
            raise self._stays(kept, key) from refused
        if not agreed:
            raise self._stays(kept, key)

    def _stays(self, kept: str, key: str) -> SettingsError:
        self._document, self._values = tomlkit.parse(kept), values_of(kept, where=self._where)
        return SettingsError(
            f"key `{key}` cannot be changed in this file as it is written",
            where=self._where,
            remedy="Change it there with an editor.",
            key=key,
        )


def _at(tree: Any, parts: list[str]) -> Any:
    for part in parts:
        if not isinstance(tree, Mapping) or part not in tree:
            return None
        tree = tree[part]
    return tree


def _made(tree: MutableMapping[str, Any], tables: list[str]) -> MutableMapping[str, Any]:
    """The innermost of these tables, those that are missing made."""
    for name in tables:
        if name not in tree:
            tree[name] = tomlkit.table() if isinstance(tree, tomlkit.container.Container | tomlkit.items.Table) else {}
        tree = tree[name]
    return tree


def _leaves(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value


def _same(one: Value | None, other: Value | None) -> bool:
    return one == other and type(one) is type(other)
