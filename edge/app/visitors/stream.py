"""A queue of visitors before one gate: the next steps up when the one before is out of the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Final

import numpy as np

from contract.verdicts import Reason, Verdict
from edge.app.visitors.eye import Look
from edge.app.visitors.gate import Gate, Setting
from edge.app.visitors.outcome import Outcome
from edge.app.visitors.person import person
from edge.app.visitors.thermometer import Thermometer
from edge.app.visitors.visitor import Stage, Visitor
from edge.lane.step import Step
from edge.policy.rule import Decision
from edge.sim.sightings import Eye, watch

PLACES: Final = 4
"""So many people are in view at most: one who leaves, one at the gate, one beside, one who waits."""

_LONGEST_S: Final = 60.0
_USUAL_S: Final = 15.0


@dataclass(slots=True)
class Place:
    """Somebody in view, or nobody."""

    visitor: Visitor | None = None

    def at(self, t_s: float) -> tuple[float, float, float] | None:
        return None if self.visitor is None else self.visitor.at(t_s)


class Stream:
    """Plays until `people` are done; `seconds` is how long that took."""

    def __init__(self, setting: Setting, people: int, seed: int) -> None:
        self._setting, self._people, self._seed = setting, people, seed
        self._rng = np.random.default_rng([seed, 67])
        self._thermometer = Thermometer(setting.heat, self._rng)
        self._gate = Gate(setting, self._thermometer)
        self._places = tuple(Place() for _ in range(PLACES))
        self._numbers = count()
        self._front: Visitor | None = None
        self._next: Visitor | None = None
        self.seconds = 0.0

    def play(self) -> Iterator[Outcome]:
        """Everybody, as they leave."""
        done, eye = 0, Eye(missed=self._setting.mask.missed)
        for seen in watch(self._places, _LONGEST_S + _USUAL_S * self._people, self._setting.fps, self._seed, eye):
            self.seconds = seen.t_s
            self._usher(seen.t_s)
            step = self._gate.step(seen, [place.visitor for place in self._places])
            self._heed(step, seen.t_s)
            for place in self._places:
                if place.visitor is not None and place.visitor.gone(seen.t_s):
                    yield self._gone(place, place.visitor, seen.t_s)
                    done += 1
            if done >= self._people:
                return

    def _usher(self, now_s: float) -> None:
        """Who joins the queue, and who steps up."""
        self._next = self._next or self._arrive(now_s)
        front, next_ = self._front, self._next
        if next_ is None:
            return
        waits = next_.stage is Stage.WAITING
        if front is None or (front.stage is Stage.LEAVING and next_.person.impatient):
            if waits:
                next_.come(now_s, beside=False)
            next_.beside = False
            self._front, self._next = next_, None
        elif waits and next_.person.together and front.stage is Stage.COMING:
            next_.come(now_s, beside=True)

    def _arrive(self, now_s: float) -> Visitor | None:
        place = next((place for place in self._places if place.visitor is None), None)
        if place is None:
            return None
        who = person(next(self._numbers), self._setting.people, self._rng)
        look, heat_c = Look(self._setting.mask, self._rng), self._thermometer.person_c()
        place.visitor = Visitor(who, look, heat_c, self._rng, now_s, hidden=self._thermometer.hidden())
        return place.visitor

    def _heed(self, step: Step, now_s: float) -> None:
        """Who stands at the gate reads the screen, and who stands beside reads that it is one at a time."""
        said, front, next_ = step.screen.decision, self._front, self._next
        if front is not None and front.stage is Stage.COMING:
            front.heed(said, now_s, passing=step.passing is not None)
            front.outcome.on_another_s = front.outcome.through and self._gate.owner is not front
        if next_ is not None and next_.beside and said == Decision(Verdict.WAIT, Reason.ONE_AT_A_TIME):
            next_.heed(said, now_s, passing=False)

    def _gone(self, place: Place, visitor: Visitor, now_s: float) -> Outcome:
        place.visitor = None
        self._front = None if visitor is self._front else self._front
        self._next = None if visitor is self._next else self._next
        visitor.outcome.left_s = now_s
        return visitor.outcome
