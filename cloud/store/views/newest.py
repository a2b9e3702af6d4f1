"""The board of sensors: what each said last, by site and place, and which conditions of the air stand."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from pydantic import Field
from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, select

from cloud.ledger.alarms import State
from cloud.ledger.chinese.said import in_chinese
from cloud.ledger.facility.board import Said, Standing
from cloud.ledger.sites import ROOT
from cloud.store.series import Sensed
from cloud.store.sites import gates_below
from cloud.store.tables import alarm, gate_site, newest_reading
from cloud.store.views.models import View, moment
from contract.messages.alert import AlertKind

AIR: Final = frozenset(
    {
        AlertKind.CO2,
        AlertKind.OZONE,
        AlertKind.CHLORINE,
        AlertKind.TEMPERATURE,
        AlertKind.HUMIDITY,
        AlertKind.AIR_CHANGES,
        AlertKind.UVC_DOSE_SHORT,
        AlertKind.LAMP_AGED,
        AlertKind.FACILITY_SENSOR,
        AlertKind.ROOM_PERSON,
        AlertKind.ROOM_SENSOR,
        AlertKind.ROOM_LAMP,
    }
)
"""Alarms of the gates that are about rooms, not about people at the gate."""
_COLUMNS: Final = (*newest_reading.c, func.coalesce(gate_site.c.site, ROOT).label("site"))


class SensorNowView(View):
    """What one sensor said last of one quantity."""

    gate: str
    site: str
    place: str = Field(description="where it is, for people; empty: the gate does not say")
    sensor: str
    quantity: str
    value: float | None = Field(description="null: the reading failed")
    trouble: str | None = Field(description="why there is no value; null: there is one, or the gate does not say why")
    unit: str
    at: datetime = Field(description="when it was taken, never later than it arrived")
    fresh_until: datetime = Field(description="from then on it says nothing about now")
    least: float | None = Field(description="the limit that the gate watches it by; null: none, or the gate does not say")
    most: float | None
    calibration_due: date | None = Field(description="the last day on which its calibration counts; null: none is named")
    standing: Standing


class ConditionView(View):
    """An alarm about rooms that stands."""

    id: str
    gate: str
    site: str
    kind: str
    since: datetime
    detail: str
    detail_zh: str = Field(description="the same in Chinese; empty where no sentence is known for it")
    owner: str | None


class SensorsView(View):
    """Of every gate in reach, by site, place, sensor and quantity."""

    at: datetime
    sensors: list[SensorNowView]
    conditions: list[ConditionView] = Field(description="the oldest first")


def sensors_now(connection: Connection, top: str, now_ms: int) -> SensorsView:
    """Everything below `top`."""
    rows = connection.execute(_asked(gates_below(newest_reading.c.gate, top)))
    shown = [_view(row, now_ms) for row in rows]
    shown.sort(key=lambda one: (one.site, one.place or one.gate, one.sensor, one.quantity))
    return SensorsView(at=moment(now_ms), sensors=shown, conditions=_conditions(connection, top))


def sensor_now(connection: Connection, one: Sensed, now_ms: int) -> SensorNowView | None:
    """One alone; None where it was never heard."""
    asked = and_(*(newest_reading.c[name] == value for name, value in one._asdict().items()))
    row = connection.execute(_asked(asked)).one_or_none()
    return None if row is None else _view(row, now_ms)


def _asked(which: ColumnElement[bool]) -> Select[Any]:
    return select(*_COLUMNS).outerjoin(gate_site, gate_site.c.gate == newest_reading.c.gate).where(which)


def _view(row: Row[Any], now_ms: int) -> SensorNowView:
    said = Said(row.value, row.at_ms, row.fresh_ms, row.least, row.most)
    return SensorNowView(
        gate=row.gate,
        site=row.site,
        place=row.place,
        sensor=row.sensor,
        quantity=row.quantity,
        value=row.value,
        trouble=row.trouble,
        unit=row.unit,
        at=moment(row.at_ms),
        fresh_until=moment(said.fresh_until_ms),
        least=row.least,
        most=row.most,
        calibration_due=None if row.calibration_due is None else date.fromisoformat(row.calibration_due),
        standing=said.standing(now_ms),
    )


def _conditions(connection: Connection, top: str) -> list[ConditionView]:
    stands = alarm.c.active & alarm.c.kind.in_(AIR) & (alarm.c.state != State.NORM) & gates_below(alarm.c.gate, top)
    asked = select(alarm, func.coalesce(gate_site.c.site, ROOT).label("site"))
    rows = connection.execute(
        asked.outerjoin(gate_site, gate_site.c.gate == alarm.c.gate).where(stands).order_by(alarm.c.raised_ms)
    )
    return [
        ConditionView(
            id=f"alarm-{row.number}",
            gate=row.gate,
            site=row.site,
            kind=row.kind,
            since=moment(row.raised_ms),
            detail=row.detail,
            detail_zh=in_chinese(row.detail),
            owner=row.owner or row.acknowledged_by,
        )
        for row in rows
    ]
