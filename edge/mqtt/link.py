"""A thin MQTT 5 client: typed events out, publishing only while connected, no queue of its own.

Every connection gets a fresh paho client and a number (its epoch). So nothing of a lost connection survives into the next
one: no message id that means something else by now, no message paho would send again by itself, no window that was never
given back. paho's callbacks only enqueue, and whatever paho throws ends one connection and not the thread.
"""

from __future__ import annotations

import logging
import random
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode
from paho.mqtt.subscribeoptions import SubscribeOptions

from edge.config.tree import BrokerConfig
from edge.errors import BrokerError
from edge.mqtt.events import Connected, Disconnected, Incoming, LinkEvent, Puback, Refused

log = logging.getLogger(__name__)

KEEPALIVE_S: Final = 20
WILL_DELAY_S: Final = 5
CONNECT_TIMEOUT_S: Final = 5.0
LONGEST_PAUSE_S: Final = 60.0
TAKEN_OVER: Final = 0x8E  # another client came with our name
BRIEF_S: Final = 2.0
BRIEFLY_TIMES: Final = 4  # so many connections in a row that lasted less than BRIEF_S are no chance
_ABOUT_A_MESSAGE: Final = frozenset({0x81, 0x82, 0x83, 0x87, 0x90, 0x95, 0x99})
"""Reasons of a broker's DISCONNECT that blame what was sent: malformed, protocol, not authorized, topic, too large, payload."""
_LOGIN_CODES: Final = frozenset({0x86, 0x87, 0x8C})


@dataclass(frozen=True, slots=True)
class Will:
    """What the broker says of us, retained, when we are gone."""

    topic: str
    body: bytes


def pause_s(attempt: int, chance: Callable[[float, float], float] = random.uniform) -> float:
    """Seconds to wait before connection attempt number `attempt` (1 = the first retry, fast), with full jitter."""
    return chance(0.1, 1.0) if attempt <= 1 else chance(1.0, min(LONGEST_PAUSE_S, 2.0**attempt))


