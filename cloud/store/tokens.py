"""Tokens of programs. Of a token its SHA-256 is kept."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

from sqlalchemy import ColumnElement, Connection, insert, select, update

from cloud.store.sessions import sha256_of
from cloud.store.sites import below
from cloud.store.tables import api_token


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A token as it is kept."""

    number: int
    name: str
    role: str
    site: str
    made_by: str
    made_ms: int
    expires_ms: int
    used_ms: int | None
    revoked_ms: int | None


_COLUMNS: Final = [api_token.c[one.name] for one in fields(ApiToken)]


def keep_token(
    connection: Connection, token: str, name: str, role: str, site: str, made: tuple[str, int], expires_ms: int
) -> None:
    """`made`: by whom and when."""
    values = {"token_sha256": sha256_of(token), "name": name, "role": role, "site": site, "expires_ms": expires_ms}
    connection.execute(insert(api_token).values(**values, made_by=made[0], made_ms=made[1]))


def token_of(connection: Connection, token: str, now_ms: int) -> ApiToken | None:
    """What this token is good for; None where it is unknown, has run out or was revoked."""
    good = (api_token.c.expires_ms > now_ms) & api_token.c.revoked_ms.is_(None)
    return _one(connection, (api_token.c.token_sha256 == sha256_of(token)) & good)


def token_numbered(connection: Connection, number: int) -> ApiToken | None:
    return _one(connection, api_token.c.number == number)


def token_named(connection: Connection, name: str) -> ApiToken | None:
    return _one(connection, api_token.c.name == name)


def tokens_below(connection: Connection, site: str) -> list[ApiToken]:
    """Every token of this site and below, the newest first."""
    rows = connection.execute(select(*_COLUMNS).where(below(api_token.c.site, site)).order_by(api_token.c.number.desc()))
    return [ApiToken(*row) for row in rows]


def token_used(connection: Connection, number: int, now_ms: int) -> None:
    connection.execute(update(api_token).where(api_token.c.number == number).values(used_ms=now_ms))


def revoke_token(connection: Connection, number: int, now_ms: int) -> None:
    connection.execute(update(api_token).where(api_token.c.number == number).values(revoked_ms=now_ms))


def _one(connection: Connection, which: ColumnElement[bool]) -> ApiToken | None:
    row = connection.execute(select(*_COLUMNS).where(which)).one_or_none()
    return None if row is None else ApiToken(*row)
