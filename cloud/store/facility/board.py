"""How everything stands at one moment. All of it is derived."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from cloud.ledger.facility.assets import Asset
from cloud.ledger.facility.confirmed import CaseNotice, locking
from cloud.ledger.facility.due import ORDER, Light, Standing, standing
from cloud.ledger.facility.kinds import NAMED_PERSON
from cloud.ledger.facility.meetings import Concern, Meeting, concerns, demands
from cloud.ledger.facility.rounds import Round
from cloud.ledger.facility.rules import RoundRules
from cloud.ledger.sites import ROOT, is_within
from cloud.store.facility.assets import assets, tagged
from cloud.store.facility.entries import case_notices, meetings, rounds
from cloud.store.facility.flow import entered_since, flow_of
from cloud.store.sites import sites_of_gates
from cloud.store.staff.register import members

DAY_MS: Final = 86_400_000
RECENT_MS: Final = 3 * DAY_MS


@dataclass(frozen=True, slots=True)
class Stands:
    """One asset. `entered`: people since the last round, where that counts; `lock`: the notice that locks it."""

    asset: Asset
    standing: Standing
    person_name: str | None
    tagged: bool
    entered: int | None
    lock: CaseNotice | None
    newest: Round | None
    """The newest round that was entered, also one that does not count."""

    @property
    def lacks_person(self) -> bool:
        return self.asset.kind in NAMED_PERSON and self.person_name is None


@dataclass(frozen=True, slots=True)
class Board:
    """Attributes: stands, most urgent first; meetings, those of a day ago and all that come, with what is wrong with each."""

    now_ms: int
    stands: list[Stands]
    meetings: list[tuple[Meeting, Asset, list[Concern]]]
    notices: list[CaseNotice]


def board(connection: Connection, top: str, rules: RoundRules, now_ms: int, only: int | None = None) -> Board:
    """Everything at `top` and below; of the assets one alone where that is asked."""
    there = [one for one in assets(connection, top) if only in (None, one.number)]
    made = rounds(connection, [one.number for one in there], now_ms - RECENT_MS)
    notices, planned = case_notices(connection), meetings(connection, now_ms - 30 * DAY_MS)
    gates = sites_of_gates(connection, ROOT)
    names = {one.number: one.name for one in members(connection, ROOT)}
    have_tags = tagged(connection, top)
    stands = []
    for one in there:
        lock = locking(notices, one.site)
        wanted = demands([each for each in planned if each.room == one.number], rules)
        flow = flow_of(connection, one, gates, now_ms)
        how = standing(one, made[one.number], now_ms, rules, flow=flow, wanted=wanted, locked=lock is not None)
        since_ms = one.made_ms if how.last is None else how.last.done_ms
        stands.append(
            Stands(
                one,
                how,
                None if one.person is None else names.get(one.person),
                one.number in have_tags,
                None if one.flow_limit is None else entered_since(connection, one, gates, since_ms),
                lock,
                max(made[one.number], key=lambda each: each.done_ms, default=None),
            )
        )
    stands.sort(key=_urgency)
    shown = [one for one in notices if one.site is None or is_within(one.site, top) or is_within(top, one.site)]
    return Board(now_ms, stands, _meetings(there, made, planned, now_ms, rules), shown)


def _urgency(one: Stands) -> tuple[int, int, int]:
    light = one.standing.light
    when_ms = one.standing.overdue_ms if light is Light.OVERDUE else one.standing.due_ms
    return ORDER.index(light), when_ms, one.asset.number


def _meetings(
    there: Sequence[Asset], made: dict[int, list[Round]], planned: Sequence[Meeting], now_ms: int, rules: RoundRules
) -> list[tuple[Meeting, Asset, list[Concern]]]:
    rooms = {one.number: one for one in there}
    near = [one for one in planned if one.room in rooms and one.ends_ms > now_ms - DAY_MS]
    return [(one, rooms[one.room], concerns(one, rooms[one.room], made[one.room], now_ms, rules)) for one in near]
