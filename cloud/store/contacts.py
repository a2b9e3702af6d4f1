"""Contacts as rows, and which sites they leave without anybody."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, select

from cloud.ledger.contacts import Channel, Contact, Lack, lacks
from cloud.ledger.sites import ROOT
from cloud.store.dialect import insert_into
from cloud.store.sites import below, sites_of_gates
from cloud.store.tables import contact


def contacts_below(connection: Connection, site: str = ROOT) -> list[Contact]:
    """Every contact of this site and below, by site, step and name."""
    return _found(connection, below(contact.c.site, site))


def contact_named(connection: Connection, name: str) -> Contact | None:
    return next(iter(_found(connection, contact.c.name == name)), None)


def save_contact(connection: Connection, one: Contact) -> None:
    """Keep the contact, or write it back."""
    values = {
        "name": one.name,
        "site": one.site,
        "step": one.step,
        "liaison": one.liaison,
        "alarms": one.alarms,
        "reports": one.reports,
        "staff": one.staff,
        "kinds": json.dumps(one.kinds),
        "days": "".join(str(day) for day in sorted(one.days)),
        "begins_min": one.begins_min,
        "ends_min": one.ends_min,
        "mail": one.ways.get(Channel.MAIL),
        "user": one.ways.get(Channel.PUSH),
        "webhook": one.ways.get(Channel.WEBHOOK),
        "mqtt": Channel.MQTT in one.ways,
    }
    rest = {name: value for name, value in values.items() if name != "name"}
    connection.execute(insert_into(connection, contact).values(values).on_conflict_do_update(index_elements=["name"], set_=rest))


def remove_contact(connection: Connection, name: str) -> None:
    connection.execute(delete(contact).where(contact.c.name == name))


def lacking(connection: Connection) -> list[Lack]:
    """What the contacts leave out, of every site at which a gate stands."""
    sites = sorted(set(sites_of_gates(connection, ROOT).values()))
    return lacks(sites, contacts_below(connection)) if sites else []


def _found(connection: Connection, where: ColumnElement[bool]) -> list[Contact]:
    order = (contact.c.site, contact.c.step, contact.c.name)
    return [_contact(row) for row in connection.execute(select(contact).where(where).order_by(*order))]


def _contact(row: Row[Any]) -> Contact:
    ways = {Channel.MAIL: row.mail, Channel.PUSH: row.user, Channel.WEBHOOK: row.webhook, Channel.MQTT: "" if row.mqtt else None}
    return Contact(
        name=row.name,
        ways={channel: address for channel, address in ways.items() if address is not None},
        site=row.site,
        step=row.step,
        days=frozenset(int(day) for day in row.days),
        begins_min=row.begins_min,
        ends_min=row.ends_min,
        alarms=row.alarms,
        reports=row.reports,
        staff=row.staff,
        liaison=row.liaison,
        kinds=tuple(json.loads(row.kinds)),
    )
