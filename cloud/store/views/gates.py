"""Gates as a screen sees them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, func, select, true

from cloud.ledger.gates import GateState
from cloud.ledger.sites import ROOT
from cloud.store.tables import closed_gate, gate, gate_site, visit
from cloud.store.views.models import GateView, moment, moment_or_none
from contract.messages.health import HealthData
from contract.verdicts import Verdict

_HOUR_MS: Final = 3_600_000
Counts = dict[str, dict[Verdict, int]]


def gates(connection: Connection, now_ms: int, where: ColumnElement[bool] | None = None) -> list[tuple[int, GateView]]:
    """Gates by name, each with the number of its last change."""
    stands = func.coalesce(gate_site.c.site, ROOT).label("site")
    placed = select(gate, stands, closed_gate.c.since_ms).outerjoin(gate_site, gate_site.c.gate == gate.c.gate)
    placed = placed.outerjoin(closed_gate, closed_gate.c.gate == gate.c.gate)
    rows = connection.execute(placed.where(true() if where is None else where).order_by(gate.c.gate)).all()
    counts = _verdicts_since(connection, [row.gate for row in rows], now_ms - _HOUR_MS)
    return [(row.feed, _view(row, counts[row.gate])) for row in rows]


def _verdicts_since(connection: Connection, names: Sequence[str], since_ms: int) -> Counts:
    question = (
        select(visit.c.gate, visit.c.verdict, func.count())
        .where(visit.c.gate.in_(names), visit.c.shown_at_ms >= since_ms)
        .group_by(visit.c.gate, visit.c.verdict)
    )
    counts: Counts = defaultdict(dict)
    for name, verdict, count in connection.execute(question):
        counts[name][Verdict(verdict)] = count
    return counts


def _view(row: Row[Any], counts: dict[Verdict, int]) -> GateView:
    health = HealthData.model_validate_json(row.health, extra="ignore") if row.health else None
    return GateView(
        gate=row.gate,
        site=row.site,
        online=row.online,
        state=GateState(row.state),
        state_since=moment(row.state_since_ms),
        last_verdict=Verdict(row.last_verdict) if row.last_verdict else None,
        last_visit_at=moment_or_none(row.last_visit_ms),
        verdicts_last_hour=counts,
        colour_fps=health.colour_fps if health else None,
        thermal_fps=health.thermal_fps if health else None,
        loop_p99_ms=health.loop_p99_ms if health else None,
        outbox_rows=health.outbox_rows if health else None,
        oldest_unacked=health.oldest_unacked if health else None,
        restarts=health.restarts if health else {},
        parts=health.parts if health else {},
        closed_since=moment_or_none(row.since_ms),
        held=health.held if health else None,
        replay=row.replay,
        version=row.version,
        model=health.model if health else "",
        health_at=moment_or_none(row.health_ms),
    )
