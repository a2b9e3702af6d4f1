"""What is due, and how an asset stands. Nothing that is not known is fine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cloud.ledger.facility.assets import Asset
from cloud.ledger.facility.meetings import Demand, Wants
from cloud.ledger.facility.rounds import Round, Trust
from cloud.ledger.facility.rules import RoundRules

Flow = Callable[[int], int | None]
"""When the flow of people since a moment had reached the asset's limit; None: it has not."""


class Light(StrEnum):
    """How an asset stands; `FINE` is the only green."""

    LOCKED = "locked"
    OVERDUE = "overdue"
    DUE = "due"
    UNKNOWN = "unknown"
    """On the list, and nobody has made a round that counts."""
    UNVERIFIED = "unverified"
    """Somebody says that it was done; nothing shows it."""
    FINE = "fine"


ORDER: Final = tuple(Light)
"""Most urgent first."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Attributes: last, the newest round that counts; overdue_ms, from when it is overdue; by_flow, due earlier by people."""

    light: Light
    due_ms: int
    overdue_ms: int
    last: Round | None
    by_flow: bool = False
    wants: Wants | None = None


def no_flow(_since_ms: int) -> int | None:
    return None


def standing(
    asset: Asset,
    rounds: Iterable[Round],
    now_ms: int,
    rules: RoundRules,
    *,
    flow: Flow = no_flow,
    wanted: Sequence[Demand] = (),
    locked: bool = False,
) -> Standing:
    """How it stands. Rounds that do not count, and those that are said to lie ahead, are as if they were not there."""
    made = [one for one in rounds if one.counts and one.done_ms <= now_ms]
    last = max(made, key=lambda one: one.done_ms, default=None)
    due_ms, by_flow = _due(asset, asset.made_ms if last is None else last.done_ms, rules, flow)
    overdue_ms, wants = due_ms + asset.patient_ms(rules), None
    for demand in wanted:
        if demand.stands(made, now_ms) and demand.opens_ms < due_ms:
            due_ms, by_flow, wants = demand.opens_ms, False, demand.why
        if demand.stands(made, now_ms) and demand.due_ms < overdue_ms:
            overdue_ms, wants = demand.due_ms, demand.why
    light = _light(last, due_ms, overdue_ms, now_ms, locked=locked)
    return Standing(light, due_ms, overdue_ms, last, by_flow, wants)


def _due(asset: Asset, since_ms: int, rules: RoundRules, flow: Flow) -> tuple[int, bool]:
    by_time = since_ms + asset.every_ms(rules)
    crowded = flow(since_ms)
    return (crowded, True) if crowded is not None and crowded < by_time else (by_time, False)


def _light(last: Round | None, due_ms: int, overdue_ms: int, now_ms: int, *, locked: bool) -> Light:
    if locked:
        return Light.LOCKED
    if now_ms >= overdue_ms:
        return Light.OVERDUE
    if now_ms >= due_ms:
        return Light.DUE
    if last is None:
        return Light.UNKNOWN
    return Light.UNVERIFIED if last.trust is Trust.UNVERIFIED else Light.FINE


@dataclass(frozen=True, slots=True)
class Missed:
    """A time in which an asset was overdue; `until_ms` None: it still is."""

    since_ms: int
    until_ms: int | None


def missed(
    asset: Asset, rounds: Iterable[Round], since_ms: int, until_ms: int, rules: RoundRules, flow: Flow = no_flow
) -> list[Missed]:
    """When it was overdue by its interval, as far as that lies between these two moments."""
    made = sorted(one.done_ms for one in rounds if one.counts and asset.made_ms <= one.done_ms <= until_ms)
    found = []
    for begun_ms, next_ms in zip([asset.made_ms, *made], [*made, None], strict=True):
        over_ms = _due(asset, begun_ms, rules, flow)[0] + asset.patient_ms(rules)
        ended_ms = until_ms if next_ms is None else next_ms
        if over_ms < ended_ms and ended_ms > since_ms and over_ms < until_ms:
            found.append(Missed(max(over_ms, since_ms), next_ms))
    return found
