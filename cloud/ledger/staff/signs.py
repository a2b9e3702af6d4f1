"""What was seen of somebody: at a gate, or entered by a person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from contract.verdicts import Duty


class What(StrEnum):
    """What was seen or entered."""

    PASSAGE = "passage"
    """A badge at a gate, measured or not."""
    TEMPERATURE = "temperature"
    """A reading by hand."""
    WEARS = "wears"
    """Mask put on or changed; gloves confirmed."""
    TEST = "test"
    """A virus test."""
    OUT = "out"
    """Left the hall for a while."""
    BACK = "back"


class MaskType(StrEnum):
    """What a camera cannot tell apart."""

    DISPOSABLE = "disposable"
    """A disposable medical mask: changed every three hours."""
    N95 = "n95"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that was seen.

    Attributes:
        measured: a temperature was read; a gate that could not measure leaves it false.
        duty: what the holder of a badge chose at the gate.
        manual: entered by a person.
        mask, gloves: of WEARS; gloves only where somebody has looked.
    """

    at_ms: int
    what: What
    measured: bool = False
    duty: Duty | None = None
    manual: bool = False
    mask: MaskType | None = None
    gloves: bool = False

    @property
    def leaves(self) -> bool:
        """Whether the person is off duty, or out, from now on."""
        return self.what is What.OUT or self.duty is Duty.OFF

    @property
    def arrives(self) -> bool:
        return self.what in (What.PASSAGE, What.BACK) and not self.leaves
