"""Whether the cloud is alive, and how its parts are."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from sqlalchemy.exc import OperationalError

from cloud.api.parts import PartsOf, who
from cloud.store.views.models import moment

router = APIRouter(prefix="/api", tags=["health"])
GOOD: Final = frozenset({"working", "connected"})


class Health(BaseModel):
    """One word for every part; why, and figures, only for somebody who is signed in."""

    status: Literal["ok", "degraded"]
    server_time: datetime
    parts: dict[str, str]
    why: dict[str, str] = Field(default_factory=dict)
    counts: dict[str, int] = Field(default_factory=dict)


def _is_known(request: Request) -> bool:
    """Whether somebody is signed in; while the ledger cannot be read, nobody is."""
    try:
        return who(request) is not None
    except OperationalError:
        return False


@router.get("/health")
def health(request: Request, parts: PartsOf) -> Health:
    """Needs no sign-in. Answers 200 while the process lives; `status` says whether every part works."""
    states = parts.states()
    known = _is_known(request)
    return Health(
        status="ok" if all(one.state in GOOD for one in states.values()) else "degraded",
        server_time=moment(parts.now_ms()),
        parts={name: one.state for name, one in states.items()},
        why={name: one.why for name, one in states.items() if one.why} if known else {},
        counts=parts.counts() if known else {},
    )
