"""What a report holds, as it is kept: counts, numbers and times by gate. No reading, no badge, no words of anybody.

A field that a later version adds has a value for the reports made before.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from cloud.store.views.models import View

Run = tuple[int, int]


class OfGate(View):
    """One line; of a report only the lines of gates in sight are shown."""

    gate: str


class VisitCount(OfGate):
    """`day`: an earlier day that these visits belong to, empty for the report's own. `unchecked`: without mask or temperature."""

    day: str
    population: Literal["visitor", "staff", "replay"]
    verdict: str
    duty: str = ""
    count: int
    unchecked: int


class Changed(OfGate):
    """Visits that an earlier report counted with another verdict than they ended with."""

    day: str
    before: str
    verdict: str
    count: int


class Refusal(OfGate):
    """`kind`: mask (asked again and again), not_admitted (by a guard or a rule), case (a case that ended so)."""

    kind: Literal["mask", "not_admitted", "case"]
    count: int


class HandsLine(OfGate):
    """Those let in where clean hands are asked for; `day` as in `VisitCount`. Their own word (`confirmed`) proves nothing."""

    day: str
    let_in: int
    dispenser: int
    confirmed: int
    without: int


class CaseLine(OfGate):
    """A case that was opened or closed since the last report, or is still open."""

    id: str
    kind: str
    raised: datetime
    opened: bool = Field(description="since the last report")
    state: str
    taken_by: str | None
    taken_after_s: float | None
    reported: datetime | None
    outcome: str | None
    mistake: str | None = Field(description="of a false alarm: why the gate was wrong")


class AlarmLine(OfGate):
    """One kind of alarm at one gate. `by`: who acknowledged it; times from the announcement to that, seconds."""

    kind: str
    priority: int
    announced: int
    acknowledged: int
    by: list[str]
    median_s: float | None
    longest_s: float | None
    waits: bool = Field(description="it stands unacknowledged now")


class LateLine(OfGate):
    """Late events that belong together; `numbers` names every one of them."""

    day: str
    count: int
    kinds: dict[str, int]
    numbers: list[Run]
    first_sent: datetime
    last_sent: datetime
    first_stored: datetime
    last_stored: datetime
    longest_s: float


class Undated(OfGate):
    """Events of a gate whose clock was not to be believed, and whose true time is not known."""

    count: int


class GapLine(OfGate):
    """Numbers that never came. `state`: missing; arrived (later, after all); dropped (the gate says so, with the reason)."""

    install: str
    first: int
    last: int
    found: datetime | None
    state: Literal["missing", "arrived", "dropped"]
    reason: str = ""


class SilentLine(OfGate):
    """A gate that was silent. `total_s`: within the report's time, as far as the cloud knows."""

    times: int
    total_s: float
    silent_now: bool
    since: datetime | None


class DeadLine(OfGate):
    """Messages that nobody could read and that wait."""

    count: int
    first: datetime


class Proof(View):
    """The chain from the report before to this one, gone through when the report was made."""

    first_link: int
    last_link: int
    rows: int
    erased: int
    faults: list[str]
    head: str
    verified: datetime


class DutyLine(View):
    """One line of what staff on duty have missed; `site`: where, as a path of sites."""

    site: str
    zh: str
    en: str


class RoundLine(View):
    """What became of one asset's disinfection in the period, where something did; `site`: where, as a path of sites."""

    site: str
    kind: str
    name: str
    unverified: int = Field(0, description="rounds that nothing shows")
    invalid: int = Field(0, description="rounds that count for nothing: too weak, too short")
    late: int = Field(0, description="rounds that were told of long after they were done")
    overdue_times: int = Field(0, description="how often the time for a round passed without one")
    overdue_s: float = Field(0.0, description="for how long in all")
    made: int = Field(0, description="rounds that count")


class SupplyLine(View):
    """One stock that was not plainly enough when the report was due."""

    site: str
    kind: str
    name: str
    unit: str
    state: str = Field(description="short, unknown (never counted), contradicted (the last count), uncounted (not for long)")
    book: int | None
    minimum: int
    days_left: float | None = Field(description="null: not known yet, or so little is used that nobody can say")
    difference: int | None = Field(description="what the newest count found more, or less, than the book")


class LevelLine(View):
    """One bin or dispenser that was open or unknown, or of whose pickups and refills nothing shows that they were made."""

    site: str
    kind: str
    name: str
    state: str = Field(description="due (full, or low), unknown, or fine")
    since: datetime | None = Field(description="since when it was to be emptied or refilled")
    limit_pct: float
    done: int = Field(description="pickups or refills that people entered")
    unverified: int = Field(description="of these, those that nothing shows")
    contradicted: int = Field(description="of these, those that the sensor says were not made")
    unsaid: int = Field(description="how often it was emptied or refilled and nobody said who did it")


class CanteenLine(View):
    """One slot of the canteen that was over when the report was due."""

    site: str
    name: str
    gate: str = Field(description="which counts who goes in; empty: nobody counts")
    begins: datetime
    ends: datetime
    places: int
    let_in: int | None = Field(description="null: nobody counts, or its gate has said nothing since")
    state: str = Field(description="over, unknown, or fine")


class Body(View):
    """One report."""

    day: str
    due: datetime
    made: datetime
    since: datetime = Field(description="when the report before was due, or when this ledger began")
    first: bool = Field(description="whether it is this ledger's first")
    zone: str
    late_limit_s: float
    corrects: list[int] = Field(description="numbers of the reports whose days late arrivals belong to")
    visits: list[VisitCount]
    changed: list[Changed]
    refusals: list[Refusal]
    hands: list[HandsLine] | None = Field(None, description="null: this version counts no clean hands")
    cases: list[CaseLine]
    alarms: list[AlarmLine]
    late: list[LateLine]
    undated: list[Undated]
    gaps: list[GapLine]
    silent: list[SilentLine]
    dead_letters: list[DeadLine]
    rounds_kept: bool = Field(False, description="whether this version keeps disinfection rounds")
    rounds: list[RoundLine] | None = Field(None, description="null: this version keeps no disinfection rounds")
    supplies: list[SupplyLine] | None = Field(None, description="null: this version keeps no supplies")
    levels: list[LevelLine] | None = Field(None, description="null: this version looks after no bins and dispensers")
    canteen: list[CanteenLine] | None = Field(None, description="null: this version plans no canteen")
    duty: list[DutyLine] | None = Field(None, description="null: this version looks at no duty of staff")
    proof: Proof
    told: str = Field("", description="the letter to whoever is told of reports, in Chinese and English")
