"""Runs of UV-C lamps and the lamps themselves, as a screen sees them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from pydantic import Field
from sqlalchemy import Connection, func, select

from cloud.ledger.alarms import State
from cloud.ledger.facility.board import Said
from cloud.ledger.facility.uvc import Run, RunLight
from cloud.ledger.sites import ROOT
from cloud.store.facility.uvc import disturbed, runs
from cloud.store.sites import gates_below, sites_of_gates
from cloud.store.tables import alarm, gate_site, newest_reading
from cloud.store.views.models import View, moment, moment_or_none
from contract.messages.alert import AlertKind

MOST: Final = 200
_LAMP: Final = {"lamp_h": "hours", "lamp_starts": "starts", "lamp_pct": "percent"}


class UvcRunView(View):
    """What one run gave at one place. What is null is not known."""

    gate: str
    site: str
    sensor: str
    place: str
    begins: datetime | None
    ends: datetime
    lit_s: float | None = Field(description="for so long the lamp was on")
    covered_pct: float | None = Field(description="over this share of it the dose was measured")
    dose_mj_cm2: float | None
    off_mj_cm2: float | None = Field(description="by how much the dose can be off")
    target_mj_cm2: float | None = Field(description="null: nobody has said what would be enough")
    mean_uw_cm2: float | None
    peak_uw_cm2: float | None
    light: RunLight
    trouble: str | None = Field(description="why something of it is not known")
    disturbed: list[AlertKind] = Field(description="what was raised about the room meanwhile: somebody there, a sensor lost")
    arrived: datetime
    late: bool


class UvcLampView(View):
    """A lamp as its gate told of it last."""

    gate: str
    site: str
    sensor: str
    place: str
    hours: float | None
    starts: float | None
    percent: float | None = Field(description="how bright it is, of its first run; null: not known yet")
    at: datetime
    fresh_until: datetime = Field(description="from then on it says nothing about now")
    aged: bool = Field(description="the alarm that it is to be replaced stands")


class UvcView(View):
    at: datetime
    timezone: str
    lamps: list[UvcLampView]
    runs: list[UvcRunView] = Field(description="the newest first")
    next: datetime | None = Field(description="hand this over as `before` for the next page; null at the end")


def uvc_view(connection: Connection, top: str, span_ms: tuple[int, int], now_ms: int, late_ms: int, zone: str) -> UvcView:
    """`span_ms`: runs that ended in it, the second not included; at most a page of them."""
    found = runs(connection, top, *span_ms, most=MOST + 1)
    page = [one for one in found if one.ended_ms > found[MOST].ended_ms] if len(found) > MOST else found
    more = len(page) < len(found)
    return UvcView(
        at=moment(now_ms),
        timezone=zone,
        lamps=_lamps(connection, top),
        runs=run_views(connection, top, page, late_ms),
        next=moment(page[-1].ended_ms) if more else None,
    )


def run_views(connection: Connection, top: str, some: Sequence[Run], late_ms: int) -> list[UvcRunView]:
    places, alarms = sites_of_gates(connection, top), disturbed(connection, some)
    return [
        UvcRunView(
            gate=one.gate,
            site=places.get(one.gate, ROOT),
            sensor=one.sensor,
            place=one.place,
            begins=moment_or_none(one.began_ms),
            ends=moment(one.ended_ms),
            lit_s=one.lit_s,
            covered_pct=one.covered_pct,
            dose_mj_cm2=one.dose_mj_cm2,
            off_mj_cm2=one.off_mj_cm2,
            target_mj_cm2=one.target_mj_cm2,
            mean_uw_cm2=one.mean_uw_cm2,
            peak_uw_cm2=one.peak_uw_cm2,
            light=one.light,
            trouble=one.trouble,
            disturbed=alarms.get(one, []),
            arrived=moment(one.received_ms),
            late=one.received_ms - one.ended_ms > late_ms,
        )
        for one in some
    ]


def _lamps(connection: Connection, top: str) -> list[UvcLampView]:
    asked = (
        select(newest_reading, func.coalesce(gate_site.c.site, ROOT).label("site"))
        .outerjoin(gate_site, gate_site.c.gate == newest_reading.c.gate)
        .where(newest_reading.c.quantity.in_(_LAMP), gates_below(newest_reading.c.gate, top))
        .order_by("site", newest_reading.c.gate, newest_reading.c.sensor)
    )
    aged = set(
        connection.execute(
            select(alarm.c.gate).where(alarm.c.kind == AlertKind.LAMP_AGED.value, alarm.c.active, alarm.c.state != State.NORM)
        ).scalars()
    )
    found: dict[tuple[str, str], UvcLampView] = {}
    for row in connection.execute(asked):
        said = Said(row.value, row.at_ms, row.fresh_ms, None, None)
        values = {_LAMP[row.quantity]: row.value}
        until = moment(said.fresh_until_ms)
        if (known := found.get((row.gate, row.sensor))) is not None:
            older = {"at": min(known.at, moment(row.at_ms)), "fresh_until": min(known.fresh_until, until)}
            found[row.gate, row.sensor] = known.model_copy(update={**values, **older})
            continue
        nothing: dict[str, float | None] = dict.fromkeys(_LAMP.values())
        found[row.gate, row.sensor] = UvcLampView(
            gate=row.gate,
            site=row.site,
            sensor=row.sensor,
            place=row.place,
            at=moment(row.at_ms),
            fresh_until=until,
            aged=row.gate in aged,
            **{**nothing, **values},
        )
    return list(found.values())
