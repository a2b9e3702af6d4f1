"""The line to the broker: the only file of the cloud that imports paho.

Callbacks only put into a queue. A message is acknowledged to the broker when the ledger has it, and only over the
connection it came by: numbers start again at every connect, and an acknowledgement that comes too late would be taken
for another message.
"""

from __future__ import annotations

import logging
import queue
import random
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from cloud.settings import BrokerSettings
from contract.errors import MenshenError, SettingsError
from contract.messages.down import AckData
from contract.topics import EVENTS, ROUTES, Kind, topic

log = logging.getLogger(__name__)

BATCH: Final = 500
RECEIVE_MAXIMUM: Final = 500
SESSION_EXPIRY_S: Final = 86_400
KEEPALIVE_S: Final = 20
CONNECT_TIMEOUT_S: Final = 5.0
CONNACK_TIMEOUT_S: Final = 30.0
GATHER_S: Final = 0.02
MAX_WAITING: Final = 10_000
FIRST_PAUSE_S: Final = 1.0
LONGEST_PAUSE_S: Final = 5.0
"""Short: the workers of a cloud are few, and every gate waits for them."""


class BrokerError(MenshenError, ConnectionError):
    """The broker refused this cloud, or cannot be reached."""


class Line(StrEnum):
    CONNECTING = "connecting"
    CONNECTED = "connected"
    AWAY = "away"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Arrival:
    """One message as it came.

    Attributes:
        epoch: the connection it came by.
        mid: its number on that connection, 0 where it needs no acknowledgement.
        event_id: the id that travels beside the body, for bodies nobody can read.
        retained: whether the broker had kept it: it was said some time ago.
    """

    epoch: int
    mid: int
    topic: str
    body: bytes
    event_id: str | None
    retained: bool = False


def subscriptions() -> list[tuple[str, int]]:
    """Events are shared among workers; states (retained) and results go to each."""
    shared = [(f"$share/ingest/{topic('+', kind)}", ROUTES[kind].qos) for kind in EVENTS]
    return shared + [(topic("+", kind), ROUTES[kind].qos) for kind in (Kind.STATE, Kind.RESULT)]


