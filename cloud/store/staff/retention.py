"""What was entered about staff goes when its time is over; who has left is named no more."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, select

from cloud.ledger.retention import Horizons
from cloud.store.erasing import erase_content
from cloud.store.feed import Feed
from cloud.store.staff.entries import SIGNS, EntryKind, erase_entries
from cloud.store.staff.register import forget
from cloud.store.tables import staff, staff_entry

AT_ONCE: Final = 500
BEGUN: Final = (EntryKind.ABSENCE, EntryKind.DECLARATION)
"""What others go on with: all of it goes together, so that nothing withdrawn or closed stands open again."""
ENDED: Final = (EntryKind.ABSENCE_WITHDRAWN, EntryKind.DECLARATION_CLOSED)


def forget_signs(connection: Connection, _feed: Feed, horizons: Horizons) -> int:
    """Readings, masks, tests, going out and coming back that were entered by hand."""
    due = staff_entry.c.kind.in_([one.value for one in SIGNS]), staff_entry.c.at_ms < horizons.staff_ms
    return _erase(connection, *due)


def forget_declarations(connection: Connection, _feed: Feed, horizons: Horizons) -> int:
    """Declarations and absences with all that followed, when they have been over for so long."""
    numbers = [row.number for row in _kept(connection, BEGUN) if _over_ms(connection, row) < horizons.staff_ms]
    if not numbers:
        return 0
    return _erase(connection, staff_entry.c.number.in_(numbers) | staff_entry.c.about.in_(numbers), limit=None)


def forget_leavers(connection: Connection, _feed: Feed, horizons: Horizons) -> int:
    """Who left so long ago is in the register by number only, without name, badge and training."""
    due = staff.c.left_ms < horizons.staff_ms, staff.c.erased_ms.is_(None)
    numbers = connection.execute(select(staff.c.number).where(*due).limit(AT_ONCE)).scalars().all()
    for number in numbers:
        erase_entries(connection, number)
        forget(connection, number, horizons.now_ms)
    return len(numbers)


def _erase(connection: Connection, *where: ColumnElement[bool], limit: int | None = AT_ONCE) -> int:
    kept = select(staff_entry.c.number).where(staff_entry.c.content_sha256.is_(None), *where).limit(limit)
    numbers = connection.execute(kept).scalars().all()
    return erase_content(connection, "staff_entry", ("number",), staff_entry.c.number.in_(numbers), lambda _: {"body": "{}"})


def _kept(connection: Connection, kinds: tuple[EntryKind, ...]) -> list[Row[Any]]:
    where = staff_entry.c.kind.in_([one.value for one in kinds]), staff_entry.c.content_sha256.is_(None)
    return list(connection.execute(select(staff_entry).where(*where).order_by(staff_entry.c.number)))


def _over_ms(connection: Connection, begun: Row[Any]) -> int:
    """When it is or was over, UTC milliseconds: as it says itself, or as somebody ended it before; not before it was entered."""
    end = staff_entry.c.about == begun.number, staff_entry.c.kind.in_([one.value for one in ENDED])
    ended: list[int] = list(connection.execute(select(staff_entry.c.at_ms).where(*end)).scalars())
    entered: int = begun.at_ms
    return max(entered, min([_says_ms(json.loads(begun.body)), *ended]))


def _says_ms(body: dict[str, Any]) -> int:
    """The end of an absence, or of a declaration's last day, wherever on earth that is."""
    if "ends_ms" in body:
        return int(body["ends_ms"])
    last = datetime.combine(date.fromisoformat(body["until"]), time(), UTC) + timedelta(days=1, hours=12)
    return round(last.timestamp() * 1000)
