"""A form as it was filled in: texts become values of a draft. Secrets in it are neither shown nor moved."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any, Final

from contract.errors import SettingsError
from edge.config.draft import Draft
from edge.config.form import Entry, Kind, Table, entries, form

CAREFUL: Final = (
    *("gate", "barrier", "inputs", "room", "technician", "set_up", "qr.keys"),
    *("uplink.database", "uplink.broker", "uplink.command_keys"),
    *("admission.staff_only", "admission.key_area", "admission.allow_list", "hands.mode"),
    *("screening.mask", "screening.temperature", "screening.limit_c", "screening.guard_band_c"),
)
"""Of which a wrong value lets people pass, moves the arm, lights the lamp of a room, sends events and password elsewhere, or
locks the technician out."""

_HIDDEN: Final = "•••"
_SECRET: Final = re.compile(r"(?<=://)[^/@\s]+(?=@)")
_TRUTHS: Final = {"true": True, "false": False}


def careful(key: str) -> bool:
    """Whether a change of this key is to be confirmed by itself."""
    return any(key == one or key.startswith(f"{one}.") for one in CAREFUL)


def shown(value: Any) -> Any:
    """A value or text as the page may have it: user and password in an address are hidden."""
    match value:
        case str():
            return _SECRET.sub(_HIDDEN, value)
        case list():
            return [shown(one) for one in value]
        case _:
            return value


def fill(draft: Draft, changes: Mapping[str, str | None]) -> list[SettingsError]:
    """Put typed texts into a draft; None takes a key, or a whole table, out. Returns what is wrong, each with its key."""
    wrong = []
    for key, text in changes.items():
        try:
            _fill(draft, key, text)
        except SettingsError as one:
            wrong.append(one)
    return wrong


def _fill(draft: Draft, key: str, text: str | None) -> None:
    table = next((one for one in form() if key in {one.path, _chooser(one)}), None)
    if text is None:
        if table is not None and key == _chooser(table):
            key = table.path
        draft.unset(key)
    elif table is not None and key == _chooser(table):
        _choose(draft, table, text)
    elif key in entries():
        draft.set(key, _value(draft, entries()[key][0], text))
    else:
        raise SettingsError(f"unknown key `{key}`", key=key)


def _chooser(table: Table) -> str:
    return f"{table.path}.{table.chooser}" if table.chooser else ""


def _choose(draft: Draft, table: Table, kind: str) -> None:
    """Make a table another kind; keys that this kind does not have go."""
    variant = next((one for one in table.variants if one.name == kind), None)
    if variant is None:
        raise SettingsError(f"`{kind}`: there is no such kind", key=_chooser(table))
    kept = {entry.key.rpartition(".")[2] for entry in variant.entries}
    now = draft.get(table.path) or {}
    draft.set(table.path, {table.chooser: kind} | {name: value for name, value in now.items() if name in kept})


def _value(draft: Draft, entry: Entry, text: str) -> Any:
    typed = text.strip()
    match entry.kind:
        case Kind.NUMBER:
            return _number(entry.key, typed)
        case Kind.WHOLE:
            return _whole(entry.key, typed)
        case Kind.SWITCH:
            return _truth(entry.key, typed)
        case Kind.CHOICE:
            return next((one for one in entry.choices if str(one) == typed), int(typed) if typed.isdecimal() else typed)
        case Kind.LINES:
            return [line.strip() for line in typed.splitlines() if line.strip()]
        case Kind.JSON:
            return _brackets(entry.key, typed)
        case Kind.TEXT:
            return _text(draft, entry.key, typed)


def _text(draft: Draft, key: str, typed: str) -> str:
    if _HIDDEN not in typed:
        return typed
    now = draft.get(key)
    if isinstance(now, str) and shown(now) == typed:
        return now
    raise SettingsError("the hidden password goes nowhere else: write the whole address anew", key=key)


def _number(key: str, typed: str) -> float:
    try:
        value = float(typed.replace(",", "."))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise SettingsError(f"`{typed}` is no number", key=key, remedy="Write it as 37.3.")
    return value


def _whole(key: str, typed: str) -> int:
    try:
        return int(typed)
    except ValueError as wrong:
        raise SettingsError(f"`{typed}` is no whole number", key=key) from wrong


def _truth(key: str, typed: str) -> bool:
    if typed not in _TRUTHS:
        raise SettingsError(f"`{typed}` is neither true nor false", key=key)
    return _TRUTHS[typed]


def _brackets(key: str, typed: str) -> Any:
    try:
        value = json.loads(typed, parse_constant=lambda _: None)
    except ValueError:
        value = None
    if not isinstance(value, list):
        raise SettingsError("numbers in brackets are expected", key=key, remedy="Write them as [[0.1, 0.0], [0.9, 1.0]].")
    return value
