"""What the routes are handed, and who is asking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Any, Final, cast

from fastapi import Depends, HTTPException, Request
from pydantic import BaseModel

from cloud.access.attempts import Attempts
from cloud.access.sessions import Sessions
from cloud.dispatch.dispatch import Dispatch
from cloud.enrolment.enrolment import Enrolment
from cloud.hub import Hub
from cloud.store.accounts import User
from cloud.store.database import Database
from cloud.store.series import SeriesStore


@dataclass(frozen=True, slots=True)
class PartState:
    """How one part of the cloud is: one word, and why."""

    state: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything the API works with; `cloud.app` puts it together. `enrolment` is None where this cloud pairs no gates."""

    database: Database
    series: SeriesStore
    hub: Hub
    sessions: Sessions
    now_ms: Callable[[], int]
    states: Callable[[], dict[str, PartState]]
    counts: Callable[[], dict[str, int]]
    poke: Callable[[], None]
    secure: bool
    dispatch: Dispatch
    enrolment: Enrolment | None = None
    pairing_attempts: Attempts = field(default_factory=Attempts)

    @property
    def cookie(self) -> str:
        """`__Host-` binds the cookie to this address and to TLS; browsers refuse it without TLS."""
        return "__Host-menshen" if self.secure else "menshen"


class Problem(BaseModel):
    """Why a request was refused."""

    detail: str


REFUSALS: Final[dict[int | str, dict[str, Any]]] = {
    401: {"model": Problem, "description": "not signed in"},
    403: {"model": Problem, "description": "comes from another site"},
}


def parts_of(request: Request) -> Parts:
    return cast("Parts", request.app.state.parts)


def signed_in(request: Request) -> User:
    """Who is asking. Refuses with 401 where nobody is signed in."""
    parts = parts_of(request)
    user = parts.sessions.user_of(request.cookies.get(parts.cookie), parts.now_ms())
    if user is None:
        raise HTTPException(401, "Sign in first.")
    return user


PartsOf = Annotated[Parts, Depends(parts_of)]
SignedIn = Annotated[User, Depends(signed_in)]
