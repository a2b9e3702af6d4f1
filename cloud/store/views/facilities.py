"""Disinfection as screens see it. `id` is `asset-12`, `round-3`, `meeting-4`, `notice-5`."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from cloud.ledger.facility.agents import Agent, AgentFault
from cloud.ledger.facility.confirmed import CaseNotice, Ended
from cloud.ledger.facility.due import Light
from cloud.ledger.facility.kinds import AssetKind
from cloud.ledger.facility.meetings import Concern, Wants
from cloud.ledger.facility.rounds import Doubt, Round, Trust
from cloud.ledger.facility.rules import MINUTE_MS, RoundRules
from cloud.store.facility.board import Board, Stands
from cloud.store.views.models import View, moment, moment_or_none


class RoundView(View):
    """One round. `done_at` is what the person's phone says, `entered_at` when this server heard of it."""

    id: str
    done_at: datetime
    entered_at: datetime
    late: bool = Field(description="it arrived long after it was done")
    by: str
    agent: Agent
    ppm: float | None = Field(description="available chlorine, mg/L")
    ppm_measured: bool = Field(description="a sensor says so, not a person")
    dilution: str = Field(description="such as `5 % 1:100`; empty where the strength was typed or measured")
    contact_min: float | None
    trust: Trust
    doubt: Doubt | None = Field(description="why it is unverified")
    faults: list[AgentFault] = Field(description="why it counts for nothing; empty where it counts")
    photo: bool = Field(description="a photograph was handed over; it may have had its time")


class AssetView(View):
    """One asset and how it stands."""

    id: str
    site: str
    kind: AssetKind
    name: str
    light: Light
    due_at: datetime
    overdue_at: datetime
    wants: Wants | None = Field(description="the meeting's round that is due")
    by_flow: bool = Field(description="people at the gates made it due before its interval")
    entered: int | None = Field(description="people since the last round; null: they do not count here")
    last: RoundView | None = Field(description="the newest round that counts")
    newest: RoundView | None = Field(description="the newest round, also one that does not count")
    locked_by: str | None = Field(description="the notice")
    interval_min: int
    own_interval: bool
    grace_min: int
    own_grace: bool
    agent: Agent | None
    person: str | None
    person_name: str | None
    lacks_person: bool = Field(description="somebody has to be named for it, and nobody is")
    flow_limit: int | None
    head_limit: int | None
    sensor: str
    tagged: bool


class MeetingView(View):
    """A meeting. `screened`: how many of `heads` a person says were screened."""

    id: str
    room: str
    name: str
    site: str
    begins: datetime
    ends: datetime
    heads: int
    head_limit: int | None
    screened: int
    concerns: list[Concern]


class EndingView(View):
    """What ended a notice. What was not said is empty."""

    how: str = Field(description="disinfected (from outside, with evidence), or withdrawn")
    by: str = Field(description="who disinfected it")
    day: str
    document: str = Field(description="the number of their paper")
    sha256: str = Field(description="of its file, which is not kept here; empty: no file was chosen")
    why: str = Field(description="of a notice that was withdrawn")
    entered_by: str


class DistrictNoticeView(View):
    """A confirmed case of the district. `site` null: it locks nothing here."""

    id: str
    entered_at: datetime
    day: date
    source: str
    area: str
    site: str | None
    locks: bool
    ended_at: datetime | None
    ending: EndingView | None


class LimitsView(View):
    """What a round of chlorine has to be: labelled configuration."""

    low_ppm: float
    high_ppm: float
    contact_min: int


class BoardView(View):
    """Everything in reach, most urgent first."""

    at: datetime
    assets: list[AssetView]
    meetings: list[MeetingView]
    notices: list[DistrictNoticeView]
    limits: LimitsView


class HistoryView(View):
    """One asset and its rounds, the newest first."""

    asset: AssetView
    rounds: list[RoundView]


def asset_name(number: int) -> str:
    return f"asset-{number}"


def round_view(one: Round) -> RoundView:
    return RoundView(
        id=f"round-{one.number}", done_at=moment(one.done_ms), entered_at=moment(one.at_ms), late=one.late, by=one.user,
        agent=one.agent, ppm=one.ppm, ppm_measured=one.measured_ppm, dilution=one.dilution, contact_min=one.contact_min,
        trust=one.trust, doubt=one.doubt, faults=list(one.faults), photo=one.photo_sha256 != "",
    )  # fmt: skip


def asset_view(one: Stands, rules: RoundRules) -> AssetView:
    asset, how = one.asset, one.standing
    return AssetView(
        id=asset_name(asset.number), site=asset.site, kind=asset.kind, name=asset.name, light=how.light,
        due_at=moment(how.due_ms), overdue_at=moment(how.overdue_ms), wants=how.wants, by_flow=how.by_flow, entered=one.entered,
        last=None if how.last is None else round_view(how.last), newest=None if one.newest is None else round_view(one.newest),
        locked_by=None if one.lock is None else f"notice-{one.lock.number}",
        interval_min=asset.every_ms(rules) // MINUTE_MS, own_interval=asset.interval_ms is not None,
        grace_min=asset.patient_ms(rules) // MINUTE_MS, own_grace=asset.grace_ms is not None, agent=asset.agent,
        person=None if one.person_name is None else f"staff-{asset.person}", person_name=one.person_name,
        lacks_person=one.lacks_person, flow_limit=asset.flow_limit, head_limit=asset.head_limit, sensor=asset.sensor,
        tagged=one.tagged,
    )  # fmt: skip


def notice_view(one: CaseNotice) -> DistrictNoticeView:
    return DistrictNoticeView(
        id=f"notice-{one.number}", entered_at=moment(one.at_ms), day=one.day, source=one.source, area=one.area, site=one.site,
        locks=one.locks, ended_at=moment_or_none(one.ended_ms), ending=None if one.ended is None else _ending(one.ended),
    )  # fmt: skip


def _ending(one: Ended) -> EndingView:
    said = {"by": one.by, "day": one.day, "document": one.document, "sha256": one.sha256, "why": one.why}
    return EndingView(how=one.how, entered_by=one.user, **said)


def board_view(now: Board, rules: RoundRules) -> BoardView:
    return BoardView(
        at=moment(now.now_ms),
        assets=[asset_view(one, rules) for one in now.stands],
        meetings=[
            MeetingView(
                id=f"meeting-{one.number}", room=asset_name(one.room), name=room.name, site=room.site,
                begins=moment(one.begins_ms), ends=moment(one.ends_ms), heads=one.heads, head_limit=room.head_limit,
                screened=one.screened, concerns=wrong,
            )
            for one, room, wrong in now.meetings
        ],
        notices=[notice_view(one) for one in now.notices],
        limits=LimitsView(low_ppm=rules.low_ppm, high_ppm=rules.high_ppm, contact_min=rules.contact_min),
    )  # fmt: skip
