"""What a Lepton must be and be set to before its counts are temperatures: asked, set, and read back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from edge.errors import SourceError
from edge.vision.thermal.lepton import commands
from edge.vision.thermal.lepton.commands import Command, number_of, text_of, words_for
from edge.vision.thermal.lepton.models import MODELS, Model, model_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from edge.vision.thermal.lepton.cci import CommandInterface

TEMPERATURES: Final = (
    (Command.AGC_ENABLE_STATE, commands.OFF),
    (Command.SYS_GAIN_MODE, commands.HIGH_GAIN),
    (Command.RAD_ENABLE_STATE, commands.ON),
    (Command.RAD_TLINEAR_ENABLE_STATE, commands.ON),
    (Command.RAD_TLINEAR_AUTO_RESOLUTION, commands.OFF),
    (Command.RAD_TLINEAR_RESOLUTION, commands.FINE),
)
"""Pixels in centikelvin, one gain, and no change of the resolution by itself."""
VIDEO: Final = (
    (Command.OEM_VIDEO_OUTPUT_FORMAT, commands.RAW14),
    (Command.SYS_TELEMETRY_LOCATION, commands.FOOTER),
    (Command.SYS_TELEMETRY_ENABLE_STATE, commands.ON),
)
"""Packets of 164 bytes, telemetry after the picture. Behind USB the board's own firmware decides on these."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the camera says it is."""

    model: Model
    part_number: str
    serial: int


def identify(cci: CommandInterface, rows: int, cols: int) -> Identity:
    """Ask the camera. Raises SourceError where it is not what the settings need."""
    part_number = part_number_of(cci)
    model = model_of(part_number, rows, cols, cci.where)
    return Identity(model, part_number, number_of(cci.get(Command.SYS_FLIR_SERIAL_NUMBER)))


def part_number_of(cci: CommandInterface) -> str:
    """The two characters of a word stand in the order of the SDK's memory; a host that swaps them is understood too."""
    words = cci.get(Command.OEM_PART_NUMBER)
    swapped = tuple(word >> 8 | (word & 0xFF) << 8 for word in words)
    texts = [text_of(words), text_of(swapped)]
    return next((text for text in texts if any(text.startswith(start) for start in MODELS)), texts[0])


def settle(cci: CommandInterface, wanted: Sequence[tuple[Command, int]]) -> None:
    """Give every attribute its value. Raises SourceError, naming it, where the camera keeps another one."""
    for command, value in wanted:
        if number_of(cci.get(command)) == value:
            continue
        cci.set(command, words_for(value, commands.words_of(command)))
        kept = number_of(cci.get(command))
        if kept != value:
            what = f"{command.name} was set to {value} and stays {kept}"
            raise SourceError(what, where=cci.where, remedy="Switch the camera's supply off and on.")


def shut_by_itself(cci: CommandInterface) -> None:
    """Let the camera run its FFC when it finds that it needs one (by time or temperature), as it does when new."""
    mode = cci.get(Command.SYS_FFC_SHUTTER_MODE)
    if number_of(mode[:2]) != commands.AUTO_FFC:
        cci.set(Command.SYS_FFC_SHUTTER_MODE, (*words_for(commands.AUTO_FFC, 2), *mode[2:]))
