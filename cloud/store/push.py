"""Devices that take web pushes, and the key this cloud shows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Final

from sqlalchemy import ColumnElement, Connection, delete, select, update

from cloud.store.dialect import insert_into
from cloud.store.tables import account, kept_key, push_device

MOST_DEVICES: Final = 10
"""So many of one account; one more, and the oldest goes."""


@dataclass(frozen=True, slots=True)
class Device:
    """One browser of somebody. `p256dh` and `auth` are its key and its secret (RFC 8291), base64url."""

    number: int
    user: str
    endpoint: str
    p256dh: str
    auth: str
    made_ms: int
    accepted_ms: int | None


_COLUMNS: Final = [push_device.c[one.name] for one in fields(Device)]


def devices_of(connection: Connection, user: str) -> list[Device]:
    """The devices of an account, the newest first; of one that was disabled none."""
    able = select(account.c.user).where(account.c.user == user, account.c.disabled_ms.is_(None))
    return _found(connection, push_device.c.user.in_(able))


def keep_device(connection: Connection, user: str, endpoint: str, keys: tuple[str, str], now_ms: int) -> None:
    """The browser belongs to whoever said so last."""
    values = {"user": user, "endpoint": endpoint, "p256dh": keys[0], "auth": keys[1], "made_ms": now_ms, "accepted_ms": None}
    new = insert_into(connection, push_device).values(values)
    connection.execute(new.on_conflict_do_update(index_elements=["endpoint"], set_=values))
    for old in _found(connection, push_device.c.user == user)[MOST_DEVICES:]:
        remove_device(connection, old.number)


def remove_device(connection: Connection, number: int) -> None:
    connection.execute(delete(push_device).where(push_device.c.number == number))


def note_accepted(connection: Connection, number: int, now_ms: int) -> None:
    """Its push service has taken something for it."""
    connection.execute(update(push_device).where(push_device.c.number == number).values(accepted_ms=now_ms))


def key_kept(connection: Connection, name: str, made: Callable[[], str]) -> str:
    """The key of this name, the same for every process of this cloud; the first to ask makes it."""
    question = select(kept_key.c.value).where(kept_key.c.name == name)
    found: str | None = connection.execute(question).scalar_one_or_none()
    if found is not None:
        return found
    connection.execute(insert_into(connection, kept_key).values(name=name, value=made()).on_conflict_do_nothing())
    return str(connection.execute(question).scalar_one())


def _found(connection: Connection, where: ColumnElement[bool]) -> list[Device]:
    rows = connection.execute(select(*_COLUMNS).where(where).order_by(push_device.c.made_ms.desc(), push_device.c.number.desc()))
    return [Device(*row) for row in rows]