class Bus:
    """A durable MQTT 5 session. Use `start`, then `receive` and `acknowledge` from one thread."""

    def __init__(self, settings: BrokerSettings, password: str | None) -> None:
        self._settings = settings
        self._arrivals: queue.SimpleQueue[Arrival] = queue.SimpleQueue()
        self._client = _client(settings, password, settings.client_id)
        self._client.on_connect = self._on_connect
        self._client.on_subscribe = self._on_subscribe
        self._client.on_message = self._on_message
        self._client.on_disconnect = self._on_disconnect
        self._epoch = 0
        self._epoch_lock = threading.Lock()
        self._stopping = threading.Event()
        self._down = threading.Event()
        self._thread = threading.Thread(target=self._keep_connected, name="bus", daemon=True)
        self._line, self._reason, self._since_s = Line.CONNECTING, "", time.monotonic()
        self.refused_arrivals = 0

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Disconnect. The broker keeps what arrives from now on."""
        self._stopping.set()
        self._client.disconnect()
        self._down.set()
        if self._thread.is_alive():
            self._thread.join(CONNECT_TIMEOUT_S + 1)

    @property
    def line(self) -> tuple[Line, str]:
        """How the line is, and why."""
        return self._line, self._reason

    @property
    def listening_ms(self) -> int:
        """For how long it has been connected; 0 while it is not."""
        return round((time.monotonic() - self._since_s) * 1000) if self._line is Line.CONNECTED else 0

    @property
    def backlog(self) -> int:
        """How many messages have arrived that nobody has received yet."""
        return self._arrivals.qsize()

    def receive(self, wait_s: float) -> list[Arrival]:
        """What has arrived: at most BATCH, gathered for at most 20 ms; nothing after `wait_s` seconds without any."""
        try:
            arrivals = [self._arrivals.get(timeout=wait_s)]
        except queue.Empty:
            return []
        until_s = time.monotonic() + GATHER_S
        while len(arrivals) < BATCH:
            try:
                arrivals.append(self._arrivals.get(timeout=max(0.0, until_s - time.monotonic())))
            except queue.Empty:
                break
        return arrivals

    def tell_gate(self, gate: str, stored: AckData) -> None:
        """The application's acknowledgement. Lost ones do no harm: the gate sends again and is answered again."""
        route = ROUTES[Kind.ACK]
        self._client.publish(topic(gate, Kind.ACK), stored.model_dump_json(), qos=route.qos, retain=route.retained)

    def send(self, gate: str, kind: Kind, body: str, expires_s: int) -> bool:
        """Say something to one gate that means nothing after `expires_s`. False while there is no connection."""
        if self._line is not Line.CONNECTED:
            return False
        lasts = Properties(PacketTypes.PUBLISH)  # type: ignore[no-untyped-call]  # paho's own gap
        lasts.MessageExpiryInterval = expires_s
        route = ROUTES[kind]
        said = self._client.publish(topic(gate, kind), body, qos=route.qos, retain=route.retained, properties=lasts)
        return said.rc == mqtt.MQTT_ERR_SUCCESS

    def publish(self, address: str, body: str, wait_s: float) -> bool:
        """Say something to others than gates, and wait for the broker to have taken it (PUBACK)."""
        if self._line is not Line.CONNECTED:
            return False
        said = self._client.publish(address, body, qos=1)
        if said.rc != mqtt.MQTT_ERR_SUCCESS:
            return False
        said.wait_for_publish(wait_s)
        return said.is_published()

    def acknowledge(self, arrivals: Iterable[Arrival]) -> None:
        """Tell the broker that these are kept, in the order they came, where they came by this connection."""
        with self._epoch_lock:
            for one in arrivals:
                if one.mid and one.epoch == self._epoch and self._line is Line.CONNECTED:
                    self._client.ack(one.mid, 1)

    def _keep_connected(self) -> None:
        pause_s = FIRST_PAUSE_S
        while not self._stopping.is_set():
            self._down.clear()
            if self._try_once():
                pause_s = FIRST_PAUSE_S
            # Full jitter: workers whose lines broke together must not come back together.
            self._stopping.wait(random.uniform(0.1, pause_s))  # noqa: S311  a pause, not a secret
            pause_s = min(pause_s * 2, LONGEST_PAUSE_S)

    def _try_once(self) -> bool:
        """Connect and stay until the line breaks. Returns whether it ever stood."""
        try:
            connect(self._client, self._settings)
        except OSError as away:
            self._become(Line.AWAY, str(away))
            return False
        self._client.loop_start()
        epoch = self._epoch
        if not self._down.wait(CONNACK_TIMEOUT_S) and self._epoch == epoch:
            self._become(Line.AWAY, f"no answer to CONNECT within {CONNACK_TIMEOUT_S:.0f} s; check the certificates' dates")
            self._client.disconnect()
        else:
            self._down.wait()
        self._client.loop_stop()
        return self._epoch != epoch

    def _on_connect(self, client: mqtt.Client, _data: Any, _flags: mqtt.ConnectFlags, reason: ReasonCode, _more: Any) -> None:
        if reason.is_failure:
            self._become(Line.REFUSED, str(reason))
            self._down.set()
            return
        with self._epoch_lock:
            self._epoch += 1
        self._become(Line.CONNECTED, "")
        client.subscribe(subscriptions())

    def _on_subscribe(self, client: mqtt.Client, _data: Any, _mid: int, reasons: list[ReasonCode], _more: Any) -> None:
        refused = [name for (name, _), reason in zip(subscriptions(), reasons, strict=False) if reason.is_failure]
        if refused:
            self._become(Line.REFUSED, f"subscription to {refused[0]} not allowed")
            client.disconnect()

    def _on_message(self, _client: mqtt.Client, _data: Any, message: mqtt.MQTTMessage) -> None:
        if not message.qos and self._arrivals.qsize() > MAX_WAITING:
            self.refused_arrivals += 1  # only what its sender did not want acknowledged; the rest is held back by the broker
            return
        mid = message.mid if message.qos else 0
        beside = _event_id(message)
        self._arrivals.put(Arrival(self._epoch, mid, message.topic, bytes(message.payload), beside, message.retain))

    def _on_disconnect(self, _client: mqtt.Client, _data: Any, _flags: Any, reason: ReasonCode, _more: Any) -> None:
        if self._line is Line.CONNECTED:
            self._become(Line.AWAY, str(reason))
        self._down.set()

    def _become(self, line: Line, reason: str) -> None:
        if (line, reason) != (self._line, self._reason):
            log.log(logging.INFO if line is Line.CONNECTED else logging.WARNING, "broker %s %s", line, reason)
        self._line, self._reason, self._since_s = line, reason, time.monotonic()


