"""What of a UV-C room's runs and lamp a person must act on."""

from __future__ import annotations

import logging
from typing import Literal

from contract.messages.alert import AlertData, AlertKind
from contract.topics import Kind
from edge.clock import Clock
from edge.policy.dose import Outcome
from edge.records import RecordRing
from edge.sensors.listed import LONGEST, listed
from edge.sensors.uvc_room import UvcRoom

log = logging.getLogger("menshen.sensors")


class UvcAlarms:
    """Call `round` about once a second.

    Of runs nothing is told before one is over: what an earlier process told stands until then.
    """

    def __init__(self, room: UvcRoom, records: RecordRing, clock: Clock) -> None:
        self._room, self._records, self._clock = room, records, clock
        self._raised: dict[AlertKind, bool] = {}

    def round(self, now_s: float) -> None:
        judged = [place for place in self._room.places if place.outcome is not None]
        if judged:
            bad = [place.words for place in judged if place.outcome is not Outcome.REACHED]
            self._tell(AlertKind.UVC_DOSE_SHORT, listed(bad, "; "), "the newest run gave enough at every place", now_s)
        if (lamp := self._room.lamp) is not None:
            why = "; ".join(lamp.worn)
            bright = "" if lamp.lamp.share is None else f", {100.0 * lamp.lamp.share:.0f} % of its first run"
            words = f"{lamp.sensor.told.name} ({lamp.lamp.hours:.1f} h{bright}): {why}" if why else ""
            self._tell(AlertKind.LAMP_AGED, words, f"{lamp.sensor.told.name} is good", now_s)

    def _tell(self, kind: AlertKind, bad: str, good: str, now_s: float) -> None:
        """Where it is something new. Where the ring has no room it is tried again in the next round."""
        if self._raised.get(kind) is bool(bad):
            return
        state: Literal["raised", "returned"] = "raised" if bad else "returned"
        wall, words = self._clock.wall(), bad or good
        data = AlertData(kind=kind, state=state, detail=words[:LONGEST], raised=wall)
        if self._records.put(Kind.ALERT, data.model_dump_json().encode(), wall.timestamp(), now_s) is not None:
            log.log(logging.WARNING if bad else logging.INFO, "%s %s: %s", kind.value, state, words)
            self._raised[kind] = bool(bad)
