"""The facts about every gate, read in one moment."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Column, Connection, Row, Table, func, select

from cloud.ledger.condition import Condition, GateCondition
from cloud.ledger.gates import GateState
from cloud.ledger.kinds import CloudAlarm
from cloud.store.database import Database
from cloud.store.outbox import backlog
from cloud.store.tables import alarm, data_gap, dead_letter, dropped, event, gate, series_outbox
from contract.messages.health import HealthData

LATELY: Final = 50
"""Events of a gate whose way to the cloud is looked at."""


def condition_of(database: Database, now_ms: int) -> Condition:
    """Everything the doctor and the metrics need."""
    with database.reading() as connection:
        rows = connection.execute(select(gate).order_by(gate.c.gate)).all()
        letters = _counted(connection, dead_letter, None)
        missing = _counted(connection, data_gap, data_gap.c.last - data_gap.c.first + 1)
        given_up = _counted(connection, dropped, dropped.c.last - dropped.c.first + 1)
        disks = _disks(connection)
        gates = [
            _gate(
                connection,
                row,
                disks.get(row.gate, ""),
                letters.pop(row.gate, 0),
                missing.get(row.gate, 0),
                given_up.get(row.gate, 0),
            )
            for row in rows
        ]
        waiting, since_ms = backlog(connection), _series_since(connection)
    return Condition(now_ms, tuple(gates), waiting, since_ms, sum(letters.values()))


def _gate(connection: Connection, row: Row[Any], disk: str, letters: int, missing: int, given_up: int) -> GateCondition:
    shortest_ms = _shortest_way(connection, row.gate)
    return GateCondition(
        gate=row.gate,
        state=GateState(row.state),
        heard_ms=row.heard_ms,
        health=HealthData.model_validate_json(row.health, extra="ignore") if row.health else None,
        health_ms=row.health_ms,
        disk=disk,
        dead_letters=letters,
        missing=missing,
        dropped=given_up,
        ahead_ms=max(0, -(shortest_ms or 0)),
        behind_ms=None if shortest_ms is None else max(0, shortest_ms),
    )


def _shortest_way(connection: Connection, name: str) -> int | None:
    """Milliseconds from when it was to when it arrived, the shortest of the gate's newest events with a believed time."""
    install = select(gate.c.health_install).where(gate.c.gate == name).scalar_subquery()
    newest = (
        select((event.c.received_ms - event.c.time_ms).label("way_ms"))
        .where(event.c.gate == name, event.c.install == install, event.c.clock_ok)
        .order_by(event.c.seq.desc())
        .limit(LATELY)
        .subquery()
    )
    shortest: int | None = connection.execute(select(func.min(newest.c.way_ms))).scalar_one()
    return shortest


def _counted(connection: Connection, table: Table, amount: Any) -> dict[str, int]:
    """Rows, or the sum of `amount`, for every gate."""
    name: Column[str] = table.c.gate
    counted = func.count() if amount is None else func.sum(amount)
    return {row[0]: int(row[1]) for row in connection.execute(select(name, counted).group_by(name))}


def _disks(connection: Connection) -> dict[str, str]:
    told = select(alarm.c.gate, alarm.c.detail).where(alarm.c.kind == CloudAlarm.GATE_DISK, alarm.c.active)
    return {row.gate: row.detail for row in connection.execute(told)}


def _series_since(connection: Connection) -> int | None:
    oldest = (
        select(series_outbox.c.gate, series_outbox.c.install, series_outbox.c.seq)
        .order_by(series_outbox.c.number)
        .limit(1)
        .subquery()
    )
    joined = select(event.c.received_ms).join(
        oldest, (event.c.gate == oldest.c.gate) & (event.c.install == oldest.c.install) & (event.c.seq == oldest.c.seq)
    )
    return connection.execute(joined).scalar_one_or_none()
