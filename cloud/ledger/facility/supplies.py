"""A stock and its book: what came, what went, and what a count says. Pure; amounts are whole numbers of the stock's unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, tzinfo
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from cloud.supplies import SupplySettings

DAY_MS: Final = 86_400_000


class SupplyKind(StrEnum):
    """What the notices ask to have in store."""

    MASK_DISPOSABLE = "mask_disposable"
    MASK_N95 = "mask_n95"
    GLOVES = "gloves"
    SUIT = "suit"
    ALCOHOL = "alcohol"
    DISINFECTANT_84 = "disinfectant_84"
    HAND_WASH = "hand_wash"
    OTHER = "other"


class MovementKind(StrEnum):
    """Why a book changes."""

    COUNTED = "counted"
    """Somebody has counted: the book says what is there from now on."""
    RECEIVED = "received"
    USED = "used"
    MOVED_OUT = "moved_out"
    """To the same stock of another site."""
    MOVED_IN = "moved_in"


SIGNS: Final[Mapping[MovementKind, int]] = {
    MovementKind.RECEIVED: 1,
    MovementKind.MOVED_IN: 1,
    MovementKind.USED: -1,
    MovementKind.MOVED_OUT: -1,
}
"""A count adds nothing and takes nothing away: it replaces."""


class Objection(StrEnum):
    """Why a movement cannot be true."""

    NOT_COUNTED = "not_counted"
    """Nobody has ever said how much there is."""
    TOO_FEW = "too_few"
    """More went than the book has."""


@dataclass(frozen=True, slots=True)
class Supply:
    """One stock of one kind of thing at one site.

    Attributes:
        unit: in which it is counted, as people say it: "piece", "bottle of 500 ml".
        minimum: below that it is short. set_ms: since when this minimum holds.
        ended_ms: since when it is not kept any more.
    """

    number: int
    site: str
    kind: SupplyKind
    name: str
    unit: str
    minimum: int
    set_ms: int
    made_ms: int
    ended_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Movement:
    """One line of the book.

    Attributes:
        amount: how much; of a count: what was found.
        book: what the book says after it; before: what it said, None where nobody knew.
        about: the number of the other line, where something was moved between two sites.
    """

    number: int
    supply: int
    at_ms: int
    user: str
    kind: MovementKind
    amount: int
    book: int
    before: int | None
    about: int | None = None
    why: str = ""

    @property
    def difference(self) -> int | None:
        """What a count found more (or less) than the book; None for all else, and for the first count."""
        return None if self.kind is not MovementKind.COUNTED or self.before is None else self.amount - self.before


def booked(book: int | None, kind: MovementKind, amount: int) -> int | Objection:
    """What the book says after it. `book` None: nobody knows what is there, and only a count ends that."""
    if kind is MovementKind.COUNTED:
        return amount
    if book is None:
        return Objection.NOT_COUNTED
    after = book + SIGNS[kind] * amount
    return Objection.TOO_FEW if after < 0 else after


@dataclass(frozen=True, slots=True)
class SupplyRules:
    """As in `SupplySettings`."""

    zone: tzinfo = UTC
    low_days: int = 7
    back_days: int = 2
    back_pct: int = 10
    rate_days: int = 28
    least_days: int = 7
    count_ms: int = 30 * DAY_MS

    def enough_from(self, minimum: int) -> int:
        """A stock that was short is so until there is this much."""
        return minimum + -(-minimum * self.back_pct // 100)


def supply_rules(settings: SupplySettings) -> SupplyRules:
    """Days as milliseconds, the zone by its name."""
    return SupplyRules(
        zone=ZoneInfo(settings.timezone),
        low_days=settings.low_days,
        back_days=settings.back_days,
        back_pct=settings.back_pct,
        rate_days=settings.rate_days,
        least_days=settings.least_days,
        count_ms=settings.count_days * DAY_MS,
    )
