"""One world for every simulated camera: who stands where, how masked and how warm, as a pure function of time.

Processes that share the settings and the epoch see the same world, also after one of them was killed and started again.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import pi, sin
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from contract.verdicts import Mask
    from edge.sim.drawing import Placement

EFFECTS: Final = frozenset({"blur", "pattern", "lines", "noise", "filter", "drift"})
"""Of the thermal sensor, by default: all but stray light. Air is one of the way, and left out too."""

SHUT_S: Final = 2.05
"""How long a Lepton's shutter event takes (20 kiosk recordings)."""

_OFFSET_C: Final = -1.2
_STEP_C: Final = 0.36  # to either side: a shutter event moved real sensors by 0.72 to 0.76 degC


@dataclass(frozen=True, slots=True)
class Appearance:
    """What a drawn person looks like.

    Attributes:
        person: seed of the face.
        placement: how the mask sits; None without one.
    """

    person: int
    placement: Placement | None


@dataclass(frozen=True, slots=True)
class Actor:
    """One person at one moment.

    Attributes:
        box: x1, y1, x2, y2 of the face, hairline to chin, stage pixels; may reach outside the stage.
        mask: how the mask is really worn.
        core_c: true core temperature, degrees Celsius.
        skin_c: true temperature of the forehead's skin.
        appearance: how to draw the person; None for somebody on a photograph.
    """

    box: tuple[float, float, float, float]
    mask: Mask
    core_c: float
    skin_c: float
    appearance: Appearance | None


@dataclass(frozen=True, slots=True)
class Moment:
    """Everything there is at one time.

    Attributes:
        actors: the people, farthest first.
        photograph: the picture that stands before the camera instead of the hall; None for the hall.
    """

    actors: tuple[Actor, ...] = ()
    photograph: Path | None = None


@dataclass(frozen=True, slots=True)
class Shutter:
    """One shutter event: its number, and when it began, seconds since the epoch."""

    number: int
    start_s: float


class Scene(Protocol):
    """A play. `t_s` is seconds since the epoch."""

    def at(self, t_s: float) -> Moment:
        """Who is there."""

    def shutter(self, t_s: float) -> Shutter:
        """The thermal camera's newest shutter event; one far in the past where there was none."""


@dataclass(frozen=True, slots=True)
class World:
    """A scene and the weather of its thermal sensor.

    Attributes:
        scene: who is there.
        ambient_c: air and walls.
        noise_c: standard deviation of one thermal pixel.
        seed: of all that is by chance.
        effects: what the thermal sensor adds of its own; see `sensor_chain` for all but `drift`.
    """

    scene: Scene
    ambient_c: float
    noise_c: float
    seed: int
    effects: frozenset[str] = EFFECTS

    def at(self, t_s: float) -> Moment:
        return self.scene.at(t_s)

    def offset_c(self, t_s: float) -> float:
        """What the thermal sensor adds to every pixel: it wanders by up to 1 degC a minute and steps at a shutter event."""
        phase = float(self.seed % 628) / 100.0
        wander_c = 0.2 * sin(2 * pi * t_s / 83.0 + phase) + 0.06 * sin(2 * pi * t_s / 29.0)
        side = 1 if self.scene.shutter(t_s).number % 2 else -1
        return _OFFSET_C + wander_c + side * _STEP_C

    def shutting(self, t_s: float) -> bool:
        """Whether the thermal camera's shutter is closed: its picture stands still."""
        return 0.0 <= t_s - self.scene.shutter(t_s).start_s < SHUT_S

    def ffc_age_s(self, t_s: float) -> float:
        """Seconds since the newest shutter event ended; 0 while one runs."""
        return max(0.0, t_s - self.scene.shutter(t_s).start_s - SHUT_S)
