"""Judges the reading of drawn people whose seeds were never trained on."""

from typing import Final

import numpy as np

from contract.verdicts import Mask
from edge.sim.drawing import STATE_OF, Placement, draw_person
from edge.vision.detector import Detector

SEEDS: Final = 24
WAYS: Final = {
    "absent": None,
    "worn": Placement.WORN,
    "under_nose": Placement.UNDER_NOSE,
    "on_chin": Placement.ON_CHIN,
}


def read_right(detector: Detector, placement: Placement | None, seeds: int = SEEDS) -> float:
    """Share of the people 0..seeds-1, faces 90 to 200 px high in 640x480, who are found once and read right."""
    wanted = Mask.ABSENT if placement is None else STATE_OF[placement]
    right = 0
    for seed in range(seeds):
        picture = np.empty((480, 640, 3), np.uint8)
        picture[:] = np.linspace(90, 180, 480).astype(np.uint8)[:, None, None]
        person = draw_person(seed, 90 + 110 * seed / seeds, placement)
        person.paste(picture, 220, max(0, 480 - person.bgra.shape[0]))
        found = detector.find(picture)
        right += len(found) == 1 and found.state(0) is wanted
    return right / seeds
