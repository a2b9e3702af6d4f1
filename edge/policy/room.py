"""A room under UV-C or ozone: whether its lamp may be asked for, as a table of states.

The lamp is asked for in RUNNING alone, and nothing leads there but ARMING with every sensor saying that nobody is inside. A
sensor that is lost counts as a person. TRIPPED, FAULTY and LOCKED are left by a person's reset only, and every start begins
LOCKED. The hard-wired interlock cuts the lamp without any of this; here its work is confirmed, and told where it is missing.
Where a meter measures the ozone, AIRING ends only when the time is over and the meter has twice said that little is left.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, StrEnum
from typing import Final

from edge.policy.room_facts import Facts, Gas, Lamp, Seen

OFF_WITHIN_S: Final = 0.8
"""So long after it was last asked for (timer 0.25 s, contactor 0.1 s) the lamp may still be on."""
ON_WITHIN_S: Final = 2.0
"""So long after it was first asked for the lamp may still be dark."""
BELIEVED_S: Final = 0.1
"""A feedback that says ON for less, with nobody asking, makes no danger of itself: contacts are struck by doors and lightning."""
JUST_S: Final = 1.0
"""Who is seen so soon after the lamp went out was under it: the hard wire is quicker than any sensor's message."""
GAS_SILENT_S: Final = 60.0
"""For so long the meter may be lost while the room is aired, before a person has to look after it. A choice of ours."""

SETTLE_S: Final = 0.7
"""A sensor that tells by beats that it lives has not been heard yet, so soon after a start: lost, but no sign of a person."""


class State(StrEnum):
    LOCKED = "locked"  # just started: nobody knows what was before
    IDLE = "idle"
    ARMING = "arming"  # sign and buzzer warn, the lamp is not asked for yet
    RUNNING = "running"
    STOPPING = "stopping"  # the lamp is not asked for any more, and not seen off yet
    AIRING = "airing"  # the lamp is off, and the room not to be entered yet
    TRIPPED = "tripped"  # somebody may have been under it
    FAULTY = "faulty"  # lamp, feedback or a sensor does not do what it must


class Happening(Enum):
    LAMP_WRONG = "the lamp is on, or its feedback is lost, and nobody asks for it"
    UNDER_IT = "somebody may be inside"
    DARK = "the lamp is dark although it is asked for: the hard-wired interlock, its power or the lamp itself"
    KEY_BACK = "the key was turned back"
    GAS_LOST = "the ozone meter is lost: nobody knows how much is left"
    TIME_OVER = "its time is over"
    LAMP_OFF = "the lamp is off"
    UNTRIED = "a sensor has noticed nobody since the last run, not even who was inside before this one"
    KEY_TURNED = "the key was turned"
    RESET = "a person has reset it"


