"""The rows of a screen. Times are RFC 3339 in UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from cloud.ledger.alarms import State
from cloud.ledger.cases import Alarming, CaseState
from cloud.ledger.gates import GateState
from contract.messages.visit import ReadingData, Screened
from contract.verdicts import Duty, Mask, Reason, Verdict


class View(BaseModel):
    model_config = ConfigDict(frozen=True)


class GateView(View):
    """A gate as it is now. Figures of the health message are null until one has come."""

    gate: str
    site: str = Field(description="a path in the tree of sites; empty: nobody has said where it stands")
    online: bool
    state: GateState = Field(description="live; stale: no health message for 30 s; offline: the broker has lost it")
    state_since: datetime
    last_verdict: Verdict | None
    last_visit_at: datetime | None
    verdicts_last_hour: dict[Verdict, int]
    colour_fps: float | None
    thermal_fps: float | None
    loop_p99_ms: float | None
    outbox_rows: int | None
    oldest_unacked: int | None
    restarts: dict[str, int]
    parts: dict[str, str]
    closed_since: datetime | None = Field(None, description="closed for good: whoever comes in there was not expected")
    held: bool | None = Field(None, description="whether a guard holds it: nobody is let in; null: the gate does not say")
    replay: bool = Field(description="shows recorded or simulated pictures, not people")
    version: str
    model: str
    health_at: datetime | None


class Withheld(View):
    """Who took an alarm out of sight."""

    by: str
    at: datetime
    why: str
    until: datetime | None = Field(description="null: until somebody restores it")


class ItemView(View):
    """Something a guard has to act on: a case is one person, an alarm is one fault of one gate."""

    id: str = Field(description="case-1, alarm-1 ...")
    type: Literal["case", "alarm"]
    kind: str
    gate: str
    state: State | CaseState = Field(description="of a case: open, taken, closed; of an alarm: its ISA-18.2 state")
    active: bool = Field(description="whether the fault is there now, or the person still waits")
    priority: int = Field(ge=1, le=3, description="1 is high")
    raised_at: datetime
    returned_at: datetime | None
    acknowledged_by: str | None
    acknowledged_at: datetime | None
    owner: str | None = Field(
        None, description="who is to act: whoever took it; until then an account, or a contact, by the rule"
    )
    detail: str = Field(description="of an alarm: what the gate says of it, in English")
    detail_zh: str = Field("", description="the same in Chinese; empty where no sentence is known for it")
    visit: str | None
    reading: ReadingData | None
    count: int = Field(description="how often an alarm was raised; 1 for a case: nobody is folded into another")
    chattering: bool = Field(False, description="it comes and goes: told once, held until it is quiet for ten minutes")
    withheld: Withheld | None = Field(None, description="of an alarm that is shelved or out of service")
    alarmed_at: datetime | None = Field(None, description="when a case became an alarm")
    alarmed_why: Alarming | None = None


class VisitView(View):
    """A visit as its newest revision has it."""

    visit: str
    gate: str
    verdict: Verdict
    mask: Mask
    revision: int
    revisions: int = Field(description="how many revisions the ledger has")
    first_seen: datetime
    decided: datetime
    received_at: datetime
    reasons: tuple[Reason, ...]
    reading: ReadingData | None
    core_bin_c: float | None = Field(description="0.5 degC bin, all that is kept of a PASS")
    screened_for: Screened
    record_late: bool
    replay: bool
    late: bool = Field(description="arrived more than a minute after it was decided")
    badge: str | None = Field(description="whose staff badge was shown, by its number: a staff check")
    visitor_pass: str | None = Field(description="the number of the visitor's pass that was shown")
    duty: Duty | None = Field(description="of a staff check: before, after or within the shift")
    code_refused: str | None = Field(None, description="why the badge or pass that was shown was not taken")


Row = GateView | ItemView | VisitView


def moment(time_ms: int) -> datetime:
    """A stored time."""
    return datetime.fromtimestamp(time_ms / 1000, UTC)


def moment_or_none(time_ms: int | None) -> datetime | None:
    return None if time_ms is None else moment(time_ms)
