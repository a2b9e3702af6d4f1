"""A settings tree as a page for people: every table, key, kind, limits and default, straight from the models."""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import annotated_types
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined


def page(tree: type[BaseModel], title: str, command: str) -> str:
    """Markdown with one section a table. `command` is what prints it."""
    head = f"# {title}\n\nMade by `{command}`; a test compares it with the code. Unknown keys are refused.\n"
    return head + "".join(_sections(tree, "")) + "\n"


def _sections(model: type[BaseModel], path: str, *, many: bool = False) -> Iterator[str]:
    """`many`: the table may stand there more than once, each time in double brackets."""
    heading = f"[[{path}]]" if many else f"[{path}]"
    yield _section(model, f"## `{heading}`{'' if many else _variant(model)}" if path else "## At the top")
    for name, field in model.model_fields.items():
        inner = f"{path}.{name}" if path else name
        for table in _tables(field.annotation):
            yield from _sections(table, inner, many=typing.get_origin(field.annotation) is list)


def _section(model: type[BaseModel], heading: str) -> str:
    rows = [
        f"| `{name}` | {_kind(field)} | {_default(field)} |"
        for name, field in model.model_fields.items()
        if not list(_tables(field.annotation))
    ]
    said = inspect.cleandoc(model.__doc__ or "")
    table = "\n| key | value | default |\n| --- | --- | --- |\n" + "\n".join(rows) + "\n" if rows else ""
    return f"\n{heading}\n{said}\n{table}"


def _variant(table: type[BaseModel]) -> str:
    """Which of several kinds this table is: the key that must say so."""
    for name, field in table.model_fields.items():
        if typing.get_origin(field.annotation) is Literal and len(typing.get_args(field.annotation)) == 1:
            return f' with `{name} = "{typing.get_args(field.annotation)[0]}"`'
    return ""


def _tables(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        return
    for inner in typing.get_args(annotation):
        if not isinstance(inner, str):
            yield from _tables(inner)


def _kind(field: FieldInfo) -> str:
    limits = [text for constraint in field.metadata for text in _limits(constraint)]
    return ", ".join([_word(field.annotation), *limits])


def _limits(constraint: Any) -> Iterator[str]:
    match constraint:
        case annotated_types.Ge(ge=least):
            yield f"at least {least}"
        case annotated_types.Gt(gt=under):
            yield f"more than {under}"
        case annotated_types.Le(le=most):
            yield f"at most {most}"
        case annotated_types.Lt(lt=over):
            yield f"less than {over}"
        case annotated_types.MultipleOf(multiple_of=step):
            yield f"in steps of {step}"
        case _:
            pattern = getattr(constraint, "pattern", None)
            if isinstance(pattern, str):
                yield f"like `{pattern}`"


def _word(annotation: Any) -> str:
    words = {str: "text", int: "whole number", float: "number", bool: "true or false", Path: "path", date: "date"}
    words |= {types.NoneType: "left out"}
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is Annotated:
        return _word(inner[0])
    if origin is Literal:
        return " or ".join(f'`"{value}"`' if isinstance(value, str) else f"`{value}`" for value in inner)
    if origin in {typing.Union, types.UnionType}:
        return " or ".join(_word(one) for one in inner)
    if origin is dict:
        return f"table of {_word(inner[1])}"
    if origin is list:
        return f"list of {_word(inner[0])}"
    return words.get(annotation, str(annotation))


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "must be given"
    value = field.get_default(call_default_factory=True, validated_data={})
    if value is None or value is PydanticUndefined:
        return "left out"
    shown = f"`{value}`" if not isinstance(value, bool) else f"`{str(value).lower()}`"
    return shown.replace(str(Path(__file__).resolve().parents[1]) + "/", "")
