"""Signing in with a provider: sent there, and back with a session."""

from __future__ import annotations

import secrets
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, Field

from cloud.access.accounts import AccountRefusedError
from cloud.access.oidc import NoRoleError, Provider, ProviderError
from cloud.access.roles import Role
from cloud.api.parts import Parts, PartsOf, Problem, address_of
from cloud.api.refused import Refused
from cloud.refusals import Code
from cloud.store.accounts import User, note

router = APIRouter(prefix="/api/oidc", tags=["session"])
_AGE_S: Final = 600
# Not a redirect: a browser that comes from another site would not send a strict cookie along.
_BACK: Final = """<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=/">
<title>Menshen</title><p><a href="/">Menshen</a></p></html>
"""


class Offer(BaseModel):
    name: str | None = Field(description="of the provider, on the button; null where there is none")


@router.get("")
def offer(parts: PartsOf) -> Offer:
    """Whether one can sign in with a provider."""
    return Offer(name=None if parts.oidc is None else parts.oidc.name)


@router.get(
    "/start", status_code=303, response_class=RedirectResponse, responses={404: {"model": Problem}, 503: {"model": Problem}}
)
def start(parts: PartsOf) -> Response:
    """To the provider. The cookie binds the way back to this browser."""
    try:
        where, state = _provider(parts).begin()
    except ProviderError as away:
        raise Refused(Code.PROVIDER_AWAY, why=str(away)) from away
    answer = RedirectResponse(where, 303)
    answer.set_cookie(
        _cookie(parts), state, max_age=_AGE_S, path="/", secure=parts.secure, httponly=True, samesite="lax"
    )  # lax: the way back begins at another site
    return answer


@router.get(
    "/callback",
    response_class=HTMLResponse,
    responses={403: {"model": Problem}, 404: {"model": Problem}, 502: {"model": Problem, "description": "no sign-in came of it"}},
)
def callback(
    request: Request,
    parts: PartsOf,
    state: Annotated[str, Query(max_length=200)] = "",
    code: Annotated[str, Query(max_length=4000)] = "",
) -> Response:
    """Back from the provider, with a session."""
    provider = _provider(parts)
    bound = request.cookies.get(_cookie(parts), "")
    if not state or not secrets.compare_digest(bound.encode(), state.encode()):
        raise Refused(Code.NOT_BEGUN_HERE)
    address = address_of(request)
    try:
        known = provider.finish(state, code)
        account = parts.accounts.vouched(known.user, Role(known.role.role), known.role.site)
    except ProviderError as failed:
        raise Refused(Code.PROVIDER_FAILED, why=str(failed)) from failed
    except (NoRoleError, AccountRefusedError) as refused:
        with parts.database.writing() as connection:
            note(connection, User("", "", address=address), "sign-in failed", "", parts.now_ms(), refused.what[:200])
        raise (Refused(Code.NO_ROLE, why=str(refused)) if isinstance(refused, NoRoleError) else Refused.of(refused)) from refused
    _, token = parts.sessions.enter(account, address, parts.now_ms())
    answer = HTMLResponse(_BACK)
    age_s = parts.sessions.session_ms // 1000
    answer.set_cookie(parts.cookie, token, max_age=age_s, path="/", secure=parts.secure, httponly=True, samesite="strict")
    answer.delete_cookie(_cookie(parts), path="/", secure=parts.secure, httponly=True, samesite="lax")
    return answer


def _provider(parts: Parts) -> Provider:
    if parts.oidc is None:
        raise Refused(Code.NO_PROVIDER)
    return parts.oidc


def _cookie(parts: Parts) -> str:
    return f"{parts.cookie}-oidc"
