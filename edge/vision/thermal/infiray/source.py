"""An InfiRay P2 Pro or Topdon TC001 on USB. When it closes its shutter is seen in its pictures: it does not say so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from edge.errors import SourceError
from edge.vision.serial_number import usb_serial
from edge.vision.thermal.infiray.capture import YuyvCapture
from edge.vision.thermal.infiray.complaints import complaint, torn
from edge.vision.thermal.infiray.frame import COLS, FRAME_BYTES, FRAME_ROWS, counts_of, sixty_fourths_of
from edge.vision.thermal.lepton.newest import Newest
from edge.vision.thermal.lepton.uvc_nodes import UsbCamera, picture_node, refuse_another
from edge.vision.thermal.shutter_watch import ShutterWatch, Sight
from edge.vision.thermal.source import RawThermal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from edge.clock import Clock
    from edge.config.sources import InfirayThermal
    from edge.vision.thermal.arrivals import Arrivals
    from edge.vision.thermal.lepton.newest import Arrival

INFIRAY: Final = UsbCamera("0bda", "5830", "InfiRay P2 Pro or Topdon TC001")
WAIT_S: Final = 0.1
SHUTTER_S: Final = 4.0
"""The last picture stands for a closed shutter for so long at most."""
SILENT_S: Final = 6.0
MOST_BAD: Final = 25
"""Pictures without temperatures in a row, a second of them, before the camera is refused."""
_REMEDY: Final = "Plug the camera out and in, without a hub; where this stays, it is no P2 Pro or TC001."


class InfiraySource:
    """Opened by making it. Raises SourceError with place and remedy.

    Attributes:
        left_out: pictures so far that held no temperatures, or were mixed of both halves.
    """

    replay = False

    def __init__(self, config: InfirayThermal, clock: Clock, arrivals: Arrivals, where: str, serial: str | None = None) -> None:
        self.left_out, self.serial = 0, serial
        self._config, self._clock, self._arrivals, self._where = config, clock, arrivals, where
        self._arrived_s = clock.monotonic_s()
        self._watch = ShutterWatch(self._arrived_s)
        self._skipped = arrivals.skipped
        self._bad = 0
        self._picture: RawThermal | None = None

    def read(self) -> RawThermal | None:
        """The next picture; None where none came within WAIT_S. Raises SourceError."""
        arrival = self._arrivals.take(WAIT_S)
        if arrival is not None:
            return self._of(arrival)
        if self._arrivals.gone:
            raise SourceError("the camera stopped giving pictures", where=self._where, remedy="Check the cable. " + _REMEDY)
        self._refuse_silence()
        return None

    def close(self) -> None:
        self._arrivals.close()

    def _of(self, arrival: Arrival) -> RawThermal | None:
        missed, self._skipped = self._arrivals.skipped > self._skipped, self._arrivals.skipped
        counts = self._counts(arrival.data)
        if counts is None:
            return None
        match self._watch.see(counts, arrival.at_s, missed=missed):
            case Sight.NEW:
                self._arrived_s = arrival.at_s
                taken_s = arrival.at_s - self._config.latency_s
                self._picture = RawThermal(counts, taken_s, self._watch.age_s(arrival.at_s))
                return self._picture
            case Sight.REPEATED:
                return None
            case Sight.SHUT:
                self._refuse_silence()
                return self._standing(arrival.at_s)

    def _counts(self, data: bytes) -> NDArray[np.uint16] | None:
        """None where it holds no temperatures. Raises SourceError where that stays, or the size is another."""
        if len(data) != FRAME_BYTES:
            what = f"pictures have {len(data)} bytes, which is no YUYV of {COLS}x{FRAME_ROWS}"
            raise SourceError(what, where=self._where, remedy=_REMEDY)
        words = sixty_fourths_of(data)
        counts = counts_of(words)
        wrong = complaint(words) or ("the halves of its pictures are mixed" if torn(counts) else None)
        if wrong is None:
            self._bad = 0
            return counts
        self.left_out += 1
        self._bad += 1
        if self._bad >= MOST_BAD:
            raise SourceError(wrong, where=self._where, remedy=_REMEDY)
        return None

    def _standing(self, now_s: float) -> RawThermal | None:
        """The last picture, while the shutter is closed: whoever looks is told to wait."""
        if self._picture is None or now_s - self._arrived_s > SHUTTER_S:
            return None
        return replace(self._picture, taken_s=now_s - self._config.latency_s, ffc_age_s=0.0)

    def _refuse_silence(self) -> None:
        if self._clock.monotonic_s() - self._arrived_s > SILENT_S:
            what = (
                f"no new picture for {SILENT_S:.0f} s: the camera is silent, shows one and the same, or nothing but its shutter"
            )
            raise SourceError(what, where=self._where, remedy="Take the cap off. " + _REMEDY)


def open_infiray(config: InfirayThermal, clock: Clock) -> InfiraySource:
    """The camera of the settings, by its USB numbers and the size of its pictures. Raises SourceError."""
    node = picture_node(config.device, camera=INFIRAY)
    refuse_another(node, INFIRAY)
    return InfiraySource(config, clock, Newest(YuyvCapture(node), clock), node, usb_serial(node))
