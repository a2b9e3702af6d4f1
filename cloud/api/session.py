"""Signing in and out."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from cloud.access.sessions import LockedOutError, WrongPasswordError
from cloud.api.parts import REFUSALS, PartsOf, Problem, SignedIn

router = APIRouter(prefix="/api/session", tags=["session"])


class Credentials(BaseModel):
    model_config = ConfigDict(extra="forbid")
    user: str = Field(max_length=63)
    password: str = Field(max_length=200)


class Who(BaseModel):
    user: str
    role: str


@router.post("", responses={401: {"model": Problem}, 403: {"model": Problem}, 429: {"model": Problem}})
def sign_in(credentials: Credentials, request: Request, response: Response, parts: PartsOf) -> Who:
    """Sign in; the answer sets the session's cookie."""
    address = request.client.host if request.client else ""
    try:
        user, token = parts.sessions.sign_in(credentials.user, credentials.password, address, parts.now_ms())
    except WrongPasswordError as wrong:
        raise HTTPException(401, "User or password is wrong.") from wrong
    except LockedOutError as locked:
        again = {"Retry-After": str(locked.wait_s)}
        raise HTTPException(429, f"Too many failures. Try again in {locked.wait_s} s.", again) from locked
    age_s = parts.sessions.session_ms // 1000
    response.set_cookie(parts.cookie, token, max_age=age_s, path="/", secure=parts.secure, httponly=True, samesite="strict")
    return Who(user=user.user, role=user.role)


@router.get("", responses={401: REFUSALS[401]})
def session(user: SignedIn) -> Who:
    """Who is signed in."""
    return Who(user=user.user, role=user.role)


@router.delete("", status_code=204, responses=REFUSALS)
def sign_out(user: SignedIn, request: Request, response: Response, parts: PartsOf) -> None:
    """Sign out; the token is worthless from now on."""
    parts.sessions.sign_out(request.cookies[parts.cookie], user, parts.now_ms())
    response.delete_cookie(parts.cookie, path="/", secure=parts.secure, httponly=True, samesite="strict")
