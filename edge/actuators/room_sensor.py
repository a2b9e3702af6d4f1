"""Door, motion and people detection of a room under UV-C or ozone. Whatever cannot be believed is told as lost."""

from __future__ import annotations

from typing import Protocol

from edge.actuators.gpio import contact
from edge.policy.room_facts import Seen


class Sensor(Protocol):
    """Ask `look` every round. Lines are asked for when it is made; BarrierError where one cannot be had."""

    def look(self, now_s: float) -> Seen:
        """What it says at `now_s`, monotonic seconds."""

    def close(self) -> None:
        """Give the lines back."""


class ContactSensor:
    """Closed while nobody is there; `second_line`, where there is one, is its other contact, open meanwhile."""

    def __init__(self, line: int, second_line: int | None, key: str) -> None:
        self._first = contact(line, f"{key}.line")
        self._second = None if second_line is None else contact(second_line, f"{key}.second_line")

    def look(self, now_s: float) -> Seen:
        del now_s
        closed = self._first.is_active
        if self._second is not None and self._second.is_active == closed:
            return Seen.LOST
        return Seen.NOBODY if closed else Seen.SOMEBODY

    def close(self) -> None:
        self._first.close()
        if self._second is not None:
            self._second.close()


class BeatingSensor:
    """Opens and closes all the time while nobody is there. `beat_s` without a change is somebody (open) or a lost sensor."""

    def __init__(self, line: int, beat_s: float, key: str) -> None:
        self._contact, self._beat_s = contact(line, f"{key}.line"), beat_s
        self._closed: bool | None = None
        self._since_s = 0.0
        self._beats = False

    def look(self, now_s: float) -> Seen:
        closed = self._contact.is_active
        if closed != self._closed:
            self._beats, self._closed, self._since_s = self._closed is not None, closed, now_s
        if now_s - self._since_s <= self._beat_s:
            return Seen.NOBODY if self._beats else Seen.LOST  # not heard yet
        return Seen.LOST if closed else Seen.SOMEBODY

    def close(self) -> None:
        self._contact.close()
