"""One visitor on the way: comes, stands, heeds the screen, goes through or aside."""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

import numpy as np

from contract.verdicts import Mask, Reason, Verdict
from edge.app.visitors.eye import Look
from edge.app.visitors.outcome import Outcome
from edge.app.visitors.person import Person
from edge.policy.rule import Decision
from edge.sim.walks import GATE_M, Walker, Way

QUEUE_M: Final = 2.8
"""Where the next one waits: too far away to be a body in the zone."""

DOOR_M: Final = 3.8
SIDE_M: Final = 1.7
BESIDE_M: Final = 0.36
"""Still in the zone."""

ATTEMPTS: Final = 2
"""So often somebody puts the mask right before giving up."""

GIVES_UP_S: Final = 30.0
_EVER_S: Final = 1e6
_SETTLED_S: Final = 0.3  # after the last step
_LOOKS_UP_S: Final = 0.5  # before standing still


class Stage(Enum):
    """What a visitor is about."""

    WAITING = auto()
    COMING = auto()
    LEAVING = auto()


class Visitor:
    """What is true stands in `person` and may change; what came of it in `outcome`."""

    def __init__(
        self, person: Person, look: Look, heat_c: float, rng: np.random.Generator, now_s: float, *, hidden: bool
    ) -> None:
        self.person, self.look, self.heat_c, self.hidden = person, look, heat_c, hidden
        self.stage, self.beside = Stage.WAITING, False
        self.outcome = Outcome(person.mask, person.warm)
        self._rng, self._there_s, self._attempts = rng, now_s, 0
        self._told: tuple[Decision | None, float] = (None, now_s)
        self._x_m = float(rng.uniform(-0.15, 0.15))
        self._held: tuple[float, float, float] | None = None
        self._steps = float(rng.uniform(0.45, 0.6)), float(rng.uniform())
        self._walker = self._on(((now_s, self._x_m, DOOR_M), *self._to(now_s, DOOR_M, self._x_m, QUEUE_M)))

    def at(self, t_s: float) -> tuple[float, float, float] | None:
        """As `edge.sim.sightings.Walking`. Who stands is asked for once, and held: most of the people wait most of the time."""
        if self.stage is Stage.LEAVING or t_s < self._there_s + _SETTLED_S:
            return self._walker.at(t_s)
        self._held = self._held or self._walker.at(t_s)
        return self._held

    def come(self, now_s: float, *, beside: bool) -> None:
        """Step up to the gate; `beside` somebody who stands there."""
        self.stage, self.beside = Stage.COMING, beside
        self._go(now_s, float(self._rng.choice((-BESIDE_M, BESIDE_M))) if beside else self._x_m, GATE_M)

    def gone(self, now_s: float) -> bool:
        """Out of view."""
        return self.stage is Stage.LEAVING and now_s >= self._there_s

    def walking(self, now_s: float) -> bool:
        return self.stage is Stage.LEAVING or now_s < self._there_s

    def heed(self, said: Decision | None, now_s: float, *, passing: bool) -> None:
        """Do what the screen says. `passing`: a PASS is valid."""
        if self.stage is not Stage.COMING or now_s < self._there_s - _LOOKS_UP_S:
            return
        if said != self._told[0]:
            self._told = (said, now_s)
        told_s = now_s - self._told[1]
        if now_s - self._there_s > GIVES_UP_S:
            self._leave(now_s, through=False)
        elif said is not None and told_s >= self.person.reaction_s:
            self._do(said, told_s, now_s, passing=passing)

    def _do(self, said: Decision, told_s: float, now_s: float, *, passing: bool) -> None:
        match said.verdict:
            case Verdict.PASS:
                if passing:
                    self._leave(now_s, through=True)
            case Verdict.RECHECK | Verdict.CANNOT_MEASURE | Verdict.NOT_ADMITTED | Verdict.HOLD:
                self._leave(now_s, through=False)
            case Verdict.PUT_ON_MASK | Verdict.FIX_MASK:
                if told_s >= self.person.fumble_s:
                    self._put_right(now_s)
            case Verdict.WAIT:
                self._wait(said.reason, told_s, now_s)

    def _put_right(self, now_s: float) -> None:
        """The mask is put on, or only moved where it was well already; who does not obey, or did so often enough, leaves."""
        if not self.person.obeys or self._attempts >= ATTEMPTS:
            self._leave(now_s, through=False)
            return
        self._attempts += 1
        self._told = (None, now_s)
        self.person.mask = Mask.WORN
        self.look.wear_anew()

    def _wait(self, reason: Reason | None, told_s: float, now_s: float) -> None:
        if reason is Reason.ONE_AT_A_TIME and self.beside and told_s >= self.person.reaction_s + 1.0:
            self.stage, self.beside, self.person.together = Stage.WAITING, False, False
            self._go(now_s, self._x_m, QUEUE_M)
        elif reason is Reason.FOREHEAD_COVERED and self.person.obeys and told_s >= self.person.fumble_s:
            self.hidden = False

    def _leave(self, now_s: float, *, through: bool) -> None:
        self.stage, self.outcome.through = Stage.LEAVING, through
        x, _, z = self._walker.at(now_s) or (self._x_m, 0.0, GATE_M)
        self._there_s = now_s + SIDE_M / self.person.pace_m_s
        self._walker = self._on(((now_s, x, z), (self._there_s, x + (SIDE_M if through else -SIDE_M), z - 0.1)))

    def _go(self, now_s: float, to_x_m: float, to_m: float) -> None:
        x, _, z = self._walker.at(now_s) or (self._x_m, 0.0, QUEUE_M)
        self._walker = self._on(((now_s, x, z), *self._to(now_s, z, to_x_m, to_m)))

    def _to(self, now_s: float, from_m: float, x_m: float, to_m: float) -> Way:
        """There, and stay."""
        self._there_s = now_s + abs(from_m - to_m) / self.person.pace_m_s
        return (self._there_s, x_m, to_m), (self._there_s + _EVER_S, x_m, to_m)

    def _on(self, way: Way) -> Walker:
        self._held = None
        return Walker(way, self.person.reach_m, *self._steps)
