"""What people, the fire panel and a cutter do to a simulated gate: the note on the board `hand`."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from edge.sim.trouble import Trouble


@dataclass(frozen=True, slots=True)
class RoomHand:
    """The state of the world around a room under UV-C or ozone.

    Attributes:
        door_open, inside: the door, and somebody in the room who moves.
        key, button: the key is turned to run; the reset button is pressed.
        cut: wires to the gate's inputs that are broken: door, motion, presence, feedback, key, reset.
        stuck: sensors whose second contact, the gate's, says "nobody" whatever happens.
        hard_cut: the hard-wired interlock is open, whatever the sensors say.
        welded: the contactor does not drop any more.
        aged: the lamp gives only a part of what it gave when it was new.
    """

    door_open: bool = False
    inside: bool = False
    key: bool = False
    button: bool = False
    cut: tuple[str, ...] = ()
    stuck: tuple[str, ...] = ()
    hard_cut: bool = False
    welded: bool = False
    aged: bool = False


@dataclass(frozen=True, slots=True)
class Hand:
    """The state of the world around the gate.

    Attributes:
        person_under: somebody stands under the arm.
        passed, left: people who have gone in and out so far.
        fire: the fire panel has opened its contact.
        loop_cut: the wire from the fire panel to the fire relay is broken.
        sense_cut: the wire from the fire relay to the gate's input is broken.
        clear_cut: the wire from the light barrier to the gate's input is broken.
        power: of the drive (24 V).
        colour, thermal: what is wrong with the simulated cameras.
        room: what goes on around a room, where the settings have one.
    """

    person_under: bool = False
    passed: int = 0
    left: int = 0
    fire: bool = False
    loop_cut: bool = False
    sense_cut: bool = False
    clear_cut: bool = False
    power: bool = True
    colour: Trouble = Trouble.NONE
    thermal: Trouble = Trouble.NONE
    room: RoomHand = field(default_factory=RoomHand)

    def as_note(self) -> dict[str, Any]:
        return asdict(self)


def from_note(note: dict[str, Any]) -> Hand:
    """The note as it was posted."""
    room = note["room"]
    lists = {"cut": tuple(room["cut"]), "stuck": tuple(room["stuck"])}
    read = {"colour": Trouble(note["colour"]), "thermal": Trouble(note["thermal"]), "room": RoomHand(**{**room, **lists})}
    return Hand(**{**note, **read})
