"""Where gates stand in the tree of sites."""

from __future__ import annotations

from sqlalchemy import Column, ColumnElement, Connection, func, or_, select, true, update

from cloud.ledger.sites import ROOT
from cloud.store.dialect import insert_into
from cloud.store.feed import Feed
from cloud.store.tables import gate, gate_site


def below(column: Column[str], top: str) -> ColumnElement[bool]:
    """The site in `column` is `top` or lies below it. Not LIKE: a site may have `_` in it."""
    if top == ROOT:
        return true()
    return or_(column == top, func.substr(column, 1, len(top) + 1) == f"{top}/")


def gates_below(column: Column[str], top: str) -> ColumnElement[bool]:
    """The gate in `column` stands there."""
    if top == ROOT:
        return true()
    return column.in_(select(gate_site.c.gate).where(below(gate_site.c.site, top)))


def site_of(connection: Connection, name: str) -> str:
    """Where the gate stands; the root where nobody has said."""
    found: str | None = connection.execute(select(gate_site.c.site).where(gate_site.c.gate == name)).scalar_one_or_none()
    return ROOT if found is None else found


def sites_of_gates(connection: Connection, top: str) -> dict[str, str]:
    """Every gate that stands below `top`, and where."""
    stands = select(gate.c.gate, func.coalesce(gate_site.c.site, ROOT)).outerjoin(gate_site, gate_site.c.gate == gate.c.gate)
    rows = connection.execute(stands.where(gates_below(gate.c.gate, top)).order_by(gate.c.gate))
    return {row[0]: row[1] for row in rows}


def place_gate(connection: Connection, feed: Feed, name: str, site: str) -> None:
    """The gate stands there from now on; screens are told."""
    new = insert_into(connection, gate_site).values(gate=name, site=site)
    connection.execute(new.on_conflict_do_update(index_elements=["gate"], set_={"site": site}))
    connection.execute(update(gate).where(gate.c.gate == name).values(feed=feed.number()))
