"""What of the air and of its sensors a person must act on: one alarm a condition, whatever the number of sensors."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Final, Literal

from contract.messages import AlertData, AlertKind
from contract.topics import Kind
from edge.clock import Clock
from edge.config.air import AirLimit, AirLimits
from edge.config.quantities import QUANTITIES
from edge.config.sensors import Told
from edge.policy.air import Condition, Limit, judged
from edge.records import RecordRing
from edge.sensors.reading import Reading

log = logging.getLogger("menshen.sensors")

KINDS: Final = {"co2_ppm": AlertKind.CO2, "ozone_ppm": AlertKind.OZONE, "chlorine_mg_m3": AlertKind.CHLORINE}
_LONGEST: Final = 200
"""Of the words of an alarm."""
Key = tuple[str, str]


class Alarms:
    """Call `round` about once a second with how every sensor is now.

    What an earlier process told of is not known here: so each condition is told once when it is known first, raised or returned.
    """

    def __init__(self, limits: AirLimits, told: Mapping[str, Told], records: RecordRing, clock: Clock) -> None:
        self._limits, self._told, self._records, self._clock = limits, told, records, clock
        self._conditions: dict[Key, Condition] = {}
        self._known_s: dict[Key, float] = {}
        self._raised: dict[AlertKind, bool] = {}

    def round(self, readings: Iterable[Reading], now_s: float) -> None:
        now = {(one.sensor, one.quantity): one for one in readings}
        for quantity, kind in KINDS.items():
            self._judge(quantity, kind, [one for one in now.values() if one.quantity == quantity], now_s)
        self._miss(now, now_s)

    def _judge(self, quantity: str, kind: AlertKind, readings: list[Reading], now_s: float) -> None:
        limit: AirLimit = getattr(self._limits, quantity)
        if not limit.watched:
            return
        for one in readings:
            before = self._conditions.get((one.sensor, quantity), Condition())
            after = judged(before, one.value, Limit(limit.raise_at, limit.clear_at, limit.for_s), now_s)
            self._conditions[one.sensor, quantity] = after
        known = [self._conditions[one.sensor, quantity].bad for one in readings]
        if any(known):
            bad = [one for one in readings if self._conditions[one.sensor, quantity].bad]
            unit = QUANTITIES[quantity].unit
            words = ", ".join(f"{self._place(one.sensor)} {_value(one, unit)}" for one in bad)
            self._tell(kind, f"{words}; the limit is {limit.raise_at:g} {unit}", now_s, bad=True)
        elif False in known:
            self._tell(kind, f"below {limit.clear_at:g} {QUANTITIES[quantity].unit} again", now_s, bad=False)

    def _miss(self, now: Mapping[Key, Reading], now_s: float) -> None:
        """Sensors that have had no value for too long. One that was never heard counts from the first round."""
        for key, one in now.items():
            if one.value is not None or key not in self._known_s:
                self._known_s[key] = now_s
        gone = {one.sensor: one.trouble for key, one in now.items() if now_s - self._known_s[key] >= self._limits.lost_s}
        if gone:
            words = ", ".join(f"{self._place(name)}: {trouble}" for name, trouble in gone.items())
            self._tell(AlertKind.FACILITY_SENSOR, words, now_s, bad=True)
        elif now and all(one.value is not None for one in now.values()):
            self._tell(AlertKind.FACILITY_SENSOR, "every sensor is heard again", now_s, bad=False)

    def _tell(self, kind: AlertKind, words: str, now_s: float, *, bad: bool) -> None:
        """Where it is something new. Where the ring has no room it is tried again in the next round."""
        if self._raised.get(kind) is bad:
            return
        state: Literal["raised", "returned"] = "raised" if bad else "returned"
        wall = self._clock.wall()
        data = AlertData(kind=kind, state=state, detail=words[:_LONGEST], raised=wall)
        if self._records.put(Kind.ALERT, data.model_dump_json().encode(), wall.timestamp(), now_s) is not None:
            log.log(logging.WARNING if bad else logging.INFO, "%s %s: %s", kind.value, state, words)
            self._raised[kind] = bad

    def _place(self, sensor: str) -> str:
        return self._told[sensor].place or sensor


def _value(one: Reading, unit: str) -> str:
    return "(not known now)" if one.value is None else f"{one.value:g} {unit}"
