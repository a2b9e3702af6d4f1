"""Somebody at a gate that is closed for good: an alarm, one for the gate, held until a person has seen it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from cloud.ingest.alerts import move_alarms, said_by_cloud
from cloud.ledger.kinds import CloudAlarm
from cloud.store.closed_gates import closed_since
from cloud.store.feed import Feed
from cloud.store.visits import Decision


def watch_closed(connection: Connection, feed: Feed, decisions: Sequence[Decision]) -> None:
    """Raise `unexpected_entry` for every new visit at a closed gate; one from before it was closed is none."""
    if not decisions:
        return
    since = closed_since(connection, {heard.id.gate for heard, _ in decisions})
    first = [(heard, said) for heard, said in decisions if said.revision == 0]
    said = [
        (
            (heard.id.gate, CloudAlarm.UNEXPECTED_ENTRY.value),
            said_by_cloud(
                raised=True, detail=f"a visit at a gate that is closed; verdict {visit.verdict}", now_ms=heard.shown_ms
            ),
        )
        for heard, visit in first
        if heard.id.gate in since and heard.shown_ms >= since[heard.id.gate]
    ]
    move_alarms(connection, feed, said)
