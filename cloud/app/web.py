"""The web application: every route, guarded."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import OperationalError
from starlette.middleware.gzip import GZipMiddleware

from cloud.api import (
    accounts,
    alarms,
    appointments,
    audit,
    badges,
    canteen,
    cases,
    chain,
    chronicle,
    commands,
    contacts,
    crowd,
    declarations,
    enrol,
    facilities,
    facility_files,
    figures,
    health,
    ledger,
    levels,
    live,
    meetings,
    metrics,
    months,
    notices,
    oidc,
    pickups,
    pictures,
    push,
    questionnaires,
    queue,
    receptions,
    records,
    register,
    reports,
    rosters,
    rounds,
    sensors,
    series,
    session,
    sites,
    staff,
    supplies,
    tokens,
    uvc,
    webhooks,
)  # fmt: skip
from cloud.api.allowed import unguarded
from cloud.api.parts import Parts
from cloud.api.public import badge_page, board, page, pass_page, visit
from cloud.api.refused import Refused, answered, invalid, ledger_away
from cloud.api.screens import screens
from cloud.api.shield import Shield

VERSION: Final = "0.1.0"
ROUTERS: Final = (
    session.router, oidc.router, enrol.router, health.router, metrics.router, live.router, queue.router, cases.router,
    questionnaires.router, alarms.router, notices.router, figures.router, ledger.router, series.router, commands.router,
    register.router,
    receptions.router, appointments.router, badges.router, visit.router, pass_page.router, badge_page.router, board.router,
    page.router, accounts.router, sites.router, tokens.router, audit.router, records.router, chain.router,
    rosters.router, declarations.router, staff.router, pictures.router,
    reports.router, chronicle.router,
    facilities.router, sensors.router, rounds.router, meetings.router, supplies.router, levels.router, pickups.router,
    crowd.router, canteen.router, uvc.router, facility_files.router,
    months.router,
    contacts.router, webhooks.router, push.router,
)  # fmt: skip


def create_app(parts: Parts | None = None, static: Path | None = None, metrics_token: str | None = None) -> FastAPI:
    """The web application. Without parts it only describes itself (`menshen-cloud openapi`)."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        task = asyncio.create_task(parts.hub.run()) if parts else None
        yield
        if parts and task:
            parts.hub.close()
            task.cancel()

    app = FastAPI(
        title="Menshen cloud", version=VERSION, lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None,
        description="What gates have decided: live, in the ledger, and over time. Sign in at /api/session first.",
    )  # fmt: skip
    app.state.parts, app.state.metrics_token = parts, metrics_token
    if named := unguarded(ROUTERS):
        raise RuntimeError(f"these routes name no permission: {', '.join(named)}")
    for router in ROUTERS:
        app.include_router(router)
    if static is not None:
        app.include_router(screens(static))
    app.add_exception_handler(Refused, answered)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(OperationalError, ledger_away)
    app.add_middleware(GZipMiddleware, minimum_size=2_048)
    app.add_middleware(Shield, secure=bool(parts and parts.secure))
    return app
