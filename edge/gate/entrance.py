"""What the wires around the arm say: fire, who has gone in, and whether the drive can be moved."""

from __future__ import annotations

import logging
from collections.abc import Collection
from typing import Final, Protocol

from contract.messages.alert import AlertKind
from contract.messages.health import OccupancyData
from contract.verdicts import Reason, Verdict
from edge.actuators.barrier import Barrier
from edge.gate.faults import Change, Faults
from edge.gate.hall import Hall
from edge.gate.passages import Passages
from edge.policy.rule import Decision

log = logging.getLogger("menshen.gate")

LOOKS: Final = 2
"""The contact is believed when so many looks one after the other saw it open: a glitch of a few milliseconds opens no gate."""

CALM_S: Final = 1.0
"""Fire is over when the contact has been closed for so long: one that chatters does not make the arm go up and down."""

FIRE: Final = Decision(Verdict.HOLD, Reason.FIRE)
"""What everybody is told while there is fire."""


class FireContact(Protocol):
    @property
    def fire(self) -> bool: ...


class PassageCount(Protocol):
    @property
    def trouble(self) -> str | None: ...

    def look(self, now_s: float) -> int: ...


class Entrance:
    """Call `look` before anything is decided, and `changes` after.

    `fire` and `passage` are None where there is no such wire, `hall` where nobody counts who goes out.
    """

    def __init__(
        self,
        barrier: Barrier,
        fire: FireContact | None = None,
        passage: PassageCount | None = None,
        hall: Hall | None = None,
        *,
        key_area: bool = False,
    ) -> None:
        """`key_area`: who goes in beyond those that were let in has entered without being registered."""
        self._barrier, self._contact, self._sensor, self.hall = barrier, fire, passage, hall
        self._seen_open = LOOKS - 1  # a process that begins in a fire has no time for a second look
        self._open_s = 0.0
        self.fire = False
        """Whether there is fire, as the contact says."""
        self._faults = Faults()
        self._passages = Passages(AlertKind.UNREGISTERED_ENTRY if key_area else AlertKind.TAILGATING)
        self._passed = 0

    def assume(self, raised: Collection[str], now_s: float) -> None:
        """The process before this one had announced these alarms (`raised`); what is over by now will be told as over."""
        for kind in (AlertKind.FIRE, AlertKind.BARRIER, AlertKind.OCCUPANCY):
            if kind in raised:
                self._faults.assume(kind, now_s)
        if self._passages.kind in raised and self._sensor is not None:
            self._passages.assume(now_s)

    @property
    def raised(self) -> list[str]:
        """Alarms that stand, by their kinds."""
        slipped = [self._passages.kind] if self._passages.raised else []
        return [kind.value for kind in (*self._faults.raised, *slipped)]

    def look(self, now_s: float) -> bool:
        """Read the wires; whether there is fire."""
        if self._sensor is not None:
            self._passed = self._sensor.look(now_s)
        was, self.fire = self.fire, self._contact is not None and self._burns(self._contact.fire, now_s)
        if self.fire != was:
            log.warning("fire contact %s", "open: the gate does not try to shut" if self.fire else "closed again")
        return self.fire

    def _burns(self, open_: bool, now_s: float) -> bool:
        self._seen_open = self._seen_open + 1 if open_ else 0
        if open_:
            self._open_s = now_s
        return self._seen_open >= LOOKS or (self.fire and now_s - self._open_s < CALM_S)

    @property
    def passed(self) -> int | None:
        """People who have gone in since the start; None where nobody counts them."""
        return None if self._sensor is None else self._passed

    def changes(self, openings: int, now_s: float) -> list[Change]:
        """Alarms to be announced. `openings`: how many people were let in since the start."""
        if self.hall is not None:
            trouble = None if self._sensor is None else self._sensor.trouble
            self.hall.look(openings if self._sensor is None else self._passed, now_s, fire=self.fire, trouble=trouble)
        said = self._faults.see_kinds(self._present(), now_s)
        if self._sensor is None:
            return said
        slipped = self._passages.see(self._passed, openings, now_s, is_open=self._barrier.is_open, fire=self.fire)
        return said if slipped is None else [*said, slipped]

    def _present(self) -> set[AlertKind]:
        present = {
            AlertKind.FIRE: self.fire,
            AlertKind.BARRIER: self._barrier.trouble is not None,
            AlertKind.OCCUPANCY: self.hall is not None and self.hall.unknown is not None,
        }
        return {kind for kind, stands in present.items() if stands}

    def why(self, kind: AlertKind) -> str:
        """What is known of an alarm beyond its kind, in words."""
        if kind is AlertKind.OCCUPANCY:
            return (self.hall.unknown or "") if self.hall is not None else ""
        return (self._barrier.trouble or "") if kind is AlertKind.BARRIER else ""

    @property
    def inside(self) -> OccupancyData | None:
        """How many people are inside; None where nobody counts who goes out."""
        return None if self.hall is None else self.hall.data

    @property
    def full(self) -> bool:
        """Whether newcomers wait because as many people are inside as may be."""
        return self.hall is not None and self.hall.full
