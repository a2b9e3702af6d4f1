"""The true time of events of a gate whose clock could not be believed when it wrote them.

All events of one boot share a monotonic clock. As soon as one of them comes whose wall clock is believed, the difference of
the two gives every other event of that boot its time. The series keeps the time it was first given: a correction is never a
second point.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from cloud.ledger.events import Heard

STEP_MS: Final = 1_000
"""Smaller changes are clocks kept in step."""

Boot = tuple[str, str]
"""Gate and boot."""


def offsets_of(heard: Iterable[Heard]) -> dict[Boot, int]:
    """UTC less monotonic milliseconds of every boot whose clock is believed in these, the newest counting."""
    found: dict[Boot, tuple[int, int]] = {}
    for one in heard:
        if one.clock_ok:
            found[one.id.gate, one.boot] = max(
                found.get((one.id.gate, one.boot), (-1, 0)), (one.mono_ms, one.time_ms - one.mono_ms)
            )
    return {boot: offset_ms for boot, (_, offset_ms) in found.items()}


def doubted(heard: Iterable[Heard]) -> set[Boot]:
    """Boots of which these hold an event that could not be believed."""
    return {(one.id.gate, one.boot) for one in heard if not one.clock_ok}


def corrected_ms(one: Heard, offsets: Mapping[Boot, int]) -> int | None:
    """When it truly was, where its own time is not believed and the boot's difference is known."""
    offset_ms = offsets.get((one.id.gate, one.boot))
    return None if one.clock_ok or offset_ms is None else one.mono_ms + offset_ms
