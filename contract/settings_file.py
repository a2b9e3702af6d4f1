"""Reading a TOML settings file into a frozen pydantic model: one way for the gate and for the cloud.

Every refusal names the file, the key, the value and what to do, and the nearest right key where one was misspelt.
"""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from contract.errors import SettingsError


class Settings(BaseModel):
    """A table of a settings file: frozen, no unknown keys, no text where a number belongs."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


S = TypeVar("S", bound=Settings)


def load(path: Path, tree: type[S]) -> S:
    """Read `path` as `tree`. Raises SettingsError naming file, key, value and remedy."""
    return check(parse(path), tree, where=str(path))


def parse(path: Path) -> dict[str, Any]:
    """The values that stand in a TOML file, whatever they mean. Raises SettingsError."""
    return values_of(text_of(path), where=str(path))


def text_of(path: Path) -> str:
    """What stands in a settings file, its line ends as they are. Raises SettingsError."""
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError as missing:
        raise SettingsError("there is no such settings file", where=str(path), remedy="Check the path.") from missing
    except (OSError, UnicodeDecodeError) as unreadable:
        raise SettingsError(f"the settings file cannot be read ({unreadable})", where=str(path)) from unreadable


def values_of(text: str, *, where: str) -> dict[str, Any]:
    """The values in the text of a settings file. Raises SettingsError."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as broken:
        raise SettingsError(f"not valid TOML: {broken}", where=where, remedy="Correct that line.") from broken


def check(values: dict[str, Any], tree: type[S], *, where: str) -> S:
    """Build the settings from already parsed values. Raises SettingsError: the first of `faults`."""
    try:
        return tree.model_validate(values)
    except ValidationError as wrong:
        raise _refusals(wrong, values, tree, where)[0] from wrong


def faults(values: dict[str, Any], tree: type[BaseModel], *, where: str) -> list[SettingsError]:
    """All that is wrong with already parsed values, unknown keys first; rules between tables come once tables are right."""
    try:
        tree.model_validate(values)
    except ValidationError as wrong:
        return _refusals(wrong, values, tree, where)
    return []


def _refusals(wrong: ValidationError, values: dict[str, Any], tree: type[BaseModel], where: str) -> list[SettingsError]:
    found = sorted(wrong.errors(include_url=False), key=lambda fault: fault["type"] != "extra_forbidden")
    return [_refusal(fault, values, tree, where) for fault in found]


def _refusal(fault: ErrorDetails, values: dict[str, Any], tree: type[BaseModel], where: str) -> SettingsError:
    path = _written_path(fault["loc"], values)
    key = ".".join(path)
    if fault["type"] == "extra_forbidden":
        near = difflib.get_close_matches(path[-1], _keys_beside(tree, fault["loc"]), n=1, cutoff=0.5)
        remedy = f"Did you mean `{near[0]}`?" if near else f"Known keys here: {', '.join(_keys_beside(tree, fault['loc']))}."
        return SettingsError(f"unknown key `{key}`", where=where, remedy=remedy, key=key)
    if fault["type"] == "missing":
        return SettingsError(f"key `{key}` is missing", where=where, remedy="Add it.", key=key)
    message = fault["msg"].removeprefix("Value error, ")
    if not path:
        what, _, remedy = message.partition(". ")  # a rule between tables says in its second sentence what to do
        return SettingsError(what, where=where, remedy=remedy or None)
    return SettingsError(f"key `{key}` = {fault['input']!r}: {message}", where=where, remedy="Correct the value.", key=key)


def _written_path(loc: tuple[int | str, ...], values: Any) -> list[str]:
    """The path as it stands in the file: without the names that tagged unions put between."""
    path: list[str] = []
    for part in loc:
        inside = (isinstance(values, dict) and part in values) or (
            isinstance(values, list) and isinstance(part, int) and part < len(values)
        )
        if inside or part == loc[-1]:
            path.append(str(part))
        if inside:
            values = values[part]
    return path


def _keys_beside(tree: type[BaseModel], loc: tuple[int | str, ...]) -> list[str]:
    """Names allowed in the table that holds the last part of `loc`; unions are followed by every member that has the part."""
    level: list[type[BaseModel]] = [tree]
    for part in loc[:-1]:
        inner = [kind for model in level for kind in _models_of(model, part)]
        level = inner or level
    return sorted({name for model in level for name in model.model_fields})


def _models_of(model: type[BaseModel], part: int | str) -> list[type[BaseModel]]:
    field = model.model_fields.get(str(part))
    return _models_in(field.annotation) if field else []


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for inner in getattr(annotation, "__args__", ()) for model in _models_in(inner)]
