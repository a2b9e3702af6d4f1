"""Signing in and out, and what is one's own: the password, the other places one is signed in."""

from __future__ import annotations

import math
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from cloud.access.passwords import WeakPasswordError
from cloud.access.roles import Permission, granted, may
from cloud.access.sessions import LockedOutError, WrongPasswordError
from cloud.api.allowed import Oneself
from cloud.api.parts import REFUSALS, PartsOf, Problem, address_of
from cloud.api.refused import Refused
from cloud.ledger.sites import is_within
from cloud.refusals import Code
from cloud.store.accounts import User, note
from cloud.store.sessions import Session, close_session_named, session_named, sessions_of
from cloud.store.views.models import moment

router = APIRouter(prefix="/api/session", tags=["session"])
SessionName = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$", examples=["0" * 32])]


class Credentials(BaseModel):
    model_config = ConfigDict(extra="forbid")
    user: str = Field(max_length=63)
    password: str = Field(max_length=200)


class NewPassword(BaseModel):
    model_config = ConfigDict(extra="forbid")
    old: str = Field(max_length=200)
    new: str = Field(max_length=200)


class Who(BaseModel):
    """Who is signed in, and what that account may do at `site` and below (empty: everywhere)."""

    user: str
    role: str
    site: str
    may: list[Permission]
    must_change: bool = Field(description="the password was good once: change it first")

    @classmethod
    def of(cls, user: User) -> Who:
        return cls(user=user.user, role=user.role, site=user.site, may=sorted(granted(user.role)), must_change=user.must_change)


class SessionView(BaseModel):
    """One place where an account is signed in."""

    id: str
    opened: datetime
    used: datetime = Field(description="to a minute")
    expires: datetime
    address: str

    @classmethod
    def of(cls, found: Session) -> SessionView:
        times = {"opened": found.opened_ms, "used": found.used_ms, "expires": found.expires_ms}
        return cls(id=found.name, address=found.address, **{name: moment(at_ms) for name, at_ms in times.items()})


@router.post("", responses={401: {"model": Problem}, 403: {"model": Problem}, 429: {"model": Problem}})
def sign_in(credentials: Credentials, request: Request, response: Response, parts: PartsOf) -> Who:
    """Sign in; the answer sets the session's cookie."""
    try:
        user, token = parts.sessions.sign_in(credentials.user, credentials.password, address_of(request), parts.now_ms())
    except WrongPasswordError as wrong:
        raise Refused(Code.WRONG_PASSWORD) from wrong
    except LockedOutError as locked:
        raise Refused(Code.TOO_MANY_FAILURES, wait_s=locked.wait_s) from locked
    age_s = parts.sessions.session_ms // 1000
    response.set_cookie(parts.cookie, token, max_age=age_s, path="/", secure=parts.secure, httponly=True, samesite="strict")
    return Who.of(user)


@router.get("", responses=REFUSALS)
def session(user: Oneself) -> Who:
    """Who is signed in."""
    return Who.of(user)


@router.delete("", status_code=204, responses=REFUSALS)
def sign_out(user: Oneself, request: Request, response: Response, parts: PartsOf) -> None:
    """Sign out; the token is worthless from now on."""
    parts.sessions.sign_out(request.cookies[parts.cookie], user, parts.now_ms())
    response.delete_cookie(parts.cookie, path="/", secure=parts.secure, httponly=True, samesite="strict")


@router.put(
    "/password",
    status_code=204,
    responses={**REFUSALS, 409: {"model": Problem}, 422: {"model": Problem}, 429: {"model": Problem}},
)
def change_password(wish: NewPassword, user: Oneself, parts: PartsOf) -> None:
    """Change one's own password. Every session of the account ends, this one too. 409 where the old one is wrong."""
    key, now_ms = (user.user, user.address), parts.now_ms()
    if wait_ms := parts.sessions.attempts.wait_ms(key, now_ms):
        raise Refused(Code.TOO_MANY_FAILURES, wait_s=math.ceil(wait_ms / 1000))
    try:
        right = parts.accounts.set_own(user, wish.old, wish.new)
    except WeakPasswordError as weak:
        raise Refused.of(weak) from weak
    if not right:
        parts.sessions.attempts.count(key, now_ms)
        with parts.database.writing() as connection:
            note(connection, user, "password change failed", user.user, now_ms)
        raise Refused(Code.OLD_PASSWORD_WRONG)


@router.get("/all", responses=REFUSALS)
def own_sessions(user: Oneself, parts: PartsOf) -> list[SessionView]:
    """Where one is signed in, the newest first."""
    with parts.database.reading() as connection:
        return [SessionView.of(one) for one in sessions_of(connection, user.user, parts.now_ms())]


@router.delete("/all/{session}", status_code=204, responses={**REFUSALS, 404: {"model": Problem}})
def end_session(session: SessionName, user: Oneself, parts: PartsOf) -> None:
    """End a session: one's own, and whoever manages accounts those of their accounts."""
    with parts.database.writing() as connection:
        found = session_named(connection, session, parts.now_ms())
        if found is None or not _may_end(user, found):
            raise Refused(Code.NO_SESSION)
        close_session_named(connection, session)
        note(connection, user, "session ended", found.user, parts.now_ms())
    parts.hub.end(found.user)


def _may_end(user: User, found: Session) -> bool:
    manages = may(user.role, Permission.ACCOUNTS_MANAGE) and not user.must_change and is_within(found.site, user.site)
    return found.user == user.user or manages
