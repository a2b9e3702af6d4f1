"""Taking a person out of the ledger: content and salt go, the hash stays, and the chain stays whole."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, bindparam, or_, select, tuple_, update

from cloud.ledger.casework import Step
from cloud.ledger.chain import content_sha256
from cloud.store.feed import Feed
from cloud.store.notices import report_name
from cloud.store.sealed_tables import SEALED
from cloud.store.tables import case_entry, event, notice, recheck_case, visit, visit_revision
from contract.messages.alert import AlertData
from contract.messages.visit import VisitData
from contract.topics import Kind

Row = dict[str, Any]
_AT_ONCE: Final = 500
_EVENT: Final = ("gate", "install", "seq")
ABOUT_NOBODY: Final = '%"subject":""%'
"""As the messages are written down (`model_dump_json`): an alert of the equipment."""


def erase_content(
    connection: Connection, table: str, key: tuple[str, ...], where: ColumnElement[bool], left: Callable[[Row], Row]
) -> int:
    """Erase the content of rows. `key` names the columns that tell a row; `left` says what is to stand there instead.

    Returns how many rows. One that was erased before is left as it is, but for what `left` says.
    """
    of = SEALED[table]
    names = dict.fromkeys((*key, *of.header, *of.content, "salt", "content_sha256"))
    rows = connection.execute(select(*(of.table.c[name] for name in names)).where(where).with_for_update()).mappings().all()
    if rows:
        same = and_(*(of.table.c[name] == bindparam(f"on_{name}") for name in key))
        change = update(of.table).where(same)
        connection.execute(change, [{f"on_{name}": row[name] for name in key} | _erased(table, dict(row), left) for row in rows])
    return len(rows)


def _erased(table: str, row: Row, left: Callable[[Row], Row]) -> Row:
    remains = row["content_sha256"]
    if remains is None:
        remains = content_sha256(row["salt"], [row[name] for name in SEALED[table].content])
    return {"salt": None, "content_sha256": remains, **left(row)}


def erase_person(
    connection: Connection, feed: Feed, now_ms: int, *, badge: str | None = None, visitor_pass: str | None = None
) -> int:
    """Erase whose badge or pass this is from every visit that shows it. Returns how many visits.

    Verdict, mask and times stay: the day's figures do not change. Reading, badge and pass go, also out of the messages.
    """
    shown = visit.c.badge == badge if badge is not None else visit.c.visitor_pass == visitor_pass
    whose = connection.execute(select(visit.c.gate, visit.c.visit).where(shown).with_for_update()).all()
    for begin in range(0, len(whose), _AT_ONCE):
        erase_visits(connection, feed, [(row.gate, row.visit) for row in whose[begin : begin + _AT_ONCE]], now_ms)
    return len(whose)


def erase_visits(connection: Connection, feed: Feed, visits: list[tuple[str, str]], now_ms: int) -> None:
    """Take out of these visits, of the messages about them and of their cases who it was and what was measured."""
    if not visits:
        return
    of_visit = tuple_(visit_revision.c.gate, visit_revision.c.visit)
    decided = select(*(visit_revision.c[name] for name in _EVENT)).where(of_visit.in_(visits))
    events = tuple_(*(event.c[name] for name in _EVENT))
    told = _alerts_about(connection, visits)
    erase_content(connection, "event", _EVENT, or_(events.in_(decided), events.in_(told)), _anonymous)
    whose = select(recheck_case.c.number).where(tuple_(recheck_case.c.gate, recheck_case.c.visit).in_(visits))
    erase_content(connection, "case_entry", ("number",), case_entry.c.case.in_(whose), lambda _: {"body": "{}"})
    reports = select(case_entry.c.number).where(case_entry.c.case.in_(whose), case_entry.c.step == Step.REPORTED.value)
    names = [report_name(number) for number in connection.execute(reports).scalars()]
    connection.execute(update(notice).where(notice.c.subject.in_(names)).values(detail=""))
    nobody = {"badge": None, "visitor_pass": None, "duty": None, "reading": None, "core_bin_c": None, "erased_ms": now_ms}
    _each(connection, feed, visit, visits, nobody)
    _each(connection, feed, recheck_case, visits, {"detail": "", "reading": None, "outcome_why": None})


def _alerts_about(connection: Connection, visits: list[tuple[str, str]]) -> list[tuple[str, str, int]]:
    """Alerts name their visit inside; every alert of these gates that is about a person and still says so is read."""
    wanted = set(visits)
    of_gates = (event.c.kind == Kind.ALERT.value, event.c.gate.in_({gate for gate, _ in visits}))
    about_somebody = (event.c.content_sha256.is_(None), event.c.data.not_like(ABOUT_NOBODY))
    rows = connection.execute(select(*(event.c[name] for name in (*_EVENT, "data"))).where(*of_gates, *about_somebody))
    return [(row.gate, row.install, row.seq) for row in rows if (row.gate, json.loads(row.data)["subject"]) in wanted]


def _each(connection: Connection, feed: Feed, table: Any, visits: Iterable[tuple[str, str]], values: Row) -> None:
    """Change these visits' rows, each numbered as a change that screens shall see."""
    same = (table.c.gate == bindparam("on_gate"), table.c.visit == bindparam("on_visit"))
    rows = [{"on_gate": gate, "on_visit": name, "feed": feed.number(), **values} for gate, name in visits]
    connection.execute(update(table).where(*same), rows)


def _anonymous(row: Row) -> Row:
    """The message without what tells of a person."""
    if row["kind"] == Kind.VISIT:
        said = VisitData.model_validate_json(row["data"])
        nobody: VisitData | AlertData = said.model_copy(
            update={"badge": None, "visitor_pass": None, "duty": None, "reading": None, "core_bin_c": None}
        )
    else:
        nobody = AlertData.model_validate_json(row["data"]).model_copy(update={"detail": "", "reading": None})
    return {"data": nobody.model_dump_json()}
