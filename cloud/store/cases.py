"""Cases: one row for every alert about a person."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from cloud.ledger.cases import LATE_MS, UNTAKEN_MS, Alarming, CaseMove, CaseState, case_after
from cloud.ledger.events import Heard
from cloud.ledger.kinds import priority_of
from cloud.store.feed import Feed
from cloud.store.tables import recheck_case
from cloud.store.visits import json_or_none
from contract.messages.alert import AlertData


def open_case(connection: Connection, feed: Feed, heard: Heard, said: AlertData, alarming: Alarming | None = None) -> None:
    """A person waits: in the recheck area, or before the gate. `alarming`: why it is an alarm from the first moment."""
    row = {
        **heard.id._asdict(),
        "kind": said.kind.value,
        "visit": said.subject,
        "state": CaseState.OPEN.value,
        "priority": priority_of(said.kind),
        "raised_ms": heard.shown_ms,
        "detail": said.detail,
        "reading": json_or_none(said.reading),
        "feed": feed.number(),
        "alarmed_ms": None if alarming is None else heard.shown_ms,
        "alarmed_why": alarming,
    }
    connection.execute(insert(recheck_case).values(row))


def note_return(connection: Connection, feed: Feed, heard: Heard, said: AlertData) -> None:
    """The gate has decided otherwise about this person. A guard still has to look."""
    same = {"gate": heard.id.gate, "visit": said.subject, "kind": said.kind.value}
    of_person = [recheck_case.c[name] == value for name, value in same.items()]
    waiting = select(recheck_case.c.number).where(*of_person, recheck_case.c.returned_ms.is_(None))
    for number in connection.execute(waiting).scalars().all():
        values = {"returned_ms": heard.shown_ms, "feed": feed.number()}
        connection.execute(update(recheck_case).where(recheck_case.c.number == number).values(values))


def take_case(connection: Connection, feed: Feed, number: int, user: str, now_ms: int) -> CaseState | None:
    """Note who has taken the case; it is theirs now.

    Returns the state it was in where it cannot be taken, None where it has been.
    Raises KeyError for a case that does not exist.
    """
    which = recheck_case.c.number == number
    state = connection.execute(select(recheck_case.c.state).where(which).with_for_update()).scalar_one_or_none()
    if state is None:
        raise KeyError(number)
    there = case_after(CaseState(state), CaseMove.TAKE)
    if there is None:
        return CaseState(state)
    values = {"state": there.value, "acknowledged_by": user, "acknowledged_ms": now_ms, "owner": user, "feed": feed.number()}
    connection.execute(update(recheck_case).where(which).values(values))
    return None


def alarm_untaken(connection: Connection, feed: Feed, now_ms: int) -> None:
    """Every case that stands open for too long while the person may still wait becomes an alarm, each by itself."""
    untaken = (
        recheck_case.c.state == CaseState.OPEN,
        recheck_case.c.raised_ms <= now_ms - UNTAKEN_MS,
        recheck_case.c.raised_ms > now_ms - LATE_MS,
        recheck_case.c.returned_ms.is_(None),
        recheck_case.c.alarmed_ms.is_(None),
    )
    numbers = connection.execute(select(recheck_case.c.number).where(*untaken).order_by(recheck_case.c.number).with_for_update())
    for number in numbers.scalars().all():
        alarm_case(connection, feed, number, Alarming.UNTAKEN, now_ms)


def alarm_case(connection: Connection, feed: Feed, number: int, why: Alarming, now_ms: int) -> None:
    """The case is an alarm from now on, for the first of its reasons."""
    which = (recheck_case.c.number == number, recheck_case.c.alarmed_ms.is_(None))
    values = {"alarmed_ms": now_ms, "alarmed_why": why.value, "feed": feed.number()}
    connection.execute(update(recheck_case).where(*which).values(values))
