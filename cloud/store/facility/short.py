"""Stocks that are short, for whoever tells people of them."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from cloud.ledger.escalation import Waiting
from cloud.ledger.facility.stocks import Stock
from cloud.ledger.facility.supplies import Supply, SupplyRules
from cloud.ledger.kinds import CloudAlarm, priority_of
from cloud.ledger.sites import ROOT
from cloud.store.facility.books import stocks

EVERY_MS: Final = 60_000
"""The books are read anew so often: nobody runs out of masks within a minute."""


class ShortStocks:
    """Asked by one thread."""

    def __init__(self, rules: SupplyRules) -> None:
        self._rules = rules
        self._looked_ms: int | None = None
        self._found: list[Waiting] = []

    def __call__(self, connection: Connection, now_ms: int) -> list[Waiting]:
        """One for every stock that is short now, since it became so."""
        if self._looked_ms is None or not 0 <= now_ms - self._looked_ms < EVERY_MS:
            there = stocks(connection, ROOT, self._rules, now_ms)
            self._found = [_waiting(one, how, how.short_since_ms) for one, how in there if how.short_since_ms is not None]
            self._looked_ms = now_ms
        return self._found


def _waiting(one: Supply, how: Stock, since_ms: int) -> Waiting:
    kind = CloudAlarm.SUPPLY_SHORT
    return Waiting(f"supply-{one.number}", one.site, kind, int(priority_of(kind)), since_ms, short_words(one, how), site=one.site)


def short_words(one: Supply, how: Stock) -> str:
    """How much there is, and how long that lasts as far as it is known."""
    likely = None if how.left is None else how.left.likely
    lasts = "days left not known yet" if likely is None else f"about {likely:.0f} days left"
    return f"{one.name}: {how.book} {one.unit}, minimum {one.minimum}, {lasts}"
