"""The worker that tells people: gives each alarm an owner, looks at what nobody has acknowledged or received, then sends."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from typing import Final

from sqlalchemy import Connection

from cloud.escalation.road import NotDeliveredError, Road
from cloud.ledger.contacts import Channel, Contact
from cloud.ledger.escalation import AS_IT_HAPPENS, MOST_TRIES, Notice, Steps, Waiting, pause_ms
from cloud.store.contacts import contact_named, contacts_below
from cloud.store.database import Database
from cloud.store.feed import Feed
from cloud.store.notices import (
    ToSend,
    claim,
    end,
    is_due,
    known,
    note_sent,
    note_trouble,
    note_try,
    others,
    unacknowledged,
    unreceived,
    write_down,
)
from cloud.store.ownership import assign_owners, orphans
from cloud.store.webhooks import happened, silenced
from cloud.worker import Worker

log = logging.getLogger(__name__)

AT_ONCE: Final = 200
SINGLY: Final = 3
"""When more than so many are due for one contact by one way, they are told in one breath: a dead switch is no hundred letters."""
HAPPENED_MS: Final = 86_400_000
"""What is older is told to no webhook: whoever was away reads it here."""
REPORTED_MS: Final = 7 * 86_400_000
"""Older reports are looked for no more: they stand in the case without a receipt."""


Source = Callable[[Connection, int], list[Waiting]]
"""What else waits for somebody at a moment (UTC milliseconds), as the ledger says."""


def _nothing(_connection: Connection, _now_ms: int) -> list[Waiting]:
    return []


def also(*sources: Source) -> Source:
    """All of them together."""
    return lambda connection, now_ms: [one for source in sources for one in source(connection, now_ms)]


class Escalation(Worker):
    """Each round: owners, then what has to be told by now, then the telling.

    `more`: what people are told of beside alarms and reports. `administrator` owns what no contact cares for; `assigned` is told
    that an owner was given, so that screens hear of it.
    """

    CANNOT = "nobody can be told of alarms now"

    def __init__(
        self,
        database: Database,
        steps: Steps,
        roads: Mapping[Channel, Road],
        now_ms: Callable[[], int],
        zone: tzinfo = UTC,
        more: Source = _nothing,
        *,
        administrator: str = "admin",
        assigned: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__()
        self._database, self._steps, self._roads, self._now_ms, self._zone = database, steps, roads, now_ms, zone
        self._more, self._administrator, self._assigned = more, administrator, assigned
        self.sent = 0
        self.failed = 0

    def round(self) -> None:
        """Give owners, write down who has to be told by now, then tell them."""
        self._plan()
        for together in _bundled(self._claimed()):
            self._send(together)

    def _plan(self) -> None:
        now_ms = self._now_ms()
        local = datetime.fromtimestamp(now_ms / 1000, self._zone)
        with self._database.reading() as connection:
            contacts = contacts_below(connection)
            orphaned = orphans(connection)
            standing = unacknowledged(connection) + silenced(connection) + self._more(connection, now_ms)
            waiting = standing + unreceived(connection, now_ms - REPORTED_MS)
            there, over = known(connection, waiting), others(connection, standing)
            wanted = happened(connection, now_ms - HAPPENED_MS)
        due = self._steps.due
        wanted += [(one, about) for about in waiting for one in due(about, contacts, local, now_ms) if _key(one) not in there]
        if orphaned:
            self._own(contacts, local)
        if wanted or over:
            with self._database.writing() as connection:
                end(connection, over, now_ms)
                write_down(connection, wanted, now_ms)

    def _own(self, contacts: Sequence[Contact], local: datetime) -> None:
        with self._database.writing() as connection, Feed(connection) as feed:
            assign_owners(connection, feed, contacts, local, self._administrator)
        self._assigned()

    def _claimed(self) -> list[ToSend]:
        """Each try is counted before it is made: a process that dies while it sends tries again later, not at once."""
        now_ms = self._now_ms()
        with self._database.reading() as connection:
            if not is_due(connection, now_ms):
                return []
        with self._database.writing() as connection:
            mine = claim(connection, now_ms, AT_ONCE)
            for one in mine:
                note_try(connection, one, now_ms + pause_ms(one.tries))
        return mine

    def _send(self, together: Sequence[ToSend]) -> None:
        """What is told in one breath has one answer."""
        if self._stopping.is_set():
            return
        numbers = tuple(one.number for one in together)
        one = replace(together[0], more=tuple(other.about for other in together[1:]), numbers=numbers)
        try:
            answer = self._delivered(one)
        except NotDeliveredError as trouble:
            self._note_failure(together, trouble)
        else:
            with self._database.writing() as connection:
                for each in together:
                    note_sent(connection, each.number, self._now_ms(), answer)
            self.sent += len(together)

    def _delivered(self, one: ToSend) -> str:
        """What the other side said. Settings and contacts may have changed since it was written down."""
        road = self._roads.get(one.channel)
        if road is None:
            raise NotDeliveredError(f"{one.channel} is not set up any more", for_good=True)
        address = self._address(one)
        if address is None:
            raise NotDeliveredError(f"there is no {one.channel} of {one.contact} any more", for_good=True)
        return road.deliver(one, address, _since(one.about))

    def _address(self, one: ToSend) -> str | None:
        if one.step == AS_IT_HAPPENS:
            return one.contact
        with self._database.reading() as connection:
            to = contact_named(connection, one.contact)
        return None if to is None else to.ways.get(one.channel)

    def _note_failure(self, together: Sequence[ToSend], trouble: NotDeliveredError) -> None:
        first = together[0]
        log.warning("%s was not told of %s by %s: %s", first.contact, first.about.subject, first.channel, trouble)
        with self._database.writing() as connection:
            for one in together:
                final = trouble.for_good or one.tries >= MOST_TRIES
                note_trouble(connection, one.number, self._now_ms(), trouble.what[:200], final=final)
                self.failed += final


def _bundled(claimed: Sequence[ToSend]) -> list[list[ToSend]]:
    """What is told in one breath; the most urgent comes first in it."""
    by_road: dict[tuple[str, Channel, bool], list[ToSend]] = {}
    for one in claimed:
        by_road.setdefault((one.contact, one.channel, one.step == AS_IT_HAPPENS), []).append(one)
    bundles: list[list[ToSend]] = []
    for together in by_road.values():
        together.sort(key=lambda one: (one.about.priority, one.number))
        bundles += [together] if len(together) > SINGLY else [[one] for one in together]
    return bundles


def _key(one: Notice) -> tuple[str, int, int, str, str]:
    return one.subject, one.since_ms, one.step, one.contact, one.channel.value


def _since(about: Waiting) -> str:
    return datetime.fromtimestamp(about.since_ms / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S")
