"""One round: pictures in, who is there, what is decided, arm, record, screen. It never waits for a disk or a network."""

from __future__ import annotations

import logging
from math import isfinite
from typing import Final

import numpy as np
from numpy.typing import NDArray

from contract.message import Message
from contract.messages.alert import AlertData, AlertKind
from contract.messages.visit import Screened
from contract.topics import Kind
from contract.verdicts import Reason, Verdict
from edge.actuators.arm_clear import arm_clear_of
from edge.actuators.barrier import Barrier
from edge.board import Board
from edge.clock import Clock
from edge.frames import Frame
from edge.gate.announce import DETAILS, WallTime, doubt_alert, fault_alert
from edge.gate.calibration_watch import CalibrationWatch
from edge.gate.clean_hands import CleanHands
from edge.gate.door_hours import CLOSED, DoorHours
from edge.gate.entrance import FIRE, Entrance
from edge.gate.eyes import ColourEye
from edge.gate.faults import Faults
from edge.gate.guard_calls import GuardCalls
from edge.gate.hall import FULL
from edge.gate.health import HealthNote
from edge.gate.help_wanted import HelpWanted
from edge.gate.obeying import Obeying
from edge.gate.onlooker import Onlooker
from edge.gate.opening import Opening
from edge.gate.outdoors import Weather
from edge.gate.people import People
from edge.gate.queue_watch import QueueWatch
from edge.gate.rates import Rates
from edge.gate.register import Register
from edge.gate.self_check import SelfCheck
from edge.gate.shown_tokens import ShownTokens
from edge.gate.signals import Signals
from edge.gate.warmth import Warmth
from edge.lane.lane import Lane
from edge.lane.step import Screen, Step
from edge.lane.visit import Face
from edge.policy.acclimatise import NOT_TOLD
from edge.policy.rule import Decision
from edge.records import RecordRing

log = logging.getLogger("menshen.gate")

IDLE_WAIT_S: Final = 0.04
PENDING_WAIT_S: Final = 0.004
HEALTH_EVERY_S: Final = 10.0
OUTSIDE: Final = "outside_temperature"
HELD: Final = Decision(Verdict.HOLD)
SETTING_UP: Final = Decision(Verdict.HOLD, Reason.SETTING_UP)
START_GRACE_S: Final = 3.0
"""Cameras may take so long to their first picture before their absence is an alarm."""


