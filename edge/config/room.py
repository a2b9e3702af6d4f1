"""A room that is disinfected by UV-C or ozone, and the wires of its interlock. What could hurt somebody is refused."""

from __future__ import annotations

from typing import Annotated, Final, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from contract.settings_file import Settings
from edge.config.barrier_lines import GpioLine

PLAIN_LEVEL: Final = (
    "a plain output stays as it is when the process dies, and would hold the lamp on. Put a retriggerable timer between line and "
    'relay (enable = "pulse"): docs/how-to/wire-a-uvc-room.md'
)


def _refuse_plain_level(enable: object) -> object:
    if enable in {"level", "gpio", "relay"}:
        raise ValueError(PLAIN_LEVEL)
    return enable


class RoomSensor(Settings):
    """Contacts of this machine's GPIO to ground, pulled up; several of one kind are wired in series.

    `line` is closed while nobody can be inside: an open contact and a broken wire are somebody. `second_line` is the sensor's
    other contact, open while `line` is closed: where both say the same the sensor is lost, which counts as somebody too.
    """

    line: GpioLine
    second_line: GpioLine | None = None


class PresenceSensor(Settings):
    """People detection of another device, such as a radar, by one contact to ground: closed while nobody is there.

    With `beat_s` the device opens and closes it all the time while nobody is there, at least once in so many seconds: a line that
    stays open is somebody, one that stays closed is lost (the device hangs, or the wire is shorted), which counts as somebody.
    """

    line: GpioLine
    beat_s: Annotated[float | None, Field(ge=0.1, le=0.6)] = None


class OzoneMeter(Settings):
    """A meter in a room under ozone: `sensor` is the name of a sensor of this gate that gives `ozone_ppm`.

    Nobody may go in before `clear_s` is over and the meter has said `low_ppm` or less twice, at least `apart_s` apart and
    nothing else in between. A reading older than `fresh_s` is none. The defaults are our choice: 0.05 ppm is half of what OSHA
    permits as a mean of 8 h.
    """

    sensor: str
    low_ppm: Annotated[float, Field(gt=0, le=0.1, allow_inf_nan=False)] = 0.05
    apart_s: Annotated[float, Field(ge=30, le=3600)] = 300.0
    fresh_s: Annotated[float, Field(ge=5, le=300)] = 60.0


class RoomConfig(Settings):
    """A room whose UV-C lamp or ozone generator this gate asks for. Hard-wired, door and motion cut the lamp's supply themselves.

    `enable_line` only asks, by a pulse train through a retriggerable timer in series with that interlock. `feedback_line` is a
    contact of the lamp's contactor, closed to ground while the lamp is off: a broken wire is a lamp that is on. `key_line` is
    closed while the key is turned to run, `reset_line` while the reset button is pressed. Sign and buzzer warn for `arming_s`
    before the lamp; it is on for `run_s`; the sign stays lit for `clear_s` after it, in which nobody may go in: for ozone that
    must be given, also where an `ozone_meter` has to say besides that little is left.
    """

    name: Annotated[str, Field(pattern=r"^[\w .-]{1,40}$")] = "room"
    agent: Literal["uvc", "ozone"]
    enable: Annotated[Literal["pulse"], BeforeValidator(_refuse_plain_level)] = "pulse"
    enable_line: GpioLine
    feedback_line: GpioLine
    key_line: GpioLine
    reset_line: GpioLine
    sign_line: GpioLine
    buzzer_line: GpioLine | None = None
    arming_s: Annotated[float, Field(ge=2, le=600)] = 30.0
    run_s: Annotated[float, Field(ge=1, le=14_400)] = 900.0
    clear_s: Annotated[float, Field(ge=0, le=86_400)] = 0.0
    door: RoomSensor
    motion: RoomSensor
    presence: PresenceSensor | None = None
    ozone_meter: OzoneMeter | None = None

    @model_validator(mode="after")
    def _gas_needs_time(self) -> Self:
        if self.agent != "ozone" and self.ozone_meter is not None:
            raise ValueError('ozone_meter measures what agent = "uvc" does not make. Take it out, or set agent = "ozone"')
        if self.agent == "ozone" and self.clear_s == 0.0:
            raise ValueError("ozone stays in the room when its generator is off. Give room.clear_s")
        return self
