"""Tokens with which programs ask this API (`Authorization: Bearer ...`)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field

from cloud.access.roles import Role
from cloud.api.accounts import Site, refusing
from cloud.api.allowed import MayManageTokens
from cloud.api.parts import REFUSALS, PartsOf, Problem
from cloud.ledger.accounts import NAME
from cloud.ledger.sites import ROOT
from cloud.store.tokens import ApiToken, tokens_below
from cloud.store.views.models import moment, moment_or_none

router = APIRouter(prefix="/api/tokens", tags=["tokens"])
Number = Annotated[int, Path(ge=1, le=2**62, examples=[1])]


class NewToken(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str = Field(pattern=f"^{NAME}$")
    role: Role
    site: Site = ROOT
    days: int = Field(90, ge=1, le=366)


class TokenView(BaseModel):
    number: int
    name: str
    role: str
    site: str
    made_by: str
    made: datetime
    expires: datetime
    used: datetime | None = Field(description="last, to a minute")
    revoked: datetime | None

    @classmethod
    def of(cls, one: ApiToken) -> TokenView:
        told = {"number": one.number, "name": one.name, "role": one.role, "site": one.site, "made_by": one.made_by}
        times = {"used": moment_or_none(one.used_ms), "revoked": moment_or_none(one.revoked_ms)}
        return cls(**told, **times, made=moment(one.made_ms), expires=moment(one.expires_ms))


class MadeToken(TokenView):
    token: str = Field(description="shown this once")


@router.get("", responses=REFUSALS)
def tokens(user: MayManageTokens, parts: PartsOf) -> list[TokenView]:
    """Every token, the newest first, also those that are over."""
    with parts.database.reading() as connection:
        return [TokenView.of(one) for one in tokens_below(connection, user.site)]


@router.post("", status_code=201, responses={**REFUSALS, 409: {"model": Problem}})
def add_token(wish: NewToken, user: MayManageTokens, parts: PartsOf) -> MadeToken:
    """Make a token. It can never manage accounts, sites or tokens, whatever its role."""
    with refusing():
        kept, token = parts.tokens.add(user, wish.name, wish.role, wish.site, wish.days)
    return MadeToken(**TokenView.of(kept).model_dump(), token=token)


@router.delete("/{number}", status_code=204, responses={**REFUSALS, 404: {"model": Problem}})
def revoke_token(number: Number, user: MayManageTokens, parts: PartsOf) -> None:
    """Revoke a token; it stays in the list."""
    with refusing():
        parts.tokens.revoke(user, number)
