"""The books of the stocks: lines are added, never changed, under the chain. `at_ms` is the server's own time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, func, or_, select

from cloud.ledger.facility.stocks import Stock, stock
from cloud.ledger.facility.supplies import DAY_MS, Movement, MovementKind, Supply, SupplyRules
from cloud.ledger.retention import Horizons
from cloud.store.erasing import erase_content
from cloud.store.facility.supplies import supplies
from cloud.store.feed import Feed
from cloud.store.sealing import insert_sealed
from cloud.store.tables import supply_entry

AT_ONCE: Final = 500
JUDGED_MS: Final = 60 * DAY_MS
"""So far back the lines of a book are read at once; most shortages are younger."""
_NUMBERS: Final = [
    supply_entry.c[name] for name in ("number", "supply", "at_ms", "user", "kind", "amount", "book", "before", "about")
]


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


def lines(connection: Connection, numbers: Sequence[int], since_ms: int) -> dict[int, list[Movement]]:
    """Of each book, in order: all since then, the last one before that, the first one and the newest count; without reasons."""
    of_these = supply_entry.c.supply.in_(numbers)
    first, last = func.min(supply_entry.c.number), func.max(supply_entry.c.number)
    counted = supply_entry.c.kind == MovementKind.COUNTED.value
    kept = [
        select(which).where(of_these, *where).group_by(supply_entry.c.supply)
        for which, where in ((first, ()), (last, (counted,)), (last, (supply_entry.c.at_ms < since_ms,)))
    ]
    wanted = or_(supply_entry.c.at_ms >= since_ms, *(supply_entry.c.number.in_(one) for one in kept))
    found: dict[int, list[Movement]] = {number: [] for number in numbers}
    for row in connection.execute(select(*_NUMBERS).where(of_these, wanted).order_by(supply_entry.c.number)):
        number, supply, at_ms, user, kind, *amounts = row
        found[supply].append(Movement(number, supply, at_ms, user, MovementKind(kind), *amounts))
    return found


def history(connection: Connection, number: int, most: int) -> list[Movement]:
    """The newest lines of one book, the newest first."""
    of_it = select(supply_entry).where(supply_entry.c.supply == number).order_by(supply_entry.c.number.desc()).limit(most)
    return [_line(row) for row in connection.execute(of_it)]


def stocks(connection: Connection, top: str, rules: SupplyRules, now_ms: int) -> list[tuple[Supply, Stock]]:
    """How everything at this site and below stands."""
    there = supplies(connection, top)
    return list(zip(there, standing(connection, there, rules, now_ms), strict=True))


def standing(
    connection: Connection, there: Sequence[Supply], rules: SupplyRules, at_ms: int, until_ms: int | None = None
) -> list[Stock]:
    """How these stand; `until_ms`: by what had been entered until then.

    Of a long book the last weeks are read, unless there was never clearly enough in them.
    """
    back_to_ms = at_ms - JUDGED_MS
    since_ms = back_to_ms - (rules.rate_days + 2) * DAY_MS
    known = _until(lines(connection, [one.number for one in there], since_ms), until_ms)
    found = [stock(one, known[one.number], at_ms, rules, back_to_ms) for one in there]
    long = [one.number for one, how in zip(there, found, strict=True) if not how.whole]
    whole = _until(lines(connection, long, 0), until_ms) if long else {}
    return [
        stock(one, whole[one.number], at_ms, rules) if one.number in whole else how for one, how in zip(there, found, strict=True)
    ]


def _until(books: dict[int, list[Movement]], until_ms: int | None) -> dict[int, list[Movement]]:
    if until_ms is None:
        return books
    return {number: [one for one in book if one.at_ms <= until_ms] for number, book in books.items()}


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
