"""What became of one asset's rounds in a span of time, counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cloud.ledger.facility.assets import Asset
from cloud.ledger.facility.due import Flow, missed, no_flow
from cloud.ledger.facility.rounds import Round, Trust
from cloud.ledger.facility.rules import RoundRules


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts, and times in UTC milliseconds.

    Attributes:
        shown: rounds that count and that a sensor, a tag or a photograph stands behind; unverified: that nothing shows.
        invalid: that count for nothing; late: told of long after they were done.
        missed: rounds that should have been made and were not, one for each interval that passed without one.
        overdue_ms: for how long it was overdue in all; began_ms: when each such time began.
    """

    shown: int
    unverified: int
    invalid: int
    late: int
    missed: int
    overdue_ms: int
    began_ms: tuple[int, ...]

    @property
    def due(self) -> int:
        """How many there were to be: those that were made and count, and those that were not made."""
        return self.shown + self.unverified + self.missed

    @property
    def share(self) -> float | None:
        """How many of those due have evidence, 0 to 1; None where none was due."""
        return self.shown / self.due if self.due else None


def tally(asset: Asset, rounds: Sequence[Round], since_ms: int, until_ms: int, rules: RoundRules, flow: Flow = no_flow) -> Tally:
    """From `since_ms` (included) to `until_ms` (not included), by when rounds were done. `rounds`: also the last one before."""
    made = [one for one in rounds if since_ms <= one.done_ms < until_ms]
    counting = [one for one in made if one.counts]
    # From the beginning: where an overdue time began before the span, its intervals are counted from there.
    spans = [(one.since_ms, one.until_ms or until_ms) for one in missed(asset, rounds, 0, until_ms, rules, flow)]
    within = [(begin, end) for begin, end in spans if end > since_ms]
    every_ms = asset.every_ms(rules)
    return Tally(
        shown=sum(one.trust is not Trust.UNVERIFIED for one in counting),
        unverified=sum(one.trust is Trust.UNVERIFIED for one in counting),
        invalid=len(made) - len(counting),
        late=sum(one.late for one in made),
        missed=sum(since_ms <= at_ms < until_ms for begin, end in within for at_ms in range(begin, end, every_ms)),
        overdue_ms=sum(end - max(begin, since_ms) for begin, end in within),
        began_ms=tuple(begin for begin, _ in within if begin >= since_ms),
    )
