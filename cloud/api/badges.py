"""Badges of staff: issued, shown by a link of their own, and revoked."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection

from cloud.api.allowed import MayManageBadges
from cloud.api.parts import REFUSALS, Parts, PartsOf, Problem
from cloud.api.receptions import in_reach
from cloud.api.refused import Refused
from cloud.refusals import Code
from cloud.store.accounts import User, note
from cloud.store.badges import Badge, badge_held_by, badges_below, change_secret, keep_badge, revoke_badge
from cloud.store.views.models import moment, moment_or_none
from contract.message import TokenName

router = APIRouter(prefix="/api/badges", tags=["badges"])
Holder = Annotated[str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:-]{0,31}$", examples=["s-17"])]
_ANSWERS: Final[dict[int | str, dict[str, Any]]] = {**REFUSALS, 404: {"model": Problem}, 409: {"model": Problem}}


class NewBadge(BaseModel):
    model_config = ConfigDict(extra="forbid")
    holder: TokenName = Field(description="a number that names nobody; before a colon stands its class, such as `driver:17`")
    reception: TokenName


class BadgeView(BaseModel):
    holder: str
    reception: str
    made: datetime
    made_by: str
    revoked: datetime | None

    @classmethod
    def of(cls, one: Badge) -> BadgeView:
        made, revoked = moment(one.made_ms), moment_or_none(one.revoked_ms)
        return cls(holder=one.holder, reception=one.reception, made=made, made_by=one.made_by, revoked=revoked)


class IssuedBadge(BadgeView):
    page: str = Field(description="the address of the page that shows it, told this once")


@router.get("", responses=REFUSALS)
def badges(user: MayManageBadges, parts: PartsOf) -> list[BadgeView]:
    """Every badge of receptions in reach, also revoked ones."""
    with parts.database.reading() as connection:
        return [BadgeView.of(one) for one in badges_below(connection, user.site)]


@router.post("", status_code=201, responses={**_ANSWERS, 503: {"model": Problem}})
def issue(wish: NewBadge, user: MayManageBadges, parts: PartsOf) -> IssuedBadge:
    """Issue one. A number is given once: whoever had it before could be taken for who has it now."""
    _can_issue(parts)
    secret = secrets.token_urlsafe(16)
    with parts.database.writing() as connection:
        in_reach(connection, user, wish.reception)
        if badge_held_by(connection, wish.holder) is not None:
            raise Refused(Code.BADGE_TAKEN, holder=wish.holder)
        made = Badge(wish.holder, wish.reception, parts.now_ms(), user.user, None)
        keep_badge(connection, made, secret)
        note(connection, user, "badge issued", wish.holder, parts.now_ms(), f"reception {wish.reception}")
    return IssuedBadge(**BadgeView.of(made).model_dump(), page=f"/badge/{secret}")


@router.post("/{holder}/link", responses=_ANSWERS)
def another_link(holder: Holder, user: MayManageBadges, parts: PartsOf) -> IssuedBadge:
    """Another address for its page, where the telephone is another or the link went astray. The one before ends."""
    secret = secrets.token_urlsafe(16)
    with parts.database.writing() as connection:
        one = _held(connection, user, holder)
        if one.revoked_ms is not None:
            raise Refused(Code.BADGE_REVOKED)
        change_secret(connection, holder, secret)
        note(connection, user, "badge link changed", holder, parts.now_ms())
    return IssuedBadge(**BadgeView.of(one).model_dump(), page=f"/badge/{secret}")


@router.delete("/{holder}", status_code=204, responses=_ANSWERS)
def revoke(holder: Holder, user: MayManageBadges, parts: PartsOf) -> None:
    """Revoke it: gates that are online refuse it within seconds, and no page shows it any more."""
    with parts.database.writing() as connection:
        _held(connection, user, holder)
        revoke_badge(connection, holder, parts.now_ms())
        note(connection, user, "badge revoked", holder, parts.now_ms())


def _held(connection: Connection, user: User, holder: str) -> Badge:
    one = badge_held_by(connection, holder)
    if one is None:
        raise Refused(Code.NO_BADGE, holder=holder)
    in_reach(connection, user, one.reception)
    return one


def _can_issue(parts: Parts) -> None:
    if parts.badge_signer is None:
        raise Refused(Code.NO_BADGES)
