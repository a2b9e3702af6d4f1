"""How every sensor is now: its newest reading, and none that is too old."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from edge.config.quantities import possible
from edge.config.sensors import Told
from edge.sensors.reading import Reading, Trouble
from edge.sensors.source import Sensor


@dataclass(frozen=True, slots=True)
class Now:
    """`said_s`: when it was last told that nothing is heard."""

    reading: Reading
    said_s: float


class Newest:
    """Feed `take`, ask `stale` every round. `believe` may take the value from a possible reading."""

    def __init__(self, sensors: Iterable[Sensor], began_s: float, believe: Callable[[Reading], Reading] | None = None) -> None:
        self._believe = believe
        self.told: dict[str, Told] = {}
        self._now: dict[tuple[str, str], Now] = {}
        for sensor in sensors:
            self.told[sensor.told.name] = sensor.told
            for quantity in sensor.quantities:
                first = Reading(sensor.told.name, quantity, None, Trouble.NOT_MEASURED, began_s)
                self._now[sensor.told.name, quantity] = Now(first, began_s)

    def take(self, readings: Iterable[Reading]) -> list[Reading]:
        """Those that are to be told: of sensors that were named, newer than what is known, and possible at all."""
        kept = []
        for one in readings:
            key = one.sensor, one.quantity
            before = self._now.get(key)
            if before is None or one.taken_s < before.reading.taken_s:
                continue
            judged = self._judged(one)
            self._now[key] = Now(judged, judged.taken_s)
            kept.append(judged)
        return kept

    def stale(self, now_s: float, why: Mapping[str, Trouble]) -> list[Reading]:
        """One for every sensor that has been silent for too long, again each time that long. `why`: of its source, by sensor."""
        found = []
        for key, now in self._now.items():
            fresh_s = self.told[key[0]].fresh_s
            if now_s - now.said_s <= fresh_s or now_s - now.reading.taken_s <= fresh_s:
                continue
            silent = Reading(*key, None, why.get(key[0], Trouble.STALE), now_s)
            # Its time stays that of the last word heard: the next late word of the device must not look old beside it.
            self._now[key] = Now(Reading(*key, None, silent.trouble, now.reading.taken_s), now_s)
            found.append(silent)
        return found

    def readings(self) -> list[Reading]:
        """The newest of every quantity of every sensor."""
        return [one.reading for one in self._now.values()]

    def board(self) -> list[dict[str, object]]:
        """As it stands on the board of this process, short: some ten thousand of them fit there."""
        return [
            {
                "sensor": one.reading.sensor,
                "place": self.told[one.reading.sensor].place,
                "quantity": one.reading.quantity,
                "value": None if one.reading.value is None else round(one.reading.value, 4),
                "trouble": one.reading.trouble,
            }
            for one in self._now.values()
        ]

    def _judged(self, one: Reading) -> Reading:
        """With no value that cannot be, lies outside what the settings say for this device, or is not to be believed."""
        possible_one = self._within(one)
        return possible_one if self._believe is None else self._believe(possible_one)

    def _within(self, one: Reading) -> Reading:
        if one.value is None:
            return one
        least, most = self.told[one.sensor].range.get(one.quantity, (float("-inf"), float("inf")))
        if possible(one.quantity, one.value) and least <= one.value <= most:
            return one
        return Reading(one.sensor, one.quantity, None, Trouble.OUT_OF_RANGE, one.taken_s)
