"""The list of bins and dispensers, each with how it stands. No number is given again; of a tag's code its SHA-256 is kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from cloud.ledger.facility.levels import FILLS, LevelKind, LevelRules, LevelState, Scale
from cloud.ledger.sites import ROOT
from cloud.store.sessions import sha256_of
from cloud.store.sites import below
from cloud.store.tables import level_point

_STATE: Final = [one.name for one in fields(LevelState)]


@dataclass(frozen=True, slots=True)
class LevelPoint:
    """One bin or dispenser.

    Attributes: gate, sensor, quantity, whose readings it hears; limit_pct, its own, None: that of its kind; tagged, whether it
    has a tag; ended_ms, since when it is not looked after any more.
    """

    number: int
    site: str
    kind: LevelKind
    name: str
    gate: str
    sensor: str
    quantity: str
    limit_pct: float | None
    made_ms: int
    ended_ms: int | None
    tagged: bool
    state: LevelState

    def scale(self, rules: LevelRules) -> Scale:
        usual = rules.full_pct if self.kind in FILLS else rules.low_pct
        return Scale(self.kind, usual if self.limit_pct is None else self.limit_pct)


def level_points(connection: Connection, top: str) -> list[LevelPoint]:
    """Everything at this site and below that is looked after, by number."""
    there = (below(level_point.c.site, top), level_point.c.ended_ms.is_(None))
    return [_point(row) for row in connection.execute(select(level_point).where(*there).order_by(level_point.c.number))]


def level_numbered(connection: Connection, number: int, top: str = ROOT, *, lock: bool = False) -> LevelPoint | None:
    """One in reach, also one that has ended. `lock`: for the rest of a writing transaction."""
    wanted = select(level_point).where(below(level_point.c.site, top), level_point.c.number == number)
    row = connection.execute(wanted.with_for_update() if lock else wanted).one_or_none()
    return None if row is None else _point(row)


def heard_by(connection: Connection, gates: Collection[str]) -> list[LevelPoint]:
    """Those that hear sensors of these gates, locked, by number."""
    theirs = (level_point.c.gate.in_(sorted(gates)), level_point.c.ended_ms.is_(None))
    rows = connection.execute(select(level_point).where(*theirs).order_by(level_point.c.number).with_for_update())
    return [_point(row) for row in rows]


def add_level(connection: Connection, values: Mapping[str, Any]) -> int:
    """Returns the new number."""
    return int(connection.execute(insert(level_point).values(**values).returning(level_point.c.number)).scalar_one())


def change_level(connection: Connection, number: int, values: Mapping[str, Any]) -> None:
    """Write these columns; what has ended has no tag."""
    ended = {"tag_sha256": None} if values.get("ended_ms") is not None else {}
    connection.execute(update(level_point).where(level_point.c.number == number).values(**values, **ended))


def save_levels(connection: Connection, states: Sequence[tuple[int, LevelState]]) -> None:
    """Write back how these stand."""
    rows = [{"on_number": number, **asdict(state)} for number, state in states]
    if rows:
        of_it = level_point.c.number == bindparam("on_number")
        connection.execute(update(level_point).where(of_it), rows)


def put_level_tag(connection: Connection, number: int, code: str) -> None:
    """Another code: the one before proves nothing any more."""
    connection.execute(update(level_point).where(level_point.c.number == number).values(tag_sha256=sha256_of(code)))


def has_level_tag(connection: Connection, number: int, code: str) -> bool:
    """Whether this is the code of the tag that it has now."""
    where = (level_point.c.number == number, level_point.c.tag_sha256 == sha256_of(code))
    return connection.execute(select(level_point.c.number).where(*where)).one_or_none() is not None


def _point(row: Row[Any]) -> LevelPoint:
    return LevelPoint(
        row.number,
        row.site,
        LevelKind(row.kind),
        row.name,
        row.gate,
        row.sensor,
        row.quantity,
        row.limit_pct,
        row.made_ms,
        row.ended_ms,
        row.tag_sha256 is not None,
        LevelState(*(getattr(row, name) for name in _STATE)),
    )
