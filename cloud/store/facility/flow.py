"""People at the gates: how many have come in since a round, out of the visits in the ledger."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, func, select

from cloud.ledger.facility.assets import Asset
from cloud.ledger.facility.due import Flow, no_flow
from cloud.ledger.sites import is_within
from cloud.store.tables import visit
from contract.verdicts import Verdict


def flow_of(connection: Connection, asset: Asset, gates: Mapping[str, str], now_ms: int) -> Flow:
    """When so many had entered by a gate on the way to this asset. `gates`: where each stands."""
    limit = asset.flow_limit
    if limit is None:
        return no_flow
    near = _near(asset, gates)

    def reached_ms(since_ms: int) -> int | None:
        entered = (visit.c.gate.in_(near), visit.c.shown_at_ms > since_ms, visit.c.shown_at_ms <= now_ms)
        passed = (visit.c.verdict == Verdict.PASS.value, visit.c.replay.is_(False))
        found = select(visit.c.shown_at_ms).where(*entered, *passed).order_by(visit.c.shown_at_ms)
        moment: int | None = connection.execute(found.offset(limit - 1).limit(1)).scalar_one_or_none()
        return moment

    return reached_ms


def entered_since(connection: Connection, asset: Asset, gates: Mapping[str, str], since_ms: int) -> int:
    """How many, for whoever looks."""
    where = (visit.c.gate.in_(_near(asset, gates)), visit.c.shown_at_ms > since_ms, visit.c.verdict == Verdict.PASS.value)
    return int(connection.execute(select(func.count()).select_from(visit).where(*where, visit.c.replay.is_(False))).scalar_one())


def _near(asset: Asset, gates: Mapping[str, str]) -> list[str]:
    """Gates at the asset's own site, below it, or above it; not those of a site beside it."""
    return [name for name, site in gates.items() if is_within(site, asset.site) or is_within(asset.site, site)]
