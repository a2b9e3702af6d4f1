"""What the routes are handed, and who is asking."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Final, Literal, cast

from fastapi import Depends, Request
from pydantic import BaseModel, Field

from cloud.access.accounts import Accounts
from cloud.access.attempts import Attempts
from cloud.access.oidc import Provider
from cloud.access.roles import Permission, may
from cloud.access.sessions import Sessions
from cloud.access.tokens import Tokens
from cloud.api.refused import Refused
from cloud.dispatch.dispatch import Dispatch
from cloud.enrolment.enrolment import Enrolment
from cloud.escalation.road import Road
from cloud.hub import Hub
from cloud.ledger.contacts import Channel
from cloud.ledger.facility.levels import LevelRules
from cloud.ledger.facility.rules import RoundRules
from cloud.ledger.facility.supplies import SupplyRules
from cloud.ledger.sites import Sight
from cloud.ledger.staff.rules import Rules
from cloud.passes.signer import BadgeSigner
from cloud.refusals import CODES, Code
from cloud.relay import Relay
from cloud.store.accounts import User
from cloud.store.database import Database
from cloud.store.series import SeriesStore

MOST_CHANGES: Final = 240
"""So many requests that change something may one account send in a minute: more than a hand can."""

MOST_BOOKINGS: Final = 20
"""So many appointments may be made from one address in a quarter of an hour: a family behind one telephone mast needs no more."""
MOST_STRANGE: Final = 12
"""And so many links asked for that are none: theirs have 128 random bits, so this only keeps the log short."""


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
    case_limit_c: float = 37.3
    report_zone: str = "Asia/Shanghai"
    late_ms: int = 60_000
    pairing_attempts: Attempts = field(default_factory=Attempts)
    changes: Attempts = field(default_factory=lambda: Attempts(MOST_CHANGES, 60_000))
    oidc: Provider | None = None
    relay: Relay = field(default_factory=Relay)
    badge_signer: BadgeSigner | None = None
    appointments_hours: int = 24
    bookings: Attempts = field(default_factory=lambda: Attempts(MOST_BOOKINGS, 15 * 60_000))
    strange_links: Attempts = field(default_factory=lambda: Attempts(MOST_STRANGE, 15 * 60_000))
    head_key: str | None = None
    """The public key that heads of the chain are signed with, base64."""
    staff: Rules = field(default_factory=Rules)
    rounds: RoundRules = field(default_factory=RoundRules)
    supplies: SupplyRules = field(default_factory=SupplyRules)
    levels: LevelRules = field(default_factory=LevelRules)
    roads: Mapping[Channel, Road] = field(default_factory=dict)

    @property
    def accounts(self) -> Accounts:
        return Accounts(self.database, self.now_ms, self.hub.end)

    @property
    def tokens(self) -> Tokens:
        return Tokens(self.database, self.now_ms, self.hub.end)

    @property
    def cookie(self) -> str:
        """`__Host-` binds the cookie to this address and to TLS; browsers refuse it without TLS."""
        return "__Host-menshen" if self.secure else "menshen"


class Problem(BaseModel):
    """Why a request was refused: a sentence, and what to say it by in another language."""

    detail: str
    code: Literal[*CODES] = Field(description="stays as it is; a program may decide by it")  # type: ignore[valid-type]
    values: dict[str, str | int | list[str]] = Field(description="what the sentence names")


REFUSALS: Final[dict[int | str, dict[str, Any]]] = {
    401: {"model": Problem, "description": "not signed in"},
    403: {"model": Problem, "description": "comes from another site, or this role may not"},
}


def parts_of(request: Request) -> Parts:
    return cast("Parts", request.app.state.parts)


def who(request: Request, *, uses: bool = False) -> User | None:
    """Who is asking, by a session's cookie or a program's token. `uses`: the session is not idle."""
    parts, address = parts_of(request), address_of(request)
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return parts.tokens.used_by(token, address)
    look = parts.sessions.used_by if uses else parts.sessions.user_of
    return look(request.cookies.get(parts.cookie), parts.now_ms(), address)


def signed_in(request: Request) -> User:
    """Who is asking. Refuses with 401 where nobody is signed in."""
    user = who(request, uses=True)
    if user is None:
        raise Refused(Code.NOT_SIGNED_IN)
    return user


def address_of(request: Request) -> str:
    """From where; empty where nobody knows."""
    return request.client.host if request.client else ""


def sight_of(user: User) -> Sight:
    """How far this account may look."""
    return Sight(user.site, may(user.role, Permission.PEOPLE_READ))


PartsOf = Annotated[Parts, Depends(parts_of)]
SignedIn = Annotated[User, Depends(signed_in)]
