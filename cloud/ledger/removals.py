"""Rows that had their time: what a removal says of itself, and runs of numbers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from cloud.ledger.chain import digest as digest_of
from cloud.ledger.gaps import Run
from cloud.ledger.retention import DAY_MS

REMOVAL: Final = "removal"
"""The table of removals, as evidence names it."""
REMOVAL_ROWS: Final = 4
"""Where in the header of such a row it stands how many rows went."""
_COMMITMENT_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Gone:
    """What went from under a link. `commitments` of each row; None where no row of the link is left: its digest says enough."""

    rows: int = 0
    commitments: tuple[bytes, ...] | None = ()

    @classmethod
    def of(cls, rows: int | None, commitments: str | bytes | None) -> Self:
        """As it stands in a ledger, or (hexadecimal) in evidence. Raises ValueError for what is neither."""
        if not rows:
            return cls()
        if commitments is None:
            return cls(rows, None)
        one = bytes.fromhex(commitments) if isinstance(commitments, str) else commitments
        return cls(rows, tuple(one[at : at + _COMMITMENT_BYTES] for at in range(0, len(one), _COMMITMENT_BYTES)))


def under_link(number: int, rows: int, of_rows: bytes, there: Sequence[bytes], gone: Gone) -> list[str]:
    """What is wrong with the rows of a link: `rows` were written, `of_rows` is their digest, `there` are commitments."""
    if len(there) + gone.rows != rows:
        besides = f", and {gone.rows} were removed" if gone.rows else ""
        return [f"link {number}: {rows} rows were written, {len(there)} are there{besides}"]
    if gone.commitments is None:
        return [f"link {number}: what was removed is not told row by row, and others are there"] if there else []
    if digest_of([*there, *gone.commitments]) != of_rows:
        return [f"link {number}: one of its {rows} rows is not as it was written"]
    return []


@dataclass(frozen=True, slots=True)
class Removal:
    """Attributes: what goes; the moment it goes; what arrived before which moment goes, both UTC milliseconds."""

    kind: str
    at_ms: int
    before_ms: int

    def row(self, rows: int, digest: bytes) -> dict[str, Any]:
        """`digest`: over the commitments of what went; who has kept those rows can prove by it which they were."""
        days = (self.at_ms - self.before_ms) // DAY_MS
        told = {"at_ms": self.at_ms, "kind": self.kind, "days": days, "before_ms": self.before_ms}
        return {**told, "rows": rows, "digest": digest.hex()}


def joined(runs: Iterable[Run]) -> list[Run]:
    """Runs in their order, those that touch or overlap made one."""
    found: list[Run] = []
    for first, last in sorted(runs):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


def within(seq: int, runs: Sequence[Run]) -> bool:
    """Whether a number lies in one of the runs, which are in their order."""
    place = bisect_right(runs, seq, key=lambda run: run[0])
    return place > 0 and seq <= runs[place - 1][1]
