"""Badges and passes that are good no more, as this gate has been told: written by the uplink, read by who looks for codes.

It was believed when it was written; in the file it is as safe as the gate's settings. `anchors` are the keys the settings
named then: with others there (a gate paired anew) the file means nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

LARGEST: Final = 131_072
"""Characters of the file that are read."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The list. `issued_ms`: UTC milliseconds since 1970, -1 before the first; `keys`: who signs tokens and the next list."""

    anchors: tuple[str, ...]
    keys: tuple[str, ...]
    issued_ms: int = -1
    numbers: frozenset[str] = frozenset()


def withdrawn_file(database: Path) -> Path:
    """Beside the gate's events."""
    return database.with_suffix(".withdrawn.json")


def nothing_withdrawn(anchors: Iterable[str]) -> Withdrawn:
    """What a gate goes by that was told nothing yet."""
    keys = tuple(anchors)
    return Withdrawn(keys, keys)


def read_withdrawn(file: Path, anchors: Iterable[str]) -> Withdrawn:
    """The list of a file; nothing withdrawn where there is none, it cannot be read, or it was for other keys."""
    nothing = nothing_withdrawn(anchors)
    try:
        said = json.loads(file.read_text(encoding="utf-8")[:LARGEST])
        found = Withdrawn(tuple(said["anchors"]), tuple(said["keys"]), int(said["issued_ms"]), frozenset(said["numbers"]))
    except (OSError, ValueError, TypeError, KeyError):
        return nothing
    return found if found.anchors == nothing.anchors and found.keys else nothing


def write_withdrawn(file: Path, said: Withdrawn) -> None:
    """Replace the file in one step. Raises OSError."""
    beside = file.with_name(f".{file.name}.new")
    beside.write_text(json.dumps({**asdict(said), "numbers": sorted(said.numbers)}), encoding="utf-8")
    beside.replace(file)