class GateLoop:
    """Parts are handed in; `round` is called for ever."""

    def __init__(
        self,
        *,
        gate: str,
        replay: bool,
        screened: Screened,
        colour: ColourEye,
        warmth: Warmth | None,
        people: People,
        lane: Lane,
        opening: Opening,
        barrier: Barrier,
        records: RecordRing,
        board: Board,
        health: HealthNote,
        clock: Clock,
        self_check: SelfCheck | None = None,
        weather: Weather | None = None,
        rest_min: int = 0,
        calibration: CalibrationWatch | None = None,
        onlooker: Onlooker | None = None,
        obeying: Obeying | None = None,
        help_board: Board | None = None,
        hours: DoorHours | None = None,
        shown: ShownTokens | None = None,
        hands: CleanHands | None = None,
        entrance: Entrance | None = None,
        signals: Signals | None = None,
        setting_up: bool = False,
    ) -> None:
        self._gate, self._replay, self._screened = gate, replay, screened
        self._colour, self._warmth, self._people, self._lane = colour, warmth, people, lane
        self._opening, self._barrier = opening, barrier
        self._records, self._board, self._health, self._clock = records, board, health, clock
        self._self_check, self._onlooker = self_check, onlooker
        self._weather, self._rest_min, self._calibration = weather, rest_min, calibration
        self._obeying, self._hours, self._shown, self._hands = obeying, hours, shown, hands
        self._entrance, self._signals, self._setting_up = entrance or Entrance(barrier), signals, setting_up
        self._passing: str | None = None
        self._queue = QueueWatch()
        self._outdoors = NOT_TOLD
        self._wall = WallTime(clock)
        self._register = Register(lane, opening, shown, self._record, self._wall, screened, replay=replay, hands=hands)
        self._started_s = clock.monotonic_s()
        self._faults, self._awake = Faults(), False
        for kind in (board.read() or {}).get("faults", ()):  # announced by the process before this one
            self._faults.assume(AlertKind(kind), self._started_s)
        button = None if help_board is None else HelpWanted(help_board, self._wall, self._started_s)
        self._guard_calls = GuardCalls(self._wall, button)
        self._rates = Rates(self._started_s)
        self._health_due_s = self._started_s + HEALTH_EVERY_S / 2
        self._refused = records.refused
        self._frame_number = 0
        self._eye_s = 0.0
        self._boxes: list[list[float]] = []
        self._said: tuple[object, float] = (None, 0.0)

    @property
    def wait_s(self) -> float:
        """How long the next round may wait for a picture."""
        return PENDING_WAIT_S if self._opening.pending else IDLE_WAIT_S

    def round(self) -> None:
        """Look, judge, act, tell."""
        begun_s = self._clock.monotonic_s()
        if self._shown is not None:
            self._shown.look()
        if self._hands is not None:
            self._hands.look()
        seen = self._colour.look(begun_s)
        if self._warmth is not None and self._warmth.look(begun_s):
            self._rates.thermal()
        faces = self._see(seen[0], seen[1]) if seen else None
        now_s = self._clock.monotonic_s()
        faults = self._all_faults(now_s)
        if self._weather is not None:
            self._outdoors = self._weather.now(now_s)
        step = self._lane.step(
            now_s,
            faces or (),
            min(faults, default=None),
            self._outdoors,
            hold=self._hold(now_s),
            badges=self._shown,
            hands=self._hands,
        )
        self._passing = step.passing
        if self._obeying is not None:
            self._obeying.act(step.screen.in_zone, now_s, self._record)
        self._act(step, now_s)
        self._doubt(step, now_s)
        if faces is not None:
            self._queue.see(faces, step.screen, now_s)
        self._say_faults(faults, now_s)  # before the note that a process after this one may have to go by
        self._tell(step, now_s)
        if seen and self._onlooker is not None and self._onlooker.wanted(now_s):
            self._onlooker.tell(seen[0].number, seen[0].taken_s, faces or (), self._rates, self._eye_s, now_s)
        if seen:
            self._rates.round(self._clock.monotonic_s() - begun_s)
        self._watch(faults, now_s)

    def _hold(self, now_s: float) -> Decision | None:
        """Why nobody is let in; None where people are. Fire comes first; a gate that is not set up has nobody on duty."""
        held = self._obeying is not None and self._obeying.look()
        if self._entrance.look(now_s):
            return FIRE
        if self._setting_up:
            return SETTING_UP
        if held:
            return HELD
        if self._entrance.full and self._passing is None:  # who has been let in goes in
            return FULL
        return CLOSED if self._hours is not None and self._hours.closed(now_s) else None

    def _see(self, frame: Frame, picture: NDArray[np.uint8]) -> list[Face]:
        self._rates.colour(self._colour.skipped)
        begun_s = self._clock.monotonic_s()
        found, tracks = self._people.see(picture, frame.taken_s)
        self._eye_s = self._clock.monotonic_s() - begun_s
        measured = None if self._warmth is None else self._warmth.measure(found, tracks, frame.taken_s, self._started_s)
        self._frame_number, self._boxes = frame.number, found.boxes.round(1).tolist()
        return self._people.faces(found, tracks, measured, frame.taken_s, picture)

    def _all_faults(self, now_s: float) -> frozenset[Reason]:
        faults = {self._colour.fault(now_s)}
        if self._warmth is not None:
            faults.add(self._warmth.fault(now_s))
        return frozenset(fault for fault in faults if fault is not None)

    def _act(self, step: Step, now_s: float) -> None:
        self._register.enter(step)
        for call in self._guard_calls.see(step, now_s):
            log.info("guard %s for visit %s: %s", call.state, call.subject, call.detail)
            self._record(Kind.ALERT, call)
        self._opening.round(step.passing, self._records.committed, now_s, fire=self._entrance.fire)
        for change in self._entrance.changes(self._opening.openings, now_s):
            log.warning("%s %s", change.kind.value, change.state)
            self._record(Kind.ALERT, fault_alert(change, self._wall, self._entrance.why(change.kind)))

    def _doubt(self, step: Step, now_s: float) -> None:
        """Alarms about the gate's own thermometer, from who has left."""
        for doubt in self._self_check.see(step, now_s) if self._self_check else ():
            log.warning("%s %s: %s", doubt.kind.value, doubt.state, doubt.seen)
            self._record(Kind.ALERT, doubt_alert(doubt, self._wall))

    def _record(self, kind: Kind, data: Message) -> int | None:
        return self._records.put(kind, data.model_dump_json().encode(), self._clock.wall().timestamp(), self._clock.monotonic_s())

    def _tell(self, step: Step, now_s: float) -> None:
        decision = step.screen.decision
        saying = (decision.verdict, decision.reason) if decision else None
        if saying != self._said[0]:
            self._said = (saying, now_s)
        self._board.post(
            {
                "gate": self._gate,
                "replay": self._replay,
                "verdict": decision.verdict.value if decision else "idle",
                "reason": decision.reason.value if decision and decision.reason else None,
                "since_s": self._said[1],
                "now_s": now_s,
                "faces": self._boxes,
                "person": step.screen.person,
                "in_zone": step.screen.in_zone,
                "hours": self._hours.words if self._hours is not None and decision == CLOSED else None,
                "rest_min": self._rest_min,
                "message": None if self._obeying is None else self._obeying.message(now_s),
                "shown": None if self._shown is None else self._shown.on_screen(now_s),
                "staff": None if self._shown is None else self._shown.check(step.screen.staff),
                "hands": _asked(step.screen),
                "guard_called": self._guard_calls.coming(now_s),
                "barrier_open": self._barrier.is_open,
                "arm_clear": arm_clear_of(self._barrier),
                "fire": self._entrance.fire,
                "occupancy": None if self._entrance.hall is None else self._entrance.hall.note,
                "let_in": self._opening.openings,
                "passed": self._entrance.passed,
                "alarms": self._entrance.raised,
                "faults": [kind.value for kind in self._faults.raised],
                "screened_for": {"mask": self._screened.mask, "temperature": self._screened.temperature},
                "frame": self._frame_number,
            },
            now_s,
        )

    def _say_faults(self, faults: frozenset[Reason], now_s: float) -> None:
        """Alarms about the cameras and the reference body, once all of them have been seen well."""
        self._awake = self._awake or not faults or now_s - self._started_s >= START_GRACE_S
        for change in self._faults.see(faults, now_s) if self._awake else ():
            log.warning("%s %s", change.kind.value, change.state)
            self._record(Kind.ALERT, fault_alert(change, self._wall, self._why(change.kind)))

    def _watch(self, faults: frozenset[Reason], now_s: float) -> None:
        """Lamp and buzzer, records that found no room, and the health message when it is due."""
        if self._signals is not None:
            called = self._guard_calls.coming(now_s)
            self._signals.round(self._entrance.raised, now_s, called=called, faults=bool(faults))
        if self._records.refused > self._refused and self._tell_dropped():
            self._refused = self._records.refused
        if now_s >= self._health_due_s:
            self._health_due_s = now_s + HEALTH_EVERY_S
            days, notes, inside = self._look_at_calibration(), self._notes(now_s), self._entrance.inside
            rates, refused = self._rates.take(now_s), self._records.refused
            held = None if self._obeying is None else self._obeying.look()
            queue = self._queue.take(now_s)
            said = self._health.data(rates, refused, faults, now_s, notes, days, inside, queue=queue, held=held)
            self._record(Kind.HEALTH, said)

    def _look_at_calibration(self) -> float | None:
        """Days left; the alert before it ends."""
        if self._calibration is None:
            return None
        wall = self._clock.wall()
        alert = self._calibration.look(wall)
        if alert is not None:
            self._record(Kind.ALERT, alert)
        return self._calibration.days(wall)

    def _notes(self, now_s: float) -> dict[str, str]:
        """What the health message says besides faults: the gate goes on, and somebody should know."""
        notes = {} if self._warmth is None else self._warmth.notes(now_s)
        notes |= {} if self._shown is None else self._shown.notes
        if self._weather is None or isfinite(self._outdoors.at(now_s)):
            return notes
        return notes | {OUTSIDE: "unknown"}

    def _why(self, kind: AlertKind) -> str:
        return self._warmth.reference_why if kind is AlertKind.REFERENCE_LOST and self._warmth is not None else ""

    def _tell_dropped(self) -> bool:
        """Say how many records found no room, as soon as there is room to say it."""
        lost = self._records.refused - self._refused
        alert = AlertData(
            kind=AlertKind.DROPPED,
            state="raised",
            detail=f"{DETAILS[AlertKind.DROPPED]} Lost since the last such message: {lost}.",
            raised=self._clock.wall(),
        )
        before = self._records.refused
        put = self._record(Kind.ALERT, alert) is not None
        if not put:
            # The refused message about refusals is not itself a lost event.
            self._refused += self._records.refused - before
        return put


def _asked(screen: Screen) -> dict[str, str] | None:
    """For the screen: whose hands are asked for, and what is known of them."""
    return None if screen.asked is None else {"visit": screen.asked[0], "hands": screen.asked[1].value}
