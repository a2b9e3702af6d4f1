"""`menshen-cloud run`."""

from __future__ import annotations

import logging
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

import uvicorn
from rich.console import Console
from rich.text import Text

from cloud.app.series import open_series
from cloud.app.service import Service
from cloud.bus import Line
from cloud.commands.check_telling import NobodyToldError, somebody_is_told
from cloud.commands.preflight import administrator_exists, broker_answers, broker_away, listen, series_answers
from cloud.settings import CloudSettings, InfluxSeriesSettings, load_cloud
from cloud.store.database import Database
from cloud.store.migrate import open_database
from contract.live import MOST_BYTES
from contract.notify import Heart, ServiceManager

GRACE_S: Final = 3
STATUS_TICKS: Final = 10
"""One look at the states a second."""


class Server(uvicorn.Server):
    """Ends the live streams first: uvicorn waits for open answers, and a live stream never ends by itself.

    uvicorn would send itself the signal again when it is done, and the process would die before its parts are stopped.
    The service manager hears from the event loop that it turns and that the threads go round: a watchdog of both.
    """

    def __init__(self, config: uvicorn.Config, service: Service, manager: ServiceManager) -> None:
        super().__init__(config)
        self._service, self._manager, self._heart = service, manager, Heart(manager)
        self._said = ""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._manager.ready()

    async def on_tick(self, counter: int) -> bool:
        """Called ten times a second by the server's own loop."""
        now_s = time.monotonic()
        stuck = self._service.stuck(now_s)
        if not stuck:
            self._heart.beat(now_s)
        if counter % STATUS_TICKS == 0:
            self._tell(f"stuck: {', '.join(stuck)}" if stuck else self._words())
        return await super().on_tick(counter)

    def _words(self) -> str:
        states = self._service.states()
        return "; ".join(f"{name} {one.state}" + (f" ({one.why})" if one.why else "") for name, one in states.items())

    def _tell(self, words: str) -> None:
        if words != self._said:
            self._said = words
            self._manager.status(words)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        before = {one: signal.signal(one, self.handle_exit) for one in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._manager.stopping()
        self._service.hub.close()
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
        _warn_where_nobody_is_told(database)
        if not unattended:
            _try_others(settings)
        _serve(settings, database, listener)
    finally:
        database.close()
        listener.close()


def _warn_where_nobody_is_told(database: Database) -> None:
    """Not refused: contacts are entered on the screen of the cloud that starts here; `check` is not content with it."""
    try:
        somebody_is_told(database)
    except NobodyToldError as missing:
        logging.getLogger(__name__).warning("%s", missing)


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
        ws="websockets-sansio",
        ws_max_size=2 * MOST_BYTES,
        ws_per_message_deflate=False,
    )
    host, port = listener.getsockname()[:2]
    service.start()
    Console(soft_wrap=True).print(f"Guard screen: http://{host}:{port}/  (user {settings.access.admin})", highlight=False)
    try:
        Server(config, service, ServiceManager.of()).run(sockets=[listener])
    finally:
        service.stop()
