"""Whether a camera that opens is the one that was calibrated, by its own number."""

from __future__ import annotations

import logging
from contextlib import closing
from typing import TYPE_CHECKING, Protocol, TypeVar

from edge.errors import SourceError
from edge.vision.serial_number import serial_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from edge.config import GateConfig
    from edge.config.calibration import CameraIdentity

log = logging.getLogger(__name__)


class _Closes(Protocol):
    def close(self) -> None: ...


S = TypeVar("S", bound=_Closes)


def calibrated_cameras(config: GateConfig) -> tuple[CameraIdentity | None, CameraIdentity | None]:
    """The colour and the thermal camera that were calibrated; None where nothing was."""
    made = None if config.registration is None else config.registration.calibrated
    return (None, None) if made is None else (made.colour, made.thermal)


def same_camera(open_source: Callable[[], S], kind: str, was: CameraIdentity | None) -> Callable[[], S]:
    """Opens the source, and raises SourceError where the camera tells another number than the calibrated one did.

    A number that is not known, now or then, proves nothing: it is said in the log, and the camera is used.
    """

    def opened() -> S:
        source = open_source()
        now = serial_of(source)
        if was is None:
            return source
        if was.serial is None or now is None:
            log.info("the %s camera: serial number %s now, %s when calibrated", kind, now or "unknown", was.serial or "unknown")
            return source
        if now == was.serial:
            return source
        source.close()
        raise SourceError(
            f"this camera has the serial number {now}; the one that was calibrated has {was.serial}",
            where=f"the {kind} camera",
            remedy="Put that camera back, or run `menshen-edge calibrate` again.",
        )

    return opened


def serial_numbers(open_colour: Callable[[], _Closes], open_thermal: Callable[[], _Closes]) -> tuple[str | None, str | None]:
    """Opens both cameras for a moment. Raises SourceError."""
    numbers = []
    for open_source in (open_colour, open_thermal):
        with closing(open_source()) as source:
            numbers.append(serial_of(source))
    return numbers[0], numbers[1]
