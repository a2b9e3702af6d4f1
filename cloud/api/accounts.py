"""Accounts, for whoever manages them: at the own site and below, nobody else's are known."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field

from cloud.access.accounts import AccountRefusedError, UnknownAccountError, Wish
from cloud.access.roles import Role
from cloud.api.allowed import MayManageAccounts
from cloud.api.parts import REFUSALS, PartsOf, Problem
from cloud.api.refused import Refused
from cloud.api.session import SessionView
from cloud.ledger.accounts import NAME
from cloud.ledger.sites import ROOT, SITE, is_within
from cloud.refusals import Code
from cloud.store.accounts import Account, account_of, accounts_below
from cloud.store.sessions import sessions_of
from cloud.store.views.models import moment, moment_or_none

router = APIRouter(prefix="/api/accounts", tags=["accounts"])
UserName = Annotated[str, Path(pattern=f"^{NAME}$", examples=["mei"])]
Site = Annotated[str, Field(pattern=f"^({SITE})?$", max_length=200, description="a path in the tree; empty: every site")]
REFUSED: Final[dict[int | str, dict[str, Any]]] = {**REFUSALS, 404: {"model": Problem}, 409: {"model": Problem}}


class NewAccount(BaseModel):
    model_config = ConfigDict(extra="forbid")
    user: str = Field(pattern=f"^{NAME}$")
    role: Role
    site: Site = ROOT


class AccountChange(BaseModel):
    """What is left out stays as it is."""

    model_config = ConfigDict(extra="forbid")
    role: Role | None = None
    site: Site | None = None
    disabled: bool | None = None


class AccountView(BaseModel):
    user: str
    role: str
    site: str
    source: str = Field(description="who checks the password: this cloud (local), or a provider (oidc)")
    must_change: bool
    disabled_since: datetime | None
    changed: datetime = Field(description="since when the password holds")

    @classmethod
    def of(cls, one: Account) -> AccountView:
        since = moment_or_none(one.disabled_ms)
        told = {"user": one.user, "role": one.role, "site": one.site, "source": one.source, "must_change": one.must_change}
        return cls(**told, disabled_since=since, changed=moment(one.changed_ms))


class OneTimePassword(BaseModel):
    """Shown this once, good for a week, and only to choose another one."""

    user: str
    password: str


@contextmanager
def refusing() -> Iterator[None]:
    """What an account cannot become is told; 404 where there is none in reach."""
    try:
        yield
    except (UnknownAccountError, AccountRefusedError) as refused:
        raise Refused.of(refused) from refused


@router.get("", responses=REFUSALS)
def accounts(user: MayManageAccounts, parts: PartsOf) -> list[AccountView]:
    """Every account, by name."""
    with parts.database.reading() as connection:
        return [AccountView.of(one) for one in accounts_below(connection, user.site)]


@router.post("", status_code=201, responses={**REFUSALS, 409: {"model": Problem}})
def add_account(wish: NewAccount, user: MayManageAccounts, parts: PartsOf) -> OneTimePassword:
    """Make an account. The answer has its first password, which nobody can show again."""
    with refusing():
        made, password = parts.accounts.add(user, wish.user, wish.role, wish.site)
    return OneTimePassword(user=made.user, password=password)


@router.patch("/{user}", responses=REFUSED)
def change_account(user: UserName, wish: AccountChange, by: MayManageAccounts, parts: PartsOf) -> AccountView:
    """Change role, site, or whether somebody may sign in. Ends every session of the account."""
    with refusing():
        return AccountView.of(parts.accounts.change(by, user, Wish(wish.role, wish.site, wish.disabled)))


@router.post("/{user}/password", responses=REFUSED)
def reset_password(user: UserName, by: MayManageAccounts, parts: PartsOf) -> OneTimePassword:
    """A new password for somebody who has forgotten theirs. Ends every session of the account."""
    with refusing():
        return OneTimePassword(user=user, password=parts.accounts.reset(by, user))


@router.get("/{user}/sessions", responses={**REFUSALS, 404: {"model": Problem}})
def sessions(user: UserName, by: MayManageAccounts, parts: PartsOf) -> list[SessionView]:
    """Where an account is signed in; `DELETE /api/session/all/{session}` ends one."""
    with parts.database.reading() as connection:
        known = account_of(connection, user)
        if known is None or not is_within(known.site, by.site):
            raise Refused(Code.NO_ACCOUNT, user=user)
        return [SessionView.of(one) for one in sessions_of(connection, user, parts.now_ms())]
