"""`menshen-cloud run`."""

from __future__ import annotations

import logging
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

import uvicorn
from rich.console import Console
from rich.text import Text

from cloud.app import Service, open_series
from cloud.bus import Line
from cloud.commands.preflight import administrator_exists, broker_answers, broker_away, listen, series_answers
from cloud.hub import Hub
from cloud.settings import CloudSettings, InfluxSeriesSettings, load_cloud
from cloud.store.database import Database
from cloud.store.migrate import open_database

GRACE_S: Final = 3


class Server(uvicorn.Server):
    """Ends the live streams first: uvicorn waits for open answers, and a live stream never ends by itself.

    uvicorn would send itself the signal again when it is done, and the process would die before its parts are stopped.
    """

    def __init__(self, config: uvicorn.Config, hub: Hub) -> None:
        super().__init__(config)
        self._hub = hub

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        before = {one: signal.signal(one, self.handle_exit) for one in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._hub.close()
        super().handle_exit(sig, frame)


def serve(settings_file: Path, *, unattended: bool) -> None:
    """Run until stopped. Raises MenshenError where a part cannot work."""
    settings = load_cloud(settings_file)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logging.getLogger("cloud.bus.paho").setLevel(logging.WARNING)
    listener = listen(settings.web)
    database = open_database(settings.ledger.url)
    try:
        administrator_exists(settings, database)
        if not unattended:
            _try_others(settings)
        _serve(settings, database, listener)
    finally:
        database.close()
        listener.close()


def _try_others(settings: CloudSettings) -> None:
    """What may be away when nobody looks, somebody who starts it by hand wants to know at once."""
    if isinstance(settings.series, InfluxSeriesSettings):
        series_answers(settings.series)
    if broker_answers(settings.broker) is Line.AWAY:
        Console(stderr=True, soft_wrap=True).print(Text(f"Warning: {broker_away(settings.broker)}", "yellow"))


def _serve(settings: CloudSettings, database: Database, listener: socket.socket) -> None:
    service = Service(settings, database, open_series(settings.series))
    config = uvicorn.Config(
        service.app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=settings.web.behind_proxy,
        timeout_graceful_shutdown=GRACE_S,
        timeout_keep_alive=30,
    )
    host, port = listener.getsockname()[:2]
    service.start()
    Console(soft_wrap=True).print(f"Guard screen: http://{host}:{port}/  (user {settings.access.admin})", highlight=False)
    try:
        Server(config, service.hub).run(sockets=[listener])
    finally:
        service.stop()
