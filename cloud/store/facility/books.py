"""The books of the stocks: lines are added, never changed, under the chain. `at_ms` is the server's own time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, func, select

from cloud.ledger.facility.stocks import Stock, stock
from cloud.ledger.facility.supplies import Movement, MovementKind, Supply, SupplyRules
from cloud.ledger.retention import Horizons
from cloud.store.erasing import erase_content
from cloud.store.facility.supplies import supplies
from cloud.store.feed import Feed
from cloud.store.sealing import insert_sealed
from cloud.store.tables import supply_entry

AT_ONCE: Final = 500
KEPT_MS: Final = 400 * 86_400_000
"""Lines older than that tell nothing of how a stock stands now, but the newest of each."""


def book_of(connection: Connection, number: int) -> int | None:
    """What there is by the book; None where nobody has counted yet."""
    newest = select(supply_entry.c.book).where(supply_entry.c.supply == number).order_by(supply_entry.c.number.desc()).limit(1)
    found: int | None = connection.execute(newest).scalar_one_or_none()
    return found


def add_line(connection: Connection, line: Movement) -> int:
    """Returns its number; that of `line` counts for nothing."""
    row = {
        "supply": line.supply,
        "at_ms": line.at_ms,
        "user": line.user,
        "kind": line.kind.value,
        "amount": line.amount,
        "book": line.book,
        "before": line.before,
        "about": line.about,
        "body": json.dumps({"why": line.why}, ensure_ascii=False),
    }
    insert_sealed(connection, "supply_entry", [row])
    newest = select(func.max(supply_entry.c.number)).where(supply_entry.c.supply == line.supply)
    return int(connection.execute(newest).scalar_one())


def lines(connection: Connection, numbers: Sequence[int], now_ms: int) -> dict[int, list[Movement]]:
    """Of each stock, in order: all that still matters for how it stands."""
    newest = select(func.max(supply_entry.c.number)).where(supply_entry.c.supply.in_(numbers)).group_by(supply_entry.c.supply)
    counts = (
        select(func.max(supply_entry.c.number))
        .where(supply_entry.c.supply.in_(numbers), supply_entry.c.kind == MovementKind.COUNTED.value)
        .group_by(supply_entry.c.supply)
    )
    recent = (supply_entry.c.at_ms >= now_ms - KEPT_MS) | supply_entry.c.number.in_(newest) | supply_entry.c.number.in_(counts)
    rows = connection.execute(
        select(supply_entry).where(supply_entry.c.supply.in_(numbers), recent).order_by(supply_entry.c.number)
    )
    found: dict[int, list[Movement]] = {number: [] for number in numbers}
    for row in rows:
        found[row.supply].append(_line(row))
    return found


def history(connection: Connection, number: int, most: int) -> list[Movement]:
    """The newest lines of one book, the newest first."""
    of_it = select(supply_entry).where(supply_entry.c.supply == number).order_by(supply_entry.c.number.desc()).limit(most)
    return [_line(row) for row in connection.execute(of_it)]


def stocks(connection: Connection, top: str, rules: SupplyRules, now_ms: int) -> list[tuple[Supply, Stock]]:
    """How everything at this site and below stands."""
    there = supplies(connection, top)
    books = lines(connection, [one.number for one in there], now_ms)
    return [(one, stock(one, books[one.number], now_ms, rules)) for one in there]


def forget_reasons(connection: Connection, _feed: Feed, horizons: Horizons) -> int:
    """What people wrote beside a line goes; the line stays, for the book rests on it."""
    kept = (supply_entry.c.content_sha256.is_(None), supply_entry.c.at_ms < horizons.supplies_ms)
    numbers = connection.execute(select(supply_entry.c.number).where(*kept).limit(AT_ONCE)).scalars().all()
    return erase_content(connection, "supply_entry", ("number",), supply_entry.c.number.in_(numbers), lambda _: {"body": "{}"})


def _line(row: Row[Any]) -> Movement:
    return Movement(
        row.number,
        row.supply,
        row.at_ms,
        row.user,
        MovementKind(row.kind),
        row.amount,
        row.book,
        row.before,
        row.about,
        json.loads(row.body).get("why", ""),
    )
