"""Alerts the uplink raises itself: about its disk, its database, its certificate, and what it had to drop."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

from contract.dropped import Dropped, DropReason
from contract.messages.alert import AlertData, AlertKind
from contract.topics import Kind
from edge.uplink.outbox import NewEvent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from edge.clock import Clock

_DROPPED: Final = {
    DropReason.EVICTED: "events given up because their share of the disk was used up",
    DropReason.SET_ASIDE: "event set aside on the gate: it ended the connection to the broker again and again",
}


@dataclass(frozen=True, slots=True)
class OwnEvents:
    """Makes alerts of the time it is, each with a key of its own."""

    clock: Clock
    boot: str

    def alert(
        self, kind: AlertKind, state: Literal["raised", "returned"], detail: str, dropped: Dropped | None = None
    ) -> NewEvent:
        now = self.clock.wall()
        data = AlertData(kind=kind, state=state, detail=detail[:200], dropped=dropped, raised=now)
        key = f"uplink:{secrets.token_hex(8)}"
        return NewEvent(Kind.ALERT, now.timestamp(), self.clock.monotonic_s(), self.boot, key, data.model_dump_json())

    def dropped(self, reason: DropReason, seqs: Sequence[int]) -> NewEvent:
        """Names exactly these numbers, which are sorted and none of them twice."""
        dropped = Dropped(reason=reason, runs=runs(seqs))
        return self.alert(AlertKind.DROPPED, "raised", f"{len(seqs)} {_DROPPED[reason]}", dropped)


def runs(seqs: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Sorted numbers as first and last of each unbroken run."""
    ends = [before for before, after in pairwise(seqs) if after != before + 1]
    starts = [after for before, after in pairwise(seqs) if after != before + 1]
    return tuple(zip([seqs[0], *starts], [*ends, seqs[-1]], strict=True))
