"""What became of the disinfection rounds in a period, for the report: only assets of which there is something to say."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from cloud.ledger.facility.assets import Asset
from cloud.ledger.facility.due import missed
from cloud.ledger.facility.rounds import Round, Trust
from cloud.ledger.facility.rules import RoundRules
from cloud.ledger.sites import ROOT
from cloud.store.facility.assets import assets
from cloud.store.facility.entries import rounds
from cloud.store.facility.flow import flow_of
from cloud.store.reporting.body import RoundLine
from cloud.store.reporting.period import Period
from cloud.store.sites import sites_of_gates


@dataclass(frozen=True, slots=True)
class DisinfectionOf:
    """The period as it stood when the report was due. Rounds belong to the report after this server heard of them."""

    rules: RoundRules

    def __call__(self, connection: Connection, period: Period) -> list[RoundLine]:
        there = [one for one in assets(connection, ROOT) if one.made_ms < period.due_ms]
        made = rounds(connection, [one.number for one in there], period.since_ms)
        gates = sites_of_gates(connection, ROOT)
        lines = []
        for one in there:
            known = [each for each in made[one.number] if each.at_ms <= period.due_ms]
            spans = missed(one, known, period.since_ms, period.due_ms, self.rules, flow_of(connection, one, gates, period.due_ms))
            over_ms = sum((each.until_ms or period.due_ms) - each.since_ms for each in spans)
            lines.append(_line(one, [each for each in known if each.at_ms > period.since_ms], len(spans), over_ms / 1000))
        return [one for one in lines if one.unverified or one.invalid or one.late or one.overdue_times]


def _line(asset: Asset, made: list[Round], overdue_times: int, overdue_s: float) -> RoundLine:
    return RoundLine(
        site=asset.site,
        kind=asset.kind,
        name=asset.name,
        unverified=sum(one.trust is Trust.UNVERIFIED and one.counts for one in made),
        invalid=sum(not one.counts for one in made),
        late=sum(one.late for one in made),
        overdue_times=overdue_times,
        overdue_s=overdue_s,
        made=sum(one.counts for one in made),
    )
