"""One round after the other: read every wire, decide, ask for the lamp or not, warn, and tell what a person must act on."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any, Final, Literal, Protocol

from contract.messages.alert import AlertData, AlertKind
from contract.topics import Kind
from edge.actuators.signal import Show
from edge.board import Board
from edge.clock import Clock
from edge.config.room import RoomConfig
from edge.gate.faults import Faults
from edge.policy.room import Room, State, Times, locked, step
from edge.policy.room_facts import Facts
from edge.records import RecordRing
from edge.room.alarms import AT_ONCE, KINDS, detail, over, present
from edge.room.gas_meter import GasMeter

log = logging.getLogger("menshen.room")

EVERY_S: Final = 0.02
POST_S: Final = 0.5
LONGEST: Final = 200
"""Of the words of an alarm."""


class Interlock(Protocol):
    """The wires: `edge.actuators.room_interlock.RoomInterlock`."""

    @property
    def sensors(self) -> frozenset[str]: ...

    def read(self, now_s: float) -> Facts: ...

    def ask(self, now_s: float, *, wanted: bool) -> None: ...

    def warn(self, sign: Show, buzzer: Show, now_s: float) -> None: ...


class RoomWatch:
    """Call `round` every EVERY_S. Alarms, and how long to stay out, are taken over from an earlier process of this run."""

    def __init__(
        self,
        told: RoomConfig,
        interlock: Interlock,
        records: RecordRing,
        board: Board,
        clock: Clock,
        meter: GasMeter | None = None,
    ) -> None:
        self._told, self._interlock, self._records, self._board, self._clock = told, interlock, records, board, clock
        self._meter, measured = meter, meter is not None
        apart_s = told.ozone_meter.apart_s if told.ozone_meter is not None else 0.0
        self._times = Times(told.arming_s, told.run_s, told.clear_s, apart_s)
        now_s = clock.monotonic_s()
        self.room = locked(interlock.sensors, self._times, now_s, gas=measured)
        self._faults = Faults(AT_ONCE)
        before = board.read()
        self._ended_unseen = KINDS if before is None else frozenset()
        if before is not None:
            self.room = locked(
                interlock.sensors,
                self._times,
                now_s,
                float(before["danger_until_s"]),
                exposed=bool(before["exposed"]),
                gas=measured and before["gas_left"] is not False,
            )
            for kind in before["alarms"]:
                self._faults.assume(AlertKind(kind), now_s)
        self._said: dict[str, Any] = {}
        self._posted_s = float("-inf")

    def round(self) -> None:
        """Everything once. The lamp is asked for by what was read in this very round."""
        now_s = self._clock.monotonic_s()
        facts = self._interlock.read(now_s)
        if self._meter is not None:
            facts = replace(facts, gas=self._meter.look(now_s))
        before, self.room = self.room, step(self.room, facts, self._times)
        self._interlock.ask(now_s, wanted=self.room.asks)
        self._interlock.warn(*_warning(self.room, now_s), now_s)
        if before.state is not self.room.state:
            log.info("%s: %s%s", self._told.name, self.room.state, f" ({self.room.why.value})" if self.room.why else "")
        self._alarm(before, facts)
        self._post(facts)

    def _alarm(self, before: Room, facts: Facts) -> None:
        holds = present(self.room, facts)
        if self.room.state is State.LOCKED:
            holds |= self._faults.raised  # nothing that an earlier process told of is over before a person has looked
        for change in self._faults.see_kinds(holds, facts.now_s):
            self._say(change.kind, change.state, facts)
        if before.state is State.LOCKED and self.room.state is not State.LOCKED:
            for kind in sorted(self._ended_unseen - self._faults.raised - holds):
                self._say(kind, "returned", facts)  # raised, it may be, before the machine was switched off
            self._ended_unseen = frozenset()

    def _say(self, kind: AlertKind, state: Literal["raised", "returned"], facts: Facts) -> None:
        name = self._told.name
        words = detail(kind, name, self._told.agent, self.room, facts) if state == "raised" else over(name)
        log.log(logging.WARNING if state == "raised" else logging.INFO, "%s %s: %s", kind.value, state, words)
        data = AlertData(kind=kind, state=state, detail=words[:LONGEST], raised=self._clock.wall())
        self._records.put(Kind.ALERT, data.model_dump_json().encode(), self._clock.wall().timestamp(), facts.now_s)

    def _post(self, facts: Facts) -> None:
        said = {
            "name": self._told.name,
            "agent": self._told.agent,
            "state": self.room.state.value,
            "why": self.room.why.value if self.room.why else None,
            "since_s": self.room.since_s,
            "lamp": facts.lamp.value,
            "sensors": {name: seen.value for name, seen in facts.sensors.items()},
            "key": facts.key,
            "button": facts.button,
            "untried": sorted(self.room.untried),
            "exposed": self.room.exposed,
            "gas": None if facts.gas is None else facts.gas.gas.value,
            "gas_left": None if facts.gas is None else self.room.gas,
            "alarms": sorted(kind.value for kind in self._faults.raised),
        }
        if said != self._said or facts.now_s - self._posted_s >= POST_S:
            self._board.post(said | {"danger_until_s": self.room.danger_until_s}, facts.now_s)
            self._said, self._posted_s = said, facts.now_s
        else:
            self._board.beat(facts.now_s)


def _warning(room: Room, now_s: float) -> tuple[Show, Show]:
    """Sign and buzzer."""
    match room.state:
        case State.ARMING:
            return Show.PULSED, Show.PULSED
        case State.TRIPPED | State.FAULTY:
            return Show.STEADY, Show.STEADY if room.exposed else Show.OFF
        case State.LOCKED if room.exposed:
            return Show.STEADY, Show.STEADY
        case State.LOCKED | State.IDLE | State.RUNNING | State.STOPPING | State.AIRING:
            return Show.STEADY if room.dangerous(now_s) else Show.OFF, Show.OFF
