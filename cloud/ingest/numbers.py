"""Numbers that never came: looked for whenever a gate says how far it is."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from cloud.ingest.alerts import move_alarms, said_by_cloud
from cloud.ledger.events import Heard
from cloud.ledger.gaps import due, gap_words, looked
from cloud.ledger.kinds import CloudAlarm
from cloud.store.feed import Feed
from cloud.store.numbering import add_gaps, holes, numbering_for_update, save_numbering
from contract.messages.health import HealthData


def watch_numbers(connection: Connection, feed: Feed, fresh: Sequence[Heard], now_ms: int) -> None:
    """Look through the numbers of every install whose health message came."""
    newest: dict[tuple[str, str], tuple[int, HealthData]] = {}
    for one in fresh:
        if isinstance(one.data, HealthData):
            key = one.id.gate, one.id.install
            if key not in newest or one.id.seq > newest[key][0]:
                newest[key] = one.id.seq, one.data
    for (gate, install), (_, said) in newest.items():
        _watch_one(connection, feed, gate, install, said, now_ms)


def _watch_one(connection: Connection, feed: Feed, gate: str, install: str, said: HealthData, now_ms: int) -> None:
    before = numbering_for_update(connection, gate, install)
    look = due(before, said.oldest_unacked, said.last_seq)
    if look is None:
        return
    found = holes(connection, before, look)
    if found and look.final:
        add_gaps(connection, before, found, now_ms)
        told = said_by_cloud(raised=True, detail=gap_words(found), now_ms=now_ms)
        move_alarms(connection, feed, [((gate, CloudAlarm.DATA_GAP.value), told)])
    save_numbering(connection, looked(before, look, found, said.last_seq))
