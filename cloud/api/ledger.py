"""Gates and visits as they stand in the ledger."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel, Field
from sqlalchemy import Connection

from cloud.api.allowed import MayReadBoard, MayReadPeople
from cloud.api.commands import GateName as GatePath
from cloud.api.parts import REFUSALS, PartsOf, Problem
from cloud.api.refused import Refused
from cloud.refusals import Code
from cloud.store.accounts import User
from cloud.store.gates import is_known
from cloud.store.sites import gates_below
from cloud.store.tables import gate as gate_table
from cloud.store.views.gates import gates as read_gates
from cloud.store.views.models import GateView, VisitView, moment
from cloud.store.views.sensors import SensorView
from cloud.store.views.sensors import sensors as read_sensors
from cloud.store.views.visits import Place, Population, Sought, visit_page
from contract.topics import GATE_NAME
from contract.verdicts import Verdict

router = APIRouter(prefix="/api", tags=["ledger"])
GateName = Annotated[str | None, Query(pattern=f"^{GATE_NAME.pattern}$")]


def in_sight(connection: Connection, user: User, gate: str | None) -> None:
    """Refuses with 404 where somebody names a gate that is not there for them."""
    if gate is not None and not is_known(connection, gate, user.site):
        raise Refused(Code.NO_GATE, gate=gate)


class Visits(BaseModel):
    """Visits, newest first."""

    visits: list[VisitView]
    next: str | None = Field(description="hand this over as `before` for the next page; null at the end")


@router.get("/gates", responses=REFUSALS)
def gates(user: MayReadBoard, parts: PartsOf) -> list[GateView]:
    """Every gate in sight, by name."""
    with parts.database.reading() as connection:
        return [gate for _, gate in read_gates(connection, parts.now_ms(), gates_below(gate_table.c.gate, user.site))]


@router.get("/gates/{gate}/sensors", responses={**REFUSALS, 404: {"model": Problem}})
def sensors(gate: GatePath, user: MayReadBoard, parts: PartsOf) -> list[SensorView]:
    """What the sensors of one gate said last."""
    with parts.database.reading() as connection:
        in_sight(connection, user, gate)
        return read_sensors(connection, gate, moment(parts.now_ms()))


@router.get("/visits", responses={**REFUSALS, 400: {"model": Problem}, 404: {"model": Problem}})
def visits(
    user: MayReadPeople,
    parts: PartsOf,
    gate: GateName = None,
    who: Annotated[Population | None, Query(description="staff: a badge was shown; visitor: none was")] = None,
    verdict: Verdict | None = None,
    since: Annotated[AwareDatetime | None, Query(description="from when it happened")] = None,
    until: Annotated[AwareDatetime | None, Query(description="until when, excluded")] = None,
    before: Annotated[str | None, Query(max_length=40, description="`next` of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> Visits:
    """Visits, newest first, in pages: of one gate, of staff or visitors, with one verdict, of a time, or all."""
    try:
        place = Place.parse(before) if before else None
    except ValueError as wrong:
        raise Refused(Code.NOT_A_PAGE) from wrong
    with parts.database.reading() as connection:
        in_sight(connection, user, gate)
        sought = Sought(user.site, gate, who, verdict, milliseconds(since), milliseconds(until))
        page = visit_page(connection, limit, sought, place)
    return Visits(visits=page.visits, next=str(page.older) if page.older else None)


def milliseconds(at: datetime | None) -> int | None:
    """UTC, since 1970."""
    return None if at is None else round(at.timestamp() * 1000)
