"""The other wires around the arm: what is read, and what tells people nearby."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from contract.settings_file import Settings
from edge.config.barrier_lines import GpioLine


class InputsConfig(Settings):
    """Contacts of this machine's GPIO, each to ground, pulled up.

    `fire_line` is closed while there is no fire: an open contact and a broken wire are fire. The same contact must cut the drive
    in hardware; here it is only read. `passage_line` closes for every person who goes in, for at least 0.1 s; two closings less
    than `passage_gap_s` apart are one person (a swinging arm).
    """

    fire_line: GpioLine | None = None
    passage_line: GpioLine | None = None
    passage_gap_s: Annotated[float, Field(ge=0.05, le=2)] = 0.2


class SignalsConfig(Settings):
    """Lamp and buzzer beside the gate. They may be plain outputs.

    The lamp blinks while somebody is wanted there (a guard was called, `tailgating`, `unregistered_entry`, `fire`, `barrier`, an
    alarm of the room) and is lit while nobody can be measured. The buzzer sounds when somebody slipped through, and when a guard
    is wanted and the network is down.
    """

    lamp_line: GpioLine | None = None
    buzzer_line: GpioLine | None = None
