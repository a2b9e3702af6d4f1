"""Registers that MLX90640 and MLX90641 share (data sheet section 9), and setting them so that it is known to have worked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from edge.errors import SourceError

if TYPE_CHECKING:
    from edge.vision.thermal.melexis.word_bus import WordBus

EEPROM: Final = 0x2400
RAM: Final = 0x0400
STATUS: Final = 0x8000
CONTROL: Final = 0x800D

NEW_DATA: Final = 0x0008
"""Status bit 3: a sub-page is in RAM that was not read yet."""
LAST_SUBPAGE: Final = 0x0007
"""Status bits 2 to 0."""
CLEAR_STATUS: Final = 0x0030
"""Written to the status register: new data not there, RAM may be overwritten, measuring goes on."""

SUBPAGES: Final = 0x0001
REFRESH_SHIFT: Final = 7
RESOLUTION_SHIFT: Final = 10
CHESS: Final = 0x1000
_SETTLED_BITS: Final = 0x0FFF
"""What is set here: all below the reading pattern."""

REFRESH_HZ: Final = (0.5, 1, 2, 4, 8, 16, 32, 64)
"""Sub-pages a second, by the code in bits 9 to 7."""
RESOLUTION_BITS: Final = (16, 17, 18, 19)
"""By the code in bits 11 and 10."""


def control_word(now: int, refresh_hz: float, resolution_bits: int) -> int:
    """The control register with sub-pages in turn, no data hold, no repeat, and this rate and resolution; the rest as it is."""
    refresh, resolution = REFRESH_HZ.index(refresh_hz), RESOLUTION_BITS.index(resolution_bits)
    return (now & ~_SETTLED_BITS & 0xFFFF) | SUBPAGES | refresh << REFRESH_SHIFT | resolution << RESOLUTION_SHIFT


def set_control(bus: WordBus, wanted: int) -> None:
    """Write and read back. Raises SourceError where the sensor did not take it."""
    bus.write(CONTROL, wanted)
    taken = bus.word(CONTROL)
    if taken != wanted:
        what = f"the sensor did not take its settings: control register 0x{taken:04X} instead of 0x{wanted:04X}"
        raise SourceError(what, where=bus.where, remedy="Check its wires and its supply of 3.3 V.")
