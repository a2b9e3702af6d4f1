"""What people, the fire panel and a cutter do to a simulated gate: the note on the board `hand`."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from edge.sim.trouble import Trouble


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

    def as_note(self) -> dict[str, Any]:
        return asdict(self)


def from_note(note: dict[str, Any]) -> Hand:
    """The note as it was posted."""
    return Hand(**{**note, "colour": Trouble(note["colour"]), "thermal": Trouble(note["thermal"])})
