"""Supplies of which a report has to say something: those that are short, and those of which nobody knows enough."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from cloud.ledger.facility.stocks import Stock, StockLight
from cloud.ledger.facility.supplies import Supply, SupplyRules
from cloud.ledger.sites import ROOT
from cloud.store.facility.books import standing
from cloud.store.facility.supplies import supplies
from cloud.store.reporting.body import SupplyLine
from cloud.store.reporting.period import Period


@dataclass(frozen=True, slots=True)
class SuppliesOf:
    """As they stood when the report was due."""

    rules: SupplyRules

    def __call__(self, connection: Connection, period: Period) -> list[SupplyLine]:
        there = [one for one in supplies(connection, ROOT) if one.made_ms < period.due_ms]
        stood = standing(connection, there, self.rules, period.due_ms, until_ms=period.due_ms)
        return [_line(one, how) for one, how in zip(there, stood, strict=True) if how.light is not StockLight.FINE]


def _line(one: Supply, how: Stock) -> SupplyLine:
    return SupplyLine(
        site=one.site,
        kind=one.kind,
        name=one.name,
        unit=one.unit,
        state=how.light,
        book=how.book,
        minimum=one.minimum,
        days_left=None if how.left is None else how.left.likely,
        difference=None if how.counted is None else how.counted.difference,
    )
