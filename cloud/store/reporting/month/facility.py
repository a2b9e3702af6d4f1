"""What people and sensors did about disinfection, bins and supplies in a month."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from cloud.ledger.facility.assets import Asset
from cloud.ledger.facility.level_moves import BY_PEOPLE, LevelDoubt, LevelStep
from cloud.ledger.facility.rounds import Trust
from cloud.ledger.facility.rules import RoundRules
from cloud.ledger.facility.stocks import StockLight
from cloud.ledger.facility.supplies import SupplyRules
from cloud.ledger.facility.tally import Tally, tally
from cloud.ledger.reporting.month import Month
from cloud.ledger.sites import is_within
from cloud.store.facility.assets import assets
from cloud.store.facility.books import standing
from cloud.store.facility.entries import EntryKind, case_notices, entries, meetings, rounds
from cloud.store.facility.flow import flow_of
from cloud.store.facility.level_book import LevelEntry, level_entries
from cloud.store.facility.levels import level_points
from cloud.store.facility.supplies import supplies
from cloud.store.reporting.month.body import MonthLevel, MonthLock, MonthMeeting, MonthRounds, MonthSupply
from cloud.store.views.models import moment, moment_or_none


def tallies(
    connection: Connection, month: Month, site: str, gates: Mapping[str, str], rules: RoundRules
) -> list[tuple[Asset, Tally, list[int]]]:
    """Every asset there with what became of its rounds, and when those that count were made."""
    there = [one for one in assets(connection, site) if one.made_ms < month.until_ms]
    made = rounds(connection, [one.number for one in there], month.since_ms)
    found = []
    for one in there:
        known = [each for each in made[one.number] if each.done_ms < month.until_ms]
        flow = flow_of(connection, one, gates, month.until_ms)
        counted = [each.done_ms for each in known if each.counts and month.holds(each.done_ms)]
        found.append((one, tally(one, known, month.since_ms, month.until_ms, rules, flow), counted))
    return found


def rounds_line(asset: Asset, told: Tally) -> MonthRounds:
    return MonthRounds(
        site=asset.site,
        kind=asset.kind,
        name=asset.name,
        due=told.due,
        shown=told.shown,
        unverified=told.unverified,
        invalid=told.invalid,
        late=told.late,
        missed=told.missed,
        overdue_s=told.overdue_ms / 1000,
        share=told.share,
    )


def locks_of_month(connection: Connection, month: Month, site: str) -> list[MonthLock]:
    """Areas that were locked in the month, with the paper that ended it."""
    ended = {one.about: one.body for one in entries(connection, (EntryKind.NOTICE_ENDED,))}
    return [
        MonthLock(
            site=one.site,
            area=one.area,
            source=one.source,
            since=moment(one.at_ms),
            until=moment_or_none(one.ended_ms),
            evidence=_evidence(ended.get(one.number)),
        )
        for one in reversed(case_notices(connection))
        if one.site is not None
        and (is_within(one.site, site) or is_within(site, one.site))
        and one.at_ms < month.until_ms
        and (one.ended_ms is None or one.ended_ms > month.since_ms)
    ]


def _evidence(body: Mapping[str, object] | None) -> str:
    if body is None:
        return ""
    return ", ".join(str(body[name]) for name in ("by", "day", "document", "why") if body.get(name))


def meetings_of_month(connection: Connection, month: Month, of_site: Mapping[int, Asset]) -> list[MonthMeeting]:
    return [
        MonthMeeting(
            site=of_site[one.room].site,
            room=of_site[one.room].name,
            begins=moment(one.begins_ms),
            ends=moment(one.ends_ms),
            heads=one.heads,
            screened=one.screened,
        )
        for one in meetings(connection, month.since_ms)
        if one.begins_ms < month.until_ms and one.room in of_site
    ]


def supplies_of_month(connection: Connection, month: Month, site: str, rules: SupplyRules) -> list[MonthSupply]:
    """Those that were short, or not known, at the end of at least one day."""
    there = [one for one in supplies(connection, site) if one.made_ms < month.until_ms]
    short, unknown = dict.fromkeys(range(len(there)), 0), dict.fromkeys(range(len(there)), 0)
    for end_ms in month.ends_of_days():
        for number, how in enumerate(standing(connection, there, rules, end_ms, until_ms=end_ms)):
            if there[number].made_ms < end_ms:
                short[number] += how.light is StockLight.SHORT
                unknown[number] += how.light not in {StockLight.SHORT, StockLight.FINE}
    lines = [
        MonthSupply(site=one.site, name=one.name, short_days=short[number], unknown_days=unknown[number])
        for number, one in enumerate(there)
    ]
    return [one for one in lines if one.short_days or one.unknown_days]


def levels_of_month(connection: Connection, month: Month, site: str) -> tuple[list[MonthLevel], list[LevelEntry]]:
    """What became of each bin and dispenser, and the entries that say that one became due."""
    there = {one.number: one for one in level_points(connection, site) if one.made_ms < month.until_ms}
    # Written down up to now: what a gate that was offline told later belongs to the month in which it happened.
    book = [one for one in level_entries(connection, 0, 2**62) if one.point in there and month.holds(one.happened_ms)]
    lines = []
    for number, point in there.items():
        own = [one for one in book if one.point == number]
        doubts = [one.doubt for one in own if one.step in BY_PEOPLE and one.trust is Trust.UNVERIFIED]
        lines.append(
            MonthLevel(
                site=point.site,
                kind=point.kind,
                name=point.name,
                became_due=sum(one.step is LevelStep.BECAME_DUE for one in own),
                done=sum(one.step in BY_PEOPLE for one in own),
                unverified=sum(one is not LevelDoubt.CONTRADICTED for one in doubts),
                contradicted=sum(one is LevelDoubt.CONTRADICTED for one in doubts),
                returned=sum(one.step is LevelStep.RETURNED for one in own),
                open=point.state.due_ms is not None and point.state.due_ms < month.until_ms,
            )
        )
    return lines, [one for one in book if one.step is LevelStep.BECAME_DUE]