def probe(settings: BrokerSettings, password: str | None) -> tuple[Line, str]:
    """Try the address, user and password once, under a name of its own. Returns how it went and what was said."""
    client = _client(settings, password, f"{settings.client_id}-check-{random.randrange(1 << 32):08x}")  # noqa: S311  a name
    answered: queue.SimpleQueue[tuple[Line, str]] = queue.SimpleQueue()

    def on_connect(_client: mqtt.Client, _data: Any, _flags: Any, reason: ReasonCode, _more: Any) -> None:
        answered.put((Line.REFUSED if reason.is_failure else Line.CONNECTED, str(reason)))

    client.on_connect = on_connect
    try:
        connect(client, settings, session_expiry_s=0)
    except OSError as away:
        return Line.AWAY, str(away)
    client.loop_start()
    try:
        return answered.get(timeout=CONNECT_TIMEOUT_S)
    except queue.Empty:
        return Line.AWAY, "no answer to CONNECT"
    finally:
        client.disconnect()
        client.loop_stop()


def read_password(settings: BrokerSettings) -> str | None:
    """The password of `broker.password_file`. Raises SettingsError."""
    if settings.password_file is None:
        return None
    try:
        return settings.password_file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as unreadable:
        raise SettingsError(
            f"the broker's password cannot be read ({unreadable})",
            where=f"broker.password_file = {str(settings.password_file)!r}",
            remedy="Name a file this user can read, with the password in its first line.",
        ) from unreadable


def connect(client: mqtt.Client, settings: BrokerSettings, session_expiry_s: int = SESSION_EXPIRY_S) -> None:
    """Open the connection. Raises OSError."""
    wishes = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]  # paho's own gap
    wishes.SessionExpiryInterval = session_expiry_s
    wishes.ReceiveMaximum = RECEIVE_MAXIMUM
    client.connect(settings.host, settings.port, KEEPALIVE_S, clean_start=session_expiry_s == 0, properties=wishes)


def _client(settings: BrokerSettings, password: str | None, client_id: str) -> mqtt.Client:
    client = mqtt.Client(
        CallbackAPIVersion.VERSION2, client_id, protocol=mqtt.MQTTv5, reconnect_on_failure=False, manual_ack=True
    )
    client.suppress_exceptions = True  # an exception in a callback would end paho's thread without a word
    client.connect_timeout = CONNECT_TIMEOUT_S
    client.enable_logger(logging.getLogger("cloud.bus.paho"))
    client.username_pw_set(settings.user, password)
    if settings.ca_file is not None:
        try:
            client.tls_set(str(settings.ca_file), _text(settings.cert_file), _text(settings.key_file))
        except (OSError, ValueError) as unreadable:
            raise SettingsError(
                f"a certificate or key cannot be read ({unreadable})",
                where="broker.ca_file, broker.cert_file, broker.key_file",
                remedy="Name PEM files this user can read; a certificate needs its key.",
            ) from unreadable
    return client


def _text(path: Path | None) -> str | None:
    return None if path is None else str(path)


def _event_id(message: mqtt.MQTTMessage) -> str | None:
    pairs = getattr(message.properties, "UserProperty", ())
    return next((value for name, value in pairs if name == "id"), None)
