"""`menshen-cloud worker`: one more hand for the ingest, without screens and series."""

from __future__ import annotations

import logging
import signal
import threading
import time
from pathlib import Path
from typing import Final

from cloud.app.now import now_ms
from cloud.app.service import STALE_S
from cloud.bus import Bus, read_password
from cloud.ingest.worker import Ingest
from cloud.ledger.facility.levels import level_rules
from cloud.settings import load_cloud
from cloud.store.migrate import open_database
from contract.notify import Heart, ServiceManager

LOOK_S: Final = 0.5


def work(settings_file: Path, name: str) -> None:
    """Take events until SIGTERM or Ctrl-C. The cloud's own process sees them within half a second. Raises MenshenError."""
    settings = load_cloud(settings_file)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logging.getLogger("cloud.bus.paho").setLevel(logging.WARNING)
    broker = settings.broker.model_copy(update={"client_id": f"{settings.broker.client_id}-{name}"})
    database = open_database(settings.ledger.url)
    bus = Bus(broker, read_password(broker))
    ingest = Ingest(bus, database, now_ms, _nobody_to_poke, levels=level_rules(settings.levels))
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda *_: ingest.stop())
    taking = threading.Thread(target=ingest.run, name="ingest", daemon=True)
    try:
        taking.start()
        bus.start()
        _watch_over(taking, ingest)
    finally:
        bus.stop()
        database.close()


def _watch_over(taking: threading.Thread, ingest: Ingest) -> None:
    """Until it ends: tell the service manager that it takes events and goes round, work or no work."""
    manager = ServiceManager.of()
    heart = Heart(manager)
    manager.ready()
    while taking.is_alive():
        now_s = time.monotonic()
        if now_s - ingest.beat_s <= STALE_S:
            heart.beat(now_s)
        taking.join(LOOK_S)
    manager.stopping()


def _nobody_to_poke() -> None:
    """Screens and series live in another process, which looks by itself."""
