"""A folder of pictures before the camera, one after the other, as if each stood there alive for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2

from edge.errors import SourceError
from edge.vision.colour.fit import fitted
from edge.vision.colour.source import Shot
from edge.vision.colour.tremble import Tremble
from edge.vision.pace import Pace

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from edge.clock import Clock
    from edge.config.sources import FolderColour

SUFFIXES: Final = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff", ".ppm", ".pgm"})


class PictureFolder:
    """Pictures in the order of their names, each for `hold_s`, for ever. Raises SourceError when made, where there are none."""

    replay = True

    def __init__(self, config: FolderColour, clock: Clock) -> None:
        self._config = config
        self._clock = clock
        self._files = pictures_in(config.path)
        self._tremble = Tremble(config.width, config.height, seed=1)
        self._pace = Pace(clock, 1.0 / config.fps)
        self._shown: tuple[int, NDArray[np.uint8]] = (0, self._loaded(0))

    def read(self) -> Shot:
        """The next frame when it is due. Raises SourceError when a file is gone or broken."""
        step = self._pace.wait()
        index = int(step / self._config.fps / self._config.hold_s) % len(self._files)
        if index != self._shown[0]:
            self._shown = (index, self._loaded(index))
        now_s = self._clock.monotonic_s()
        return Shot(self._tremble.taken(self._shown[1], now_s), now_s - self._config.latency_s)

    def close(self) -> None:
        """Nothing is held open."""

    def _loaded(self, index: int) -> NDArray[np.uint8]:
        return fitted(load_picture(self._files[index]), self._config.width, self._config.height)


def pictures_in(folder: Path) -> list[Path]:
    """The picture files of a folder by name. Raises SourceError where there is no folder or no picture in it."""
    if not folder.is_dir():
        raise SourceError("there is no such folder", where=str(folder), remedy="Check colour.path.")
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES)
    if not files:
        remedy = f"Put pictures there ({', '.join(sorted(SUFFIXES))})."
        raise SourceError("the folder holds no pictures", where=str(folder), remedy=remedy)
    for file in files:  # by its first bytes only, so that a thousand pictures are looked at in an instant
        if not cv2.haveImageReader(str(file)):
            raise _undecodable(file)
    return files


def load_picture(file: Path) -> NDArray[np.uint8]:
    """(rows, columns, 3) uint8 BGR. Raises SourceError naming the file."""
    picture = cv2.imread(str(file), cv2.IMREAD_COLOR) if file.is_file() else None
    if picture is None:
        raise _undecodable(file)
    return picture  # type: ignore[return-value]


def _undecodable(file: Path) -> SourceError:
    return SourceError("the picture cannot be decoded", where=str(file), remedy="Repair it or take it out.")
