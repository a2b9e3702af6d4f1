"""What is overdue or locked, for whoever tells people of it."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from cloud.ledger.escalation import Waiting
from cloud.ledger.facility.due import Light
from cloud.ledger.facility.rules import RoundRules
from cloud.ledger.kinds import CloudAlarm, priority_of
from cloud.ledger.sites import ROOT
from cloud.store.facility.board import Board, board

EVERY_MS: Final = 20_000
"""The board is worked out anew so often."""


class OverdueRounds:
    """Asked by one thread. One that lasts is told by the same steps as an alarm of its priority, until the round is made."""

    def __init__(self, rules: RoundRules) -> None:
        self._rules = rules
        self._looked_ms: int | None = None
        self._found: list[Waiting] = []

    def __call__(self, connection: Connection, now_ms: int) -> list[Waiting]:
        """Every overdue asset and every notice that locks an area, now."""
        if self._looked_ms is None or not 0 <= now_ms - self._looked_ms < EVERY_MS:
            self._found = waiting(board(connection, ROOT, self._rules, now_ms))
            self._looked_ms = now_ms
        return self._found


def waiting(now: Board) -> list[Waiting]:
    overdue = [
        _told(
            f"asset-{one.asset.number}-overdue",
            CloudAlarm.ROUND_OVERDUE,
            one.standing.overdue_ms,
            f"{one.asset.kind.replace('_', ' ')}: {one.asset.name}",
            one.asset.site,
        )
        for one in now.stands
        if one.standing.light is Light.OVERDUE
    ]
    locked = [
        _told(f"notice-{one.number}-locked", CloudAlarm.AREA_LOCKED, one.at_ms, one.area, one.site or ROOT)
        for one in now.notices
        if one.locks
    ]
    return overdue + locked


def _told(subject: str, kind: CloudAlarm, since_ms: int, detail: str, site: str) -> Waiting:
    return Waiting(subject, site, kind, int(priority_of(kind)), since_ms, detail, site=site)
