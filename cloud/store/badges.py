"""Badges of staff. Of the link's secret its SHA-256 is kept; a badge has a number and names nobody."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

from sqlalchemy import ColumnElement, Connection, insert, select, update

from cloud.store.sessions import sha256_of
from cloud.store.sites import below
from cloud.store.tables import badge, reception


@dataclass(frozen=True, slots=True)
class Badge:
    """A badge as it is kept."""

    holder: str
    reception: str
    made_ms: int
    made_by: str
    revoked_ms: int | None


_COLUMNS: Final = [badge.c[one.name] for one in fields(Badge)]


def keep_badge(connection: Connection, made: Badge, secret: str) -> None:
    values = {name: getattr(made, name) for name in (one.name for one in fields(Badge))}
    connection.execute(insert(badge).values(**values, secret_sha256=sha256_of(secret)))


def badge_of(connection: Connection, secret: str) -> Badge | None:
    """Whose page has this secret."""
    return _one(connection, badge.c.secret_sha256 == sha256_of(secret))


def badge_held_by(connection: Connection, holder: str) -> Badge | None:
    return _one(connection, badge.c.holder == holder)


def badges_below(connection: Connection, site: str) -> list[Badge]:
    """Those of receptions at this site and below, also revoked ones, by number."""
    rows = connection.execute(
        select(*_COLUMNS)
        .join(reception, reception.c.name == badge.c.reception)
        .where(below(reception.c.site, site))
        .order_by(badge.c.holder)
    )
    return [Badge(*row) for row in rows]


def change_secret(connection: Connection, holder: str, secret: str) -> None:
    """Another link; the one before opens nothing any more."""
    connection.execute(update(badge).where(badge.c.holder == holder).values(secret_sha256=sha256_of(secret)))


def revoke_badge(connection: Connection, holder: str, now_ms: int) -> None:
    connection.execute(update(badge).where(badge.c.holder == holder, badge.c.revoked_ms.is_(None)).values(revoked_ms=now_ms))


def badges_revoked(connection: Connection, reception: str, since_ms: int) -> list[str]:
    """Numbers of badges that were revoked since."""
    asked = badge.c.reception == reception, badge.c.revoked_ms > since_ms
    return list(connection.execute(select(badge.c.holder).where(*asked).order_by(badge.c.holder)).scalars())


def _one(connection: Connection, which: ColumnElement[bool]) -> Badge | None:
    row = connection.execute(select(*_COLUMNS).where(which)).one_or_none()
    return None if row is None else Badge(*row)
