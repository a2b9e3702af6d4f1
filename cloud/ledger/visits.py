"""A visit in the ledger: its newest revision, whatever the order of arrival."""

from __future__ import annotations

from typing import Final, NamedTuple

LATE_MS: Final = 60_000
"""A decision that arrives so long after it was made is shown as late."""
AHEAD_MS: Final = 60_000
"""A gate's clock that is so far ahead is not believed."""


class Position(NamedTuple):
    """Where an event stands among those of its gate: newer than another when later in the same install."""

    install: str
    seq: int
    time_ms: int


def is_newer(this: Position, last: Position | None) -> bool:
    """Whether `this` was said after `last`. Numbers decide within an install; between installs only time is left."""
    if last is None:
        return True
    if this.install == last.install:
        return this.seq > last.seq
    return (this.time_ms, this.install) > (last.time_ms, last.install)


def shown_at_ms(decided_ms: int, received_ms: int, *, clock_ok: bool) -> int:
    """The time a visit is sorted by: the gate's where it can be believed, else the cloud's."""
    return decided_ms if clock_ok and decided_ms <= received_ms + AHEAD_MS else received_ms


def is_late(decided_ms: int, received_ms: int, *, clock_ok: bool) -> bool:
    """Whether the decision arrived long after it was made."""
    return clock_ok and received_ms - decided_ms > LATE_MS
