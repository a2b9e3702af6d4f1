"""Which alarms of a room stand, and in which words they are told."""

from __future__ import annotations

from typing import Final

from contract.messages.alert import AlertKind
from edge.policy.room import Happening, Room
from edge.policy.room_facts import Facts, Lamp, Seen

AGENTS: Final = {"uvc": "UV-C", "ozone": "ozone"}
KINDS: Final = frozenset({AlertKind.ROOM_PERSON, AlertKind.ROOM_SENSOR, AlertKind.ROOM_LAMP})
AT_ONCE: Final = frozenset({AlertKind.ROOM_PERSON, AlertKind.ROOM_LAMP})
"""Told in the round in which they begin; what became of the lamp was waited for before."""


def present(room: Room, facts: Facts) -> frozenset[AlertKind]:
    """The alarms that hold now."""
    lost = Seen.LOST in facts.sensors.values() or room.why in {Happening.UNTRIED, Happening.GAS_LOST}
    wrong = room.lamp_wrong(facts.now_s) or room.why in {Happening.DARK, Happening.LAMP_WRONG}
    held = {AlertKind.ROOM_PERSON: room.exposed, AlertKind.ROOM_SENSOR: lost, AlertKind.ROOM_LAMP: wrong}
    return frozenset(kind for kind, holds in held.items() if holds)


def detail(kind: AlertKind, name: str, agent: str, room: Room, facts: Facts) -> str:
    """What is known of an alarm that begins."""
    lamp = "off" if facts.lamp is Lamp.OFF else "ON, or its feedback is lost"
    who = ", ".join(f"{sensor}: {seen.value}" for sensor, seen in facts.sensors.items() if seen is not Seen.NOBODY)
    match kind:
        case AlertKind.ROOM_PERSON:
            return f"{name}: somebody may be inside under {AGENTS[agent]} ({who or 'nobody any more'}). Lamp: {lamp}."
        case AlertKind.ROOM_SENSOR if room.why is Happening.UNTRIED:
            return f"{name}: {', '.join(sorted(room.untried))}: {Happening.UNTRIED.value}. It is not started."
        case AlertKind.ROOM_SENSOR if room.why is Happening.GAS_LOST:
            return f"{name}: {Happening.GAS_LOST.value}. Nobody goes in before it is heard, and says so."
        case AlertKind.ROOM_SENSOR:
            return f"{name}: {who or 'a sensor was lost for a moment'}. A lost sensor counts as a person."
        case _:
            return f"{name}: {(room.why or Happening.LAMP_WRONG).value}. Lamp: {lamp}."


def over(name: str) -> str:
    """The words with which any of them ends."""
    return f"{name}: over."
