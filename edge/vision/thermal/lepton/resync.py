"""When to let the bus rest and when to restart the camera: decided from what the reads held, with an end."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from edge.vision.thermal.lepton.packets import Packets

REST_S: Final = 0.2
"""Chip select high and clock idle for 185 ms or more makes the camera start anew with a packet 0 (Lepton data sheet, VoSPI)."""
OUT_OF_STEP: Final = 8
"""Bad packets in one read, and not one good, that mean that the bytes are shifted: no more reading will help."""
PATIENCE: Final = 4000
"""Packets without a whole frame before a rest: 0.26 s at 20 MHz, two new frames of a Lepton 3 (1738 packets each)."""
RESTS: Final = 8
"""Rests before a restart: longer than a shutter event, in which no frame comes for 2.05 s (measured)."""
REBOOTS: Final = 2


class Advice(Enum):
    """What whoever reads the bus does next."""

    KEEP_READING = "keep reading"
    REST = "rest"  # chip select up for REST_S, then read on
    REBOOT = "reboot"  # restart the camera over its command interface
    GIVE_UP = "give up"  # it is gone: somebody has to look at it


class Resync:
    """Counts what came since the last whole frame. Every way through ends: after at most `longest()` packets it says GIVE_UP.

    A damaged packet alone is no reason to rest. The data sheet recommends one after a wrong checksum, for the stream may be
    shifted; but then every packet that follows is bad, which is seen within a read, and a rest costs two frames.
    """

    def __init__(self) -> None:
        self._packets = self._rests = self._reboots = 0

    def after(self, read: Packets, frames: int) -> Advice:
        """What to do after a read that held these packets and completed so many frames."""
        if frames:
            self._packets = self._rests = self._reboots = 0
            return Advice.KEEP_READING
        self._packets += len(read) + read.bad + read.discarded
        out_of_step = read.bad >= OUT_OF_STEP and len(read) == 0
        if self._packets < PATIENCE and not out_of_step:
            return Advice.KEEP_READING
        self._packets = 0
        return self._next_step()

    def _next_step(self) -> Advice:
        if self._rests < RESTS:
            self._rests += 1
            return Advice.REST
        self._rests = 0
        if self._reboots < REBOOTS:
            self._reboots += 1
            return Advice.REBOOT
        self._reboots = 0
        return Advice.GIVE_UP


def longest(read_packets: int) -> int:
    """Packets to GIVE_UP at most, when each read has `read_packets`."""
    return (PATIENCE + read_packets) * (RESTS + 1) * (REBOOTS + 1)
