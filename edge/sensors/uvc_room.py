"""Each run of the room's lamp: what it gave at every place, and what it took of the lamp. A `Derived`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from edge.board import Board
from edge.sensors.lamp_run import LampRun
from edge.sensors.place_dose import PlaceDose
from edge.sensors.reading import Reading
from edge.sensors.room_light import Light
from edge.sensors.source import Sensor


class Looking(Protocol):
    """`edge.sensors.room_light.RoomLight`."""

    def look(self, now_s: float) -> Light: ...


@dataclass(slots=True)
class Run:
    """`seen_s`: when the lamp was last seen on. Later readings are of the dark."""

    began_s: float
    seen_s: float


class UvcRoom:
    """Looks at the lamp each round. A run begins when it is seen on, and is over when it is not any more."""

    def __init__(self, light: Looking, places: Sequence[PlaceDose], lamp: LampRun | None, told: Board | None) -> None:
        """`told`: the board on which somebody says that a new lamp was put in."""
        self._light, self.places, self.lamp, self._told = light, places, lamp, told
        self._run: Run | None = None
        self._looked_s: float | None = None

    @property
    def sensors(self) -> Sequence[Sensor]:
        return (*self.places, *([] if self.lamp is None else [self.lamp.sensor]))

    def take(self, readings: Iterable[Reading], now_s: float) -> list[Reading]:
        """The readings of a run that is just over, and those of the lamp when they are due."""
        light = self._light.look(now_s)
        if light.on:
            self._burn(light, now_s)
        for one in readings:
            self._hear(one)
        found = [] if light.on else self._end(now_s)
        self._looked_s = now_s
        return [*found, *self._of_lamp(now_s)]

    def close(self) -> None:
        """Keep what is known of the lamp."""
        if self.lamp is not None:
            self.lamp.close()

    def _burn(self, light: Light, now_s: float) -> None:
        if self._run is None:
            before_s = self._looked_s
            # The first look of a process: the run may be as old as the room's state is. Else it began since the look before.
            began_s = min(light.since_s, now_s) if before_s is None else min(max(light.since_s, before_s), now_s)
            self._run = Run(began_s, now_s)
            for place in self.places:
                place.begin(began_s)
            if self.lamp is not None:
                self.lamp.begin(began_s, now_s, started=before_s is not None)
        self._run.seen_s = now_s
        if self.lamp is not None:
            self.lamp.burn(now_s)

    def _hear(self, one: Reading) -> None:
        run = self._run
        if run is None or not run.began_s <= one.taken_s <= run.seen_s:
            return
        for place in self.places:
            place.hear(one)
        if self.lamp is not None:
            self.lamp.hear(one)

    def _end(self, now_s: float) -> list[Reading]:
        if self._run is None:
            return []
        self._run = None
        if self.lamp is not None:
            self.lamp.end(now_s)
        return [reading for place in self.places for reading in place.end(now_s, now_s)]

    def _of_lamp(self, now_s: float) -> list[Reading]:
        if self.lamp is None:
            return []
        if self._run is None and self._told is not None and (note := self._told.read()) is not None:
            self.lamp.renew(note)
        return list(self.lamp.readings(now_s))
