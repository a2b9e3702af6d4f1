"""What of the air and of its sensors a person must act on: one alarm a condition, whatever the number of sensors."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, Literal

from contract.messages.alert import AlertData, AlertKind
from contract.topics import Kind
from edge.clock import Clock
from edge.config.air import AirLimit, AirLimits, LeastLimit
from edge.config.quantities import QUANTITIES
from edge.config.sensors import Told
from edge.policy.air import Condition, Limit, judged
from edge.policy.ventilation import windows
from edge.records import RecordRing
from edge.sensors.listed import LONGEST, listed
from edge.sensors.place_dose import JUDGED, MEASURED
from edge.sensors.reading import Reading

log = logging.getLogger("menshen.sensors")

WATCHED: Final[dict[AlertKind, dict[str, str]]] = {
    AlertKind.CO2: {"co2_ppm": "co2_ppm"},
    AlertKind.OZONE: {"ozone_ppm": "ozone_ppm"},
    AlertKind.CHLORINE: {"chlorine_mg_m3": "chlorine_mg_m3"},
    AlertKind.TEMPERATURE: {"air_c_most": "air_c", "air_c_least": "air_c"},
    AlertKind.HUMIDITY: {"humidity_pct_most": "humidity_pct", "humidity_pct_least": "humidity_pct"},
    AlertKind.AIR_CHANGES: {"air_changes_least": "air_changes"},
}
"""The quantity by each limit of `sensors.limits`. All limits of a kind are one condition."""
RARE: Final = frozenset({"air_changes", "air_changes_off", "lamp_h", "lamp_starts", "lamp_pct", *MEASURED, *JUDGED})
"""These can be measured now and then only: without a value no sensor has failed."""
Key = tuple[str, str]
"""A sensor and a quantity, or a limit."""


class Alarms:
    """Call `round` about once a second with how every sensor is now.

    `window_places`: where each contact is that is a window, by its name. What an earlier process told of is not known here: so
    each condition is told once when it is known first, raised or returned.
    """

    def __init__(
        self,
        limits: AirLimits,
        told: Mapping[str, Told],
        records: RecordRing,
        clock: Clock,
        window_places: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._limits, self._told, self._records, self._clock = limits, told, records, clock
        self._window_places = window_places
        self._conditions: dict[Key, Condition] = {}
        self._known_s: dict[Key, float] = {}
        self._raised: dict[AlertKind, bool] = {}

    def round(self, readings: Iterable[Reading], now_s: float) -> None:
        now = {(one.sensor, one.quantity): one for one in readings}
        for kind, limits in WATCHED.items():
            self._judge(kind, limits, now, now_s)
        self._miss({key: one for key, one in now.items() if one.quantity not in RARE}, now_s)

    def _judge(self, kind: AlertKind, limits: Mapping[str, str], now: Mapping[Key, Reading], now_s: float) -> None:
        known, good = list[bool | None](), list[str]()
        bad: dict[str, list[str]] = {}
        for name, quantity in limits.items():
            told: AirLimit | LeastLimit = getattr(self._limits, name)
            if not told.watched:
                continue
            readings, limit = [one for one in now.values() if one.quantity == quantity], limit_of(told)
            for one in readings:
                self._conditions[one.sensor, name] = judged(
                    self._conditions.get((one.sensor, name), Condition()), one.value, limit, now_s
                )
            known += [self._conditions[one.sensor, name].bad for one in readings]
            unit = QUANTITIES[quantity].unit
            if over := [one for one in readings if self._conditions[one.sensor, name].bad]:
                bad[f"; the {_side(told)[0]} is {told.raise_at:g} {unit}"] = [self._words(one, unit, now) for one in over]
            good.append(f"{_side(told)[1]} {told.clear_at:g} {unit}")
        if any(known):
            room = (LONGEST - sum(map(len, bad)) - 2 * (len(bad) - 1)) // len(bad)
            self._tell(kind, "; ".join(listed(over, ", ", room) + limit for limit, over in bad.items()), now_s, bad=True)
        elif False in known:
            self._tell(kind, f"{' and '.join(good)} again", now_s, bad=False)

    def _words(self, one: Reading, unit: str, now: Mapping[Key, Reading]) -> str:
        """Where, how much, and of CO2 how the windows stand where there are contacts for that."""
        place = self._place(one.sensor)
        words = f"{place} {_value(one, unit)}"
        names = [name for name, where in self._window_places.items() if where == place]
        if one.quantity != "co2_ppm" or not names:
            return words
        contacts = [now.get((name, "contact")) for name in names]
        return f"{words} ({windows(None if one is None else one.value for one in contacts).value})"

    def _miss(self, now: Mapping[Key, Reading], now_s: float) -> None:
        """Sensors that have had no value for too long. One that was never heard counts from the first round."""
        for key, one in now.items():
            if one.value is not None or key not in self._known_s:
                self._known_s[key] = now_s
        gone = {one.sensor: one.trouble for key, one in now.items() if now_s - self._known_s[key] >= self._limits.lost_s}
        if gone:
            words = [f"{self._place(name)}: {trouble}" for name, trouble in gone.items()]
            self._tell(AlertKind.FACILITY_SENSOR, listed(words, ", "), now_s, bad=True)
        elif now and all(one.value is not None for one in now.values()):
            self._tell(AlertKind.FACILITY_SENSOR, "every sensor is heard again", now_s, bad=False)

    def _tell(self, kind: AlertKind, words: str, now_s: float, *, bad: bool) -> None:
        """Where it is something new. Where the ring has no room it is tried again in the next round."""
        if self._raised.get(kind) is bad:
            return
        state: Literal["raised", "returned"] = "raised" if bad else "returned"
        wall = self._clock.wall()
        data = AlertData(kind=kind, state=state, detail=words[:LONGEST], raised=wall)
        if self._records.put(Kind.ALERT, data.model_dump_json().encode(), wall.timestamp(), now_s) is not None:
            log.log(logging.WARNING if bad else logging.INFO, "%s %s: %s", kind.value, state, words)
            self._raised[kind] = bad

    def _place(self, sensor: str) -> str:
        return self._told[sensor].place or sensor


def _value(one: Reading, unit: str) -> str:
    return "(not known now)" if one.value is None else f"{one.value:g} {unit}"


def limit_of(told: AirLimit | LeastLimit) -> Limit:
    """As the decision has it."""
    return Limit(told.raise_at, told.clear_at, told.for_s)


def _side(told: AirLimit | LeastLimit) -> tuple[str, str]:
    """What its limit is called, and where it is good."""
    return ("limit", "below") if isinstance(told, AirLimit) else ("least", "above")
