"""Sensor words out of text: numbers of 16 bits, decimal or hexadecimal with 0x, separated by commas or white space."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from edge.errors import SourceError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

_LARGEST: Final = 0xFFFF


def words_of(path: Path, count: int) -> NDArray[np.uint16]:
    """The `count` words of a file, however they are broken into lines. Raises SourceError."""
    words = [word for row in _rows(path) for word in row]
    if len(words) != count:
        raise SourceError(f"the file has {len(words)} words, not {count}", where=str(path), remedy=f"Give one with {count}.")
    return np.array(words, np.uint16)


def rows_of(path: Path, count: int) -> list[NDArray[np.uint16]]:
    """The lines of a file, each of `count` words. Raises SourceError; also where there is no line."""
    rows = _rows(path)
    for number, row in enumerate(rows, 1):
        if len(row) != count:
            what = f"line {number} has {len(row)} words, not {count}"
            raise SourceError(what, where=str(path), remedy=f"Give lines with {count}.")
    if not rows:
        raise SourceError("the file is empty", where=str(path), remedy=f"Give lines with {count} words.")
    return [np.array(row, np.uint16) for row in rows]


def _rows(path: Path) -> list[list[int]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as refused:
        raise SourceError(f"the file cannot be read ({refused})", where=str(path), remedy="Check its name.") from refused
    lines = [[cell for cell in re.split(r"[\s,;]+", line) if cell] for line in text.splitlines()]
    return [[_word(cell, path) for cell in line] for line in lines if line]


def _word(cell: str, path: Path) -> int:
    try:
        word = int(cell, 0) if cell.lower().startswith("0x") else int(cell)
    except ValueError:
        word = -1
    if not 0 <= word <= _LARGEST:
        what = f"{cell!r} is no word of 16 bits"
        raise SourceError(what, where=str(path), remedy="Give numbers from 0 to 65535, or 0x0000 to 0xFFFF.")
    return word
