"""Places at which a process ends at once, by name: before and after every step that another one must not lose."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import cloud.ingest.worker
import cloud.projector
from cloud.bus import Bus
from edge.mqtt.link import Link
from edge.records import RecordRing
from edge.uplink.outbox import Outbox
from edge.uplink.sender import Sender

DIED: Final = 77
"""Exit code of a process that ended at its point."""


@dataclass(frozen=True, slots=True)
class Failpoint:
    """Before or after a step of `owner`, a class or a module."""

    owner: Any
    step: str
    after: bool

    def arm(self, die: Callable[[], None]) -> None:
        """From now on `die` is called at this place."""
        real = getattr(self.owner, self.step)

        def wrapped(*arguments: Any, **named: Any) -> Any:
            if not self.after:
                die()
            outcome = real(*arguments, **named)
            if self.after:
                die()
            return outcome

        setattr(self.owner, self.step, wrapped)


UPLINK: Final = {
    "records_taken": Failpoint(RecordRing, "waiting", after=True),
    "before_commit": Failpoint(Outbox, "add", after=False),
    "committed_ring_not_told": Failpoint(Outbox, "add", after=True),
    "ring_told": Failpoint(RecordRing, "commit", after=True),
    "released": Failpoint(Outbox, "release", after=True),
    "before_publish": Failpoint(Link, "publish", after=False),
    "published": Failpoint(Link, "publish", after=True),
    "receipt_read": Failpoint(Sender, "_receipt", after=True),
    "before_ack_noted": Failpoint(Outbox, "acknowledge", after=False),
    "ack_noted": Failpoint(Outbox, "acknowledge", after=True),
}
CLOUD: Final = {
    "received": Failpoint(Bus, "receive", after=True),
    "before_settle": Failpoint(cloud.ingest.worker, "settle", after=False),
    "settled_gate_not_told": Failpoint(cloud.ingest.worker, "settle", after=True),
    "gate_told_broker_not": Failpoint(Bus, "tell_gate", after=True),
    "broker_told": Failpoint(Bus, "acknowledge", after=True),
    "points_read": Failpoint(cloud.projector, "waiting", after=True),
    "points_written_not_forgotten": Failpoint(cloud.projector, "forget", after=False),
    "inside_the_transaction": Failpoint(cloud.projector, "forget", after=True),
}


def arm(name: str, count: int) -> None:
    """End this process when it comes to the point `name` for the `count`-th time."""
    ({**UPLINK, **CLOUD})[name].arm(_Fuse(count))


class _Fuse:
    """Ends the process at the n-th call, with nothing said and nothing flushed."""

    def __init__(self, count: int) -> None:
        self._left = count

    def __call__(self) -> None:
        self._left -= 1
        if self._left == 0:
            os._exit(DIED)
