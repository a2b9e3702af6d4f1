"""A report as far as somebody may look: the lines of other gates are not there, and no sum counts them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from cloud.ledger.sites import ROOT, is_within
from cloud.store.reporting.body import Body, OfGate

_LINES = ("visits", "changed", "refusals", "cases", "alarms", "late", "undated", "gaps", "silent", "dead_letters")
_OF_SITES = ("duty", "rounds", "supplies", "levels", "canteen")


def narrowed(body: Body, site: str, gates: Collection[str]) -> Body:
    """For an account at `site`, where `gates` stand."""
    if site == ROOT:
        return body
    of_gates = {name: [one for one in _lines(body, name) if one.gate in gates] for name in _LINES}
    of_sites = {name: _within(getattr(body, name), site) for name in _OF_SITES}
    hands = None if body.hands is None else [one for one in body.hands if one.gate in gates]
    return body.model_copy(update={**of_gates, **of_sites, "hands": hands})


def _within(lines: Sequence[Any] | None, site: str) -> list[Any] | None:
    return None if lines is None else [one for one in lines if is_within(one.site, site)]


def _lines(body: Body, name: str) -> Iterable[OfGate]:
    lines: list[OfGate] = getattr(body, name)
    return lines
