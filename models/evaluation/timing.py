"""How long a whole pass takes, and how much of it is the network's own run."""

import time
from collections.abc import Callable, Sequence
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.vision.network import Network
from models.evaluation.judged import Eye

ROUNDS: Final = 60
PICTURES: Final = 25
WIDTH_PX, HEIGHT_PX = 640, 480


class TimedNetwork(Network):
    """Remembers how long its last run took, milliseconds."""

    last_ms = 0.0

    def run(self, tensor: NDArray[np.float32]) -> list[NDArray[np.float32]]:
        """As the network, with a watch."""
        start_s = time.perf_counter()
        result = super().run(tensor)
        self.last_ms = (time.perf_counter() - start_s) * 1000
        return result


def camera_sized(pictures: Sequence[NDArray[np.uint8]]) -> list[NDArray[np.uint8]]:
    """At most PICTURES of them, 640x480, as a gate's camera gives them."""
    return [np.asarray(cv2.resize(picture, (WIDTH_PX, HEIGHT_PX)), np.uint8) for picture in pictures[:PICTURES]]


def time_passes(eye: Eye, network: TimedNetwork, pictures: Sequence[NDArray[np.uint8]]) -> dict[str, float]:
    """Median and minimum milliseconds of a pass from decoded picture to boxes, of the network's run in it, and of the rest."""
    whole, run = [], []
    for turn in range(ROUNDS):
        whole.append(spent_ms(lambda: eye.find(pictures[turn % len(pictures)])))  # noqa: B023 called at once
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


def spent_ms(work: Callable[[], object]) -> float:
    """How long it took."""
    start_s = time.perf_counter()
    work()
    return (time.perf_counter() - start_s) * 1000
