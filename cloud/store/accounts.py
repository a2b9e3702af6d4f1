"""Accounts, and the audit of what they do. Of a password its argon2id hash is kept."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, Final

from sqlalchemy import Connection, Row, func, select

from cloud.ledger.sites import ROOT
from cloud.store.dialect import insert_into
from cloud.store.sealing import insert_sealed
from cloud.store.sites import below
from cloud.store.tables import account, audit

ADMINISTRATOR = "administrator"
LOCAL: Final = "local"
OIDC: Final = "oidc"


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who is signed in, at `site` and below; `address`: from where. `must_change`: has a password that is good once."""

    user: str
    role: str
    site: str = ROOT
    must_change: bool = False
    address: str = ""
    program: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """An account as it is kept. `source`: who checks the password, this cloud (`local`) or a provider (`oidc`)."""

    user: str
    role: str
    site: str
    password_hash: str
    changed_ms: int
    source: str = LOCAL
    must_change: bool = False
    disabled_ms: int | None = None


_COLUMNS: Final = [account.c[one.name] for one in fields(Account)]


def account_of(connection: Connection, user: str) -> Account | None:
    """The account, or None."""
    row = connection.execute(select(*_COLUMNS).where(account.c.user == user)).one_or_none()
    return None if row is None else Account(*row)


def accounts_below(connection: Connection, site: str) -> list[Account]:
    """Every account of this site and below, by name."""
    rows = connection.execute(select(*_COLUMNS).where(below(account.c.site, site)).order_by(account.c.user))
    return [Account(*row) for row in rows]


def other_administrators(connection: Connection, user: str) -> int:
    """How many other accounts may manage everything. Locked until the transaction ends."""
    able = (account.c.role == ADMINISTRATOR, account.c.site == ROOT, account.c.disabled_ms.is_(None), account.c.user != user)
    return len(connection.execute(select(account.c.user).where(*able).with_for_update()).all())


def save_account(connection: Connection, changed: Account) -> None:
    """Make the account, or write it back."""
    values = asdict(changed)
    rest = {name: value for name, value in values.items() if name != "user"}
    connection.execute(insert_into(connection, account).values(values).on_conflict_do_update(index_elements=["user"], set_=rest))


def note(connection: Connection, by: User | str, action: str, subject: str, now_ms: int, detail: str = "") -> None:
    """One row of the audit. `by` is a word where no account acts: a gate, or somebody at the machine itself."""
    user, address = (by.user, by.address) if isinstance(by, User) else (by, "")
    values = {"at_ms": now_ms, "user": user, "action": action, "subject": subject, "detail": detail, "address": address}
    insert_sealed(connection, "audit", [values])


def audit_page(connection: Connection, limit: int, before: int | None, site: str, like: dict[str, str]) -> list[Row[Any]]:
    """Rows of the audit, newest first, older than number `before`; of accounts at `site` and below only.

    `like`: a column's name and what it begins with.
    """
    where = [func.substr(audit.c[name], 1, len(value)) == value for name, value in like.items()]
    if site != ROOT:
        where.append(audit.c.user.in_(select(account.c.user).where(below(account.c.site, site))))
    if before is not None:
        where.append(audit.c.number < before)
    return list(connection.execute(select(audit).where(*where).order_by(audit.c.number.desc()).limit(limit)))
