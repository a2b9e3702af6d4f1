"""Lamp and buzzer beside the gate: for whoever is near, and alone where the network is down.

lamp    pulsed   a person is wanted: a guard was called, somebody slipped through, fire, the drive does not answer, a room's alarm
        steady   nobody can be measured here now
buzzer  pulsed   somebody slipped through just now; a guard is wanted and the network cannot say so
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, Protocol

from contract.messages.alert import AlertKind
from edge.actuators.signal import Show
from edge.board import Board

LOOK_S: Final = 1.0
BUZZ_S: Final = 5.0
"""Somebody who slipped through is buzzed after for so long."""


class Signal(Protocol):
    def show(self, what: Show, now_s: float) -> None: ...


class Signals:
    """Call `round` every round. `lamp` and `buzzer` are None where there is none; `uplink` says whether the network is there.

    `room`: where the process that watches over a room says which alarms of it stand.
    """

    def __init__(self, lamp: Signal | None, buzzer: Signal | None, uplink: Board, room: Board | None = None) -> None:
        self._lamp, self._buzzer, self._uplink, self._room = lamp, buzzer, uplink, room
        self._room_wants = False
        self._look_s = self._slipped_s = float("-inf")
        self._slipped = self._connected = False

    def round(self, alarms: Collection[str], now_s: float, *, called: bool, faults: bool) -> None:
        """`alarms`: those of the entrance that stand; `called`: a guard is wanted; `faults`: nobody can be measured."""
        self._see(alarms, now_s)
        called = called or self._room_wants
        wanted = called or any(kind != AlertKind.OCCUPANCY for kind in alarms)  # heads are counted inside, not here
        if self._lamp is not None:
            self._lamp.show(Show.PULSED if wanted else Show.STEADY if faults else Show.OFF, now_s)
        if self._buzzer is not None:
            after = self._slipped and now_s - self._slipped_s < BUZZ_S
            self._buzzer.show(Show.PULSED if after or (called and not self._connected) else Show.OFF, now_s)

    def _see(self, alarms: Collection[str], now_s: float) -> None:
        slipped = any(kind in alarms for kind in (AlertKind.TAILGATING, AlertKind.UNREGISTERED_ENTRY))
        if slipped and not self._slipped:
            self._slipped_s = now_s
        self._slipped = slipped
        if now_s - self._look_s >= LOOK_S:
            self._look_s = now_s
            self._connected = bool((self._uplink.read() or {}).get("connected"))
            self._room_wants = self._room is not None and bool((self._room.read() or {}).get("alarms"))
