"""Bins that are full and dispensers that are low, for whoever tells people of them."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from cloud.ledger.escalation import Waiting
from cloud.ledger.facility.levels import LevelRules
from cloud.ledger.kinds import CloudAlarm, priority_of
from cloud.ledger.sites import ROOT
from cloud.store.facility.levels import LevelPoint, level_points

EVERY_MS: Final = 20_000
"""They are looked through anew so often."""


class DueLevels:
    """Asked by one thread. One that lasts is told by the steps of an alarm of its priority, until it is emptied or refilled."""

    def __init__(self, rules: LevelRules) -> None:
        self._rules = rules
        self._looked_ms: int | None = None
        self._found: list[Waiting] = []

    def __call__(self, connection: Connection, now_ms: int) -> list[Waiting]:
        """Everything that has been due for longer than the time that is given for it."""
        if self._looked_ms is None or not 0 <= now_ms - self._looked_ms < EVERY_MS:
            self._found = waiting_levels(level_points(connection, ROOT), self._rules, now_ms)
            self._looked_ms = now_ms
        return self._found


def waiting_levels(points: list[LevelPoint], rules: LevelRules, now_ms: int) -> list[Waiting]:
    kind = CloudAlarm.LEVEL_DUE
    over = [(one, one.state.due_ms + rules.grace_ms) for one in points if one.state.due_ms is not None]
    return [
        Waiting(f"level-{one.number}-due", one.site, kind, int(priority_of(kind)), over_ms, _words(one, rules), site=one.site)
        for one, over_ms in over
        if now_ms >= over_ms
    ]


def _words(one: LevelPoint, rules: LevelRules) -> str:
    level = "level not known" if one.state.value is None or one.state.trouble is not None else f"{one.state.value:.0f} %"
    return f"{one.kind.replace('_', ' ')}: {one.name}, {level}, limit {one.scale(rules).limit_pct:g} %"
