"""Who is put where: the roster of shifts, and the rota of the 24 hours' duty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select

from cloud.ledger.staff.roster import Place
from cloud.ledger.staff.rules import Shift
from cloud.ledger.staff.turns import Post, Turn
from cloud.store.sites import below
from cloud.store.tables import roster, rota


@dataclass(frozen=True, slots=True)
class RotaTurn:
    """One turn of the rota as it was entered."""

    number: int
    site: str
    person: int
    begins_ms: int
    ends_ms: int
    leads: bool

    @property
    def turn(self) -> Turn:
        post = Post.LEADER if self.leads else Post.WATCH
        return Turn(self.person, self.begins_ms, self.ends_ms, frozenset({post}))


def put(connection: Connection, site: str, place: Place) -> None:
    """These people stand there and nobody else."""
    where = (roster.c.site == site, roster.c.day == place.day.isoformat())
    connection.execute(delete(roster).where(*where, roster.c.shift == place.shift.value, roster.c.post == place.post.value))
    at = {"site": site, "day": place.day.isoformat(), "shift": place.shift.value, "post": place.post.value}
    if place.persons:
        connection.execute(insert(roster), [{**at, "person": person} for person in sorted(set(place.persons))])


def places(connection: Connection, where: ColumnElement[bool], first: date, last: date) -> list[tuple[str, Place]]:
    """Every place with somebody on it from `first` to `last`, with its site."""
    days = roster.c.day.between(first.isoformat(), last.isoformat())
    rows = connection.execute(select(roster).where(and_(where, days)).order_by(*roster.primary_key)).all()
    found: dict[tuple[str, str, str, str], list[int]] = {}
    for row in rows:
        found.setdefault((row.site, row.day, row.shift, row.post), []).append(row.person)
    return [
        (site, Place(date.fromisoformat(day), Shift(shift), Post(post), tuple(persons)))
        for (site, day, shift, post), persons in found.items()
    ]


def at_or_below(top: str) -> ColumnElement[bool]:
    """Places at this site and below it."""
    return below(roster.c.site, top)


def rostered_sites(connection: Connection, top: str, since: date) -> list[str]:
    """Sites that keep a roster: somebody is on it since then."""
    where = (below(roster.c.site, top), roster.c.day >= since.isoformat())
    return list(connection.execute(select(roster.c.site).where(*where).distinct().order_by(roster.c.site)).scalars())


def add_turn(connection: Connection, site: str, turn: Turn) -> int:
    """Put a turn into the rota. Returns its number."""
    values = {"site": site, "person": turn.person, "begins_ms": turn.begins_ms, "ends_ms": turn.ends_ms}
    made = connection.execute(insert(rota).values(**values, leads=Post.LEADER in turn.posts).returning(rota.c.number))
    return int(made.scalar_one())


def remove_turn(connection: Connection, number: int, top: str) -> RotaTurn | None:
    """Take a turn out of the rota; None where there is none in reach."""
    found = _turns(connection, and_(rota.c.number == number, below(rota.c.site, top)))
    connection.execute(delete(rota).where(rota.c.number.in_([one.number for one in found])))
    return found[0] if found else None


def rota_turns(connection: Connection, top: str, since_ms: int, until_ms: int) -> list[RotaTurn]:
    """Every turn that lies between the two, or partly."""
    return _turns(connection, and_(below(rota.c.site, top), rota.c.ends_ms > since_ms, rota.c.begins_ms < until_ms))


def _turns(connection: Connection, where: ColumnElement[bool]) -> list[RotaTurn]:
    columns = (rota.c[name] for name in ("number", "site", "person", "begins_ms", "ends_ms", "leads"))
    return [RotaTurn(*row) for row in connection.execute(select(*columns).where(where).order_by(rota.c.begins_ms, rota.c.number))]


def take_off(connection: Connection, person: int, since: date, since_ms: int) -> None:
    """Whoever it is stands nowhere from then on."""
    connection.execute(delete(roster).where(roster.c.person == person, roster.c.day >= since.isoformat()))
    connection.execute(delete(rota).where(rota.c.person == person, rota.c.ends_ms > since_ms))


def sites_of_rota(turns: Sequence[RotaTurn]) -> list[str]:
    """Sites that keep a rota."""
    return sorted({one.site for one in turns})
