"""How long a whole pass takes, and how much of it is the network's own run."""

import time
from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.vision.detector import Detector
from edge.vision.network import Network

_ROUNDS = 60


class TimedNetwork(Network):
    """Remembers how long its last run took, milliseconds."""

    last_ms = 0.0

    def run(self, tensor: NDArray[np.float32]) -> list[NDArray[np.float32]]:
        """As the network, with a watch."""
        start_s = time.perf_counter()
        result = super().run(tensor)
        self.last_ms = (time.perf_counter() - start_s) * 1000
        return result


def time_passes(network: TimedNetwork, pictures: list[NDArray[np.uint8]], width: int, height: int) -> dict[str, float]:
    """Median and minimum milliseconds of a pass over 640x480 pictures, of the network's run in it, and of the rest."""
    detector = Detector(network, width, height)
    resized = [np.asarray(cv2.resize(picture, (640, 480)), np.uint8) for picture in pictures[:25]]
    whole, run = [], []
    for turn in range(_ROUNDS):
        whole.append(_spent_ms(lambda: detector.find(resized[turn % len(resized)])))  # noqa: B023 called at once
        run.append(network.last_ms)
    rest = np.array(whole) - np.array(run)
    return {
        "ms_whole_pass": float(np.median(whole)),
        "ms_whole_pass_min": float(np.min(whole)),
        "ms_session_run": float(np.median(run)),
        "ms_session_run_min": float(np.min(run)),
        "ms_rest": float(np.median(rest)),
        "ms_rest_min": float(np.min(rest)),
    }


def _spent_ms(work: Callable[[], object]) -> float:
    start_s = time.perf_counter()
    work()
    return (time.perf_counter() - start_s) * 1000
