"""Who there is. A number is never given again; who was erased keeps it and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, insert, select, update

from cloud.ledger.sites import ROOT
from cloud.store.sites import below
from cloud.store.tables import staff


@dataclass(frozen=True, slots=True)
class Member:
    """Attributes: staff_number, the house's own; team, such as `reception`; contact, by whose notices a leader is told."""

    number: int
    site: str
    name: str
    staff_number: str
    team: str
    badge: str | None = None
    account: str | None = None
    contact: str | None = None
    left_ms: int | None = None


RECEPTION: Final = "reception"
"""The team that has a temperature and a test taken every morning."""
_COLUMNS: Final = [staff.c[one.name] for one in fields(Member)]


def in_reach(top: str) -> ColumnElement[bool]:
    """Members at this site and below it who are not erased."""
    return and_(below(staff.c.site, top), staff.c.erased_ms.is_(None))


def members(connection: Connection, top: str, *, also_left: bool = False) -> list[Member]:
    """Everybody who is there, by number."""
    there = in_reach(top) if also_left else and_(in_reach(top), staff.c.left_ms.is_(None))
    return [Member(*row) for row in connection.execute(select(*_COLUMNS).where(there).order_by(staff.c.number))]


def member(connection: Connection, number: int, top: str = ROOT) -> Member | None:
    """One member, None where there is none in reach. Locked for the rest of a writing transaction."""
    where = and_(in_reach(top), staff.c.number == number)
    row = connection.execute(select(*_COLUMNS).where(where).with_for_update()).one_or_none()
    return None if row is None else Member(*row)


def member_of_account(connection: Connection, account: str) -> Member | None:
    """Whose account this is."""
    where = and_(in_reach(ROOT), staff.c.account == account, staff.c.left_ms.is_(None))
    row = connection.execute(select(*_COLUMNS).where(where)).one_or_none()
    return None if row is None else Member(*row)


def taken(connection: Connection, badge: str | None, account: str | None, but: int | None = None) -> str:
    """What of the two somebody else has already: `badge`, `account`, or nothing."""
    for name, value in (("badge", badge), ("account", account)):
        if value is not None:
            whose = connection.execute(select(staff.c.number).where(staff.c[name] == value)).scalar_one_or_none()
            if whose is not None and whose != but:
                return name
    return ""


def add_member(connection: Connection, values: Mapping[str, Any], now_ms: int) -> int:
    """Returns the new number."""
    made = connection.execute(insert(staff).values(**values, made_ms=now_ms).returning(staff.c.number))
    return int(made.scalar_one())


def change_member(connection: Connection, changed: Member) -> None:
    """Write somebody back."""
    values = {name: value for name, value in asdict(changed).items() if name != "number"}
    connection.execute(update(staff).where(staff.c.number == changed.number).values(**values))


def forget(connection: Connection, number: int, now_ms: int) -> None:
    """Who it was is not known any more."""
    nobody = {"name": "", "staff_number": "", "badge": None, "account": None, "contact": None, "erased_ms": now_ms}
    connection.execute(update(staff).where(staff.c.number == number).values(nobody))


def number_of_badge(connection: Connection, badge: str) -> int | None:
    """Whose badge it is."""
    found: int | None = connection.execute(select(staff.c.number).where(staff.c.badge == badge)).scalar_one_or_none()
    return found


def unknown(connection: Connection, numbers: Iterable[int], top: str) -> list[int]:
    """Which of these are nobody's in reach, or of somebody who has left."""
    asked = set(numbers)
    there = and_(in_reach(top), staff.c.left_ms.is_(None), staff.c.number.in_(asked))
    known = set(connection.execute(select(staff.c.number).where(there)).scalars())
    return sorted(asked - known)
