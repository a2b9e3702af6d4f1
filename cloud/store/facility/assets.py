"""The list of assets. A number is never given again; of a tag's code its SHA-256 is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select, true, update

from cloud.ledger.facility.agents import Agent
from cloud.ledger.facility.assets import Asset
from cloud.ledger.facility.kinds import AssetKind
from cloud.ledger.sites import ROOT
from cloud.store.sessions import sha256_of
from cloud.store.sites import below
from cloud.store.tables import asset

_COLUMNS: Final = [asset.c[one.name] for one in fields(Asset)]


def assets(connection: Connection, top: str, *, ended: bool = False) -> list[Asset]:
    """Everything at this site and below that is still disinfected, by number. `ended`: also what is not any more."""
    there = (below(asset.c.site, top), true() if ended else asset.c.ended_ms.is_(None))
    return [_asset(row) for row in connection.execute(select(*_COLUMNS).where(*there).order_by(asset.c.number))]


def asset_numbered(connection: Connection, number: int, top: str = ROOT, *, lock: bool = False) -> Asset | None:
    """One asset in reach, also one that has ended. `lock`: for the rest of a writing transaction."""
    where = (below(asset.c.site, top), asset.c.number == number)
    wanted = select(*_COLUMNS).where(*where)
    row = connection.execute(wanted.with_for_update() if lock else wanted).one_or_none()
    return None if row is None else _asset(row)


def has_tag(connection: Connection, number: int, code: str) -> bool:
    """Whether this is the code of the tag that the asset has now."""
    where = (asset.c.number == number, asset.c.tag_sha256 == sha256_of(code))
    return connection.execute(select(asset.c.number).where(*where)).one_or_none() is not None


def tagged(connection: Connection, top: str) -> set[int]:
    """Which assets have a tag."""
    found = select(asset.c.number).where(below(asset.c.site, top), asset.c.tag_sha256.is_not(None))
    return set(connection.execute(found).scalars())


def add_asset(connection: Connection, values: Mapping[str, Any]) -> int:
    """Returns the new number."""
    return int(connection.execute(insert(asset).values(**values).returning(asset.c.number)).scalar_one())


def change_asset(connection: Connection, changed: Asset) -> None:
    """Write it back; one that has ended has no tag and nobody assigned."""
    values = {name: value for name, value in asdict(changed).items() if name != "number"}
    if changed.ended_ms is not None:
        values |= {"tag_sha256": None, "person": None}
    connection.execute(update(asset).where(asset.c.number == changed.number).values(**values))


def put_tag(connection: Connection, number: int, code: str) -> None:
    """Another code: the one before opens nothing any more."""
    connection.execute(update(asset).where(asset.c.number == number).values(tag_sha256=sha256_of(code)))


def _asset(row: Row[Any]) -> Asset:
    values = dict(row._mapping)  # noqa: SLF001  SQLAlchemy's public name for it
    agent = values.pop("agent")
    return Asset(**{**values, "kind": AssetKind(values["kind"]), "agent": None if agent is None else Agent(agent)})
