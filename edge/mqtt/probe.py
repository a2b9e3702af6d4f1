"""Trying the broker once, for `check`."""

from __future__ import annotations

import secrets
from queue import Empty, SimpleQueue
from typing import Final

from edge.config.tree import BrokerConfig
from edge.errors import BrokerAwayError, BrokerError
from edge.mqtt.events import Connected, Disconnected, Incoming, LinkEvent, Puback, Refused
from edge.mqtt.link import Link

_REMEDY_REFUSED: Final = "Correct {} (password_file, cert_file, ca_file), or add the gate to the broker's users."
_REMEDY_AWAY: Final = "Start the broker, or correct host and port of {}."


def probe_broker(broker: BrokerConfig, user: str, timeout_s: float = 5.0, table: str = "uplink.broker") -> None:
    """Connect once, under a name of its own, and leave. `table`: of the settings. Raises BrokerError with what to do."""
    events: SimpleQueue[LinkEvent] = SimpleQueue()
    link = Link(broker, user, events.put, client_id=f"{user}-check-{secrets.token_hex(3)}")
    link.start()
    where = f"{broker.host}:{broker.port}"
    try:
        event = events.get(timeout=timeout_s)
    except Empty:
        event = Disconnected(0, f"no answer within {timeout_s:g} s")
    finally:
        link.close()
    match event:
        case Refused():
            remedy = _REMEDY_REFUSED.format(table)
            raise BrokerError(f"the broker refuses gate {user!r}: {event.reason}", where=where, remedy=remedy)
        case Disconnected():
            raise BrokerAwayError(f"the broker {event.reason}", where=where, remedy=_REMEDY_AWAY.format(table))
        case Connected() | Puback() | Incoming():
            return
