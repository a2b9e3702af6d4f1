"""An arrival becomes an event, a gate's state, poison, or nothing."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Final

from cloud.bus import Arrival
from cloud.ingest.answers import Answer
from cloud.ledger.events import Birth, Heard, Poison
from contract.errors import MessageError
from contract.ids import EventId, parse_event_id
from contract.messages.envelope import MAX_BYTES, read_data, read_event
from contract.messages.health import StateData
from contract.messages.orders import ResultData
from contract.topics import EVENTS, Kind, parse

Taken = Heard | Birth | Poison | Answer | None
_EVENTS: Final = frozenset(EVENTS)
_place = lru_cache(maxsize=4096)(parse)  # a gate says the same few topics all day


def read(arrival: Arrival, received_ms: int) -> Taken:
    """What this message is. None for one the ledger has no use for."""
    try:
        gate, kind = _place(arrival.topic)
    except MessageError as stray:
        return Poison("", arrival.topic, arrival.body, str(stray), None)
    try:
        if kind in _EVENTS:
            return _event(gate, kind, arrival.body, received_ms)
        if kind is Kind.STATE and arrival.body:
            return Birth(gate, read_data(StateData, arrival.body), arrival.retained)
        if kind is Kind.RESULT:
            return Answer(gate, read_data(ResultData, arrival.body))
    except MessageError as wrong:
        return Poison(gate, arrival.topic, arrival.body, str(wrong), _name_of(gate, arrival))
    return None


def _event(gate: str, kind: Kind, body: bytes, received_ms: int) -> Heard:
    envelope, data = read_event(kind, body)
    event_id = parse_event_id(envelope.id)
    if event_id.gate != gate:
        raise MessageError(f"event {envelope.id} does not belong to gate {gate}")
    time_ms = round(envelope.time.timestamp() * 1000)
    return Heard(kind, event_id, time_ms, received_ms, envelope.mono_ms, envelope.boot, envelope.clock_ok, data)


def _name_of(gate: str, arrival: Arrival) -> EventId | None:
    """The event's name, from beside the body or out of it, where it is one of this gate's."""
    for text in (arrival.event_id, _id_in(arrival.body)):
        try:
            event_id = parse_event_id(text or "")
        except MessageError:
            continue
        if event_id.gate == gate:
            return event_id
    return None


def _id_in(body: bytes) -> str | None:
    if len(body) > MAX_BYTES:
        return None
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    name = found.get("id") if isinstance(found, dict) else None
    return name if isinstance(name, str) else None
