"""Who did what, when, to what, from where."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from cloud.api.allowed import MayReadAudit
from cloud.api.parts import REFUSALS, PartsOf
from cloud.store.accounts import audit_page
from cloud.store.views.models import moment

router = APIRouter(prefix="/api/audit", tags=["audit"])
Start = Annotated[str, Query(max_length=100, description="what it begins with")]


class AuditEntry(BaseModel):
    """One row of the audit."""

    number: int
    at: datetime
    user: str = Field(description="an account, `token:` and the token's name, or whoever acted at the machine itself")
    action: str
    subject: str
    detail: str
    address: str


class Deeds(BaseModel):
    """Newest first."""

    deeds: list[AuditEntry]
    next: int | None = Field(description="hand this over as `before` for the next page; null at the end")


@router.get("", responses=REFUSALS)
def audit(
    reader: MayReadAudit,
    parts: PartsOf,
    user: Start = "",
    action: Start = "",
    subject: Start = "",
    before: Annotated[int | None, Query(ge=1, le=2**62, description="`next` of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> Deeds:
    """What was done, newest first, in pages. Who reads for one site sees what its accounts did."""
    like = {name: value for name, value in (("user", user), ("action", action), ("subject", subject)) if value}
    with parts.database.reading() as connection:
        rows = audit_page(connection, limit + 1, before, reader.site, like)
    told = [
        AuditEntry(
            number=row.number, at=moment(row.at_ms), user=row.user, action=row.action, subject=row.subject, detail=row.detail,
            address=row.address,
        )
        for row in rows[:limit]
    ]  # fmt: skip
    return Deeds(deeds=told, next=told[-1].number if len(rows) > limit else None)
