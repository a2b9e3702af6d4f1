"""What has become of one alarm, the newest first."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from pydantic import Field
from sqlalchemy import Connection, and_, select

from cloud.ledger.alarms import Move, State
from cloud.store.tables import alarm, alarm_move
from cloud.store.views.models import View, moment

MOST: Final = 200


class MoveView(View):
    """One move of an alarm."""

    at: datetime
    move: Move
    before: State
    state: State
    user: str = Field(description="who did it; empty: the gate, or the cloud by itself")
    why: str
    announced: bool = Field(description="whether a guard was told something new")


def moves_of(connection: Connection, number: int) -> list[MoveView]:
    """The newest moves of one alarm."""
    same = and_(alarm.c.gate == alarm_move.c.gate, alarm.c.kind == alarm_move.c.kind)
    question = select(alarm_move).join(alarm, same).where(alarm.c.number == number)
    rows = connection.execute(question.order_by(alarm_move.c.number.desc()).limit(MOST))
    return [
        MoveView(
            at=moment(row.at_ms),
            move=Move(row.move),
            before=row.before,
            state=row.state,
            user=row.user,
            why=row.why,
            announced=row.announced,
        )
        for row in rows
    ]
