"""Air changes per hour as a sensor of the gate: gathers CO2, and tells a value, or why there is none."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from edge.config.sensors import AirChangeSensor
from edge.policy.air_changes import WINDOWS_S, AirChanges, NotMeasured, Outdoor, Sample, air_changes
from edge.sensors.reading import Reading, Trouble

TOGETHER_S: Final = 30.0
"""Readings of so many seconds become one sample: less noise, and few enough numbers for a small machine."""
AGAIN_S: Final = 300.0
"""That there is no value is told anew after so long."""
VALUE: Final = "air_changes"
OFF: Final = "air_changes_off"
TROUBLES: Final = {
    NotMeasured.NO_DECAY: Trouble.NO_DECAY,
    NotMeasured.AT_OUTDOOR: Trouble.AT_OUTDOOR,
    NotMeasured.UNSTEADY: Trouble.UNSTEADY,
}


@dataclass(frozen=True, slots=True)
class Named:
    """A `Sensor` of the settings."""

    told: AirChangeSensor
    quantities: tuple[str, ...] = (VALUE, OFF)


class AirChangesOf:
    """A `Derived`. A value stands for `told.fresh_s`; only then it is said that, and why, nothing could be measured."""

    def __init__(self, told: AirChangeSensor) -> None:
        self._told = told
        self._samples: deque[Sample] = deque()
        self._together: list[Sample] = []
        self._silent: Trouble | None = Trouble.NOT_MEASURED
        self._outdoor_ppm: float | None = None if told.outdoor is not None else told.outdoor_ppm
        self._looked_s = float("-inf")
        self._measured_s = float("-inf")
        self._said: tuple[Trouble, float] | None = None

    @property
    def sensors(self) -> Sequence[Named]:
        return (Named(self._told),)

    def take(self, readings: Iterable[Reading], now_s: float) -> list[Reading]:
        """One value with its uncertainty, or a trouble for both; most often nothing new."""
        for one in readings:
            if one.quantity == "co2_ppm":
                self._hear(one)
        if now_s - self._looked_s < self._told.every_s:
            return []
        self._looked_s = now_s
        return self._say(self._measure(now_s), now_s)

    def _hear(self, one: Reading) -> None:
        if one.sensor == self._told.outdoor:
            self._outdoor_ppm = one.value
        if one.sensor != self._told.of:
            return
        self._silent = one.trouble
        if one.value is None:
            return
        if self._together and one.taken_s - self._together[0].at_s >= TOGETHER_S:
            self._samples.append(_mean(self._together))
            self._together = []
        self._together.append(Sample(one.taken_s, one.value))

    def _measure(self, now_s: float) -> AirChanges | Trouble:
        while self._samples and now_s - self._samples[0].at_s > WINDOWS_S[-1]:
            self._samples.popleft()
        if self._silent is not None:
            return self._silent
        if self._outdoor_ppm is None:
            return Trouble.NO_OUTDOOR
        found = air_changes(self._samples, Outdoor(self._outdoor_ppm, self._told.outdoor_off_ppm))
        return found if isinstance(found, AirChanges) else TROUBLES[found]

    def _say(self, found: AirChanges | Trouble, now_s: float) -> list[Reading]:
        if isinstance(found, AirChanges):
            self._measured_s, self._said = now_s, None
            return [self._reading(VALUE, found.value_h, now_s), self._reading(OFF, found.off_h, now_s)]
        if now_s - self._measured_s < self._told.fresh_s - self._told.every_s:
            return []  # how it was measured last still counts
        if self._said is not None and self._said[0] is found and now_s - self._said[1] < AGAIN_S:
            return []
        self._said = found, now_s
        return [self._reading(VALUE, found, now_s), self._reading(OFF, found, now_s)]

    def _reading(self, quantity: str, said: float | Trouble, now_s: float) -> Reading:
        return Reading.of(self._told.name, quantity, said, now_s)


def _mean(samples: Sequence[Sample]) -> Sample:
    number = len(samples)
    return Sample(sum(one.at_s for one in samples) / number, sum(one.ppm for one in samples) / number)