MOVES: Final[dict[tuple[State, Happening], State]] = {
    (State.LOCKED, Happening.LAMP_WRONG): State.FAULTY,
    (State.LOCKED, Happening.RESET): State.AIRING,
    (State.IDLE, Happening.LAMP_WRONG): State.FAULTY,
    (State.IDLE, Happening.UNTRIED): State.FAULTY,
    (State.IDLE, Happening.KEY_TURNED): State.ARMING,
    (State.ARMING, Happening.LAMP_WRONG): State.FAULTY,
    (State.ARMING, Happening.UNDER_IT): State.IDLE,
    (State.ARMING, Happening.KEY_BACK): State.IDLE,
    (State.ARMING, Happening.TIME_OVER): State.RUNNING,
    (State.RUNNING, Happening.UNDER_IT): State.TRIPPED,
    (State.RUNNING, Happening.DARK): State.FAULTY,
    (State.RUNNING, Happening.KEY_BACK): State.STOPPING,
    (State.RUNNING, Happening.TIME_OVER): State.STOPPING,
    (State.STOPPING, Happening.LAMP_WRONG): State.FAULTY,
    (State.STOPPING, Happening.UNDER_IT): State.TRIPPED,
    (State.STOPPING, Happening.LAMP_OFF): State.AIRING,
    (State.AIRING, Happening.LAMP_WRONG): State.FAULTY,
    (State.AIRING, Happening.UNDER_IT): State.TRIPPED,
    (State.AIRING, Happening.GAS_LOST): State.FAULTY,
    (State.AIRING, Happening.TIME_OVER): State.IDLE,
    (State.TRIPPED, Happening.LAMP_WRONG): State.FAULTY,
    (State.TRIPPED, Happening.RESET): State.AIRING,
    (State.FAULTY, Happening.RESET): State.AIRING,
}
"""What is not here changes nothing. Of several happenings the one that stands first in `Happening` counts."""


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds: of warning before the lamp, of the lamp, and after it before anybody may go in.

    `apart_s`: so far apart lie the first and the last of a meter's unbroken low readings that are believed.
    """

    arming_s: float
    run_s: float
    clear_s: float
    apart_s: float = 300.0


@dataclass(frozen=True, slots=True)
class Room:
    """How a room stands.

    Attributes:
        why: what led to TRIPPED or FAULTY; None elsewhere.
        since_s: when this state began.
        danger_until_s: until when nobody may be inside, by what is known now.
        exposed: somebody may have been inside while the lamp or the gas was; until a person resets it.
        untried: sensors that have noticed nobody since the last run began.
        on_since_s: since when the lamp is on with nobody asking; None while it is not.
        lit: whether the lamp was seen on in this run.
        key, button: as they were in the round before.
        gas: ozone may be in the room until its meter has said low twice and the time is over; False where it has none.
        burnt_s: when the lamp or the generator was last on, as far as is known.
        low_s: when the first of the meter's unbroken low readings since then was taken; None after any other.
        gas_lost_s: since when the meter is lost; None while it is heard.
    """

    state: State
    why: Happening | None
    since_s: float
    danger_until_s: float
    exposed: bool
    untried: frozenset[str]
    on_since_s: float | None = None
    lit: bool = False
    key: bool = True
    button: bool = False
    gas: bool = False
    burnt_s: float = float("-inf")
    low_s: float | None = None
    gas_lost_s: float | None = None

    @property
    def asks(self) -> bool:
        """Whether the lamp is asked for."""
        return self.state is State.RUNNING

    def dangerous(self, now_s: float) -> bool:
        """Whether nobody may be inside at this time."""
        return self.asks or now_s < self.danger_until_s or self.gas

    def lamp_wrong(self, now_s: float) -> bool:
        """Whether the lamp, or a lost feedback, has been on with nobody asking for longer than a lamp takes to go out."""
        return self.on_since_s is not None and now_s - self.on_since_s >= OFF_WITHIN_S


def locked(
    sensors: frozenset[str],
    times: Times,
    now_s: float,
    danger_until_s: float | None = None,
    *,
    exposed: bool = False,
    gas: bool = False,
) -> Room:
    """A room at the start of a process.

    `danger_until_s`, `exposed`: as the process before it left them; where there was none there may be gas in it. `gas`: it has a
    meter, and no earlier process has seen the gas gone.
    """
    until_s = now_s + times.clear_s if danger_until_s is None else danger_until_s
    return Room(State.LOCKED, None, now_s, until_s, exposed, untried=sensors, gas=gas, burnt_s=now_s)


def step(room: Room, facts: Facts, times: Times) -> Room:
    """The room after one round. It never asks for the lamp unless these very facts say that nobody is inside."""
    room = _noticed(room, facts, times)
    moved = next((one for one in Happening if (room.state, one) in MOVES and _happens(one, room, facts, times)), None)
    if moved is not None:
        room = _moved(room, moved, facts)
    return replace(room, key=facts.key, button=facts.button)


def _noticed(room: Room, facts: Facts, times: Times) -> Room:
    """What the facts add to what is known, whatever the state."""
    now_s, lit = facts.now_s, facts.lamp is Lamp.ON
    on_since_s = (now_s if room.on_since_s is None else room.on_since_s) if lit and not room.asks else None
    burns = room.asks or (on_since_s is not None and now_s - on_since_s >= BELIEVED_S)
    until_s = max(room.danger_until_s, now_s + max(times.clear_s, JUST_S)) if burns else room.danger_until_s
    room = _smelt(replace(room, danger_until_s=until_s, burnt_s=now_s if burns else room.burnt_s), facts, times, burns=burns)
    settling = room.state is State.LOCKED and now_s - room.since_s < SETTLE_S
    somebody = Seen.SOMEBODY in facts.sensors.values() or not (facts.nobody or settling)
    tried = {name for name, seen in facts.sensors.items() if seen is Seen.SOMEBODY}
    return replace(
        room,
        on_since_s=on_since_s,
        lit=room.asks and (room.lit or lit),
        exposed=room.exposed or ((now_s < until_s or room.gas) and somebody),
        untried=room.untried - tried,
    )


def _smelt(room: Room, facts: Facts, times: Times, *, burns: bool) -> Room:
    """What the meter adds. A low reading counts when it was taken after the lamp was last on; any other breaks the row."""
    now_s, read = facts.now_s, facts.gas
    if read is None:
        return room
    gas = room.gas or burns
    if read.gas is not Gas.LOW or read.taken_s <= room.burnt_s:
        lost_s = (now_s if room.gas_lost_s is None else room.gas_lost_s) if read.gas is Gas.LOST else None
        return replace(room, gas=gas, low_s=None, gas_lost_s=lost_s)
    low_s = read.taken_s if room.low_s is None else room.low_s
    gone = read.taken_s > low_s and read.taken_s - low_s >= times.apart_s and now_s >= room.danger_until_s
    return replace(room, gas=gas and not gone, low_s=low_s, gas_lost_s=None)


def _happens(what: Happening, room: Room, facts: Facts, times: Times) -> bool:  # noqa: C901 - one case a happening
    now_s = facts.now_s
    match what:
        case Happening.LAMP_WRONG:
            return room.lamp_wrong(now_s)
        case Happening.UNDER_IT:
            return not facts.nobody and (room.state is not State.AIRING or room.dangerous(now_s))
        case Happening.DARK:
            return facts.lamp is Lamp.OFF and (room.lit or now_s - room.since_s >= ON_WITHIN_S)
        case Happening.KEY_BACK:
            return not facts.key
        case Happening.GAS_LOST:
            return room.gas and room.gas_lost_s is not None and now_s - room.gas_lost_s >= GAS_SILENT_S
        case Happening.TIME_OVER:
            return now_s >= _over_s(room, times) and not (room.state is State.AIRING and room.gas)
        case Happening.LAMP_OFF:
            return facts.lamp is Lamp.OFF
        case Happening.UNTRIED:
            return facts.key and not room.key and facts.nobody and bool(room.untried)
        case Happening.KEY_TURNED:
            return facts.key and not room.key and facts.nobody and facts.lamp is Lamp.OFF
        case Happening.RESET:
            let_go = room.button and not facts.button
            return let_go and not facts.key and facts.nobody and facts.lamp is Lamp.OFF


def _over_s(room: Room, times: Times) -> float:
    """When this state has lasted long enough, monotonic seconds."""
    match room.state:
        case State.ARMING:
            return room.since_s + times.arming_s
        case State.RUNNING:
            return room.since_s + times.run_s
        case State.AIRING:
            return room.danger_until_s
        case State.LOCKED | State.IDLE | State.STOPPING | State.TRIPPED | State.FAULTY:
            return float("inf")


def _moved(room: Room, by: Happening, facts: Facts) -> Room:
    state = MOVES[room.state, by]
    stopped = state in {State.TRIPPED, State.FAULTY}
    begun = state is State.RUNNING
    return replace(
        room,
        state=state,
        why=by if stopped else None,
        since_s=facts.now_s,
        exposed=room.exposed and by is not Happening.RESET,
        untried=frozenset(facts.sensors) if begun else room.untried,
        lit=False,
    )
