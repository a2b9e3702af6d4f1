"""Which rows stand under the chain, and which of their columns may be erased.

A table's name, the order of its columns here and how they are written are part of every commitment: they never change. What a
later version has to say of such rows goes into a table of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Table

from cloud.store.tables import (
    alarm_move,
    audit,
    case_entry,
    event,
    facility_entry,
    level_entry,
    removal,
    report,
    staff_entry,
    supply_entry,
)


@dataclass(frozen=True, slots=True)
class Sealed:
    """Attributes: header and content, names of columns; `content` is what is erased with a person."""

    table: Table
    header: tuple[str, ...]
    content: tuple[str, ...]


SEALED: Final = {
    "event": Sealed(
        event,
        ("gate", "install", "seq", "kind", "time_ms", "mono_ms", "boot", "clock_ok", "received_ms", "series_ns"),
        ("data",),
    ),
    "alarm_move": Sealed(alarm_move, ("gate", "kind", "at_ms", "move", "before", "state", "user", "announced"), ("why",)),
    "audit": Sealed(audit, ("at_ms", "user", "action", "subject"), ("detail", "address")),
    "case_entry": Sealed(case_entry, ("case", "at_ms", "user", "step"), ("body",)),
    "staff_entry": Sealed(staff_entry, ("person", "at_ms", "user", "kind", "about"), ("body",)),
    "facility_entry": Sealed(facility_entry, ("asset", "at_ms", "user", "kind", "about", "key"), ("body",)),
    "supply_entry": Sealed(supply_entry, ("supply", "at_ms", "user", "kind", "amount", "book", "before", "about"), ("body",)),
    "level_entry": Sealed(level_entry, ("point", "at_ms", "user", "kind", "about", "key"), ("body",)),
    "report": Sealed(report, ("day", "due_ms", "made_ms", "first_link", "last_link"), ("body",)),
    "removal": Sealed(removal, ("at_ms", "kind", "days", "before_ms", "rows", "digest"), ()),
}
