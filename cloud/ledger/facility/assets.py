"""An asset: something that is disinfected again and again."""

from __future__ import annotations

from dataclasses import dataclass

from cloud.ledger.facility.agents import Agent
from cloud.ledger.facility.kinds import AssetKind
from cloud.ledger.facility.rules import RoundRules


@dataclass(frozen=True, slots=True)
class Asset:
    """One asset.

    Attributes:
        interval_ms, grace_ms: its own; None: those of its kind.
        agent: what it is to be disinfected with; None: anything.
        person: the number of the member of staff who does it.
        flow_limit: after so many entries at the gates since the last round it is due; None: entries count for nothing.
        head_limit: so many people may meet there; None: nobody has said.
        sensor: the gate, sensor and quantity that measure the agent there, with slashes between; empty: none does.
        made_ms: since when it is on the list; ended_ms: since when not any more.
    """

    number: int
    site: str
    kind: AssetKind
    name: str
    made_ms: int
    interval_ms: int | None = None
    grace_ms: int | None = None
    agent: Agent | None = None
    person: int | None = None
    flow_limit: int | None = None
    head_limit: int | None = None
    sensor: str = ""
    ended_ms: int | None = None

    def every_ms(self, rules: RoundRules) -> int:
        return rules.intervals_ms[self.kind] if self.interval_ms is None else self.interval_ms

    def patient_ms(self, rules: RoundRules) -> int:
        return rules.grace_ms if self.grace_ms is None else self.grace_ms
