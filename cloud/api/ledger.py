"""Gates and visits as they stand in the ledger."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query
from pydantic import BaseModel, Field

from cloud.api.parts import REFUSALS, PartsOf, Problem, SignedIn
from cloud.store.views.gates import gates as read_gates
from cloud.store.views.models import GateView, VisitView
from cloud.store.views.visits import Place, visit_page
from contract.topics import GATE_NAME

router = APIRouter(prefix="/api", tags=["ledger"])
GateName = Annotated[str | None, Query(pattern=f"^{GATE_NAME.pattern}$")]


class Visits(BaseModel):
    """Visits, newest first."""

    visits: list[VisitView]
    next: str | None = Field(description="hand this over as `before` for the next page; null at the end")


@router.get("/gates", responses={401: REFUSALS[401]})
def gates(_user: SignedIn, parts: PartsOf) -> list[GateView]:
    """Every gate, by name."""
    with parts.database.reading() as connection:
        return [gate for _, gate in read_gates(connection, parts.now_ms())]


@router.get("/visits", responses={401: REFUSALS[401], 400: {"model": Problem}})
def visits(
    _user: SignedIn,
    parts: PartsOf,
    gate: GateName = None,
    before: Annotated[str | None, Query(max_length=40, description="`next` of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> Visits:
    """Visits of one gate or of all, newest first, in pages."""
    try:
        place = Place.parse(before) if before else None
    except ValueError as wrong:
        raise HTTPException(400, "`before` is not the `next` of a page.") from wrong
    with parts.database.reading() as connection:
        page = visit_page(connection, limit, gate, place)
    return Visits(visits=page.visits, next=str(page.older) if page.older else None)
