"""What has had its time goes: readings, badges, passes, what was entered in cases, notices, letters nobody could read.

Each function takes a few hundred rows at a time, so that ingest waits for none of them long, and says how many it took.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, delete, literal_column, or_, select

from cloud.ledger.contacts import REPORTS
from cloud.ledger.escalation import ARRIVED, AS_IT_HAPPENS, Delivery
from cloud.ledger.removals import Removal
from cloud.ledger.retention import Horizons
from cloud.store.erasing import ABOUT_NOBODY, erase_content, erase_visits
from cloud.store.facility.books import forget_reasons
from cloud.store.facility.level_book import forget_levels
from cloud.store.facility.newest import forget_newest
from cloud.store.facility.photos import forget_photos
from cloud.store.facility.retention import forget_rounds
from cloud.store.facility.uvc import forget_runs
from cloud.store.feed import Feed
from cloud.store.removing import remove_events
from cloud.store.staff.retention import forget_declarations, forget_leavers, forget_signs
from cloud.store.tables import (
    appointment,
    audit,
    dead_letter,
    event,
    invitation,
    notice,
    recheck_case,
    session,
    visit,
)
from contract.topics import Kind

AT_ONCE: Final = 500
_OF_VISIT: Final = and_(recheck_case.c.gate == visit.c.gate, recheck_case.c.visit == visit.c.visit)
Sweep = Callable[[Connection, Feed, Horizons], int]


def forget_visits(connection: Connection, feed: Feed, horizons: Horizons) -> int:
    """Visits without a case say no more who it was and what was measured."""
    old = or_(
        and_(visit.c.badge.is_not(None), visit.c.shown_at_ms < horizons.staff_ms),
        and_(visit.c.badge.is_(None), visit.c.shown_at_ms < horizons.visitors_ms),
    )
    due = select(visit.c.gate, visit.c.visit).where(visit.c.erased_ms.is_(None), old, ~select(1).where(_OF_VISIT).exists())
    return _erase(connection, feed, due.order_by(visit.c.shown_at_ms), horizons)


def forget_cases(connection: Connection, feed: Feed, horizons: Horizons) -> int:
    """Cases whose time is over, with their visits; a visit of several cases when the last is closed for so long."""
    other = recheck_case.alias()
    held = (other.c.gate == recheck_case.c.gate, other.c.visit == recheck_case.c.visit)
    is_held = select(1).where(*held, or_(other.c.closed_ms.is_(None), other.c.closed_ms >= horizons.cases_ms)).exists()
    says_something = or_(
        recheck_case.c.detail != "", recheck_case.c.reading.is_not(None), recheck_case.c.outcome_why.is_not(None)
    )
    kept = or_(
        and_(visit.c.visit.is_not(None), or_(visit.c.erased_ms.is_(None), recheck_case.c.closed_ms >= visit.c.erased_ms)),
        and_(visit.c.visit.is_(None), says_something),
    )
    due = (
        select(recheck_case.c.gate, recheck_case.c.visit)
        .distinct()
        .select_from(recheck_case.outerjoin(visit, _OF_VISIT))
        .where(recheck_case.c.closed_ms < horizons.cases_ms, ~is_held, kept)
    )
    return _erase(connection, feed, due, horizons)


def forget_notices(connection: Connection, _feed: Feed, horizons: Horizons) -> int:
    """Who was told of what; of an alarm that nobody has acknowledged, it is known as long as it stands."""
    over = notice.c.state.not_in((Delivery.QUEUED, *ARRIVED))
    ended = or_(over, notice.c.kind.in_(REPORTS), notice.c.step == AS_IT_HAPPENS)
    return _delete(connection, notice, notice.c.made_ms < horizons.notices_ms, ended)


def forget_dead_letters(connection: Connection, _feed: Feed, horizons: Horizons) -> int:
    return _delete(connection, dead_letter, dead_letter.c.received_ms < horizons.dead_letters_ms)


def forget_sessions(connection: Connection, _feed: Feed, horizons: Horizons) -> int:
    """Those that have ended, with the addresses they were opened from."""
    return _delete(connection, session, session.c.expires_ms < horizons.now_ms)


def forget_invitations(connection: Connection, _feed: Feed, horizons: Horizons) -> int:
    """One-time tokens of gates that nobody used in time."""
    return _delete(connection, invitation, invitation.c.expires_ms < horizons.dead_letters_ms)


def forget_audit(connection: Connection, _feed: Feed, horizons: Horizons) -> int:
    """Detail and address of what was done; that it was done, by which account and when, stays under the chain."""
    due = audit.c.at_ms < horizons.audit_ms, audit.c.content_sha256.is_(None)
    numbers = connection.execute(select(audit.c.number).where(*due).limit(AT_ONCE)).scalars().all()
    return erase_content(connection, "audit", ("number",), audit.c.number.in_(numbers), lambda _: {"detail": "", "address": ""})


def forget_appointments(connection: Connection, _feed: Feed, horizons: Horizons) -> int:
    """A day after they ended, with the numbers of their passes; a visit keeps its own as long as it keeps anything."""
    return _delete(connection, appointment, appointment.c.ends_ms < horizons.appointments_ms)


def forget_sensors(connection: Connection, _feed: Feed, horizons: Horizons) -> int:
    """What sensors said. The sums of it stand in the series for longer."""
    return remove_events(
        connection, _aged(Kind.SENSOR, horizons.sensors_ms), _by(Kind.SENSOR, horizons, horizons.sensors_ms), AT_ONCE
    )


def forget_health(connection: Connection, _feed: Feed, horizons: Horizons) -> int:
    """What gates said of themselves."""
    return remove_events(
        connection, _aged(Kind.HEALTH, horizons.health_ms), _by(Kind.HEALTH, horizons, horizons.health_ms), AT_ONCE
    )


def forget_equipment(connection: Connection, _feed: Feed, horizons: Horizons) -> int:
    """Alerts about nobody. The alarms that came of them stay, with all that was done."""
    which = and_(_aged(Kind.ALERT, horizons.equipment_ms), event.c.data.like(ABOUT_NOBODY))
    return remove_events(connection, which, _by(Kind.ALERT, horizons, horizons.equipment_ms), AT_ONCE)


SWEEPS: Final[Mapping[str, Sweep]] = {
    "visits": forget_visits,
    "cases": forget_cases,
    "notices": forget_notices,
    "dead letters": forget_dead_letters,
    "staff readings": forget_signs,
    "declarations and absences": forget_declarations,
    "staff who left": forget_leavers,
    "sessions": forget_sessions,
    "invitations": forget_invitations,
    "audit details": forget_audit,
    "appointments": forget_appointments,
    "disinfection": forget_rounds,
    "runs of UV-C": forget_runs,
    "bins and dispensers": forget_levels,
    "photographs of rounds": forget_photos,
    "reasons in books of supplies": forget_reasons,
    "sensor events": forget_sensors,
    "newest readings": forget_newest,
    "health events": forget_health,
    "equipment alerts": forget_equipment,
}
"""Every kind of row whose time ends, as the audit calls it."""


def _aged(kind: Kind, before_ms: int) -> ColumnElement[bool]:
    # The kind stands in the question as it stands in the index, or SQLite does not see that the index will do.
    return and_(event.c.kind == literal_column(f"'{kind.value}'"), event.c.received_ms < before_ms)


def _by(kind: Kind, horizons: Horizons, before_ms: int) -> Removal:
    return Removal(kind.value, horizons.now_ms, before_ms)


def _erase(connection: Connection, feed: Feed, due: Select[tuple[str, str]], horizons: Horizons) -> int:
    found = connection.execute(due.limit(AT_ONCE)).all()
    erase_visits(connection, feed, [(row.gate, row.visit) for row in found], horizons.now_ms)
    return len(found)


def _delete(connection: Connection, table: Table, *where: Any) -> int:
    [key] = table.primary_key.columns
    some = select(key).where(*where).limit(AT_ONCE)
    return connection.execute(delete(table).where(key.in_(some))).rowcount
