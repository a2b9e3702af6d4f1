"""Plain YuNet, which finds faces and knows no masks: the yardstick for drawn faces, and the maker of crop boxes."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from edge.vision.detector import Detector
from edge.vision.network import Network
from models.evaluation.timing import TimedNetwork

_LEVELS = (8, 16, 32)


class YunetOutputs(TimedNetwork):
    """Gives YuNet's twelve outputs the layout of ours, with mask probabilities of one third."""

    def answer_into(self, tensor: NDArray[np.float32], places: list[NDArray[np.float32]]) -> None:
        """Not asked of these twelve: what is handed out is made of them."""

    def run(self, tensor: NDArray[np.float32]) -> list[NDArray[np.float32]]:
        """Our three levels, new arrays; the watch runs for the network alone."""
        named = dict(zip(self.outputs, super().run(tensor), strict=True))
        return [_joined(named, stride) for stride in _LEVELS]


def _joined(named: dict[str, NDArray[np.float32]], stride: int) -> NDArray[np.float32]:
    sure = np.clip(np.concatenate([named[f"cls_{stride}"], named[f"obj_{stride}"]], 2), 0.0, 1.0)
    third = np.full((*sure.shape[:2], 3), 1 / 3, np.float32)
    return np.concatenate([sure, named[f"bbox_{stride}"], named[f"kps_{stride}"], third], 2)


def yunet_detector(network: Network, input_width: int, input_height: int, score_floor: float) -> Detector:
    """Plain YuNet that is already loaded, behind our own detector's interface."""
    return Detector(network, input_width, input_height, score_floor)


def open_yunet(file: Path, input_width: int = 640, input_height: int = 480, score_floor: float = 0.5) -> Detector:
    """Plain YuNet from its ONNX file behind our own detector's interface."""
    return yunet_detector(YunetOutputs(file), input_width, input_height, score_floor)
