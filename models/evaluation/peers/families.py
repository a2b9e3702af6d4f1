"""Which peers can be judged and timed, and how each file is opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from edge.vision.network import PLAIN, Runner
from models.evaluation.errors import ChoiceError
from models.evaluation.judged import Eye
from models.evaluation.peers.aizoo import Aizoo
from models.evaluation.peers.ultraface import UltraFace
from models.evaluation.timing import TimedNetwork
from models.evaluation.yunet import YunetOutputs, yunet_detector


@dataclass(frozen=True, slots=True)
class Opened:
    """An eye with its network.

    Attributes:
        name: of the family.
        eye: what finds faces.
        network: what it runs, with a watch.
        judges_masks: False where it only finds faces.
    """

    name: str
    eye: Eye
    network: TimedNetwork
    judges_masks: bool = True


Family = Callable[[Path, float, Runner], Opened]


def _aizoo(size_px: int) -> Family:
    def opened(file: Path, score_floor: float, runner: Runner) -> Opened:
        network = TimedNetwork(file, runner)
        return Opened(f"aizoo_{size_px}", Aizoo(network, size_px, score_floor), network)

    return opened


def _ultraface(file: Path, score_floor: float, runner: Runner) -> Opened:
    network = TimedNetwork(file, runner)
    return Opened("ultraface_masked_640", UltraFace(network, score_floor), network)


def _yunet(name: str) -> Family:
    def opened(file: Path, score_floor: float, runner: Runner) -> Opened:
        network = YunetOutputs(file, runner)
        return Opened(name, yunet_detector(network, 416, 320, score_floor), network, judges_masks=False)

    return opened


FAMILIES: Final[dict[str, Family]] = {
    "aizoo_260": _aizoo(260),
    "aizoo_360": _aizoo(360),
    "ultraface_masked_640": _ultraface,
    "yunet_s": _yunet("yunet_s"),
    "yunet_n": _yunet("yunet_n"),
}
"""By name; the YuNets run at 416x320, as ours does."""


def open_peer(name: str, file: Path, score_floor: float = 0.5, runner: Runner = PLAIN) -> Opened:
    """A peer from its ONNX file.

    Raises:
        ChoiceError: there is no such family, or no such file.
        ModelError: the file is no network that can be run.
    """
    if name not in FAMILIES:
        raise ChoiceError(f"there is no peer {name!r}", remedy=f"Use one of: {', '.join(FAMILIES)}")
    if not file.is_file():
        raise ChoiceError(f"the weights of {name} are not there", where=str(file), remedy="Give --peer NAME=FILE.onnx")
    return FAMILIES[name](file, score_floor, runner)
