"""Every setting of a gate as a form, made from the models: tables, their kinds, and what each value may be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Final, cast

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core.core_schema import WithDefaultSchema

from edge.config.tree import GateConfig

LEFT_OUT: Final = frozenset({"registration.calibrated"})
"""What `menshen-edge calibrate` writes is nothing to be typed."""


class Kind(StrEnum):
    """How a value is typed."""

    TEXT = "text"
    NUMBER = "number"
    WHOLE = "whole"
    SWITCH = "switch"
    CHOICE = "choice"
    LINES = "lines"
    """One text a line."""
    JSON = "json"
    """Numbers in brackets, such as corners of a polygon."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One key.

    Attributes:
        key: with dots, as in the file.
        choices: what a CHOICE is chosen from.
        least, most: limits, themselves allowed; `above`, `below`: limits that are not.
        default: what holds where the key is left out; None where then nothing does, or where it `must` be given.
    """

    key: str
    kind: Kind
    choices: tuple[str | int, ...] = ()
    least: float | None = None
    most: float | None = None
    above: float | None = None
    below: float | None = None
    default: Any = None
    must: bool = False


@dataclass(frozen=True, slots=True)
class Variant:
    """A table of one kind, such as a barrier of kind "pulse". `name` is empty where a table has one kind only."""

    name: str
    says: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the file.

    Attributes:
        path: with dots; empty for what stands at the top.
        chooser: the key, without the path, that says which kind it is; empty where there is one kind.
        default: the kind that holds where the table is left out; None where that must be said, or where there is one kind.
        may_lack: whether leaving the table out means something of its own (no reference body), not just every default.
    """

    path: str
    chooser: str
    default: str | None
    may_lack: bool
    variants: tuple[Variant, ...]


class _WithEveryDefault(GenerateJsonSchema):
    """Tells defaults that are made anew each time, such as lists, too."""

    def get_default_value(self, schema: WithDefaultSchema) -> Any:
        made = schema.get("default_factory")
        return super().get_default_value(schema) if made is None else cast("Callable[[], Any]", made)()


@cache
def form() -> tuple[Table, ...]:
    """All tables of a gate, in the order in which the reference tells them."""
    schema = GateConfig.model_json_schema(schema_generator=_WithEveryDefault)
    return tuple(_tables(schema, schema["$defs"], "", {}))


@cache
def entries() -> dict[str, list[Entry]]:
    """What a key may be, by its dotted name; more than one where kinds of a table differ."""
    found: dict[str, list[Entry]] = {}
    for table in form():
        for variant in table.variants:
            for entry in variant.entries:
                found.setdefault(entry.key, []).append(entry)
    return found


def _tables(model: dict[str, Any], defs: dict[str, Any], path: str, told: dict[str, Any]) -> Iterator[Table]:
    """`told`: how the field of this table is told in the table above."""
    kinds = [_resolved(one, defs) for one in _options(model)]
    chooser = model.get("discriminator", {}).get("propertyName", "")
    variants = tuple(_variant(kind, defs, path, chooser) for kind in kinds)
    default = told.get("default")
    usual = default.get(chooser) if chooser and isinstance(default, dict) else None
    yield Table(path, chooser, usual, may_lack="default" in told and default is None, variants=variants)
    for kind in kinds:
        for name, field in kind.get("properties", {}).items():
            inner, where = _table_in(field, defs), f"{path}.{name}" if path else name
            if inner is not None and where not in LEFT_OUT:
                yield from _tables(inner, defs, where, field)


def _variant(kind: dict[str, Any], defs: dict[str, Any], path: str, chooser: str) -> Variant:
    fields = kind.get("properties", {})
    needed = kind.get("required", ())
    name = fields[chooser]["const"] if chooser else ""
    own = (
        _entry(f"{path}.{key}" if path else key, field, must=key in needed)
        for key, field in fields.items()
        if key != chooser and _table_in(field, defs) is None and not _is_of_tables(field, defs)
    )
    return Variant(name, kind.get("description", ""), tuple(own))


def _entry(key: str, field: dict[str, Any], *, must: bool) -> Entry:
    what = next((one for one in field.get("anyOf", [field]) if one.get("type") != "null"), field)
    choices = tuple(what.get("enum", [what["const"]] if "const" in what else []))
    return Entry(
        key,
        _kind(what, choices),
        choices,
        what.get("minimum"),
        what.get("maximum"),
        what.get("exclusiveMinimum"),
        what.get("exclusiveMaximum"),
        field.get("default"),
        must,
    )


def _kind(what: dict[str, Any], choices: tuple[Any, ...]) -> Kind:
    if choices:
        return Kind.CHOICE
    match what["type"]:
        case "number":
            return Kind.NUMBER
        case "integer":
            return Kind.WHOLE
        case "boolean":
            return Kind.SWITCH
        case "array":
            return Kind.LINES if what["items"].get("type") == "string" else Kind.JSON
        case _:
            return Kind.TEXT


def _table_in(field: dict[str, Any], defs: dict[str, Any]) -> dict[str, Any] | None:
    """The schema of the table that this field is; None where it is a value."""
    if "discriminator" in field:
        return field
    for one in (field, *field.get("anyOf", ())):
        resolved = _resolved(one, defs)
        if resolved.get("type") == "object" or "discriminator" in resolved:
            return resolved
    return None


def _is_of_tables(field: dict[str, Any], defs: dict[str, Any]) -> bool:
    """Whether it is a list of tables, such as one of devices. They are written into the file: a form has no rows to add."""
    return _resolved(field.get("items", {}), defs).get("type") == "object"


def _options(model: dict[str, Any]) -> list[dict[str, Any]]:
    return list(model["oneOf"]) if "discriminator" in model else [model]


def _resolved(told: dict[str, Any], defs: dict[str, Any]) -> dict[str, Any]:
    """A reference followed."""
    where = told.get("$ref")
    return told if where is None else dict(defs[where.rpartition("/")[2]])
