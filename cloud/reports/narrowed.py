"""A report as far as somebody may look: the lines of other gates are not there, and no sum counts them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from cloud.ledger.sites import ROOT, is_within
from cloud.store.reporting.body import Body, OfGate

_LINES = ("visits", "changed", "refusals", "cases", "alarms", "late", "undated", "gaps", "silent", "dead_letters")


def narrowed(body: Body, site: str, gates: Collection[str]) -> Body:
    """For an account at `site`, where `gates` stand."""
    if site == ROOT:
        return body
    lines = {name: [one for one in _lines(body, name) if one.gate in gates] for name in _LINES}
    duty = None if body.duty is None else [one for one in body.duty if is_within(one.site, site)]
    rounds = None if body.rounds is None else [one for one in body.rounds if is_within(one.site, site)]
    supplies = None if body.supplies is None else [one for one in body.supplies if is_within(one.site, site)]
    levels = None if body.levels is None else [one for one in body.levels if is_within(one.site, site)]
    hands = None if body.hands is None else [one for one in body.hands if one.gate in gates]
    return body.model_copy(
        update={**lines, "hands": hands, "duty": duty, "rounds": rounds, "supplies": supplies, "levels": levels}
    )


def _lines(body: Body, name: str) -> Iterable[OfGate]:
    lines: list[OfGate] = getattr(body, name)
    return lines
