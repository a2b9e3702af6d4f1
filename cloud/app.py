"""The only composition root of the cloud: puts the parts together, starts and stops them. Importing starts nothing."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import OperationalError
from starlette.middleware.gzip import GZipMiddleware

from cloud.access.attempts import Attempts
from cloud.access.oidc import Provider
from cloud.access.sessions import Sessions
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
from cloud.api.parts import Parts, PartState
from cloud.api.public import badge_page, board, page, pass_page, visit
from cloud.api.refused import Refused, answered, invalid, ledger_away
from cloud.api.screens import screens
from cloud.api.shield import Shield
from cloud.bus import Bus, read_password
from cloud.dispatch.dispatch import Dispatch
from cloud.dispatch.signer import Signer
from cloud.enrolment.enrolment import Enrolment
from cloud.enrolment.terms import Terms
from cloud.escalation.set_up import roads, steps_of
from cloud.escalation.worker import Escalation, also
from cloud.heads.signer import HeadSigner
from cloud.heads.worker import Heads
from cloud.hub import Hub
from cloud.ingest.worker import Ingest
from cloud.ledger.facility.levels import level_rules
from cloud.ledger.facility.rules import round_rules
from cloud.ledger.facility.supplies import supply_rules
from cloud.ledger.staff.set_up import rules_of
from cloud.passes.signer import BadgeSigner
from cloud.passes.worker import Withdrawals
from cloud.projector import Projector
from cloud.reports.set_up import reporter
from cloud.retention.worker import Retention
from cloud.settings import AccessSettings, CloudSettings, InfluxSeriesSettings, SeriesSettings, SqliteSeriesSettings
from cloud.store.backup import embedded_file
from cloud.store.database import Database
from cloud.store.facility.levels_due import DueLevels
from cloud.store.facility.overdue import OverdueRounds
from cloud.store.facility.short import ShortStocks
from cloud.store.series import SeriesStore
from cloud.store.staff.overdue import OverdueTasks

log = logging.getLogger(__name__)

VERSION: Final = "0.1.0"
JOIN_S: Final = 10.0
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
STALE_S: Final = 30.0
"""An ingest that has not gone round for so long has stopped; a transaction may take its time."""


def now_ms() -> int:
    """UTC milliseconds since 1970."""
    return time.time_ns() // 1_000_000


def open_series(settings: SeriesSettings) -> SeriesStore:
    """The series store that was chosen. Raises SeriesAwayError, SettingsError."""
    match settings:
        case SqliteSeriesSettings():
            from cloud.store.series_sqlite import SqliteSeries

            return SqliteSeries(settings.path, settings.keep)
        case InfluxSeriesSettings():
            from cloud.store.series_influx import InfluxSeries

            return InfluxSeries(settings)


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


class Service:
    """All parts of one cloud process: bus, ingest, projector, hub, web application."""

    def __init__(self, settings: CloudSettings, database: Database, series_store: SeriesStore) -> None:
        """Put together what is open already; `start` begins. Raises SettingsError."""
        self._database, self._series = database, series_store
        self.bus = Bus(settings.broker, read_password(settings.broker))
        self.hub = Hub(database, now_ms)
        self.projector = Projector(database, series_store, now_ms)
        key_file = settings.command.key_file
        dispatch = Dispatch(None if key_file is None else Signer.load(key_file), self.bus, now_ms)
        limits = level_rules(settings.levels)
        self.ingest = Ingest(self.bus, database, now_ms, self._committed, dispatch.answered, levels=limits)
        self._threads = [
            threading.Thread(target=self.ingest.run, name="ingest", daemon=True),
            threading.Thread(target=self.projector.run, name="projector", daemon=True),
        ]
        ways = roads(settings.escalation, database, self.bus, now_ms)
        zone, administrator = ZoneInfo(settings.escalation.timezone), settings.access.admin
        undone = also(
            OverdueTasks(rules_of(settings.staff)),
            OverdueRounds(round_rules(settings.facilities)),
            ShortStocks(supply_rules(settings.supplies)),
            DueLevels(limits),
        )
        steps, told_owner = steps_of(settings.escalation), self.hub.poke
        self.escalation = Escalation(
            database, steps, ways, now_ms, zone, undone, administrator=administrator, assigned=told_owner
        )
        self._threads += [threading.Thread(target=self.escalation.run, name="escalation", daemon=True)]
        self.retention = Retention(database, settings.retention, now_ms, embedded_file(settings.ledger.url))
        self._threads += [threading.Thread(target=self.retention.run, name="retention", daemon=True)]
        signer = BadgeSigner.of(settings.badges)
        self.withdrawals = None if signer is None else Withdrawals(database, self.bus, signer, now_ms)
        if self.withdrawals is not None:
            self._threads += [threading.Thread(target=self.withdrawals.run, name="withdrawals", daemon=True)]
        reported = rules_of(settings.staff), round_rules(settings.facilities), supply_rules(settings.supplies)
        self.reporter = reporter(settings.reports, database, now_ms, *reported, limits)
        self._threads += [threading.Thread(target=self.reporter.run, name="reports", daemon=True)]
        head_signer = HeadSigner.of(settings.ledger)
        self.heads = None if head_signer is None else Heads(database, head_signer, now_ms)
        if self.heads is not None:
            self._threads += [threading.Thread(target=self.heads.run, name="heads", daemon=True)]
        sessions = Sessions(database, Attempts(), *_lasting(settings.access))
        told = (now_ms, self.states, self.counts, self.hub.poke)
        terms = Terms.of(settings)
        enrolment = None if terms is None else Enrolment(database, terms, now_ms)
        limit_c = settings.cases.limit_c
        oidc = None if settings.oidc is None else Provider(settings.oidc)
        parts = Parts(
            database,
            series_store,
            self.hub,
            sessions,
            *told,
            settings.web.behind_proxy,
            dispatch,
            enrolment,
            limit_c,
            settings.reports.timezone,
            round(settings.reports.late_s * 1000),
            oidc=oidc,
            badge_signer=signer,
            head_key=None if head_signer is None else head_signer.public,
            appointments_hours=settings.retention.appointments_hours,
            staff=rules_of(settings.staff),
            rounds=round_rules(settings.facilities),
            supplies=supply_rules(settings.supplies),
            levels=limits,
            roads=ways,
        )
        self.app = create_app(parts, settings.web.static, metrics.read_token(settings.web))

    def start(self) -> None:
        for thread in self._threads:
            thread.start()
        self.bus.start()

    def stop(self) -> None:
        """What was received and not acknowledged comes again at the next start."""
        self.ingest.stop()
        self.projector.stop()
        self.escalation.stop()
        self.reporter.stop()
        self.retention.stop()
        if self.heads is not None:
            self.heads.stop()
        if self.withdrawals is not None:
            self.withdrawals.stop()
        for thread in self._threads:
            thread.join(JOIN_S)
        self.bus.stop()
        self._series.close()
        self._database.close()

    def states(self) -> dict[str, PartState]:
        """How every part is, for people and for probes."""
        line, reason = self.bus.line
        running = {thread.name: thread.is_alive() for thread in self._threads}
        return {
            "broker": PartState(line.value, reason),
            "ledger": _state(self.ingest.trouble, alive=running["ingest"]),
            "series": _state(self.projector.trouble, alive=running["projector"]),
            "escalation": _state(self.escalation.trouble, alive=running["escalation"]),
            "reports": _state(self.reporter.trouble, alive=running["reports"]),
            "retention": _state(self.retention.trouble, alive=running["retention"]),
            **self._signing(),
            **self._telling(),
        }

    def _signing(self) -> dict[str, PartState]:
        """How it goes with signing heads of the chain; nothing where none are signed."""
        if self.heads is None:
            return {}
        alive = any(thread.name == "heads" and thread.is_alive() for thread in self._threads)
        return {"heads": _state(self.heads.trouble, alive=alive)}

    def _telling(self) -> dict[str, PartState]:
        """How it goes with telling gates what was withdrawn; nothing where this cloud issues no badges."""
        if self.withdrawals is None:
            return {}
        alive = any(thread.name == "withdrawals" and thread.is_alive() for thread in self._threads)
        return {"withdrawals": _state(self.withdrawals.trouble, alive=alive)}

    def stuck(self, now_s: float) -> list[str]:
        """Threads that have ended or do not go round at `now_s` (monotonic). One that waits for what is away goes round."""
        ended = [thread.name for thread in self._threads if not thread.is_alive()]
        return ended or (["ingest"] if now_s - self.ingest.beat_s > STALE_S else [])

    def counts(self) -> dict[str, int]:
        """Figures since the start."""
        return {
            "events_stored": self.ingest.stored,
            "dead_letters": self.ingest.dead,
            "series_written": self.projector.written,
            "series_refused": self.projector.refused,
            "series_waiting": self.projector.waiting,
            "notices_sent": self.escalation.sent,
            "notices_failed": self.escalation.failed,
            "reports_made": self.reporter.made,
            "screens": self.hub.screens,
            "screens_cut_off": self.hub.cut_off,
        }

    def _committed(self) -> None:
        self.hub.poke()
        self.projector.poke()


def _lasting(access: AccessSettings) -> tuple[int, int]:
    """How long a session lasts, and an administrator's without being used, both in milliseconds."""
    return round(access.session_h * 3_600_000), round(access.admin_idle_min * 60_000)


def _state(trouble: str, *, alive: bool) -> PartState:
    if not alive:
        return PartState("stopped")
    return PartState("retrying", trouble) if trouble else PartState("working")
