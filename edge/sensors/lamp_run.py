"""The lamp of the room from run to run: its hours and starts, and how bright it is when it is warm."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from edge.config.uvc import IRRADIANCE, UvcLamp
from edge.policy.lamp import Lamp, Limits, Worn, worn
from edge.sensors.lamp_book import LampBook, Page
from edge.sensors.reading import Reading, Trouble

log = logging.getLogger("menshen.sensors")

SAVE_S: Final = 60.0
"""While the lamp is on its hours are kept so often: a crash costs at most so much of one run, and no start."""
FEWEST: Final = 3
"""Readings after the warm-up from which a mean is made."""


@dataclass(frozen=True, slots=True)
class NamedLamp:
    """A `Sensor` of the settings."""

    told: UvcLamp
    quantities: tuple[str, ...] = ("lamp_h", "lamp_starts", "lamp_pct")


class LampRun:
    """Told of each run by `UvcRoom`."""

    def __init__(self, told: UvcLamp, book: LampBook) -> None:
        self.sensor, self._told, self._book = NamedLamp(told), told, book
        self._limits = Limits(told.rated_h, told.least_pct / 100.0, told.new_uw_cm2, told.in_use_uw_cm2)
        self._warm: list[float] = []
        self._counted_s = self._kept_s = self._began_s = 0.0
        self._said_s = float("-inf")

    @property
    def lamp(self) -> Lamp:
        return self._book.page.lamp

    @property
    def worn(self) -> tuple[Worn, ...]:
        """Every reason to replace it."""
        return worn(self.lamp, self._limits)

    def begin(self, began_s: float, now_s: float, *, started: bool) -> None:
        """`started`: it was seen to go on now, and not found on by a process that has just started."""
        self._began_s, self._counted_s, self._kept_s, self._warm = began_s, began_s if started else now_s, now_s, []
        if started:
            self._keep(replace(self.lamp, starts=self.lamp.starts + 1))

    def hear(self, one: Reading) -> None:
        """A reading while it was on."""
        warm = one.taken_s - self._began_s >= self._told.warm_up_s
        if one.sensor == self._told.of and one.quantity == IRRADIANCE and one.value is not None and warm:
            self._warm.append(one.value)

    def burn(self, now_s: float) -> None:
        """It is on still."""
        if now_s - self._kept_s >= SAVE_S:
            self._count(now_s)

    def end(self, ended_s: float) -> None:
        """It is out."""
        self._count(ended_s)
        mean = sum(self._warm) / len(self._warm) if len(self._warm) >= FEWEST else None
        self._keep(self.lamp.after_run(mean))
        self._said_s = float("-inf")

    def close(self) -> None:
        self._book.close()

    def renew(self, note: Mapping[str, Any]) -> None:
        """Somebody says that a new lamp was put in; the same word counts once, also for the next process."""
        if note["put_in"] == self._book.page.put_in:
            return
        old = self.lamp
        self._book.keep(Page(Lamp(), note["put_in"]))
        self._said_s = float("-inf")
        log.warning(
            "%s: a new lamp was put in, as %s says; the old one had %.1f h and %d starts",
            *(self._told.name, note["by"], old.hours, old.starts),
        )

    def readings(self, now_s: float) -> Iterable[Reading]:
        """When they are due."""
        if now_s - self._said_s < self._told.every_s:
            return []
        self._said_s, lamp = now_s, self.lamp
        share = Trouble.NOT_MEASURED if lamp.share is None else 100.0 * lamp.share
        said: dict[str, float | Trouble] = {"lamp_h": lamp.hours, "lamp_starts": float(lamp.starts), "lamp_pct": share}
        return [Reading.of(self._told.name, quantity, value, now_s) for quantity, value in said.items()]

    def _count(self, now_s: float) -> None:
        lit_s = max(0.0, now_s - self._counted_s)
        self._counted_s = self._kept_s = now_s
        self._keep(replace(self.lamp, lit_s=self.lamp.lit_s + lit_s))

    def _keep(self, lamp: Lamp) -> None:
        self._book.keep(replace(self._book.page, lamp=lamp))
