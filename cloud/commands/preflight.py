"""Trying the parts before they are needed. Each probe returns a remark, or raises what is wrong and what to do."""

from __future__ import annotations

import errno
import socket

from cloud.access.accounts import ensure_administrator
from cloud.app.now import now_ms
from cloud.app.series import open_series
from cloud.bus import BrokerError, Line, probe, read_password
from cloud.settings import BrokerSettings, CloudSettings, SeriesSettings, WebSettings
from cloud.store.database import Database
from contract.errors import MenshenError


class BusyPortError(MenshenError, OSError):
    """Another program listens on the port this cloud wants."""


def listen(web: WebSettings) -> socket.socket:
    """The socket screens connect to. Raises BusyPortError."""
    family = socket.AF_INET6 if ":" in web.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((web.host, web.port))
        listener.listen(256)
    except (OSError, OverflowError) as taken:
        listener.close()
        busy = getattr(taken, "errno", None) == errno.EADDRINUSE
        raise BusyPortError(
            "another program listens on this port" if busy else f"this address cannot be listened on ({taken})",
            where=f"web.host = {web.host!r}, web.port = {web.port}",
            remedy="Stop that program (perhaps another menshen-cloud), or choose another web.port." if busy else "Correct it.",
        ) from taken
    listener.setblocking(False)
    return listener


def broker_answers(broker: BrokerSettings) -> Line:
    """How the broker answers: connected or away. Raises BrokerError when it refuses user or password."""
    line, said = probe(broker, read_password(broker))
    where = f"broker {broker.host}:{broker.port}, user {broker.user!r}"
    if line is Line.REFUSED:
        raise BrokerError(
            f"the broker refuses this user or password ({said})",
            where=where,
            remedy="Check broker.user and broker.password_file against the broker's password file.",
        )
    return line


def broker_away(broker: BrokerSettings) -> BrokerError:
    """Only a state: it is tried again for ever."""
    return BrokerError(
        "the broker cannot be reached",
        where=f"broker {broker.host}:{broker.port}",
        remedy="Start it, or correct broker.host and broker.port. The cloud goes on trying.",
    )


def series_answers(series: SeriesSettings) -> None:
    """Raises SeriesAwayError, SettingsError."""
    store = open_series(series)
    try:
        store.probe()
    finally:
        store.close()


def administrator_exists(settings: CloudSettings, database: Database) -> None:
    """Raises SettingsError where nobody could sign in."""
    ensure_administrator(database, settings.access, now_ms())
