"""The commands of the Lepton's command and control interface (CCI) that are used here.

Numbers and names are those of the Lepton software interface description and of FLIR's public SDK (LEPTON_AGC.h, _OEM.h, _RAD.h,
_SYS.h). The lowest two bits say what to do: get, set or run. OEM and RAD have the protection bit 0x4000.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

GET, SET, RUN = 0, 1, 2
_LOW, _WIDE = 0xFFFF, 16


class Command(IntEnum):
    """Without the two lowest bits."""

    AGC_ENABLE_STATE = 0x0100
    SYS_FLIR_SERIAL_NUMBER = 0x0208
    SYS_TELEMETRY_ENABLE_STATE = 0x0218
    SYS_TELEMETRY_LOCATION = 0x021C
    SYS_FFC_SHUTTER_MODE = 0x023C
    SYS_RUN_FFC = 0x0240
    SYS_GAIN_MODE = 0x0248
    OEM_PART_NUMBER = 0x481C
    OEM_VIDEO_OUTPUT_FORMAT = 0x4828
    OEM_REBOOT = 0x4840
    RAD_ENABLE_STATE = 0x4E10
    RAD_TLINEAR_ENABLE_STATE = 0x4EC0
    RAD_TLINEAR_RESOLUTION = 0x4EC4
    RAD_TLINEAR_AUTO_RESOLUTION = 0x4EC8


WORDS: Final[dict[Command, int]] = {
    Command.SYS_FLIR_SERIAL_NUMBER: 4,
    Command.SYS_FFC_SHUTTER_MODE: 16,
    Command.SYS_RUN_FFC: 0,
    Command.OEM_PART_NUMBER: 16,
    Command.OEM_REBOOT: 0,
}
"""16-bit words of each attribute; 2, an enumeration of 32 bits, where nothing is said."""

OFF, ON = 0, 1
RAW14: Final = 7
FOOTER: Final = 1
HIGH_GAIN: Final = 0
FINE: Final = 1
"""TLinear at 0.01 K a count; 0 is 0.1 K."""
AUTO_FFC: Final = 1


def words_of(command: Command) -> int:
    return WORDS.get(command, 2)


def number_of(words: tuple[int, ...]) -> int:
    """Of an attribute, the low word first."""
    return sum(word << _WIDE * place for place, word in enumerate(words))


def words_for(number: int, count: int) -> tuple[int, ...]:
    """The reverse of `number_of`."""
    return tuple(number >> _WIDE * place & _LOW for place in range(count))


def text_of(words: tuple[int, ...]) -> str:
    """An attribute that is text: two characters in a word, the first in the low byte; ends at the first zero."""
    raw = b"".join(word.to_bytes(2, "little") for word in words)
    return raw.partition(b"\0")[0].decode("ascii", errors="replace").strip()
