"""Bins and dispensers as screens see them. `id` is `level-3`, of an entry in its book `entry-12`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from pydantic import Field

from cloud.ledger.facility.level_moves import LevelDoubt, LevelStep
from cloud.ledger.facility.levels import FILLS, ORDER, LevelKind, LevelLight, LevelRules, light_of
from cloud.ledger.facility.rounds import Trust
from cloud.store.facility.level_book import LevelEntry
from cloud.store.facility.levels import LevelPoint
from cloud.store.views.models import View, moment, moment_or_none


class LevelEntryView(View):
    """One entry. `trust` and `doubt` are of what people entered, with what the sensor said afterwards."""

    id: str
    at: datetime = Field(description="when this server wrote it down")
    happened_at: datetime
    by: str = Field(description="whose account; empty: the sensor")
    step: LevelStep
    value: float | None = Field(description="the level then, in percent; null: not known")
    trust: Trust | None
    doubt: LevelDoubt | None


class LevelView(View):
    """One bin or dispenser, and how it stands."""

    id: str
    site: str
    kind: LevelKind
    name: str
    light: LevelLight
    fills: bool = Field(description="whether it is due when it is full; else when it is low")
    value: float | None = Field(description="the newest level in percent; null: never heard")
    value_at: datetime | None
    known: bool = Field(description="whether that is how it is now: fresh, and its sensor well")
    trouble: str | None = Field(description="why its sensor gives no value; null: it does, or was never heard")
    heard_at: datetime | None
    limit_pct: float
    own_limit: bool
    good_pct: float = Field(description="from there on it is good again")
    due_since: datetime | None
    last: LevelEntryView | None = Field(description="the newest pickup or refill that somebody entered")
    sensor: str
    tagged: bool


class LevelsView(View):
    """Everything in reach, the most urgent first. `seen_min`: for so long after an entry the sensor may still show it."""

    at: datetime
    levels: list[LevelView]
    seen_min: int


class LevelStoryView(View):
    """One bin or dispenser and its book, the newest first."""

    level: LevelView
    entries: list[LevelEntryView]


def level_name(number: int) -> str:
    return f"level-{number}"


def level_entry_view(one: LevelEntry) -> LevelEntryView:
    return LevelEntryView(
        id=f"entry-{one.number}",
        at=moment(one.at_ms),
        happened_at=moment(one.happened_ms),
        by=one.user,
        step=one.step,
        value=one.value,
        trust=one.trust,
        doubt=one.doubt,
    )


def level_view(one: LevelPoint, last: LevelEntry | None, rules: LevelRules, now_ms: int) -> LevelView:
    scale, state = one.scale(rules), one.state
    return LevelView(
        id=level_name(one.number),
        site=one.site,
        kind=one.kind,
        name=one.name,
        light=light_of(state, scale, now_ms, rules),
        fills=one.kind in FILLS,
        value=state.value,
        value_at=moment_or_none(state.value_ms),
        known=state.known(now_ms, rules) is not None,
        trouble=state.trouble,
        heard_at=moment_or_none(state.taken_ms),
        limit_pct=scale.limit_pct,
        own_limit=one.limit_pct is not None,
        good_pct=scale.good_pct(rules),
        due_since=moment_or_none(state.due_ms),
        last=None if last is None else level_entry_view(last),
        sensor=f"{one.gate}/{one.sensor}/{one.quantity}",
        tagged=one.tagged,
    )


def levels_view(points: Sequence[LevelPoint], newest: Mapping[int, LevelEntry], rules: LevelRules, now_ms: int) -> LevelsView:
    shown = [level_view(one, newest.get(one.number), rules, now_ms) for one in points]
    shown.sort(key=lambda one: (ORDER.index(one.light), one.due_since is None, one.due_since or moment(now_ms), one.name))
    return LevelsView(at=moment(now_ms), levels=shown, seen_min=rules.seen_ms // 60_000)
