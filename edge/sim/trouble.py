"""What goes wrong with a camera, done to a simulated one: it is unplugged, hangs, falls silent, freezes, or shows nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np

from edge.errors import SourceError
from edge.vision.colour.source import ColourSource, Shot
from edge.vision.thermal.source import RawThermal, ThermalSource

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LOOK_S: Final = 0.05


class Trouble(StrEnum):
    NONE = "none"
    MISSING = "missing"  # unplugged: it can neither be read nor opened
    HANGING = "hanging"  # a read that does not come back
    SILENT = "silent"  # reads come back without a picture
    FROZEN = "frozen"  # the same picture again and again
    BLACK = "black"  # colour: all dark; thermal: no valid pixel, which becomes NaN
    COVERED = "covered"  # thermal only: somebody hangs a coat over the reference body


class TroubledColour:
    """A colour camera to which things are done while it runs."""

    def __init__(self, camera: ColourSource, look: Callable[[], Trouble], rest: Callable[[float], None] = time.sleep) -> None:
        """`look` says what is wrong now; `rest` waits so many seconds inside a read that hangs."""
        self._camera, self._looks = camera, _Looks(look, rest)
        self.replay = camera.replay
        self._kept: Shot | None = None

    def read(self) -> Shot | None:
        trouble = self._looks.before_a_read()
        shot = self._camera.read()
        if shot is None or trouble is Trouble.SILENT:
            return None
        if trouble is Trouble.BLACK:
            return replace(shot, pixels=np.zeros_like(shot.pixels))
        if trouble is Trouble.FROZEN and self._kept is not None:
            return replace(shot, pixels=self._kept.pixels)
        self._kept = shot
        return shot

    def close(self) -> None:
        self._camera.close()


class TroubledThermal:
    """A thermal camera to which things are done while it runs."""

    def __init__(
        self,
        camera: ThermalSource,
        body: NDArray[np.bool_],
        look: Callable[[], Trouble],
        rest: Callable[[float], None] = time.sleep,
    ) -> None:
        """`body`: (rows, cols), where its picture shows reference bodies. `look`, `rest`: as for the colour camera."""
        self._camera, self._body, self._looks = camera, body, _Looks(look, rest)
        self.replay = camera.replay
        self._kept: RawThermal | None = None

    def read(self) -> RawThermal | None:
        trouble = self._looks.before_a_read()
        shot = self._camera.read()
        if shot is None or trouble is Trouble.SILENT:
            return None
        if trouble is Trouble.BLACK:
            return replace(shot, counts=np.zeros_like(shot.counts))
        if trouble is Trouble.COVERED:
            return replace(shot, counts=np.where(self._body, np.median(shot.counts), shot.counts).astype(np.uint16))
        if trouble is Trouble.FROZEN and self._kept is not None:
            return replace(shot, counts=self._kept.counts)
        self._kept = shot
        return shot

    def close(self) -> None:
        self._camera.close()


class _Looks:
    def __init__(self, look: Callable[[], Trouble], rest: Callable[[float], None]) -> None:
        self._look, self._rest = look, rest

    def before_a_read(self) -> Trouble:
        """What is wrong, once a read would come back. Raises SourceError for a camera that is unplugged."""
        while (trouble := self._look()) is Trouble.HANGING:
            self._rest(_LOOK_S)
        if trouble is Trouble.MISSING:
            raise SourceError("the simulated camera is unplugged", where="simulation", remedy="Plug it in again.")
        return trouble
