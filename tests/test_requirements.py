"""Every requirement has a test that carries its id, or says what is missing."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TABLE = tomllib.loads((Path(__file__).parent / "requirements.toml").read_text(encoding="utf-8"))
HELD: dict[str, str] = TABLE["held"]
OPEN: dict[str, str] = TABLE["open"]
IDS = {
    *(f"G{number}" for number in range(1, 9)),
    *(f"L{number}" for number in range(1, 8)),
    *(f"R{number}" for number in range(1, 9)),
    *(f"F{number}" for number in range(10)),
    *(f"S{number}" for number in range(10)),
    *(f"K{number}" for number in range(1, 4)),
    *(f"O{number}" for number in range(1, 5)),
    *(f"Q{number}" for number in range(1, 7)),
}


def docstring_of(test: str) -> str:
    """Of the function that `file::name` names; fails where there is none."""
    file, _, name = test.partition("::")
    for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return ast.get_docstring(node) or ""
    raise AssertionError(f"{file} has no test {name}")


def test_every_requirement_is_either_held_or_open() -> None:
    assert HELD.keys() | OPEN.keys() == IDS
    assert not HELD.keys() & OPEN.keys()
    assert all(len(missing) > 5 for missing in OPEN.values())


@pytest.mark.parametrize(("requirement", "test"), HELD.items())
def test_the_test_that_is_named_carries_the_id(requirement: str, test: str) -> None:
    assert re.search(rf"\b{requirement}\b", docstring_of(test)), f"write {requirement} into the docstring of {test}"
