"""One batch, one transaction: all of it is in the ledger, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from cloud.ingest.alerts import settle_alerts
from cloud.ingest.levels import settle_levels
from cloud.ingest.numbers import watch_numbers
from cloud.ingest.unexpected import watch_closed
from cloud.ingest.watch import watch_alarms, watch_disks, watch_gates
from cloud.ledger.boots import corrected_ms, doubted, offsets_of
from cloud.ledger.events import Birth, Heard, Poison
from cloud.ledger.facility.levels import USUAL, LevelRules
from cloud.ledger.gates import after_birth, after_health, after_visit
from cloud.store.boots import known_offsets, note_offsets
from cloud.store.database import Database
from cloud.store.dead_letters import add_dead_letters
from cloud.store.events import add_events, queue_for_series
from cloud.store.feed import Feed
from cloud.store.gates import gates_for_update, save_gates
from cloud.store.numbering import add_dropped
from cloud.store.visits import Decision, add_decisions
from contract.messages.alert import AlertData
from contract.messages.health import HealthData
from contract.messages.visit import VisitData


@dataclass(frozen=True, slots=True)
class Batch:
    """What arrived together.

    Attributes:
        listening_ms: for how long the cloud has heard the broker.
        watch: whether it is time to look for gates that fell silent.
        levels: when bins and dispensers are due.
    """

    heard: Sequence[Heard]
    births: Sequence[Birth]
    poisons: Sequence[Poison]
    now_ms: int
    listening_ms: int
    watch: bool
    levels: LevelRules = USUAL


def settle(database: Database, batch: Batch) -> int:
    """Bring the batch into the ledger. Returns how many events were new. Raises SQLAlchemyError: nothing has happened then."""
    with database.writing() as connection, Feed(connection) as feed:
        add_dead_letters(connection, batch.poisons, batch.now_ms)
        heard = _with_true_times(connection, batch.heard)
        fresh = add_events(connection, heard)
        note_offsets(connection, feed, offsets_of(fresh))
        decisions = [(one, one.data) for one in fresh if isinstance(one.data, VisitData)]
        new_decisions = add_decisions(connection, feed, decisions)
        repeated = {heard.id for heard, _ in decisions} - {heard.id for heard, _ in new_decisions}
        queue_for_series(connection, [one for one in fresh if one.id not in repeated])
        alerts = [(one, one.data) for one in fresh if isinstance(one.data, AlertData)]
        settle_alerts(connection, feed, alerts, batch.poisons, batch.now_ms)
        add_dropped(connection, alerts)
        settle_levels(connection, fresh, batch.levels, batch.now_ms)
        watch_closed(connection, feed, new_decisions)
        watch_numbers(connection, feed, fresh, batch.now_ms)
        _settle_gates(connection, feed, batch, fresh, new_decisions)
        watch_disks(connection, feed, batch.births, batch.now_ms)
        if batch.watch or batch.births:
            watch_gates(connection, feed, batch.now_ms, batch.listening_ms)
        if batch.watch:
            watch_alarms(connection, feed, batch.now_ms)
    return len(fresh)


def _with_true_times(connection: Connection, heard: Sequence[Heard]) -> Sequence[Heard]:
    """Events of a clock that was not to be believed get their true time, where it is known or becomes known by this batch."""
    boots = doubted(heard)
    if not boots:
        return heard
    offsets = known_offsets(connection, boots) | offsets_of(heard)
    return [replace(one, corrected_ms=corrected_ms(one, offsets)) for one in heard]


def _settle_gates(connection: Connection, feed: Feed, batch: Batch, fresh: list[Heard], decisions: list[Decision]) -> None:
    names = {one.id.gate for one in fresh} | {birth.gate for birth in batch.births}
    if not names:
        return
    before = gates_for_update(connection, feed, names, batch.now_ms)
    now = dict(before)
    newest = {heard.id.gate: (heard, said) for heard, said in sorted(decisions, key=lambda one: one[0].shown_ms)}
    for name, (heard, said) in newest.items():
        now[name] = after_visit(now[name], heard, said)
    for one in fresh:
        if isinstance(one.data, HealthData):
            now[one.id.gate] = after_health(now[one.id.gate], one, one.data)
    for birth in batch.births:
        now[birth.gate] = after_birth(now[birth.gate], birth, batch.now_ms)
    save_gates(connection, feed, [gate for name, gate in now.items() if gate != before[name]])
