"""The bare limit: the network's own run at 416x320, nothing around it, in the same moment as what it is compared with."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from edge.vision.letterbox import Letterbox
from edge.vision.model_file import open_model

WIDTH_PX, HEIGHT_PX = 416, 320


class BareNetwork:
    """The shipped network with one picture in its tensor, ready to run again and again."""

    def __init__(self, picture: NDArray[np.uint8]) -> None:
        self._network = open_model()
        self._letterbox = Letterbox(WIDTH_PX, HEIGHT_PX)
        self._letterbox.fit(picture)

    def run(self) -> None:
        self._network.run(self._letterbox.tensor)
