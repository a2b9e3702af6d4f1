"""The drawn people as eyes see them: a plain face detector, and the network the project ships."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from contract.verdicts import Mask
from edge.clock import SystemClock
from edge.sim.backdrop import draw_hall
from edge.sim.cameras import simulated_colour
from edge.sim.drawing import Placement
from edge.sim.figure import Figure
from edge.sim.scenes import world_of
from edge.sim.walk_up import CARELESS, CAST, CYCLE_S
from edge.sim.world import Actor, Appearance
from edge.vision.detector import MASK_ORDER, Detector

from .gates import simulated_gate

NEAR_PX = 180.0


@pytest.mark.reference
@pytest.mark.parametrize("placement", [None, Placement.WORN, Placement.UNDER_NOSE])
def test_every_face_of_the_cast_is_found_by_a_plain_face_detector(reference_data: Path, placement: Placement | None) -> None:
    weights = reference_data / "faces" / "weights" / "yunet_n.onnx"
    detector = cv2.FaceDetectorYN.create(str(weights), "", (640, 480), 0.5)
    hall = draw_hall(None)
    for person in (*CAST, *CARELESS):
        picture = hall.copy()
        Figure(Appearance(person, placement)).paint(picture, (240.0, 110.0, 400.0, 320.0))
        faces = detector.detect(picture)[1]
        assert faces is not None, person
        assert len(faces) == 1, person
        x, y = faces[0][0] + faces[0][2] / 2, faces[0][1] + faces[0][3] / 2
        assert abs(x - 320) < 30, person
        assert 150 < y < 290, person


def probabilities(detector: Detector, picture: NDArray[np.uint8], actor: Actor) -> NDArray[np.float32]:
    """What the network says of the mask of the face at this place."""
    found = detector.find(picture)
    middle = (found.boxes[:, :2] + found.boxes[:, 2:]) / 2
    place = np.add(actor.box[:2], actor.box[2:]) / 2
    away = np.hypot(*(middle - place).T)
    assert len(away), "the face was not found"
    assert away.min() < 40
    nearest: NDArray[np.float32] = found.mask[int(away.argmin())]
    return nearest


@pytest.mark.parametrize("seed", [1])
def test_the_shipped_network_tells_the_mask_of_everybody_who_stands_at_the_gate(seed: int) -> None:
    gate = simulated_gate(seed=seed)
    detector, camera, world = Detector.open(), simulated_colour(gate, 0.0, SystemClock()), world_of(gate)
    said: dict[tuple[int, Mask], list[NDArray[np.float32]]] = {}
    for t_s in np.arange(0.0, 2 * CYCLE_S, 0.4):
        picture = camera.picture(t_s)
        for actor in world.at(t_s).actors:
            if actor.appearance and actor.box[3] - actor.box[1] > NEAR_PX and 120 < actor.box[0] < 420:
                said.setdefault((actor.appearance.person, actor.mask), []).append(probabilities(detector, picture, actor))
    camera.close()
    assert {mask for _, mask in said} == set(MASK_ORDER)
    for (person, mask), frames in said.items():
        mean = np.mean(frames, axis=0)
        assert MASK_ORDER[int(mean.argmax())] is mask, (person, mask, mean)
        if mask is Mask.WORN:
            assert mean[1] > 0.7, (person, mean)
