"""Who is inside behind a gate, for a key area: who went in with a badge or pass, and of whom nobody has said that they left.

The way out has no reader. So nobody is ever said to have left by a guess: somebody notes it, or they come in again, or it is not
known. A note is a row of the audit, under the chain, and names the visit, not the person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, and_, func, or_, select

from cloud.store.tables import audit, visit
from contract.verdicts import Verdict

LEFT: Final = "left key area"
"""The deed's name in the audit; its subject is the gate and the visit."""
MOST: Final = 1_000
_PASSED: Final = and_(visit.c.verdict == Verdict.PASS.value, visit.c.replay.is_(False))
_CODED: Final = or_(visit.c.badge.is_not(None), visit.c.visitor_pass.is_not(None))


@dataclass(frozen=True, slots=True)
class Inside:
    """Somebody who went in, and is not known to have left. `badge` or `visitor_pass`: the number that was shown."""

    visit: str
    entered_ms: int
    badge: str | None
    visitor_pass: str | None


@dataclass(frozen=True, slots=True)
class Register:
    """`without_code`: so many went in without a badge or pass; of those nothing can be said. The newest entry comes first."""

    inside: list[Inside]
    left: int
    without_code: int


def register_of(connection: Connection, gate: str, since_ms: int) -> Register:
    """Of entries since then. Who came in again stands in it once, with the later entry."""
    there = (visit.c.gate == gate, visit.c.shown_at_ms >= since_ms, _PASSED)
    columns = (visit.c.visit, visit.c.shown_at_ms, visit.c.badge, visit.c.visitor_pass)
    order = (visit.c.shown_at_ms.desc(), visit.c.number.desc())
    rows = connection.execute(select(*columns).where(*there, _CODED).order_by(*order).limit(MOST)).all()
    gone = set(_noted(connection, gate, since_ms))
    newest: dict[tuple[str | None, str | None], Inside] = {}
    for row in rows:
        newest.setdefault((row.badge, row.visitor_pass), Inside(*row))
    without = connection.execute(select(func.count()).select_from(visit).where(*there, ~_CODED)).scalar_one()
    inside = [one for one in newest.values() if one.visit not in gone]
    return Register(inside, len(newest) - len(inside), without)


def subject_of(gate: str, name: str) -> str:
    """What a note is about."""
    return f"{gate}/{name}"


def _noted(connection: Connection, gate: str, since_ms: int) -> Iterator[str]:
    """The visits that somebody noted as over. Rows of the audit are in the order of time: it is read back as far as needed."""
    rows = connection.execute(select(audit.c.at_ms, audit.c.action, audit.c.subject).order_by(audit.c.number.desc()))
    for row in rows.yield_per(500):
        if row.at_ms < since_ms:
            rows.close()
            return
        if row.action == LEFT and row.subject.startswith(f"{gate}/"):
            yield row.subject.partition("/")[2]
