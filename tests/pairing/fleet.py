"""A cloud behind TLS that pairs gates, a broker that asks for its certificates, and what a gate's technician does."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from cloud.bus import Bus
from cloud.dispatch.dispatch import Dispatch
from cloud.enrolment.enrolment import Enrolment
from cloud.enrolment.terms import Terms
from cloud.ingest.worker import Ingest
from cloud.settings import BrokerSettings
from cloud.store.series_sqlite import SqliteSeries
from cloud.store.tables import visit
from contract.enrolment import Token
from edge.clock import SystemClock
from edge.config import GateConfig, load_gate
from tests.cloud.rig import Rig
from tests.cloud.server import Served, serve
from tests.secure_broker import Authority, ProductionBroker

GATE = """# The gate at the north door.
gate = "gate-1"

[colour]
source = "simulated"

[thermal]
source = "none"

[screening]
temperature = false  # it has no thermal camera

[uplink]
database = "{folder}/events.db"
clock = "wall"

[uplink.broker]
password_file = "/etc/menshen/password"  # as it was
"""


LASTS_DAYS = 20


def now_ms() -> int:
    return time.time_ns() // 1_000_000


@dataclass
class Fleet:
    """Attributes: folder, of the authority."""

    rig: Rig
    folder: Path
    served: Served
    enrolment: Enrolment
    broker: ProductionBroker | None = None

    @property
    def url(self) -> str:
        return self.served.url

    def invite(self, gate: str = "gate-1") -> Token:
        return self.enrolment.invite(gate, "north", 1.0, "admin")[0]

    @property
    def verdicts(self) -> set[str]:
        """Of the visits in the cloud's ledger."""
        with self.rig.database.reading() as connection:
            return set(connection.execute(select(visit.c.verdict)).scalars())

    def clock_is(self, days: float) -> None:
        """Of the cloud, days after this machine's."""
        self.rig.now_ms = now_ms() + round(days * 86_400_000)

    def publish_revoked(self) -> None:
        """What an administrator does after `unenrol`: the list to the broker, and the broker started again."""
        assert self.broker is not None
        shutil.copyfile(self.folder / "crl.pem", self.broker.folder / "crl.pem")
        self.broker.stop()
        self.broker.start()


@contextmanager
def fleet(rig: Rig, folder: Path, broker_port: int = 8883) -> Iterator[Fleet]:
    """A cloud that pairs, with the certificate of a proxy from the same authority, made by the shipped script."""
    folder.mkdir(exist_ok=True)
    rig.now_ms = now_ms()
    terms = Terms(folder / "authority", LASTS_DAYS, "127.0.0.1", broker_port, (rig.signer.public,))
    enrolment = Enrolment(rig.database, terms, lambda: rig.now_ms)
    enrolment.invite("gate-0", "north", 1.0, "admin")
    made = Authority(terms.folder).make("server", "server", "127.0.0.1")
    assert made.returncode == 0, made.stderr
    series = SqliteSeries(folder / "series.db")
    tls = (terms.folder / "server.crt", terms.folder / "server.key")
    with serve(rig, series, folder / "dist", enrolment=enrolment, tls=tls) as served:
        yield Fleet(rig, terms.folder, served, enrolment)
    series.close()


@contextmanager
def whole_fleet(rig: Rig, folder: Path, *, by_script: bool = False) -> Iterator[Fleet]:
    """With a broker that wants certificates, and the cloud's ingest behind it. `by_script`: the authority was there before."""
    if by_script:
        assert Authority(folder / "authority").make("ca").returncode == 0
    place = folder / "broker"
    place.mkdir()
    port = ProductionBroker(folder / "unused", {}, "unused").port
    with fleet(rig, folder, port) as made:
        for name in ("ca.crt", "server.crt", "server.key", "crl.pem"):
            shutil.copyfile(made.folder / name, place / name)
        assert Authority(made.folder).make("client", "cloud").returncode == 0
        with ProductionBroker(place, {}, "unused", port=port) as made.broker, _ingesting(made, port):
            yield made


@contextmanager
def _ingesting(made: Fleet, port: int) -> Iterator[None]:
    own = [made.folder / name for name in ("ca.crt", "cloud.crt", "cloud.key")]
    bus = Bus(BrokerSettings(port=port, ca_file=own[0], cert_file=own[1], key_file=own[2]), None)
    dispatch = Dispatch(made.rig.signer, bus, now_ms)
    worker = Ingest(bus, made.rig.database, now_ms, lambda: None, dispatch.answered)
    working = threading.Thread(target=worker.run)
    working.start()
    bus.start()
    try:
        yield
    finally:
        worker.stop()
        working.join()
        bus.stop()


@dataclass(frozen=True)
class Gate:
    """A gate's settings file and the folder of its database."""

    file: Path

    @classmethod
    def installed(cls, folder: Path) -> Gate:
        folder.mkdir()
        file = folder / "gate.toml"
        file.write_text(GATE.format(folder=folder))
        return cls(file)

    @property
    def config(self) -> GateConfig:
        return load_gate(self.file)

    def contents(self) -> dict[str, bytes]:
        """Every file of the gate."""
        folder = self.file.parent
        return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


class OffClock(SystemClock):
    """This machine's clock, some days off."""

    def __init__(self, days: float) -> None:
        self._off = timedelta(days=days)

    def wall(self) -> datetime:
        return super().wall() + self._off
