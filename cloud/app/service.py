"""One cloud process: all its parts, put together."""

from __future__ import annotations

from typing import Final
from zoneinfo import ZoneInfo

from cloud.access.attempts import Attempts
from cloud.access.oidc import Provider
from cloud.access.sessions import Sessions
from cloud.api import metrics
from cloud.api.parts import Parts, PartState
from cloud.app.crew import Crew, Hand
from cloud.app.now import now_ms
from cloud.app.web import create_app
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
from cloud.settings import AccessSettings, CloudSettings
from cloud.store.backup import embedded_file
from cloud.store.database import Database
from cloud.store.facility.levels_due import DueLevels
from cloud.store.facility.overdue import OverdueRounds
from cloud.store.facility.short import ShortStocks
from cloud.store.series import SeriesStore
from cloud.store.staff.overdue import OverdueTasks

STALE_S: Final = 30.0
"""An ingest that has not gone round for so long has stopped; a transaction may take its time."""


class Service:
    """Bus, ingest, projector, hub, the other workers and the web application."""

    def __init__(self, settings: CloudSettings, database: Database, series_store: SeriesStore) -> None:
        """Put together what is open already; `start` begins. Raises SettingsError."""
        self._database, self._series = database, series_store
        staff, rounds = rules_of(settings.staff), round_rules(settings.facilities)
        supplies, limits = supply_rules(settings.supplies), level_rules(settings.levels)
        self.bus = Bus(settings.broker, read_password(settings.broker))
        self.hub = Hub(database, now_ms)
        self.projector = Projector(database, series_store, now_ms)
        key_file = settings.command.key_file
        dispatch = Dispatch(None if key_file is None else Signer.load(key_file), self.bus, now_ms)
        self.ingest = Ingest(self.bus, database, now_ms, self._committed, dispatch.answered, levels=limits)
        ways = roads(settings.escalation, database, self.bus, now_ms)
        self.escalation = Escalation(
            database,
            steps_of(settings.escalation),
            ways,
            now_ms,
            ZoneInfo(settings.escalation.timezone),
            also(OverdueTasks(staff), OverdueRounds(rounds), ShortStocks(supplies), DueLevels(limits)),
            administrator=settings.access.admin,
            assigned=self.hub.poke,
        )
        self.reporter = reporter(settings.reports, database, now_ms, staff, rounds, supplies, limits)
        hands: dict[str, Hand] = {
            "ingest": self.ingest,
            "projector": self.projector,
            "escalation": self.escalation,
            "reports": self.reporter,
            "retention": Retention(database, settings.retention, now_ms, embedded_file(settings.ledger.url)),
        }
        badge_signer, head_signer = BadgeSigner.of(settings.badges), HeadSigner.of(settings.ledger)
        if head_signer is not None:
            hands["heads"] = Heads(database, head_signer, now_ms)
        if badge_signer is not None:
            hands["withdrawals"] = Withdrawals(database, self.bus, badge_signer, now_ms)
        self._crew = Crew(hands)
        terms = Terms.of(settings)
        parts = Parts(
            database,
            series_store,
            self.hub,
            Sessions(database, Attempts(), *_lasting(settings.access)),
            now_ms,
            self.states,
            self.counts,
            self.hub.poke,
            settings.web.behind_proxy,
            dispatch,
            None if terms is None else Enrolment(database, terms, now_ms),
            settings.cases.limit_c,
            settings.reports.timezone,
            round(settings.reports.late_s * 1000),
            oidc=None if settings.oidc is None else Provider(settings.oidc),
            badge_signer=badge_signer,
            head_key=None if head_signer is None else head_signer.public,
            appointments_hours=settings.retention.appointments_hours,
            staff=staff,
            rounds=rounds,
            supplies=supplies,
            levels=limits,
            roads=ways,
        )
        self.app = create_app(parts, settings.web.static, metrics.read_token(settings.web))

    def start(self) -> None:
        self._crew.start()
        self.bus.start()

    def stop(self) -> None:
        """What was received and not acknowledged comes again at the next start."""
        self._crew.stop()
        self.bus.stop()
        self._series.close()
        self._database.close()

    def states(self) -> dict[str, PartState]:
        """How every part is, for people and for probes. Heads and withdrawals are there only where somebody signs them."""
        line, reason = self.bus.line
        others = self._crew.states()
        stores = {"ledger": others.pop("ingest"), "series": others.pop("projector")}
        return {"broker": PartState(line.value, reason), **stores, **others}

    def stuck(self, now_s: float) -> list[str]:
        """Threads that have ended or do not go round at `now_s` (monotonic). One that waits for what is away goes round."""
        return self._crew.ended() or (["ingest"] if now_s - self.ingest.beat_s > STALE_S else [])

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
