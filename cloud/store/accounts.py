"""Accounts and sessions. Of a password its argon2id hash is kept, of a session's token its SHA-256."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from cloud.store.dialect import insert_into
from cloud.store.tables import account, audit, session

ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who is signed in."""

    user: str
    role: str


def password_hash_of(connection: Connection, user: str) -> tuple[str, str] | None:
    """Hash and role, or None for an account that does not exist."""
    row = connection.execute(select(account.c.password_hash, account.c.role).where(account.c.user == user)).one_or_none()
    return None if row is None else (row.password_hash, row.role)


def set_password(connection: Connection, user: str, role: str, password_hash: str, now_ms: int) -> None:
    """Make the account or change its password; every session of it ends."""
    values = {"user": user, "role": role, "password_hash": password_hash, "changed_ms": now_ms}
    new = insert_into(connection, account).values(values)
    changed = {"password_hash": password_hash, "changed_ms": now_ms}
    connection.execute(new.on_conflict_do_update(index_elements=["user"], set_=changed))
    connection.execute(delete(session).where(session.c.user == user))


def open_session(connection: Connection, user: str, token: str, expires_ms: int, now_ms: int) -> None:
    """Remember a token; those that have run out are forgotten."""
    connection.execute(delete(session).where(session.c.expires_ms <= now_ms))
    connection.execute(insert(session).values(token_sha256=_sha256(token), user=user, expires_ms=expires_ms))


def user_of(connection: Connection, token: str, now_ms: int) -> User | None:
    """Whose token this is, or None where it is unknown or has run out."""
    question = (
        select(account.c.user, account.c.role)
        .join(session, session.c.user == account.c.user)
        .where(session.c.token_sha256 == _sha256(token), session.c.expires_ms > now_ms)
    )
    row = connection.execute(question).one_or_none()
    return None if row is None else User(row.user, row.role)


def close_session(connection: Connection, token: str) -> None:
    connection.execute(delete(session).where(session.c.token_sha256 == _sha256(token)))


def note(connection: Connection, user: str, action: str, subject: str, now_ms: int, detail: str = "") -> None:
    """One row of the audit."""
    values = {"at_ms": now_ms, "user": user, "action": action, "subject": subject, "detail": detail}
    connection.execute(insert(audit).values(values))


def _sha256(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
