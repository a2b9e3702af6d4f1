"""The guard of every route: a route names the permission it needs, or stands in the list of those that need none."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from cloud.access.roles import FOR_PEOPLE, Permission, may
from cloud.api.parts import Parts, PartsOf, SignedIn
from cloud.api.refused import Refused
from cloud.api.shield import SAFE
from cloud.refusals import Code
from cloud.store.accounts import User, note


@dataclass(frozen=True, slots=True)
class Allowed:
    """A dependency: who is asking, where the role has this permission. Refuses with 401 and 403."""

    permission: Permission

    def __call__(self, user: SignedIn, request: Request, parts: PartsOf) -> User:
        changes = request.method not in SAFE
        if changes:
            _limit(parts, user)
        if refusal := self._refusal(user):
            if changes:
                with parts.database.writing() as connection:
                    asked = f"{request.method} {request.url.path[:200]}"
                    note(connection, user, "refused", asked, parts.now_ms(), refusal.detail)
            raise refusal
        return user

    def _refusal(self, user: User) -> Refused | None:
        if not may(user.role, self.permission):
            return Refused(Code.ROLE, role=user.role, permission=self.permission.value)
        if user.program and self.permission in FOR_PEOPLE:
            return Refused(Code.TOKEN, permission=self.permission.value)
        if user.must_change and self.permission is not Permission.SELF:
            return Refused(Code.CHANGE_PASSWORD_FIRST)
        return None


def _limit(parts: Parts, user: User) -> None:
    key, now_ms = (user.user, ""), parts.now_ms()
    if wait_ms := parts.changes.wait_ms(key, now_ms):
        wait_s = math.ceil(wait_ms / 1000)
        raise Refused(Code.TOO_MANY_CHANGES, wait_s=wait_s)
    parts.changes.count(key, now_ms)


Oneself = Annotated[User, Depends(Allowed(Permission.SELF))]
MayReadBoard = Annotated[User, Depends(Allowed(Permission.BOARD_READ))]
MayReadPeople = Annotated[User, Depends(Allowed(Permission.PEOPLE_READ))]
MayReadSeries = Annotated[User, Depends(Allowed(Permission.SERIES_READ))]
MayActOnAlarms = Annotated[User, Depends(Allowed(Permission.ALARMS_ACT))]
MayWorkOnCases = Annotated[User, Depends(Allowed(Permission.CASES_WORK))]
MayChangeQuestions = Annotated[User, Depends(Allowed(Permission.QUESTIONS_CHANGE))]
MayTakeOutOfService = Annotated[User, Depends(Allowed(Permission.ALARMS_OUT_OF_SERVICE))]
MayCommand = Annotated[User, Depends(Allowed(Permission.GATES_COMMAND))]
MayReadStaff = Annotated[User, Depends(Allowed(Permission.STAFF_READ))]
MayEnterForStaff = Annotated[User, Depends(Allowed(Permission.STAFF_ENTER))]
MayManageStaff = Annotated[User, Depends(Allowed(Permission.STAFF_MANAGE))]
MayReadDeclarations = Annotated[User, Depends(Allowed(Permission.STAFF_DECLARATIONS))]
MayReadRounds = Annotated[User, Depends(Allowed(Permission.ROUNDS_READ))]
MayMakeRounds = Annotated[User, Depends(Allowed(Permission.ROUNDS_ENTER))]
MayManageRounds = Annotated[User, Depends(Allowed(Permission.ROUNDS_MANAGE))]
MayReadSupplies = Annotated[User, Depends(Allowed(Permission.SUPPLIES_READ))]
MayEnterSupplies = Annotated[User, Depends(Allowed(Permission.SUPPLIES_ENTER))]
MayManageSupplies = Annotated[User, Depends(Allowed(Permission.SUPPLIES_MANAGE))]
MayMakeAppointments = Annotated[User, Depends(Allowed(Permission.APPOINTMENTS_MAKE))]
MayManageBadges = Annotated[User, Depends(Allowed(Permission.BADGES_MANAGE))]
MayLook = Annotated[User, Depends(Allowed(Permission.GATES_LOOK))]
MayReadAudit = Annotated[User, Depends(Allowed(Permission.AUDIT_READ))]
MayExport = Annotated[User, Depends(Allowed(Permission.EXPORT))]
MayManageSites = Annotated[User, Depends(Allowed(Permission.SITES_MANAGE))]
MayManageAccounts = Annotated[User, Depends(Allowed(Permission.ACCOUNTS_MANAGE))]
MayManageTokens = Annotated[User, Depends(Allowed(Permission.TOKENS_MANAGE))]
MayManageContacts = Annotated[User, Depends(Allowed(Permission.CONTACTS_MANAGE))]
MayManageWebhooks = Annotated[User, Depends(Allowed(Permission.WEBHOOKS_MANAGE))]

OPEN: Final = frozenset(
    {
        "POST /api/session",  # signing in
        "GET /api/oidc",  # signing in with a provider
        "GET /api/oidc/start",
        "GET /api/oidc/callback",
        "GET /api/health",  # says little to a stranger
        "GET /api/enrol/authority",  # public, and a gate has no account: it has a token or a certificate
        "POST /api/enrol",
        "GET /api/enrol/challenge",
        "POST /api/enrol/renewal",
        "POST /api/push/receipt",  # a browser shows a push when nobody is signed in, too; its token says of which
        "GET /metrics",  # has a token of its own
        "GET /visit/{reception}",  # visitors have no account
        "POST /visit/{reception}",
        "GET /pass/{secret}",  # whoever has the link
        "GET /pass/{secret}/{name}",
        "POST /pass/{secret}/cancel",
        "GET /badge/{secret}",
        "GET /badge/{secret}/codes",
        "GET /board/{reception}",  # only where the site wants it public
        "GET /board/{reception}/now",
        "GET /public/{name}",  # what these pages are drawn with
    }
)
"""Routes that need no permission."""


def unguarded(routers: Iterable[APIRouter]) -> list[str]:
    """Routes that name no permission and are not open; `create_app` refuses to serve them."""
    return [name for router in routers for name, route in _named(router) if name not in OPEN and not _guards(route.dependant)]


def _named(router: APIRouter) -> Iterator[tuple[str, APIRoute]]:
    for route in router.routes:
        if isinstance(route, APIRoute):
            yield from ((f"{method} {route.path}", route) for method in sorted(route.methods or ()))


def _guards(dependant: Dependant) -> bool:
    return any(isinstance(one.call, Allowed) or _guards(one) for one in dependant.dependencies)
