"""What was entered about disinfection goes when its time is over."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, and_, or_, select

from cloud.ledger.retention import Horizons
from cloud.store.erasing import erase_content
from cloud.store.facility.entries import EntryKind, case_notices
from cloud.store.feed import Feed
from cloud.store.tables import facility_entry

AT_ONCE: Final = 500


def forget_rounds(connection: Connection, _feed: Feed, horizons: Horizons) -> int:
    """Rounds, meetings and notices; a notice that stands stays, and what ended one goes after it."""
    standing = [one.number for one in case_notices(connection) if one.ended_ms is None or one.ended_ms >= horizons.rounds_ms]
    held = or_(
        and_(facility_entry.c.kind == EntryKind.NOTICE.value, facility_entry.c.number.in_(standing)),
        and_(facility_entry.c.kind == EntryKind.NOTICE_ENDED.value, facility_entry.c.about.in_(standing)),
    )
    due = (facility_entry.c.at_ms < horizons.rounds_ms, facility_entry.c.content_sha256.is_(None), ~held)
    numbers = connection.execute(select(facility_entry.c.number).where(*due).limit(AT_ONCE)).scalars().all()
    return erase_content(
        connection, "facility_entry", ("number",), facility_entry.c.number.in_(numbers), lambda _: {"body": "{}"}
    )
