"""Who is signed in. Of a session's token its SHA-256 is kept; the first half of that names the session to people."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, delete, func, insert, select, update

from cloud.store.tables import account, session

_NAME: Final = 32


@dataclass(frozen=True, slots=True)
class Session:
    """A session of an account that may sign in. `name` tells it from others, and opens nothing."""

    name: str
    user: str
    role: str
    site: str
    must_change: bool
    opened_ms: int
    used_ms: int
    expires_ms: int
    address: str


_WHOLE: Final = (
    select(
        func.substr(session.c.token_sha256, 1, _NAME), account.c.user, account.c.role, account.c.site, account.c.must_change,
        session.c.opened_ms, session.c.used_ms, session.c.expires_ms, session.c.address,
    )
    .join(account, session.c.user == account.c.user)
    .where(account.c.disabled_ms.is_(None))
)  # fmt: skip


def open_session(connection: Connection, user: str, token: str, expires_ms: int, now_ms: int, address: str = "") -> None:
    """Remember a token; those that have run out are forgotten."""
    connection.execute(delete(session).where(session.c.expires_ms <= now_ms))
    times = {"expires_ms": expires_ms, "opened_ms": now_ms, "used_ms": now_ms}
    connection.execute(insert(session).values(token_sha256=sha256_of(token), user=user, address=address, **times))


def session_of(connection: Connection, token: str, now_ms: int) -> Session | None:
    """Whose token this is, or None where it is unknown or has run out, or the account is disabled."""
    known = _WHOLE.where(session.c.token_sha256 == sha256_of(token), session.c.expires_ms > now_ms)
    row = connection.execute(known).one_or_none()
    return None if row is None else Session(*row)


def sessions_of(connection: Connection, user: str, now_ms: int) -> list[Session]:
    """Where an account is signed in, the newest first."""
    rows = connection.execute(
        _WHOLE.where(session.c.user == user, session.c.expires_ms > now_ms).order_by(session.c.opened_ms.desc())
    )
    return [Session(*row) for row in rows]


def session_named(connection: Connection, name: str, now_ms: int) -> Session | None:
    named = _WHOLE.where(func.substr(session.c.token_sha256, 1, _NAME) == name, session.c.expires_ms > now_ms)
    row = connection.execute(named).one_or_none()
    return None if row is None else Session(*row)


def session_used(connection: Connection, token: str, now_ms: int) -> None:
    connection.execute(update(session).where(session.c.token_sha256 == sha256_of(token)).values(used_ms=now_ms))


def close_session(connection: Connection, token: str) -> None:
    connection.execute(delete(session).where(session.c.token_sha256 == sha256_of(token)))


def close_session_named(connection: Connection, name: str) -> None:
    connection.execute(delete(session).where(func.substr(session.c.token_sha256, 1, _NAME) == name))


def close_sessions_of(connection: Connection, user: str) -> None:
    connection.execute(delete(session).where(session.c.user == user))


def sha256_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