class Link:
    """One user's connection to the broker, kept up by a thread of its own until `close`."""

    def __init__(
        self, broker: BrokerConfig, user: str, tell: Callable[[LinkEvent], None], *, client_id: str = "", will: Will | None = None
    ) -> None:
        self._broker = broker
        self._user = user
        self._client_id = client_id or user
        self._tell = tell
        self._will = will
        self._stop = threading.Event()
        self._up: tuple[int, paho.Client] | None = None
        self._attempt = 0
        self._answered = False
        self._connected_s = 0.0
        self._briefly = 0
        self.faults = 0
        self._thread = threading.Thread(target=self._keep_up, name=f"mqtt-{self._client_id}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Whether the thread lives. Says nothing about being connected."""
        return self._thread.is_alive()

    def publish(
        self, epoch: int, topic: str, body: bytes, *, qos: int = 1, retain: bool = False, event_id: str | None = None
    ) -> int | None:
        """Hand one message to connection `epoch`. Returns its message id, or None when that connection is no more."""
        up = self._up
        if up is None or up[0] != epoch:
            return None
        properties = None
        if event_id is not None:
            properties = _properties(PacketTypes.PUBLISH)
            properties.UserProperty = ("id", event_id)
        info = up[1].publish(topic, body, qos, retain, properties)
        return info.mid if info.rc == paho.MQTT_ERR_SUCCESS else None

    def subscribe(self, epoch: int, topics: list[str], *, as_published: bool = True) -> None:
        """Ask for `topics` on connection `epoch`; nothing happens when that connection is no more.

        `as_published`: a message published to be kept is told as `retained` also when it comes as news; without, only what the
        broker had kept is.
        """
        up = self._up
        if up is not None and up[0] == epoch:
            up[1].subscribe([(topic, SubscribeOptions(qos=1, retainAsPublished=as_published)) for topic in topics])

    def close(self, timeout_s: float = 2.0) -> None:
        """Leave, with the last will said, and end the thread."""
        self._stop.set()
        up = self._up
        if up is not None:
            if self._will is not None:  # said by ourselves, at once: the broker would wait for its delay
                up[1].publish(self._will.topic, self._will.body, qos=1, retain=True)
            up[1].disconnect()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def _keep_up(self) -> None:
        epoch = 0
        while not self._stop.is_set():
            epoch += 1
            self._one_connection(epoch)
            self._attempt += 1
            self._stop.wait(pause_s(self._attempt))

    def _one_connection(self, epoch: int) -> None:
        self._answered = False
        try:
            client = self._client(epoch)
            # Nothing is kept in the session; that it is still there says that the broker did not die.
            client.connect(self._broker.host, self._broker.port, KEEPALIVE_S, clean_start=False, properties=_connect_properties())
        except ssl.SSLError as wrong:
            self._tell(Refused(epoch, f"TLS fails ({wrong.reason or wrong}): look at ca_file, the certificates and the clock"))
        except BrokerError as wrong:
            self._tell(Refused(epoch, str(wrong)))
        except OSError as away:
            self._tell(Disconnected(epoch, f"cannot be reached ({away})"))
        else:
            self._pump(epoch, client)

    def _pump(self, epoch: int, client: paho.Client) -> None:
        try:
            while client.loop(1.0) == paho.MQTT_ERR_SUCCESS:
                if self._stop.is_set() and not client.is_connected():
                    break
        except Exception:  # ends this connection, not the thread: paho throws whatever a broken packet makes it throw
            self.faults += 1
            log.exception("the connection to the broker ended by a fault in the client")
            self._tell(Disconnected(epoch, "fault in the client"))
        finally:
            self._up = None

    def _client(self, epoch: int) -> paho.Client:
        client = paho.Client(CallbackAPIVersion.VERSION2, self._client_id, protocol=paho.MQTTv5, reconnect_on_failure=False)
        client.connect_timeout = CONNECT_TIMEOUT_S
        client.max_inflight_messages_set(0)  # the window is the sender's: paho must never hold a message back
        _identify(client, self._broker, self._user)
        if self._will is not None:
            properties = _properties(PacketTypes.WILLMESSAGE)
            properties.WillDelayInterval = WILL_DELAY_S
            client.will_set(self._will.topic, self._will.body, qos=1, retain=True, properties=properties)
        # With a writer registered, publish() leaves the socket to the thread of loop() instead of writing itself.
        client.on_socket_register_write = _leave_to_loop
        client.on_connect = partial(self._on_connect, epoch)
        client.on_disconnect = partial(self._on_disconnect, epoch)
        client.on_publish = partial(self._on_publish, epoch)
        client.on_message = partial(self._on_message, epoch)
        return client

    def _on_connect(
        self, epoch: int, client: paho.Client, _: Any, flags: paho.ConnectFlags, code: ReasonCode, told: Properties | None
    ) -> None:
        self._answered = True
        if self._stop.is_set():
            client.disconnect()
            return
        if code.is_failure:
            self._tell(Refused(epoch, _refusal(code)))
            return
        self._up = (epoch, client)
        self._attempt = 0
        self._connected_s = time.monotonic()
        self._tell(Connected(epoch, int(getattr(told, "ReceiveMaximum", 65_535)), flags.session_present))

    def _on_disconnect(
        self, epoch: int, _: paho.Client, __: Any, flags: paho.DisconnectFlags, code: ReasonCode, ___: Properties | None
    ) -> None:
        was_up, self._up = self._up is not None, None
        if was_up:
            self._lost(epoch, code, told=flags.is_disconnect_packet_from_server and code.value in _ABOUT_A_MESSAGE)
        elif not self._answered and self._broker.cert_file is not None:
            # An expired client certificate under TLS 1.3 looks like this: connected, then closed without a word.
            self._tell(Refused(epoch, "the broker closed the connection without an answer: look at the client certificate"))
        elif not self._answered:
            self._tell(Disconnected(epoch, "closed the connection without an answer"))

    def _lost(self, epoch: int, code: ReasonCode, *, told: bool) -> None:
        brief = time.monotonic() - self._connected_s < BRIEF_S
        self._briefly = self._briefly + 1 if brief else 0
        if code.value == TAKEN_OVER or self._briefly >= BRIEFLY_TIMES:
            # Not every broker says why (mosquitto 2.0.11 does not). Two of one name must not push each other out for ever.
            self._attempt = 2
            why = f"another client may use the name {self._client_id!r}, or the access list forbid a topic"
            self._tell(Refused(epoch, f"the connection ends again and again within seconds: {why}", told))
        else:
            self._tell(Disconnected(epoch, "the connection was lost", told))

    def _on_publish(self, epoch: int, _: paho.Client, __: Any, mid: int, code: ReasonCode, ___: Properties) -> None:
        self._tell(Puback(epoch, mid, code.value))

    def _on_message(self, epoch: int, _: paho.Client, __: Any, message: paho.MQTTMessage) -> None:
        self._tell(Incoming(epoch, message.topic, bytes(message.payload), message.retain))


def _leave_to_loop(_: paho.Client, __: Any, ___: Any) -> None:
    """Nothing: that it is registered is what counts."""


def _connect_properties() -> Properties:
    properties = _properties(PacketTypes.CONNECT)
    # A session that ended with its connection would not wait for the will's delay.
    properties.SessionExpiryInterval = 2 * WILL_DELAY_S
    return properties


def _properties(packet: int) -> Properties:
    return Properties(packet)  # type: ignore[no-untyped-call]


def _identify(client: paho.Client, broker: BrokerConfig, user: str) -> None:
    """User name, password and certificates as far as they are set. Raises BrokerError for a file that cannot be used."""
    try:
        password = broker.password_file.read_text(encoding="utf-8").strip() if broker.password_file else None
    except (OSError, UnicodeDecodeError) as unreadable:
        raise BrokerError(f"the password file cannot be read ({unreadable})", where=str(broker.password_file)) from unreadable
    client.username_pw_set(user, password)
    if broker.ca_file is None and broker.cert_file is None:
        return
    try:
        client.tls_set(
            ca_certs=str(broker.ca_file) if broker.ca_file else None,
            certfile=str(broker.cert_file) if broker.cert_file else None,
            keyfile=str(broker.key_file) if broker.key_file else None,
        )
    except (OSError, ValueError) as wrong:
        raise BrokerError(
            f"the certificate files cannot be used ({wrong})", where=str(broker.cert_file or broker.ca_file)
        ) from wrong


def _refusal(code: ReasonCode) -> str:
    if code.value in _LOGIN_CODES:
        return f"user name or password not accepted ({code})"
    return str(code)
